from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.address import with_address
from shared.domain.registration.bounces import (
    BouncedAddresses,
    BouncedColleague,
    bounce_of,
    bounced_addresses_of,
    brought_by,
    is_as_typed,
    last_bounces,
    unreachable_people,
    with_mailbox_sharers,
)
from shared.domain.registration.registration import ORGANISER, Change, Invitation, State
from shared.domain.registration.repeat import merge_repeat
from tests.people import AT, colleagues, someone

ANNA, BRAM, CARLA = colleagues("Bergcollege", "Anna Bram Carla")
WAYS = {BRAM.reference, BRAM.person_key}  # by which a bounce is found
BROUGHT = replace(BRAM, invited_by=ANNA.reference)


def mail(state: MailState, day: int = 0, kind: str = "confirmation", to: str = BRAM.reference) -> MailRecord:
    return MailRecord("plg-2023", f"{to}-{kind}-{day + 1}", kind, to, state, AT + timedelta(days=day))


def test_whose_mail_came_back_for_good_cannot_be_reached() -> None:
    mails = [mail(MailState.BOUNCED), mail(MailState.DELIVERED, to=ANNA.reference)]
    assert last_bounces([ANNA, BRAM], mails) == dict.fromkeys(WAYS, mails[0])


def test_who_got_a_later_mail_can_be_reached() -> None:
    assert set(last_bounces([BRAM], [mail(MailState.BOUNCED), mail(MailState.DELIVERED, day=1)])) == set()
    assert set(last_bounces([BRAM], [mail(MailState.DELIVERED), mail(MailState.BOUNCED, day=1)])) == WAYS


def test_a_later_mail_that_is_still_underway_proves_nothing() -> None:
    for state in (MailState.PENDING, MailState.SENT, MailState.DELAYED, MailState.WITHHELD):
        assert set(last_bounces([BRAM], [mail(MailState.BOUNCED), mail(state, day=1)])) == WAYS


@pytest.mark.parametrize("state", sorted(set(MailState) - {MailState.BOUNCED}))
def test_whatever_else_becomes_of_a_mail_its_reader_is_not_unreachable(state: MailState) -> None:
    assert set(last_bounces([BRAM], [mail(state)])) == set()


def test_an_invitation_that_came_back_says_nothing_of_who_asked_for_it() -> None:
    assert set(last_bounces([BRAM], [mail(MailState.BOUNCED, kind="invitation")])) == set()


def test_only_who_is_on_the_list_is_told_of_as_unreachable() -> None:
    gone = [replace(BRAM, state=state) for state in State]
    people = unreachable_people(gone, last_bounces([BRAM], [mail(MailState.BOUNCED)]))
    assert {r.state for r in people} == {State.REGISTERED, State.ADMITTED, State.HELD, State.LATE}


def test_somebody_reads_which_address_of_whom_they_registered_takes_no_mail() -> None:
    brought = brought_by(ANNA, [ANNA, BROUGHT, CARLA])
    assert brought == (BROUGHT,)
    assert bounced_addresses_of(ANNA, brought, [mail(MailState.BOUNCED)]) == BouncedAddresses(
        (BouncedColleague(BRAM.reference, BRAM.email, may_correct=True),), ()
    )
    assert bounced_addresses_of(ANNA, brought, [mail(MailState.DELIVERED)]) == BouncedAddresses()


def test_nobody_reads_of_who_came_by_themselves_left_or_was_registered_by_the_organiser() -> None:
    others = [
        replace(BRAM, via=ANNA.reference),
        replace(BROUGHT, state=State.CANCELLED),
        replace(BRAM, invited_by=ORGANISER),
        replace(BROUGHT, email=""),
    ]
    assert brought_by(ANNA, [ANNA, *others]) == ()


def test_somebody_reads_which_invitation_came_back_as_long_as_we_have_the_address() -> None:
    anna = replace(ANNA, invitations=(Invitation("x@berg.example", AT), Invitation("y@berg.example", AT)))
    back = mail(MailState.BOUNCED, day=1, kind="invitation", to=ANNA.reference)
    assert bounced_addresses_of(anna, (), [back]) == BouncedAddresses((), ("y@berg.example",))
    erased = replace(anna, invitations=(*anna.invitations[:1], Invitation("", AT)))
    assert bounced_addresses_of(erased, (), [back]) == BouncedAddresses()


def test_who_was_mailed_anew_counts_as_reachable_until_that_bounces_too() -> None:
    anew = replace(BRAM, resent_at=AT + timedelta(hours=1))
    mails = [mail(MailState.BOUNCED), mail(MailState.BOUNCED, day=1)]
    assert bounce_of(anew, last_bounces([anew], mails[:1])) is None
    assert bounce_of(anew, last_bounces([anew], mails)) == mails[1]


def test_a_bounce_tells_of_everybody_on_the_mailbox_until_a_mail_arrives_there() -> None:
    carla, dirk = (someone(name, BRAM.email, person_key=f"{BRAM.person_key}#{name}") for name in "CD")
    on_it, bounced = [BRAM, carla, dirk], mail(MailState.BOUNCED)
    assert unreachable_people(on_it, last_bounces(on_it, [bounced])) == (BRAM, carla, dirk)
    arrived = mail(MailState.DELIVERED, day=1, to=carla.reference)
    assert unreachable_people(on_it, last_bounces(on_it, [bounced, arrived])) == (BRAM,)


def test_who_moved_to_another_address_leaves_the_mailbox_as_it_is() -> None:
    carla = someone("Carla Smit", BRAM.email, person_key=f"{BRAM.person_key}#carla")
    bram = with_address(BRAM, "bram@dal.example", AT + timedelta(days=2), "organiser", tells_former=False)
    arrived = mail(MailState.DELIVERED, day=3)
    assert with_mailbox_sharers([carla], [ANNA, bram, carla]) == (bram, carla)
    bounces = last_bounces([bram, carla], [mail(MailState.BOUNCED), arrived])
    assert unreachable_people([bram, carla], bounces) == (carla,)
    again = with_address(bram, "bram@zee.example", AT + timedelta(days=5), "organiser", tells_former=False)
    between = mail(MailState.BOUNCED, day=4)  # at an address that nobody has any longer
    assert unreachable_people([again, carla], last_bounces([again, carla], [arrived, between])) == ()


def test_who_comes_back_at_the_address_that_bounced_before_it_was_corrected_is_out_of_reach_again() -> None:
    corrected = with_address(BRAM, "bram@dal.example", AT + timedelta(days=1), ORGANISER, tells_former=False)
    left = corrected.become(State.CANCELLED, AT + timedelta(days=3), "person")
    mails = [mail(MailState.BOUNCED), mail(MailState.DELIVERED, day=2), mail(MailState.DELIVERED, day=4)]
    at = AT + timedelta(days=5)
    typed = replace(BRAM, received_at=at, history=(Change(at, State.REGISTERED, "person"),))
    back = merge_repeat(left, typed)
    assert [change.state for change in back.history][-2:] == [State.CANCELLED, State.REGISTERED]
    assert bounce_of(back, last_bounces([back], mails)) == mails[0]
    assert not is_as_typed(back), "they typed it themselves, and nobody else mends it"
    brought = merge_repeat(left, replace(typed, invited_by=ANNA.reference))
    assert is_as_typed(brought)
