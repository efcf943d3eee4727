from datetime import timedelta

import pytest

from shared.domain.registration.colleague import dedupe
from shared.domain.registration.identity import address_key, is_same_name, make_reference
from shared.domain.registration.registration import NEXT, ImpossibleChangeError, State
from shared.domain.registration.repeat import merge_repeat
from tests.people import AT, someone


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jan de Vries", "jan de vries"),
        ("Jan de Vries", "J. de Vries"),
        ("Jan de Vries", "Vries, Jan de"),
        ("Jan de Vries", "Jan Vries"),
        ("Jan de Vries", "de Vries"),
        ("Zoë Müller", "Zoe Muller"),
        ("Katelijne Vermeulen", "Katelijne Vermuelen"),
        ("'t Hart", "t Hart"),
        ("Piet 't Hart", "'t Hart"),
        ("Tess Peeters-Wouda", "T. Peeters-Wouda"),
        ("Sara in 't Veld", "S in 't Veld"),
        ("李", "李"),
        ("¨", "¨"),
        ("", ""),
    ],
)
def test_nearly_the_same_name_on_one_address_is_one_person(a: str, b: str) -> None:
    assert is_same_name(a, b)
    assert is_same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jan de Vries", "Jaap de Vries"),
        ("Anna Bos", "Bram Kuipers"),
        ("Anna Bos", "Anna Smit"),
        ("J. Bos", "K. Bos"),
        ("T. Bos", "K. Bos"),
        ("S. Bos", "T Bos"),
        ("李", "王"),
        ("¨", "@"),
    ],
)
def test_two_different_names_on_one_school_mailbox_are_two_people(a: str, b: str) -> None:
    assert not is_same_name(a, b)
    assert not is_same_name(b, a)


def test_a_change_keeps_when_by_whom_and_why() -> None:
    held = someone().become(State.HELD, AT, "check", "nog 1 nodig")
    assert (held.state, held.history[-1].by, held.history[-1].note) == (State.HELD, "check", "nog 1 nodig")


def test_what_was_cancelled_cannot_be_admitted_behind_the_persons_back() -> None:
    cancelled = someone().become(State.CANCELLED, AT, "person", "")
    with pytest.raises(ImpossibleChangeError, match="cancelled cannot become admitted"):
        cancelled.become(State.ADMITTED, AT, "organiser", "")


def test_anyone_can_always_cancel() -> None:
    assert all(State.CANCELLED in after for state, after in NEXT.items() if state is not State.CANCELLED)


def test_the_same_post_again_changes_nothing() -> None:
    stored = someone(role="docent")
    assert merge_repeat(stored, someone(role="docent", at=AT + timedelta(days=1))) is stored
    assert merge_repeat(stored, someone(at=AT + timedelta(days=1))) is stored


def test_suspected_spam_never_touches_who_is_registered() -> None:
    stored = someone()
    assert merge_repeat(stored, someone(school="Casino", state=State.QUARANTINED)) is stored


def test_a_real_post_releases_who_was_in_quarantine() -> None:
    stored = someone(state=State.QUARANTINED, reference="PLG-FIRST000", revision=3)
    merged = merge_repeat(stored, someone(at=AT + timedelta(hours=1)))
    assert (merged.state, merged.reference, merged.revision) == (State.REGISTERED, "PLG-FIRST000", 3)
    assert [c.state for c in merged.history] == [State.QUARANTINED, State.REGISTERED]


def test_who_was_late_is_in_time_by_posting_again_in_an_open_window_and_not_the_other_way_around() -> None:
    late, later = someone(state=State.LATE), AT + timedelta(days=1)
    in_time = merge_repeat(late, someone(role="rector", at=later))
    assert (in_time.state, in_time.reference, in_time.role) == (State.REGISTERED, late.reference, "")
    assert [change.state for change in in_time.history] == [State.LATE, State.REGISTERED]
    assert merge_repeat(late, someone(at=later, state=State.LATE)) is late
    assert merge_repeat(someone(), someone(at=later, state=State.LATE)).state is State.REGISTERED


def test_other_data_is_told_at_most_once_an_hour_and_always_kept() -> None:
    first = merge_repeat(someone(), someone(role="docent", at=AT + timedelta(minutes=1)))
    assert first.again_at == AT + timedelta(minutes=1)
    second = merge_repeat(first, someone(role="rector", at=AT + timedelta(minutes=50)))
    assert (second.again, second.again_at) == ({"role": "rector"}, first.again_at)
    third = merge_repeat(second, someone(role="conrector", at=AT + timedelta(minutes=61)))
    assert third.again_at == AT + timedelta(minutes=61)


def test_everyone_in_one_post_has_a_key_of_their_own() -> None:
    mailbox = "info@berg.example"
    jan, piet, jan_again = dedupe(
        [someone("Jan Bos", mailbox), someone("Piet Smit", mailbox), someone("J. Bos", mailbox)]
    )
    assert piet.person_key.startswith(f"{jan.person_key}#")
    assert jan_again is jan


def test_an_address_is_the_same_whatever_its_case_and_differs_by_network() -> None:
    assert address_key("plg-2023", "Jan@berg.example") == address_key("plg-2023", "jan@BERG.example")
    assert address_key("plg-2023", "jan@berg.example") != address_key("plg-2024", "jan@berg.example")


def test_a_reference_can_be_said_on_the_phone() -> None:
    made = make_reference("PLG", "request 1")
    assert made == make_reference("PLG", "request 1") != make_reference("PLG", "request 2")
    assert len(made) == 12
    assert not set("ILOU") & set(made[4:])


def test_whoever_comes_again_by_a_clock_that_is_behind_is_mailed_after_the_first_time() -> None:
    again = merge_repeat(someone(), someone(role="docent", at=AT - timedelta(minutes=10)))
    assert again.again_at == AT
