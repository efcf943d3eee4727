from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.actions.registrant import corrected
from shared.domain.decision import Decision, Kind
from shared.domain.network.parts import WhenShort
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, EarlierTyping, Registration, State
from shared.domain.report.changes import Headcount
from shared.domain.report.question import QuestionKind
from shared.domain.report.report import Report
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import Typed, alias_key
from shared.phrases.schools import pair_reason_in_dutch
from tests.shared.mails.people import DECIDED, EARLY, LATE, NOOR, PIET, PLG, person

OPENED = datetime(2023, 1, 31, 23, tzinfo=UTC)
AN_HOUR_LATER, A_DAY_LATER = EARLY + timedelta(hours=1), EARLY + timedelta(days=1)


def about(
    *people: Registration,
    previous: datetime | None = None,
    now: datetime = A_DAY_LATER,
    records: Sequence[MailRecord] = (),
) -> Report:
    return Report(PLG, people, records, previous, now)


def kinds(report: Report) -> list[QuestionKind]:
    return [question.kind for question in report.questions]


people_of_any_state = st.lists(
    st.builds(
        person,
        st.sampled_from(["Noor van Dijk", "Noor Dijk", "Piet Jansen", "Anna Visser", "Bram Smit"]),
        person_key=st.uuids().map(str),
        email=st.sampled_from(["a@school.example", "b@school.example"]),
        school=st.sampled_from(["Bergcollege", "Dalcollege"]),
        state=st.sampled_from(State),
        received_at=st.integers(0, 79 * 24).map(lambda hours: OPENED + timedelta(hours=hours)),
    ),
    max_size=12,
)


@given(people_of_any_state)
def test_the_totals_always_add_up(people: list[Registration]) -> None:
    received, *parts = about(*people, now=LATE).totals
    assert received == len(people) == sum(parts)


@given(people_of_any_state)
def test_the_bars_of_growth_add_up_to_everyone(people: list[Registration]) -> None:
    days = about(*people, now=datetime(2023, 4, 21, tzinfo=UTC)).growth
    assert sum(day.new for day in days) == len(people) == days[-1].total


def test_the_first_report_tells_everything_since_the_opening() -> None:
    changes = about(NOOR, PIET).changes
    assert changes.new == (NOOR, PIET)
    assert [school.name for school in changes.completed] == ["Montessori Lyceum"]


def test_a_report_tells_what_happened_since_the_last_one() -> None:
    piet = person("Piet Jansen", received_at=A_DAY_LATER)
    changes = about(NOOR, piet, previous=AN_HOUR_LATER, now=A_DAY_LATER).changes
    assert changes.new == (piet,)
    assert [school.name for school in changes.completed] == ["Montessori Lyceum"]


def hour(number: int) -> datetime:
    return OPENED + timedelta(hours=number)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["person", "check"]))), st.sets(st.integers(0, 9))
)
def test_every_change_stands_in_exactly_one_report(leaving: list[tuple[int, str]], reports: set[int]) -> None:
    came = [person(f"P {n}", person_key=str(n), received_at=hour(at)) for n, (at, _) in enumerate(leaving)]
    gone = [
        r.become(State.CANCELLED, hour(at + 1), by, "") for r, (at, by) in zip(came, leaving, strict=True)
    ]
    instants = [hour(number) for number in sorted({*reports, 11})]
    new, cancelled = list[Registration](), list[Registration]()
    for previous, at in zip([None, *instants], instants, strict=False):
        changes = Report(PLG, gone, [], previous, at, changes_until=at).changes
        new += changes.new
        cancelled += changes.cancelled
    assert sorted(r.person_key for r in new) == sorted(r.person_key for r in gone)
    assert sorted(r.person_key for r in cancelled) == sorted(r.person_key for r in gone)


def test_a_post_at_the_instant_of_a_report_stands_in_the_next_one() -> None:
    assert Report(PLG, [NOOR], [], None, EARLY, changes_until=EARLY).changes.new == ()
    assert about(NOOR, previous=EARLY, now=A_DAY_LATER).changes.new == (NOOR,)


def test_whoever_comes_at_the_instant_of_a_report_completes_the_school_in_the_next_one() -> None:
    piet = person("Piet Jansen", received_at=A_DAY_LATER)
    first = Report(PLG, [NOOR, piet], [], AN_HOUR_LATER, A_DAY_LATER, changes_until=A_DAY_LATER)
    assert not any(first.changes)
    second = about(NOOR, piet, previous=A_DAY_LATER, now=LATE).changes
    assert second.new == (piet,)
    assert [school.name for school in second.completed] == ["Montessori Lyceum"]


def test_who_is_released_at_the_instant_of_a_report_is_new_in_the_next_one_only() -> None:
    aside = person(state=State.QUARANTINED, received_at=EARLY)
    noor = aside.become(State.REGISTERED, A_DAY_LATER, "organiser", "")
    assert not any(Report(PLG, [noor], [], None, A_DAY_LATER, changes_until=A_DAY_LATER).changes)
    assert about(noor, previous=A_DAY_LATER, now=LATE).changes.new == (noor,)


def test_who_left_before_a_report_and_came_back_after_it_left_in_that_report() -> None:
    left = NOOR.become(State.CANCELLED, AN_HOUR_LATER, "person", "")
    back = left.become(State.REGISTERED, A_DAY_LATER, "person", "")
    changes = Report(PLG, [back], [], EARLY, LATE, changes_until=A_DAY_LATER).changes
    assert changes.cancelled == (left,)


def test_a_decision_of_the_check_stands_in_the_report_that_it_makes() -> None:
    noor = NOOR.become(State.ADMITTED, DECIDED, "check", "")
    assert Report(PLG, [noor], [], EARLY, DECIDED, changes_until=DECIDED).changes.decided
    assert not about(noor, previous=DECIDED, now=LATE).changes.decided


def test_who_leaves_makes_a_complete_school_fall_short() -> None:
    left = PIET.become(State.CANCELLED, A_DAY_LATER, "person", "")
    changes = about(NOOR, left, previous=AN_HOUR_LATER, now=A_DAY_LATER).changes
    assert changes.cancelled == (left,)
    assert [school.name for school in changes.fell_short] == ["Montessori Lyceum"]
    assert (changes.new, changes.completed) == ((), ())


def test_nothing_new_is_no_change() -> None:
    assert not any(about(NOOR, PIET, previous=A_DAY_LATER, now=A_DAY_LATER).changes)


def test_a_decision_is_a_change() -> None:
    people = [r.become(State.ADMITTED, DECIDED, "check", "") for r in (NOOR, PIET)]
    changes = about(*people, previous=EARLY, now=LATE).changes
    assert changes.decided == (Headcount(State.ADMITTED, schools=1, people=2),)


def test_a_post_in_quarantine_is_a_question_and_not_news() -> None:
    report = about(person(state=State.QUARANTINED))
    assert report.changes.new == ()
    assert kinds(report) == [QuestionKind.QUARANTINED]


def test_a_school_of_which_nobody_counts_is_in_no_list_and_its_people_are_in_the_totals() -> None:
    states = [State.QUARANTINED, State.CANCELLED, State.DECLINED]
    gone = [person(email=f"p{state}@x.example", school=f"Casino {state}", state=state) for state in states]
    report = about(NOOR, PIET, *gone)
    assert [standing.school.name for standing in report.standings] == [NOOR.school]
    assert {standing.school.name for standing in report.uncounted} == {r.school for r in gone}
    assert report.totals.received == 5


def test_what_was_put_aside_is_told_apart_by_why() -> None:
    def robot(number: int, why: ReasonCode) -> Registration:
        history = (Change(EARLY, State.QUARANTINED, "person", reason=Reason(why)),)
        return person(email=f"p{number}@x.example", state=State.QUARANTINED, history=history)

    why = [ReasonCode.HONEYPOT, ReasonCode.TOO_MANY, ReasonCode.TOO_MANY]
    report = about(*(robot(n, reason) for n, reason in enumerate(why)))
    assert report.put_aside == (
        (Reason(ReasonCode.TOO_MANY), 2),
        (Reason(ReasonCode.HONEYPOT), 1),
    )


def test_what_robots_send_comes_after_every_other_question() -> None:
    spam = [person(email=f"p{n}@x.example", state=State.QUARANTINED) for n in range(70)]
    late = person("Lieke Vos", school="Bergcollege", state=State.LATE, received_at=LATE)
    assert kinds(about(*spam, late, now=LATE))[0] is QuestionKind.LATE


def test_who_is_late_and_who_is_held_wait_for_the_organiser() -> None:
    held = NOOR.become(State.HELD, DECIDED, "check", "")
    late = person("Lieke Vos", school="Bergcollege", state=State.LATE, received_at=LATE)
    assert kinds(about(held, late, now=LATE)) == [QuestionKind.LATE, QuestionKind.HELD]


@pytest.mark.parametrize(
    ("school", "place", "why"),
    [
        ("Montessori Lyceum", "Utrecht", "De namen lijken op elkaar, maar er is ook iets dat niet klopt."),
        ("Montesori Lyceum", "", "Alleen de naam komt overeen."),
    ],
)
def test_schools_that_may_be_one_are_asked_about_with_why(school: str, place: str, why: str) -> None:
    report = about(NOOR, person("Jan Kok", school=school, place=place, email="jan@kok.example"))
    assert kinds(report) == [QuestionKind.SAME_SCHOOL]
    doubt = report.questions[0].doubt
    assert doubt is not None
    assert pair_reason_in_dutch(doubt) == why


@pytest.mark.parametrize(("school", "place"), [("Bergcollege", "Zeist"), ("", "Zeist")])
def test_schools_that_are_surely_two_are_not(school: str, place: str) -> None:
    assert kinds(about(NOOR, person("Jan Kok", school=school, place=place))) == []


def test_a_doubt_between_schools_that_are_both_complete_is_no_question() -> None:
    others = [person(name, place="Utrecht") for name in ("Jan Kok", "Kim Smit")]
    assert kinds(about(NOOR, PIET, *others)) == []


def test_schools_that_became_one_by_an_organisers_word_are_new_complete_ones() -> None:
    jan = person("Jan Kok", place="Utrecht")
    keys = [alias_key(Typed(r.school, r.place)) for r in (NOOR, jan)]
    word = Decision(PLG.id, "1", Kind.SAME, keys[0], "organiser", "", A_DAY_LATER, value=keys[1])
    report = Report(PLG, [NOOR, jan], [], EARLY, LATE, knowledge=SchoolKnowledge(None, [word], LATE))
    assert [school.name for school in report.changes.completed] == ["Montessori Lyceum"]
    assert report.changes.by_rule == ()


def test_a_complete_school_that_somebody_joins_under_an_earlier_typing_is_no_new_complete_one() -> None:
    jan = person("Jan Kok", place="Utrecht")
    keys = [alias_key(Typed(r.school, r.place)) for r in (NOOR, jan)]
    word = Decision(PLG.id, "1", Kind.SAME, keys[0], "organiser", "", A_DAY_LATER, value=keys[1])
    first = replace(jan, received_at=EARLY - timedelta(hours=1))
    joined = SchoolKnowledge(None, [word], LATE)
    report = Report(PLG, [first, NOOR, PIET], [], AN_HOUR_LATER, LATE, knowledge=joined)
    assert [len(school.counted) for school in report.schools] == [3]
    assert (report.changes.completed, report.changes.fell_short) == ((), ())


def test_a_school_that_is_complete_by_a_corrected_typing_is_told() -> None:
    typings = (EarlierTyping("Bergcollege", "Zeist", "", AN_HOUR_LATER),)
    loner = person("Jan Kok", school="Bergcollege", received_at=EARLY)
    corrected = replace(PIET, invited_by="", earlier_typings=typings)
    for since, names in ((AN_HOUR_LATER, ["Montessori Lyceum"]), (A_DAY_LATER, [])):
        changes = about(NOOR, corrected, loner, previous=since, now=LATE).changes
        assert [school.name for school in changes.completed] == names
        assert [school.name for school in changes.fell_short] == ["Bergcollege"] * len(names)


def test_who_came_by_a_link_and_corrects_the_school_completes_another() -> None:
    loner = person("Jan Kok", school="Bergcollege", received_at=EARLY)
    eva = person("Eva Vos", received_at=EARLY, via=NOOR.reference)
    changed = corrected(eva, {"school": "Bergcollege"}, (), AN_HOUR_LATER)
    for since, names in ((AN_HOUR_LATER, ["Bergcollege"]), (A_DAY_LATER, [])):
        report = about(NOOR, PIET, loner, *changed, previous=since, now=LATE)
        assert [school.name for school in report.changes.completed] == names
        assert report.changes.fell_short == ()


def test_two_numbers_are_two_schools() -> None:
    one, two = person(school="Scholengemeenschap 1"), person("Jan Kok", school="Scholengemeenschap 2")
    assert kinds(about(one, two)) == []


def test_from_two_weeks_before_the_deadline_a_report_says_what_it_would_decide() -> None:
    loner = person("Jan Kok", school="Bergcollege")
    assert about(NOOR, PIET, loner, now=datetime(2023, 3, 30, 5, tzinfo=UTC)).forecast == ()
    assert about(NOOR, PIET, loner, now=datetime(2023, 3, 31, 5, tzinfo=UTC)).forecast == (
        Headcount(State.ADMITTED, schools=1, people=2),
        Headcount(State.HELD, schools=1, people=1),
    )
    assert about(NOOR, PIET, loner, now=DECIDED).forecast == ()


@pytest.mark.parametrize(
    ("when_short", "fate"), [(WhenShort.DECLINE, State.DECLINED), (WhenShort.ADMIT, State.ADMITTED)]
)
def test_the_forecast_follows_the_networks_own_rule(when_short: WhenShort, fate: State) -> None:
    network = PLG.model_copy(update={"rule": PLG.rule.model_copy(update={"when_short": when_short})})
    report = Report(network, [NOOR], [], None, datetime(2023, 4, 10, tzinfo=UTC))
    assert report.forecast == (Headcount(fate, schools=1, people=1),)


def test_the_forecast_leaves_what_an_organiser_decided() -> None:
    admitted = NOOR.become(State.ADMITTED, EARLY, "info@x.example")
    report = Report(PLG, [admitted], [], None, datetime(2023, 4, 10, tzinfo=UTC))
    assert report.forecast == (Headcount(State.ADMITTED, schools=1, people=1),)


def test_after_the_deadline_a_report_says_what_was_decided() -> None:
    held = NOOR.become(State.HELD, DECIDED, "check", "")
    assert about(held, now=A_DAY_LATER).outcome == ()
    assert about(held, now=LATE).outcome == (Headcount(State.HELD, schools=1, people=1),)


def test_whom_the_next_check_admits_leaves_no_place_free() -> None:
    window = PLG.registration.model_copy(update={"max_participants": 3})
    network = PLG.model_copy(update={"registration": window})
    late = [person(name, school="Bergcollege", received_at=A_DAY_LATER) for name in ("Jan Kok", "Eva Vos")]
    for decided in (False, True):
        here = [r.become(State.ADMITTED, DECIDED, "check") if decided else r for r in (NOOR, PIET)]
        report = Report(network, [*here, *late], [], None, LATE)
        assert (report.free_places, len(report.waiting), report.coming) == (1, 2, ())


def test_growth_is_counted_in_local_days_from_the_opening_to_today() -> None:
    night = datetime(2023, 3, 19, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam
    days = about(person(received_at=night)).growth
    assert days[0].date == date(2023, 2, 1)
    assert days[-1].date == date(2023, 3, 21)
    assert [day.date for day in days if day.new] == [date(2023, 3, 20)]


def test_growth_ends_at_the_deadline_when_nobody_came_after_it() -> None:
    assert about(NOOR, now=datetime(2023, 9, 1, tzinfo=UTC)).growth[-1].date == date(2023, 4, 14)


def test_who_came_back_grew_the_list_only_once() -> None:
    left = NOOR.become(State.CANCELLED, A_DAY_LATER, "person", "")
    back = left.become(State.REGISTERED, A_DAY_LATER + timedelta(days=1), "person", "")
    days = about(back, now=A_DAY_LATER + timedelta(days=2)).growth
    assert [day.date for day in days if day.new] == [EARLY.date()]


def test_mails_that_did_not_arrive_are_told_the_latest_first() -> None:
    records = [
        MailRecord(PLG.id, f"m{hour}", "confirmation", NOOR.reference, state, EARLY + timedelta(hours=hour))
        for hour, state in enumerate((MailState.BOUNCED, MailState.DELIVERED, MailState.FAILED))
    ]
    lost = about(NOOR, records=records).undelivered
    assert [undelivered.record.id for undelivered in lost] == ["m2", "m0"]
    assert lost[0].registration == NOOR


def test_fields_that_the_form_did_not_have_before_are_counted() -> None:
    people = [person(extra={"dieet": "geen"}), person("Jan Kok", extra={"dieet": "vegan", "maat": "L"})]
    assert about(*people).unknown_fields == (("dieet", 2), ("maat", 1))
