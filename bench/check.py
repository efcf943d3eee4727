"""The time and memory of a check of 50,000 registrations at 5,000 schools, without the table."""

import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.crowd import school_name
from shared.domain.network.network import read_network
from shared.domain.registration.identity import address_key, make_reference
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.rule.plan import plan
from shared.domain.schools.knowledge import NOTHING

SCHOOLS, PEOPLE = 5_000, 10
PLG = Path(__file__).parent.parent / "networks" / "plg-2023.toml"
_PLACES = ("Ede", "Urk", "Utrecht", "Groningen", "Breda", "Zwolle", "Goes", "Assen", "Venlo", "Delft")
_ENDINGS = ("College", "college", " College", " coll.")


def main() -> None:
    """Print the time of one plan after the deadline, and the peak memory of this process."""
    network = read_network(PLG.read_text(), PLG.name)
    registrations = tuple(_registrations())
    started = time.perf_counter()
    result = plan(network, registrations, (), network.closes_at + timedelta(hours=7), NOTHING)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB
    print(
        f"{len(registrations):,} registrations, {len(result.decisions):,} decided: "
        f"{seconds:.1f} s, {peak:.0f} MiB"
    )


def _registrations() -> Iterator[Registration]:
    opened = read_network(PLG.read_text(), PLG.name).opens_at
    for school in range(SCHOOLS):
        for person in range(PEOPLE):
            email = f"p{person}@s{school}.example"
            typed = school_name(school) + _ENDINGS[person % len(_ENDINGS)]
            key, ref = address_key("plg-2023", email), make_reference("PLG", email)
            yield Registration(
                network="plg-2023",
                person_key=key,
                reference=ref,
                state=State.REGISTERED,
                name=f"Persoon {person}",
                email=email,
                school=typed,
                place=_PLACES[school % len(_PLACES)],
                received_at=opened,
                history=(Change(opened, State.REGISTERED, "person"),),
            )


if __name__ == "__main__":
    main()
