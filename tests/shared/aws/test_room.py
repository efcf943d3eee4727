"""An item of the table has 400 KB: whatever people, organisers and years of checks add, there is room."""

from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

from shared.aws.table import Table
from shared.domain.actions.organiser.order import OrderContext, Wish
from shared.domain.actions.organiser.people import person_order, possible_actions
from shared.domain.actions.registrant import MOST_CHANGES, MOST_INVITATIONS, has_reached_change_limit
from shared.domain.network.fields import FIELDS
from shared.domain.network.network import Network
from shared.domain.registration.erasure import erased
from shared.domain.registration.history import is_full
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Invitation, Registration, State
from shared.domain.registration.repeat import OWN_FIELDS, merge_repeat
from tests.people import AT, someone

_WIDE = "𝕬"  # four bytes
_ORGANISER = f"{'o' * 242}@x.example"
_YEARS = 2 * 365
_CHANGED = Reason(ReasonCode.CHANGED, fields=("name", "role", "phone", "school", "place", "brin"))


def wide(length: int) -> str:
    return _WIDE * length


def fullest() -> Registration:
    """Return somebody who typed all that fits, and changed it as often as their own page lets them."""
    typed_fields: dict[str, Any] = {field: wide(FIELDS[field]) for field in OWN_FIELDS}
    own = Change(AT, State.REGISTERED, "person", reason=_CHANGED)
    return someone(
        **{field: text for field, text in typed_fields.items() if field != "name"},
        again=typed_fields,
        extra={wide(64 + number): wide(136) for number in range(20)},
        invitations=(Invitation(_ORGANISER, AT),) * MOST_INVITATIONS,
        history=(own,) * MOST_CHANGES,
    )


def decided(plg: Network, person: Registration) -> Registration:
    """Have an organiser decide this and that for as long as the page lets them, and give long reasons."""
    at, wish = AT, Wish(wide(300))
    for name in cycle(("hold", "admit")):
        order = person_order(OrderContext(plg, (person,), (), at, _ORGANISER), person.reference, name, wish)
        if order is None:
            return person
        at += timedelta(minutes=1)
        (person,) = order.save
    raise AssertionError


def test_the_longest_history_has_room_for_what_checks_and_people_still_do(table: Table, plg: Network) -> None:
    person = decided(plg, fullest())
    assert (has_reached_change_limit(person), is_full(person), possible_actions(person, AT)) == (
        True,
        True,
        (),
    )
    checks = tuple(
        Change(AT, person.state, "check", reason=Reason(ReasonCode.NETWORK_FULL)) for _ in range(_YEARS)
    )
    person = replace(person, history=(*person.history, *checks))
    (stored,) = table.register([person])
    stored_person = replace(stored, revision=1)
    assert table.registration("plg-2023", person.person_key) == stored_person
    came_back = merge_repeat(
        replace(stored_person, state=State.CANCELLED), replace(fullest(), history=person.history[:1])
    )
    assert table.save(came_back)
    assert table.save(erased(replace(came_back, revision=2), AT))
