"""What organisers can order, decided on plain values."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.actions.organiser import order, typings
from shared.domain.actions.organiser.by_hand import AlreadyRegisteredError, by_hand
from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.actions.organiser.people import possible
from shared.domain.decision import Decision, Kind
from shared.domain.form.submission import InvalidError
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import ORGANISER, Change, Registration, State
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import read_register
from shared.mails.order_preview import Announced, OrderPreview, preview_order
from tests.conftest import ROOT
from tests.people import AT, someone

AFTER = datetime.fromisoformat("2023-04-16T10:00:00+02:00")
SANNE = "sanne@voortgezetleren.example"
ANNA = someone("Anna Bos", "anna@berg.example")
BRAM = someone("Bram Kuipers", "bram@berg.example")
TYPED = {"name": "Carla Smit", "email": "carla@dal.example", "school": "Dalcollege", "why": "belde"}


def scene(plg: Network, *people: Registration, now: datetime = AT + timedelta(days=1)) -> OrderContext:
    return OrderContext(plg, people, (), now, SANNE)


def asked(found: OrderContext, path: str) -> Order:
    made = order(found, path, Wish("omdat"))
    assert made
    return made


def comes_of(found: OrderContext, made: Order) -> OrderPreview:
    """Return what comes of an order where everybody was mailed all that they were owed before it."""
    return preview_order(found, made, _mailed(found))


def _mailed(found: OrderContext) -> list[MailRecord]:
    kinds = {State.REGISTERED: "confirmation"}
    return [
        MailRecord(
            "plg-2023",
            f"{r.reference}-{kinds.get(r.state, r.state)}-{len(r.history)}",
            kinds.get(r.state, r.state),
            r.reference,
            MailState.SENT,
            r.history[-1].at,
            found.stand(r).missing,
        )
        for r in found.everyone
    ]


def told(letters: tuple[Announced, ...]) -> list[tuple[str, str]]:
    return [(letter.about.name, letter.what) for letter in letters]


def test_an_organiser_adds_nothing_to_a_history_that_is_half_an_item_long(plg: Network) -> None:
    decided = replace(ANNA, history=(Change(AT, State.REGISTERED, SANNE, "é" * 900),) * 100)
    assert possible(decided, AT) != ()
    full = replace(decided, history=decided.history * 2)
    assert possible(full, AT) == ()
    assert order(scene(plg, full), f"person/{full.reference}/admit", Wish("omdat")) is None


# --- mailing somebody again


def test_mailing_again_is_recorded_and_mails_only_that_person(plg: Network) -> None:
    found = scene(plg, ANNA, BRAM)
    made = asked(found, f"person/{ANNA.reference}/resend")
    assert told(comes_of(found, made).letters) == [("Anna Bos", "bevestiging van de aanmelding")]
    (after,) = made.save
    assert (after.state, after.resent_at) == (State.REGISTERED, AT + timedelta(days=1))
    assert after.history[-1] == Change(
        AT + timedelta(days=1), State.REGISTERED, SANNE, "mail opnieuw gestuurd: omdat"
    )


def test_nobody_is_mailed_again_within_an_hour_nor_who_left_or_looks_like_spam(plg: Network) -> None:
    lately = replace(ANNA, resent_at=AT)
    assert "resend" not in possible(lately, AT + timedelta(minutes=59))
    assert "resend" in possible(lately, AT + timedelta(minutes=60))
    for state in (State.CANCELLED, State.QUARANTINED):
        assert "resend" not in possible(replace(ANNA, state=state), AT)


def test_whose_data_has_gone_nothing_can_be_ordered_about(plg: Network) -> None:
    assert possible(replace(ANNA, email="", state=State.CANCELLED), AT) == ()


# --- what an order leads to


def test_declining_one_of_two_tells_the_colleague_and_shows_the_school_fall_short(plg: Network) -> None:
    found = scene(plg, ANNA, BRAM)
    made = asked(found, f"person/{ANNA.reference}/decline")
    comes = comes_of(found, made)
    assert told(comes.letters) == [
        ("Anna Bos", "je kunt niet meedoen"),
        ("Bram Kuipers", "je school is niet meer compleet"),
    ]
    assert [s.standing for s in (*comes.before, *comes.after)] == ["complete", "short"]


def test_a_waiver_after_the_deadline_says_whom_the_next_check_lets_in(plg: Network) -> None:
    held = ANNA.become(State.HELD, AFTER - timedelta(days=1), "check", "")
    found = scene(plg, held, now=AFTER)
    made = asked(found, f"school/{ANNA.reference}/waive")
    assert comes_of(found, made).letters == ()
    assert told(comes_of(found, made).later) == [("Anna Bos", "je doet mee, met de data als agendabestand")]


def test_what_the_next_check_would_do_anyhow_is_not_announced(plg: Network) -> None:
    dal = someone("Dirk Dal", "dirk@dal.example", school="Dalcollege")
    found = scene(plg, ANNA, dal, now=AFTER)
    made = asked(found, f"person/{ANNA.reference}/decline")
    assert told(comes_of(found, made).later) == []


# --- by hand


def test_somebody_registered_by_hand_counts_and_says_who_did_it_and_why(plg: Network) -> None:
    found = scene(plg, ANNA)
    made = by_hand(found, {**TYPED, "school": "Bergcollege"}, "seed")
    new = made.register
    assert new
    assert (new.name, new.state, new.invited_by) == ("Carla Smit", State.REGISTERED, ORGANISER)
    assert new.history == (Change(AT + timedelta(days=1), State.REGISTERED, SANNE, "belde"),)
    assert told(comes_of(found, made).letters) == [
        ("Carla Smit", "bevestiging van de aanmelding"),
        ("Anna Bos", "je school is compleet"),
    ]


def test_every_mistake_is_told_at_once(plg: Network) -> None:
    with pytest.raises(InvalidError) as wrong:
        by_hand(scene(plg, now=AFTER), {"email": "carla@"}, "seed")
    assert {e.field: e.code for e in wrong.value.errors} == {
        "name": "required",
        "email": "invalid_email",
        "school": "required",
        "state": "required",
        "why": "required",
    }


@pytest.mark.parametrize("state", ["registered", "admitted"])
def test_after_the_deadline_the_organiser_says_as_what_somebody_comes(plg: Network, state: str) -> None:
    found = scene(plg, now=AFTER)
    made = by_hand(found, {**TYPED, "state": state}, "seed")
    assert made.register
    assert made.register.state == state
    later = [("Carla Smit", "je plaats is nog niet zeker")] if state == "registered" else []
    assert told(comes_of(found, made).later) == later


def test_nobody_chooses_another_state(plg: Network) -> None:
    with pytest.raises(InvalidError):
        by_hand(scene(plg, now=AFTER), {**TYPED, "state": "declined"}, "seed")


def test_who_is_on_the_list_is_not_registered_again(plg: Network) -> None:
    with pytest.raises(AlreadyRegisteredError) as wrong:
        by_hand(scene(plg, ANNA), {**TYPED, "name": "A. Bos", "email": "Anna@berg.example"}, "seed")
    assert wrong.value.errors[0].code == "known"
    assert wrong.value.registration == ANNA


def test_who_had_left_comes_back_under_the_same_number(plg: Network) -> None:
    left = ANNA.become(State.CANCELLED, AT, "person", "")
    made = by_hand(scene(plg, left), {**TYPED, "name": "Anna Bos", "email": ANNA.email}, "seed")
    assert made.back == f"school/{ANNA.reference}"


def test_a_second_person_on_one_mailbox_leaves_the_first_alone(plg: Network) -> None:
    found = scene(plg, ANNA)
    made = by_hand(found, {**TYPED, "email": ANNA.email, "school": "Bergcollege"}, "seed")
    (after,) = comes_of(found, made).after
    assert [r.name for r in after.school.counted] == ["Anna Bos", "Carla Smit"]


# --- how schools are typed

KAZERNE = someone("Wim Wit", "wim@a.example", school="De oude kazerne", place="Groningen")
FULL = someone("Els Nu", "els@b.example", school="Willem Lodewijk Gymnasium", place="Groningen")
KNOWN = SchoolKnowledge(read_register((ROOT / "local/schools-sample.csv").read_bytes()))


def test_saying_that_two_typings_are_one_school_shows_who_then_counts_together(plg: Network) -> None:
    found = scene(plg, KAZERNE, FULL)
    made = asked(found, f"typing/{KAZERNE.reference}/same/{FULL.reference}")
    assert made.decide
    assert (made.decide.kind, made.decide.by, made.decide.why) == (Kind.SAME, SANNE, "omdat")
    assert [s.standing for s in comes_of(found, made).before] == ["short", "short"]
    (after,) = comes_of(found, made).after
    assert (after.standing, {r.name for r in after.school.counted}) == ("complete", {"Wim Wit", "Els Nu"})
    complete = {(r.name, "je school is compleet") for r in after.school.counted}
    assert set(told(comes_of(found, made).letters)) == complete


def test_after_the_deadline_one_school_of_two_lets_both_in_at_the_next_check(plg: Network) -> None:
    people = [r.become(State.HELD, AFTER - timedelta(days=1), "check", "") for r in (KAZERNE, FULL)]
    found = scene(plg, *people, now=AFTER)
    made = asked(found, f"typing/{KAZERNE.reference}/same/{FULL.reference}")
    assert {name for name, _ in told(comes_of(found, made).later)} == {"Wim Wit", "Els Nu"}


def test_saying_that_colleagues_are_of_two_schools_parts_them(plg: Network) -> None:
    other = replace(BRAM, place="Zeist")
    said = Decision("plg-2023", "same-1", Kind.SAME, "a|", SANNE, "", AT)
    one, two = (typings.typings([r])[0].key for r in (ANNA, other))
    together = SchoolKnowledge(rulings=[replace(said, about=one, value=two)])
    found = replace(scene(plg, ANNA, other), known=together)
    made = asked(found, f"typing/{ANNA.reference}/different/{other.reference}")
    assert [s.standing for s in comes_of(found, made).before] == ["complete"]
    assert [s.standing for s in comes_of(found, made).after] == ["short", "short"]
    assert order(found, f"typing/{ANNA.reference}/same/{other.reference}", Wish()) is None


def test_a_typing_is_a_school_of_the_register_and_so_are_all_who_mean_it(plg: Network) -> None:
    found = replace(scene(plg, KAZERNE, FULL), known=KNOWN)
    code = KNOWN.register.suggestions.of("willem lodewijk")[0].code  # type: ignore[union-attr] # it is there
    made = asked(found, f"typing/{KAZERNE.reference}/is/{code}")
    (after,) = comes_of(found, made).after
    assert len(after.school.counted) == 2
    assert "Willem Lodewijk" in made.title
    assert order(found, f"typing/{KAZERNE.reference}/is/99ZZ99", Wish()) is None


def test_what_was_said_can_be_taken_back_and_then_counts_no_longer(plg: Network) -> None:
    found = scene(plg, KAZERNE, FULL)
    word = asked(found, f"typing/{KAZERNE.reference}/same/{FULL.reference}").decide
    assert word
    found = replace(scene(plg, KAZERNE, FULL), known=SchoolKnowledge(rulings=[word], moment=AFTER), now=AFTER)
    made = asked(found, f"word/{word.id}/undo")
    assert made.undo == word
    assert [s.standing for s in comes_of(found, made).after] == ["short", "short"]
    assert "zijn één school" in made.says[0]


def test_what_was_said_of_schools_of_other_networks_is_not_ours_to_take_back(plg: Network) -> None:
    word = Decision("abc-2023", "same-1", Kind.SAME, "elders|", "x@abc.example", "", AT, value="anders|")
    found = replace(scene(plg, ANNA), known=SchoolKnowledge(rulings=[word]))
    assert order(found, "word/same-1/undo", Wish()) is None


@pytest.mark.parametrize("what", ["same", "different", "nonsense"])
def test_one_typing_is_neither_two_schools_nor_one_by_anybodys_word(plg: Network, what: str) -> None:
    path = f"typing/{ANNA.reference}/{what}/{BRAM.reference}"
    assert order(scene(plg, ANNA, BRAM), path, Wish()) is None
