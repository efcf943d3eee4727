"""Invented people for the tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from shared.domain.registration.identity import address_key, make_reference
from shared.domain.registration.registration import Change, Registration, State

AT = datetime(2023, 3, 20, 8, tzinfo=UTC)  # Monday 20 March 2023, 09.00 in Amsterdam


def someone(
    name: str = "Jan de Vries", email: str = "jan@berg.example", at: datetime = AT, **others: Any
) -> Registration:
    """Return somebody who registered for plg-2023 at an instant, of the Bergcollege unless said otherwise."""
    state = others.get("state", State.REGISTERED)
    made = Registration(
        network="plg-2023",
        person_key=address_key("plg-2023", email),
        reference=make_reference("PLG", f"{name} {email} {at}"),
        state=state,
        name=name,
        email=email,
        school="Bergcollege",
        received_at=at,
        history=(Change(at, state, "person"),),
    )
    return replace(made, **others)


def colleagues(school: str, names: str, **others: Any) -> list[Registration]:
    """Return somebody of a school for each name."""
    return [
        someone(name, f"{name.lower()}@{len(school)}.example", school=school, **others)
        for name in names.split()
    ]
