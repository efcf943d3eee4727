"""What is left of a season when the time has passed for which its people were told that we keep them."""

from collections.abc import Iterator

from tests.seasons.rules import ID
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness


def left(stage: Stage, witness: Witness) -> Iterator[str]:
    """Yield whoever is still named anywhere in the table, and a count that did not stay."""
    if witness.forgotten is None:
        return
    text = stage.everything()
    for person in witness.people:
        if person.right in text or person.name in text:
            yield f"{person.name} <{person.right}> is not forgotten"
    counts = stage.table.counts(ID) or {}
    stayed = {state: int(counts.get(state, 0)) for state in witness.forgotten}
    if stayed != witness.forgotten:
        yield f"of {dict(witness.forgotten)} the counts that stayed are {stayed}"
