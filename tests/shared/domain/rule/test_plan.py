from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decision import Decision, Kind
from shared.domain.network.network import Network
from shared.domain.network.parts import Rule, WhenShort
from shared.domain.network.version_history import VersionHistory
from shared.domain.registration.colleague import replaced
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.rule import plan as planning
from shared.domain.rule.plan import Plan
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import Typed, alias_key
from shared.domain.schools.school import schools
from tests.people import AT, colleagues, someone


def plan(network: Network, people: Iterable[Registration], now: datetime, *decisions: Decision) -> Plan:
    return planning.plan(network, people, decisions, now)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+00:00")


MORNING_AFTER = at("2023-04-15T05:00")
BERG = colleagues("Bergcollege", "Anna Bram")
LONER = colleagues("Dalcollege", "Carla")


def states(decided: Plan) -> dict[str, State]:
    return {r.name: r.state for r in decided.decisions}


def reminded(decided: Plan) -> dict[str, int | None]:
    return {r.name: r.reminded for r in decided.reminders}


def test_before_the_network_opens_nothing_happens(network: Network) -> None:
    assert plan(network, [], at("2023-01-31T22:59")) == Plan()


def test_a_complete_school_is_admitted_the_morning_after_the_deadline(network: Network) -> None:
    assert states(plan(network, BERG, MORNING_AFTER)) == {"Anna": State.ADMITTED, "Bram": State.ADMITTED}


def test_a_school_with_one_person_is_held_at_the_deadline(network: Network) -> None:
    assert states(plan(network, LONER, MORNING_AFTER)) == {"Carla": State.HELD}


@pytest.mark.parametrize(
    ("when_short", "state"),
    [(WhenShort.HOLD, State.HELD), (WhenShort.DECLINE, State.DECLINED), (WhenShort.ADMIT, State.ADMITTED)],
)
def test_the_organiser_chooses_what_becomes_of_a_short_school(
    network: Network, when_short: WhenShort, state: State
) -> None:
    changed = network.model_copy(update={"rule": Rule(when_short=when_short)})
    assert states(plan(changed, LONER, MORNING_AFTER)) == {"Carla": state}


def test_nothing_is_decided_while_the_deadlines_day_lasts(network: Network) -> None:
    assert plan(network, BERG, at("2023-04-14T21:59")).decisions == ()
    assert plan(network, BERG, at("2023-04-14T22:00")).decisions != ()


def test_what_is_decided_is_not_decided_again(network: Network) -> None:
    decided = plan(network, BERG + LONER, MORNING_AFTER).decisions
    assert plan(network, decided, MORNING_AFTER + timedelta(days=3)).decisions == ()


def ruled(network: Network, **rule: Any) -> Network:
    return network.model_copy(update={"rule": Rule(**rule)})


def roomed(network: Network, most: int) -> Network:
    window = network.registration.model_copy(update={"max_participants": most})
    return network.model_copy(update={"registration": window})


def decided(people: list[Registration], state: State = State.ADMITTED) -> list[Registration]:
    return [person.become(state, MORNING_AFTER, "check", "") for person in people]


def test_a_waived_school_comes_with_one(network: Network) -> None:
    waiver = Decision("plg-2023", "1", Kind.WAIVE, LONER[0].reference, "organiser", "kleine school", AT)
    assert states(plan(network, LONER, MORNING_AFTER, waiver)) == {"Carla": State.ADMITTED}
    held = decided(LONER, State.HELD)
    assert states(plan(network, held, MORNING_AFTER + timedelta(days=1), waiver)) == {"Carla": State.ADMITTED}


def test_an_organiser_can_hold_the_closing(network: Network) -> None:
    hold = Decision("plg-2023", "1", Kind.HOLD_CLOSING, "", "organiser", "we bellen nog", AT)
    assert plan(network, BERG + LONER, MORNING_AFTER, hold).decisions == ()
    released = replace(hold, undone_at=MORNING_AFTER)
    assert len(plan(network, BERG + LONER, MORNING_AFTER, released).decisions) == 3


def test_who_loses_a_colleague_after_the_deadline_has_a_week_to_find_another(network: Network) -> None:
    anna, bram = decided(BERG)
    gone = bram.become(State.CANCELLED, at("2023-04-20T10:00"), "person", "")
    for day in ("2023-04-21T05:00", "2023-04-27T21:59"):
        assert plan(network, [anna, gone], at(day)).decisions == ()
    assert states(plan(network, [anna, gone], at("2023-04-27T22:00"))) == {"Anna": State.HELD}


def test_a_new_colleague_in_the_repair_window_is_admitted(network: Network) -> None:
    anna, bram = decided(BERG)
    gone = bram.become(State.CANCELLED, at("2023-04-20T10:00"), "person", "")
    kim = colleagues("Bergcollege", "Kim", at=at("2023-04-22T10:00"))
    assert states(plan(network, [anna, gone, *kim], at("2023-04-23T05:00"))) == {"Kim": State.ADMITTED}


def test_a_stricter_rule_takes_nothing_from_a_school_that_may_replace_somebody(network: Network) -> None:
    anna, bram = sorted(plan(network, BERG, MORNING_AFTER).decisions, key=lambda r: r.name)
    gone = bram.become(State.CANCELLED, at("2023-04-20T10:00"), "person", "")
    stricter = ruled(network, min_per_school=3, repair_days=0)
    assert plan(stricter, [anna, gone], at("2023-04-27T21:59")).decisions == ()
    assert states(plan(stricter, [anna, gone], at("2023-04-27T22:00"))) == {"Anna": State.HELD}
    kim = colleagues("Bergcollege", "Kim", at=at("2023-04-22T10:00"))
    people = [anna, gone, *kim]
    assert plan(stricter, people, at("2023-04-23T05:00")).decisions == ()  # a third may come yet
    assert states(plan(stricter, people, at("2023-04-28T05:00"))) == {"Kim": State.ADMITTED}


def test_whom_a_school_lost_while_it_had_enough_people_is_no_reason_to_let_it_go(network: Network) -> None:
    people = [*BERG, *colleagues("Bergcollege", "Kim")]
    anna, bram, kim = sorted(plan(network, people, MORNING_AFTER).decisions, key=lambda r: r.name)
    gone = kim.become(State.CANCELLED, at("2023-04-20T10:00"), "person", "")
    stricter = ruled(network, min_per_school=3)
    assert plan(stricter, [anna, bram, gone], at("2023-05-20T05:00")).decisions == ()


def test_a_place_that_an_organiser_gave_is_not_taken_by_the_check(network: Network) -> None:
    anna, bram = (p.become(State.ADMITTED, MORNING_AFTER, "organiser", "") for p in BERG)
    gone = bram.become(State.CANCELLED, at("2023-04-20T10:00"), "person", "")
    assert plan(network, [anna, gone], at("2023-05-20T05:00")).decisions == ()


def test_a_school_that_turns_out_to_be_two_keeps_the_places_that_it_was_given(network: Network) -> None:
    people = colleagues("Bergcollege", "Anna", place="Ede") + colleagues("Dalcollege", "Bram", place="Urk")
    keys = [alias_key(Typed(r.school, r.place)) for r in people]
    word = Decision("plg-2023", "1", Kind.SAME, keys[0], "organiser", "", AT, value=keys[1])
    planned = planning.plan(network, people, (), MORNING_AFTER, SchoolKnowledge(None, [word]))
    assert states(planned) == {"Anna": State.ADMITTED, "Bram": State.ADMITTED}
    later = MORNING_AFTER + timedelta(days=20)
    assert planning.plan(network, planned.decisions, (), later, SchoolKnowledge()).decisions == ()


def test_two_held_people_who_turn_out_to_be_colleagues_are_let_in(network: Network) -> None:
    people = colleagues("Bergcollege", "Anna", place="Ede") + colleagues("Dalcollege", "Bram", place="Urk")
    keys = [alias_key(Typed(r.school, r.place)) for r in people]
    word = Decision("plg-2023", "1", Kind.SAME, keys[0], "organiser", "", AT, value=keys[1])
    held = plan(network, people, MORNING_AFTER).decisions
    planned = planning.plan(
        network, held, (), MORNING_AFTER + timedelta(days=1), SchoolKnowledge(None, [word])
    )
    assert states(planned) == {"Anna": State.ADMITTED, "Bram": State.ADMITTED}


def test_more_than_the_most_of_one_school_wait(network: Network) -> None:
    three = colleagues("Bergcollege", "Anna Bram Carla")
    assert states(plan(ruled(network, max_per_school=2), three, MORNING_AFTER)) == {
        "Anna": State.ADMITTED, "Bram": State.ADMITTED, "Carla": State.HELD,
    }  # fmt: skip


def test_a_full_room_lets_whole_schools_in_by_the_order_in_which_they_came(network: Network) -> None:
    later = colleagues("Academie", "Dirk Els", at=AT + timedelta(days=1))
    assert states(plan(roomed(network, 3), BERG + later, MORNING_AFTER)) == {
        "Anna": State.ADMITTED, "Bram": State.ADMITTED, "Dirk": State.HELD, "Els": State.HELD,
    }  # fmt: skip


def test_a_check_that_comes_twice_leaves_the_places_that_it_freed_to_the_next_one(network: Network) -> None:
    people, again = [p.become(State.HELD, MORNING_AFTER, "check", "") for p in BERG], at("2023-04-16T05:00")
    assert planning.plan(network, people, (), MORNING_AFTER, reported=MORNING_AFTER) == Plan()
    planned = planning.plan(network, people, (), again, reported=MORNING_AFTER)
    assert states(planned) == {"Anna": State.ADMITTED, "Bram": State.ADMITTED}


def test_a_school_that_waited_is_let_in_when_there_is_room(network: Network) -> None:
    small = roomed(network, 2)
    later = colleagues("Academie", "Dirk Els", at=AT + timedelta(days=1))
    first = list(plan(small, BERG + later, MORNING_AFTER).decisions)
    assert plan(small, first, MORNING_AFTER).decisions == ()
    left, came = [p for p in first if p.state is State.ADMITTED], [p for p in first if p.state is State.HELD]
    gone = [p.become(State.CANCELLED, at("2023-04-20T10:00"), "person", "") for p in left] + came
    assert states(plan(small, gone, at("2023-04-21T05:00"))) == {
        "Dirk": State.ADMITTED,
        "Els": State.ADMITTED,
    }


def test_short_schools_take_no_room_when_the_deadline_has_passed(network: Network) -> None:
    later = colleagues("Academie", "Dirk Els", at=AT + timedelta(days=1))
    assert states(plan(roomed(network, 2), LONER + later, MORNING_AFTER)) == {
        "Carla": State.HELD, "Dirk": State.ADMITTED, "Els": State.ADMITTED,
    }  # fmt: skip


def test_a_minimum_of_three_holds_a_school_of_two(network: Network) -> None:
    assert set(states(plan(ruled(network, min_per_school=3), BERG, MORNING_AFTER)).values()) == {State.HELD}


def test_what_an_organiser_did_since_does_not_make_a_decision_of_the_check_theirs(network: Network) -> None:
    (carla,) = decided(LONER, State.HELD)
    reminded = replace(carla, history=(*carla.history, Change(MORNING_AFTER, State.HELD, "organiser", "")))
    late = colleagues("Dalcollege", "Dirk", state=State.ADMITTED)
    assert states(plan(network, [reminded, *late], MORNING_AFTER)) == {"Carla": State.ADMITTED}


def test_a_changed_rule_is_applied_by_the_next_check(network: Network) -> None:
    held = decided(LONER, State.HELD)
    assert states(plan(ruled(network, min_per_school=1), held, MORNING_AFTER)) == {"Carla": State.ADMITTED}


def test_late_cancelled_and_quarantined_people_are_not_decided_about(network: Network) -> None:
    left_out = [
        someone(f"P{i}", f"p{i}@x.example", state=state)
        for i, state in enumerate([State.LATE, State.CANCELLED, State.QUARANTINED])
    ]
    assert plan(network, left_out, MORNING_AFTER).decisions == ()


def test_a_late_colleague_does_not_make_a_school_complete(network: Network) -> None:
    late = colleagues("Dalcollege", "Dirk", state=State.LATE)
    assert states(plan(network, LONER + late, MORNING_AFTER)) == {"Carla": State.HELD}


@pytest.mark.parametrize(
    ("day", "expected"), [("2023-03-30", {}), ("2023-03-31", {"Carla": 14}), ("2023-04-06", {"Carla": 7}),
                          ("2023-04-12", {"Carla": 2}), ("2023-04-14", {"Carla": 2}), ("2023-04-15", {})]
)  # fmt: skip
def test_short_schools_are_reminded_14_7_and_2_days_before(
    network: Network, day: str, expected: dict[str, int]
) -> None:
    assert reminded(plan(network, BERG + LONER, at(f"{day}T05:00"))) == expected


def test_three_missed_days_give_one_reminder(network: Network) -> None:
    first = plan(network, LONER, at("2023-04-11T05:00"))
    assert reminded(first) == {"Carla": 7}
    assert first.reminders[0].reminded_at == at("2023-04-11T05:00")
    assert reminded(plan(network, first.reminders, at("2023-04-11T05:00"))) == {}
    assert reminded(plan(network, first.reminders, at("2023-04-12T05:00"))) == {"Carla": 2}


def test_who_registered_after_a_reminders_day_waits_for_the_next(network: Network) -> None:
    new = colleagues("Dalcollege", "Carla", at=at("2023-04-01T10:00"))
    assert reminded(plan(network, new, at("2023-04-02T05:00"))) == {}
    assert reminded(plan(network, new, at("2023-04-06T05:00"))) == {"Carla": 7}


def test_a_report_is_made_each_day_from_opening_to_the_last_session(network: Network) -> None:
    assert plan(network, [], at("2023-02-01T06:00")).report_day == date(2023, 2, 1)
    assert plan(network, [], at("2023-11-21T06:00")).report_day == date(2023, 11, 21)
    assert plan(network, [], at("2023-11-22T06:00")).report_day is None


def test_the_day_of_the_report_is_the_networks_own(network: Network) -> None:
    assert plan(network, [], at("2023-03-31T22:30")).report_day == date(2023, 4, 1)


def test_when_retention_ends_only_counts_are_kept(network: Network) -> None:
    decided = plan(network, [*BERG, *LONER], at("2024-02-22T06:00"))
    assert decided == Plan(forget={"schools": 2, "registered": 3})


people = st.builds(
    someone,
    name=st.sampled_from(["Anna Bos", "Bram Kuipers", "Carla Smit"]),
    email=st.sampled_from(["a@x.example", "b@x.example"]),
    school=st.sampled_from(["Bergcollege", "KSE"]),
    state=st.sampled_from(State),
    at=st.integers(0, 40).map(lambda days: AT + timedelta(days=days)),
)


@given(st.lists(people, unique_by=lambda r: r.person_key), st.integers(1, 6))
def test_a_full_room_never_splits_a_school_and_never_overflows(
    network: Network, everyone: list[Registration], most: int
) -> None:
    registered = [replace(r, state=State.REGISTERED) for r in everyone]
    decisions = plan(roomed(network, most), registered, MORNING_AFTER).decisions
    assert sum(r.state is State.ADMITTED for r in decisions) <= most
    for school in schools(decisions):
        assert len({r.state for r in school.counted}) == 1


@given(st.lists(people, unique_by=lambda r: r.person_key), st.integers(0, 400))
def test_a_plan_that_was_carried_out_has_nothing_more_to_decide(
    network: Network, everyone: list[Registration], days: int
) -> None:
    now = datetime(2023, 2, 1, 6, tzinfo=UTC) + timedelta(days=days)
    first = plan(network, everyone, now)
    after = {r.person_key: r for r in everyone} | {
        r.person_key: r for r in (*first.decisions, *first.reminders)
    }
    second = plan(network, after.values(), now)
    assert (second.decisions, second.reminders) == ((), ())
    assert not {r.person_key for r in first.decisions} & {r.person_key for r in first.reminders}


def moved(network: Network, deadline: date) -> Network:
    window = network.registration.model_copy(update={"deadline": deadline})
    return network.model_copy(update={"registration": window})


def test_reminders_start_anew_for_a_deadline_that_moved(network: Network) -> None:
    last = plan(network, LONER, at("2023-04-12T05:00")).reminders
    later = moved(network, date(2023, 5, 5))
    assert reminded(plan(later, last, at("2023-04-13T05:00"))) == {}
    assert reminded(plan(later, last, at("2023-04-21T05:00"))) == {"Carla": 14}


@pytest.mark.parametrize(
    ("unstated", "expected"), [("2023-04-14T22:00", {"Carla": 14}), ("2023-05-05T22:00", {})]
)
def test_reminders_of_earlier_releases_are_of_the_deadline_that_these_left_behind(
    network: Network, unstated: str, expected: dict[str, int]
) -> None:
    before = [replace(LONER[0], reminded=2, reminded_at=at("2023-04-12T05:00"))]
    history = VersionHistory(at("2023-04-13T10:00"), unstated=at(unstated))
    later = moved(network, date(2023, 5, 5))
    now = at("2023-04-21T05:00")
    assert reminded(planning.plan(later, before, [], now, versions=history)) == expected


def test_a_reminder_whose_day_was_before_the_move_is_left_to_the_mail_about_it(network: Network) -> None:
    history, now = VersionHistory(at("2023-04-11T10:00")), at("2023-04-11T12:00")
    assert reminded(planning.plan(network, LONER, [], now, versions=history)) == {}
    assert reminded(planning.plan(network, LONER, [], at("2023-04-12T05:00"), versions=history)) == {
        "Carla": 2
    }


def test_whom_an_earlier_deadline_held_is_reminded_of_a_later_one_and_whom_the_organiser_held_is_not(
    network: Network,
) -> None:
    later, now = moved(network, date(2023, 5, 5)), at("2023-04-21T05:00")
    (carla,) = plan(network, LONER, MORNING_AFTER).decisions
    assert reminded(plan(later, [carla], now)) == {"Carla": 14}
    by_hand = LONER[0].become(State.HELD, MORNING_AFTER, "sanne@x.example")
    assert reminded(plan(later, [by_hand], now)) == {}


def test_a_school_that_loses_somebody_in_a_window_that_was_opened_again_may_repair_until_the_new_deadline(
    network: Network,
) -> None:
    bram, anna = sorted(plan(network, BERG, MORNING_AFTER).decisions, key=lambda r: r.name, reverse=True)
    left = bram.become(State.CANCELLED, at("2023-04-20T10:00"), "person")
    later = moved(network, date(2023, 5, 5))
    assert plan(later, [anna, left], at("2023-05-05T05:00")).decisions == ()
    assert states(plan(later, [anna, left], at("2023-05-06T05:00"))) == {"Anna": State.HELD}


def test_the_new_deadline_decides_about_who_was_not_decided_about_and_admits_held_people_of_complete_schools(
    network: Network,
) -> None:
    anna = plan(network, BERG[:1], MORNING_AFTER).decisions[0]
    bram = replace(BERG[1], received_at=at("2023-04-20T10:00"))
    later = moved(network, date(2023, 5, 5))
    assert plan(later, [anna, bram], at("2023-05-05T05:00")).decisions == ()
    both = {"Anna": State.ADMITTED, "Bram": State.ADMITTED}
    assert states(plan(later, [anna, bram], at("2023-05-06T05:00"))) == both


def test_who_takes_part_is_reminded_once_of_each_session_where_the_network_asks_for_it(
    network: Network,
) -> None:
    admitted = [person.become(State.ADMITTED, MORNING_AFTER, "check", "") for person in BERG]
    week_before = at("2023-05-03T05:00")
    assert plan(network, admitted, week_before).session_reminders == ()
    reminding = network.model_copy(update={"rule": Rule(remind_session_days_before=7)})
    reminded = plan(reminding, [*admitted, *LONER], week_before).session_reminders
    assert [(r.name, r.session_reminded) for r in reminded] == [
        ("Anna", date(2023, 5, 10)),
        ("Bram", date(2023, 5, 10)),
    ]
    assert plan(reminding, reminded, at("2023-05-04T05:00")).session_reminders == ()


def test_who_took_over_a_place_is_let_go_with_a_school_that_was_left_alone(plg: Network) -> None:
    anna, bram = (r.become(State.ADMITTED, MORNING_AFTER, "check", "") for r in BERG)
    gave, came = _took_over(bram, at("2023-04-17T10:00"))
    left = anna.become(State.CANCELLED, at("2023-04-18T10:00"), "person", "")
    assert states(plan(plg, [left, gave, came], at("2023-04-20T05:00"))) == {}
    assert states(plan(plg, [left, gave, came], at("2023-04-26T05:00"))) == {"Kim": State.HELD}


def test_who_took_over_a_held_place_is_admitted_when_the_school_is_complete(plg: Network) -> None:
    anna, bram = BERG
    gave, came = _took_over(anna.become(State.HELD, MORNING_AFTER, "check", ""), at("2023-04-17T10:00"))
    let_in = bram.become(State.ADMITTED, at("2023-04-18T10:00"), "info@voortgezetleren.nl", "")
    assert states(plan(plg, [gave, came, let_in], at("2023-04-19T05:00"))) == {"Kim": State.ADMITTED}


def _took_over(person: Registration, when: datetime) -> tuple[Registration, Registration]:
    change = Change(when, person.state, "person", "laat een collega in de plaats gaan")
    return replaced(person, "Kim", "kim@berg.example", "kim", change)


def test_the_last_check_is_the_one_at_seven_dutch_time_also_when_the_clocks_change() -> None:
    assert planning.last_check(at("2023-03-26T04:59")) == at("2023-03-25T06:00")  # in winter time
    assert planning.last_check(at("2023-03-26T05:00")) == at("2023-03-26T05:00")
    assert planning.last_check(at("2023-03-27T04:59")) == at("2023-03-26T05:00")


def test_a_check_reports_from_the_opening_to_the_last_day(network: Network) -> None:
    mornings = (at("2023-01-31T06:00"), at("2023-02-01T06:00"))
    assert [planning.report_day(network, morning) for morning in mornings] == [None, date(2023, 2, 1)]
    after = network.end_of_day(at(f"{network.last_day}T12:00")) + timedelta(hours=7)
    assert planning.report_day(network, after) is None
    assert planning.report_day(network, after - timedelta(days=1)) == network.last_day


def test_of_who_left_long_ago_only_a_domain_stays_that_colleagues_have(network: Network) -> None:
    anna, bram, carla = *BERG, *LONER
    gone = [each.become(State.CANCELLED, at("2023-04-20T10:00"), "check") for each in (anna, carla)]
    erasures = planning.plan(
        network, [*gone, bram], (), at("2023-05-20T05:00"), reported=at("2023-05-19T05:00")
    ).erasures
    assert [(left.email, left.mail_domain) for left in erasures] == [("", "11.example"), ("", "")]
