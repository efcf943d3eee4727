"""What organisers can order, decided on plain values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bench.crowd import school_name
from shared.domain.actions.organiser import order_of_path, typings
from shared.domain.actions.organiser.by_hand import AlreadyRegisteredError, registration_order
from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.actions.organiser.people import possible_actions
from shared.domain.decision import Decision, Kind
from shared.domain.form.submission import InvalidError
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import ORGANISER, Change, Registration, State
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import read_register
from shared.domain.schools.school import SchoolGrouping, group_by_school
from shared.mails.order_preview import AnnouncedMail, OrderPreview, preview_order
from shared.pages.organiser.order_texts import order_text
from tests.conftest import ROOT
from tests.people import AT, someone

AFTER = datetime.fromisoformat("2023-04-16T10:00:00+02:00")
SANNE = "sanne@voortgezetleren.example"
ANNA = someone("Anna Bos", "anna@berg.example")
BRAM = someone("Bram Kuipers", "bram@berg.example")
TYPED = {"name": "Carla Smit", "email": "carla@dal.example", "school": "Dalcollege", "why": "belde"}


def context_of(plg: Network, *people: Registration, now: datetime = AT + timedelta(days=1)) -> OrderContext:
    return OrderContext(plg, people, (), now, SANNE)


def order_of(context: OrderContext, path: str) -> Order:
    order = order_of_path(context, path, Wish("omdat"))
    assert order
    return order


def preview_of(context: OrderContext, order: Order) -> OrderPreview:
    """Return what comes of an order where everybody was mailed all that they were owed before it."""
    return preview_order(context, order, lambda _: _mailed(context))


def _mailed(context: OrderContext) -> list[MailRecord]:
    kinds = {State.REGISTERED: "confirmation"}
    return [
        MailRecord(
            "plg-2023",
            f"{r.reference}-{kinds.get(r.state, r.state)}-{len(r.history)}",
            kinds.get(r.state, r.state),
            r.reference,
            MailState.SENT,
            r.history[-1].at,
            context.standing_of_school(r).missing,
        )
        for r in context.registrations
    ]


def texts(mails: tuple[AnnouncedMail, ...]) -> list[tuple[str, str]]:
    return [(mail.registration.name, mail.text) for mail in mails]


def test_an_organiser_adds_nothing_to_a_history_that_is_half_an_item_long(plg: Network) -> None:
    decided = replace(ANNA, history=(Change(AT, State.REGISTERED, SANNE, "é" * 900),) * 100)
    assert possible_actions(decided, AT) != ()
    full = replace(decided, history=decided.history * 2)
    assert possible_actions(full, AT) == ()
    assert order_of_path(context_of(plg, full), f"person/{full.reference}/admit", Wish("omdat")) is None


# --- mailing somebody again


def test_mailing_again_is_recorded_and_mails_only_that_person(plg: Network) -> None:
    context = context_of(plg, ANNA, BRAM)
    order = order_of(context, f"person/{ANNA.reference}/resend")
    assert texts(preview_of(context, order).mails_now) == [("Anna Bos", "bevestiging van de aanmelding")]
    (after,) = order.save
    assert (after.state, after.resent_at) == (State.REGISTERED, AT + timedelta(days=1))
    assert after.history[-1] == Change(
        AT + timedelta(days=1), State.REGISTERED, SANNE, "omdat", Reason(ReasonCode.MAILED_AGAIN)
    )


def test_nobody_is_mailed_again_within_an_hour_or_after_cancelling_or_in_quarantine(plg: Network) -> None:
    lately = replace(ANNA, resent_at=AT)
    assert "resend" not in possible_actions(lately, AT + timedelta(minutes=59))
    assert "resend" in possible_actions(lately, AT + timedelta(minutes=60))
    for state in (State.CANCELLED, State.QUARANTINED):
        assert "resend" not in possible_actions(replace(ANNA, state=state), AT)


def test_nothing_can_be_ordered_about_a_person_whose_data_has_gone(plg: Network) -> None:
    assert possible_actions(replace(ANNA, email="", state=State.CANCELLED), AT) == ()


# --- what an order leads to


def test_declining_one_of_two_tells_the_colleague_and_shows_the_school_fall_short(plg: Network) -> None:
    context = context_of(plg, ANNA, BRAM)
    order = order_of(context, f"person/{ANNA.reference}/decline")
    preview = preview_of(context, order)
    assert texts(preview.mails_now) == [
        ("Anna Bos", "je kunt niet meedoen"),
        ("Bram Kuipers", "je school is niet meer compleet"),
    ]
    assert [s.standing for s in (*preview.standings_before, *preview.standings_after)] == [
        "complete",
        "short",
    ]


def test_a_waiver_after_the_deadline_says_whom_the_next_check_lets_in(plg: Network) -> None:
    held = ANNA.become(State.HELD, AFTER - timedelta(days=1), "check", "")
    context = context_of(plg, held, now=AFTER)
    order = order_of(context, f"school/{ANNA.reference}/waive")
    assert preview_of(context, order).mails_now == ()
    assert texts(preview_of(context, order).mails_later) == [
        ("Anna Bos", "je doet mee, met de data als agendabestand")
    ]


def test_mails_that_the_next_check_sends_anyhow_are_not_announced(plg: Network) -> None:
    dal = someone("Dirk Dal", "dirk@dal.example", school="Dalcollege")
    context = context_of(plg, ANNA, dal, now=AFTER)
    order = order_of(context, f"person/{ANNA.reference}/decline")
    assert texts(preview_of(context, order).mails_later) == []


# --- by hand


def test_somebody_registered_by_hand_counts_and_says_who_did_it_and_why(plg: Network) -> None:
    context = context_of(plg, ANNA)
    order = registration_order(context, {**TYPED, "school": "Bergcollege"}, "seed")
    (new,) = order.register
    assert (new.name, new.state, new.invited_by) == ("Carla Smit", State.REGISTERED, ORGANISER)
    assert new.history == (Change(AT + timedelta(days=1), State.REGISTERED, SANNE, "belde"),)
    assert texts(preview_of(context, order).mails_now) == [
        ("Anna Bos", "je school is compleet"),
        ("Carla Smit", "bevestiging van de aanmelding"),
    ]


def test_every_mistake_is_reported_at_once(plg: Network) -> None:
    with pytest.raises(InvalidError) as wrong:
        registration_order(context_of(plg, now=AFTER), {"email": "carla@"}, "seed")
    assert {e.field: e.code for e in wrong.value.errors} == {
        "name": "required",
        "email": "invalid_email",
        "school": "required",
        "state": "required",
        "why": "required",
    }


@pytest.mark.parametrize("state", ["registered", "admitted"])
def test_after_the_deadline_the_organiser_chooses_the_state(plg: Network, state: str) -> None:
    context = context_of(plg, now=AFTER)
    order = registration_order(context, {**TYPED, "state": state}, "seed")
    assert [r.state for r in order.register] == [state]
    later = [("Carla Smit", "je plek is niet zeker")] if state == "registered" else []
    assert texts(preview_of(context, order).mails_later) == later


def test_nobody_chooses_another_state(plg: Network) -> None:
    with pytest.raises(InvalidError):
        registration_order(context_of(plg, now=AFTER), {**TYPED, "state": "declined"}, "seed")


def test_a_person_on_the_list_is_not_registered_again(plg: Network) -> None:
    with pytest.raises(AlreadyRegisteredError) as wrong:
        registration_order(
            context_of(plg, ANNA), {**TYPED, "name": "A. Bos", "email": "Anna@berg.example"}, "seed"
        )
    assert wrong.value.errors[0].code == "known"
    assert wrong.value.registration == ANNA


def test_a_person_who_cancelled_comes_back_under_the_same_number(plg: Network) -> None:
    left = ANNA.become(State.CANCELLED, AT, "person", "")
    order = registration_order(
        context_of(plg, left), {**TYPED, "name": "Anna Bos", "email": ANNA.email}, "seed"
    )
    assert order.back == f"school/{ANNA.reference}"


def test_a_second_person_on_one_mailbox_leaves_the_first_alone(plg: Network) -> None:
    context = context_of(plg, ANNA)
    order = registration_order(context, {**TYPED, "email": ANNA.email, "school": "Bergcollege"}, "seed")
    (after,) = preview_of(context, order).standings_after
    assert [r.name for r in after.school.counted] == ["Anna Bos", "Carla Smit"]


# --- how schools are typed

KAZERNE = someone("Wim Wit", "wim@a.example", school="De oude kazerne", place="Groningen")
FULL = someone("Els Nu", "els@b.example", school="Willem Lodewijk Gymnasium", place="Groningen")
KNOWN = SchoolKnowledge(read_register((ROOT / "local/schools-sample.csv").read_bytes()))


def test_saying_that_two_typings_are_one_school_shows_who_then_counts_together(plg: Network) -> None:
    context = context_of(plg, KAZERNE, FULL)
    order = order_of(context, f"typing/{KAZERNE.reference}/same/{FULL.reference}")
    assert order.decide
    assert (order.decide.kind, order.decide.by, order.decide.why) == (Kind.SAME, SANNE, "omdat")
    assert [s.standing for s in preview_of(context, order).standings_before] == ["short", "short"]
    (after,) = preview_of(context, order).standings_after
    assert (after.standing, {r.name for r in after.school.counted}) == ("complete", {"Wim Wit", "Els Nu"})
    complete = {(r.name, "je school is compleet") for r in after.school.counted}
    assert set(texts(preview_of(context, order).mails_now)) == complete


def test_after_the_deadline_one_school_of_two_lets_both_in_at_the_next_check(plg: Network) -> None:
    people = [r.become(State.HELD, AFTER - timedelta(days=1), "check", "") for r in (KAZERNE, FULL)]
    context = context_of(plg, *people, now=AFTER)
    order = order_of(context, f"typing/{KAZERNE.reference}/same/{FULL.reference}")
    assert {name for name, _ in texts(preview_of(context, order).mails_later)} == {"Wim Wit", "Els Nu"}


def test_saying_that_colleagues_are_of_two_schools_parts_them(plg: Network) -> None:
    other = replace(BRAM, place="Zeist")
    ruling = Decision("plg-2023", "same-1", Kind.SAME, "a|", SANNE, "", AT)
    one, two = (typings.school_typings([r])[0].key for r in (ANNA, other))
    together = SchoolKnowledge(rulings=[replace(ruling, about=one, value=two)])
    context = replace(context_of(plg, ANNA, other), knowledge=together)
    order = order_of(context, f"typing/{ANNA.reference}/different/{other.reference}")
    assert [s.standing for s in preview_of(context, order).standings_before] == ["complete"]
    assert [s.standing for s in preview_of(context, order).standings_after] == ["short", "short"]
    assert order_of_path(context, f"typing/{ANNA.reference}/same/{other.reference}", Wish()) is None


def test_a_typing_is_a_school_of_the_register_and_so_are_all_who_mean_it(plg: Network) -> None:
    context = replace(context_of(plg, KAZERNE, FULL), knowledge=KNOWN)
    code = KNOWN.register.suggestions.find("willem lodewijk")[0].code  # type: ignore[union-attr] # it is there
    order = order_of(context, f"typing/{KAZERNE.reference}/is/{code}")
    (after,) = preview_of(context, order).standings_after
    assert len(after.school.counted) == 2
    assert "Willem Lodewijk" in order.school_name
    assert order_of_path(context, f"typing/{KAZERNE.reference}/is/99ZZ99", Wish()) is None


def test_a_ruling_can_be_taken_back_and_then_counts_no_longer(plg: Network) -> None:
    context = context_of(plg, KAZERNE, FULL)
    word = order_of(context, f"typing/{KAZERNE.reference}/same/{FULL.reference}").decide
    assert word
    context = replace(
        context_of(plg, KAZERNE, FULL), knowledge=SchoolKnowledge(rulings=[word], moment=AFTER), now=AFTER
    )
    order = order_of(context, f"word/{word.id}/undo")
    assert order.undo == word
    assert [s.standing for s in preview_of(context, order).standings_after] == ["short", "short"]
    assert "zijn één school" in order_text(context, order).sentences[0]


def test_a_ruling_on_schools_of_another_network_is_not_ours_to_take_back(plg: Network) -> None:
    word = Decision("abc-2023", "same-1", Kind.SAME, "elders|", "x@abc.example", "", AT, value="anders|")
    context = replace(context_of(plg, ANNA), knowledge=SchoolKnowledge(rulings=[word]))
    assert order_of_path(context, "word/same-1/undo", Wish()) is None


@pytest.mark.parametrize("what", ["same", "different", "nonsense"])
def test_no_ruling_is_possible_on_two_people_who_typed_the_same(plg: Network, what: str) -> None:
    path = f"typing/{ANNA.reference}/{what}/{BRAM.reference}"
    assert order_of_path(context_of(plg, ANNA, BRAM), path, Wish()) is None


def test_an_order_is_shown_with_schools_grouped_once_and_reads_the_mails_of_whom_it_affects(
    plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    grouped, asked = [], list[str]()

    def grouping(people: tuple[Registration, ...], knowledge: SchoolKnowledge) -> SchoolGrouping:
        grouped.append(people)
        return group_by_school(people, knowledge)

    def read_mails(references: Sequence[str]) -> list[MailRecord]:
        asked.extend(references)
        return []

    monkeypatch.setattr("shared.domain.actions.organiser.order.group_by_school", grouping)
    others = [
        someone(f"Persoon {n}", f"p{n}@x{n}.example", school=f"{school_name(n)} College") for n in range(100)
    ]
    context = context_of(plg, ANNA, BRAM, *others)
    preview_order(context, order_of(context, f"person/{ANNA.reference}/decline"), read_mails)
    assert len(grouped) == 1
    assert sorted(asked) == sorted([ANNA.reference, BRAM.reference])
