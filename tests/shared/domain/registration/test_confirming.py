from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.network.network import Network
from shared.domain.network.parts import NetworkPart
from shared.domain.registration.address import with_address
from shared.domain.registration.confirming import (
    confirmation_changes,
    confirmed,
    confirmed_there,
    ends,
    must_confirm,
    reminder_at,
)
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import COLLEAGUE, ORGANISER, Change, Registration, State
from shared.domain.registration.repeat import merge_repeat
from tests.people import AT, someone

JAN = someone(unconfirmed_since=AT)
LATER = AT + timedelta(days=3)


@pytest.fixture
def asks(network: Network) -> Network:
    return with_window(network, confirm="always")


def with_window(network: Network, **keys: object) -> Network:
    window: NetworkPart = network.registration.model_copy(update=keys)
    return network.model_copy(update={"registration": window})


def after(network: Network, person: Registration, at: datetime = LATER) -> State:
    changed = confirmation_changes(network, [person], {person.reference: AT}, at)
    return next(changed, person).state


def test_full_asks_only_where_places_are_limited(network: Network) -> None:
    assert not network.confirms_addresses
    assert not with_window(network, confirm="full").confirms_addresses
    assert with_window(network, confirm="full", max_participants=60).confirms_addresses
    assert with_window(network, confirm="always").confirms_addresses


def test_who_does_not_confirm_counts_for_72_hours(asks: Network) -> None:
    assert after(asks, JAN, LATER - timedelta(seconds=1)) is State.REGISTERED
    assert after(asks, JAN) is State.UNCONFIRMED
    assert after(asks, confirmed(JAN, AT)) is State.REGISTERED


def test_where_the_network_no_longer_asks_nobody_is_dropped(network: Network) -> None:
    assert after(network, JAN) is State.REGISTERED


def test_nobody_is_dropped_whom_no_mail_has_asked(asks: Network) -> None:
    earlier = {JAN.reference: AT - timedelta(seconds=1)}
    for mailed in ({}, earlier):
        assert list(confirmation_changes(asks, [JAN], mailed, LATER)) == []


def test_who_registered_before_the_network_asked_has_three_days_from_then(asks: Network) -> None:
    (jan,) = confirmation_changes(asks, [someone()], {}, LATER)
    assert (jan.state, ends(jan)) == (State.REGISTERED, LATER + timedelta(days=3))


def test_what_was_decided_before_the_network_asked_stands(asks: Network) -> None:
    admitted = someone().become(State.ADMITTED, AT, "check")
    assert list(confirmation_changes(asks, [admitted], {}, LATER)) == []


def test_for_whom_an_organiser_answers_need_not_confirm(asks: Network) -> None:
    assert must_confirm(asks, someone(invited_by=ORGANISER), AT).unconfirmed_since is None
    assert after(asks, JAN.become(State.ADMITTED, AT, "sanne@x.example")) is State.ADMITTED
    assert after(asks, JAN.become(State.ADMITTED, AT, "check")) is State.UNCONFIRMED


def test_who_is_back_on_the_list_has_three_days_again(asks: Network) -> None:
    back = Change(LATER, State.REGISTERED, "sanne@x.example")
    gone = Change(AT, State.CANCELLED, "sanne@x.example")
    assert ends(replace(JAN, history=(*JAN.history, gone, back))) == LATER + timedelta(days=3)


def test_another_address_is_to_be_confirmed_anew(asks: Network) -> None:
    jan = with_address(confirmed(JAN, AT), "j@dal.example", LATER, "sanne@x.example", tells_former=True)
    assert ends(jan) == LATER + timedelta(days=3)


def test_who_confirms_a_next_address_from_there_is_not_asked_again(asks: Network) -> None:
    for begun in (None, AT):  # also before the first check after the network began to ask
        moved = with_address(
            replace(JAN, unconfirmed_since=begun), "j@dal.example", LATER, "person", tells_former=True
        )
        jan = confirmed_there(asks, moved, LATER)
        assert jan.confirmed_at == LATER
        assert after(asks, jan, LATER + timedelta(days=9)) is State.REGISTERED


def test_a_colleague_who_corrects_an_address_does_not_confirm_it(asks: Network) -> None:
    jan = with_address(JAN, "j@dal.example", LATER, COLLEAGUE, tells_former=False)
    assert ends(jan) == LATER + timedelta(days=3)


def test_who_confirms_later_comes_back_as_of_then(asks: Network) -> None:
    (gone,) = confirmation_changes(asks, [JAN], {JAN.reference: AT}, LATER)
    back = confirmed(gone, LATER + timedelta(hours=1))
    assert (back.state, back.received_at) == (State.REGISTERED, LATER + timedelta(hours=1))
    assert [change.reason.code for change in back.history if change.reason] == [
        ReasonCode.UNCONFIRMED, ReasonCode.CONFIRMED,
    ]  # fmt: skip
    assert ends(back) is None


def test_the_reminder_is_in_the_morning_of_the_second_day(asks: Network) -> None:
    assert reminder_at(asks, AT) == datetime(2023, 3, 21, 6, tzinfo=UTC)


def test_an_address_that_was_confirmed_proves_nothing_of_the_one_that_somebody_comes_back_with() -> None:
    corrected = with_address(JAN, "jan@elders.example", AT + timedelta(days=1), ORGANISER, tells_former=False)
    left = confirmed(corrected, LATER).become(State.CANCELLED, LATER, "person")
    assert merge_repeat(left, someone(at=LATER)).confirmed_at is None
    assert (
        merge_repeat(replace(confirmed(JAN, AT), state=State.CANCELLED), someone(at=LATER)).confirmed_at == AT
    )
