from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decision import Decision, Kind
from shared.domain.network.network import Network
from shared.domain.registration.registration import NEXT, Registration, State
from shared.domain.rule.standing import SchoolStanding, Standing, standing_of, standing_since
from shared.domain.rule.waiting_list import standings_at
from shared.domain.schools.school import schools
from shared.phrases import dutch, reasons
from tests.people import AT, colleagues


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+00:00")


ANNA, BRAM = colleagues("Bergcollege", "Anna Bram")
LATER = at("2023-04-20T10:00")
SINCE_LATER = (
    "doet sinds donderdag 20 april niet meer mee, "
    "en de school was tot en met donderdag 27 april niet weer compleet"
)
GONE = BRAM.become(State.CANCELLED, LATER, "person", "")


def only(network: Network, people: list[Registration], now: datetime, *decisions: Decision) -> SchoolStanding:
    (school,) = schools(people)
    return standing_of(network, school, decisions, now)


@pytest.mark.parametrize(
    ("people", "now", "standing", "why"),
    [
        ([ANNA, BRAM], "2023-04-01T05:00", Standing.COMPLETE, "2 personen tellen mee"),
        ([ANNA], "2023-04-01T05:00", Standing.SHORT, "1 persoon te kort"),
        ([GONE], "2023-04-21T05:00", Standing.EMPTY, "niemand doet mee"),
        ([ANNA, GONE], "2023-04-21T05:00", Standing.REPAIR,
         "was compleet en kan tot en met donderdag 27 april iemand vervangen"),
        ([ANNA, GONE], "2023-04-27T22:00", Standing.SHORT,
         f"{GONE.reference} {SINCE_LATER}"),
    ],
)  # fmt: skip
def test_a_school_stands_where_the_rule_puts_it(
    network: Network, people: list[Registration], now: str, standing: Standing, why: str
) -> None:
    standing_now = only(network, people, at(now))
    assert (standing_now.standing, reasons.why(standing_now, dutch)) == (standing, why)


def test_a_loss_before_the_deadline_opens_no_repair_window(network: Network) -> None:
    early = BRAM.become(State.CANCELLED, at("2023-04-10T10:00"), "person", "")
    assert only(network, [ANNA, early], at("2023-04-16T05:00")).standing is Standing.SHORT


def test_a_waiver_holds_until_its_end_or_until_it_is_undone(network: Network) -> None:
    until = at("2023-04-10T00:00")
    waiver = Decision("plg-2023", "1", Kind.WAIVE, ANNA.reference, "organiser", "kleine school", AT, until)
    standing_now = only(network, [ANNA], at("2023-04-09T05:00"), waiver)
    assert (standing_now.standing, standing_now.until) == (Standing.WAIVED, until)
    assert (
        reasons.why(standing_now, dutch)
        == "uitzondering voor deze school, van organiser op maandag 20 maart: kleine school"
    )
    assert only(network, [ANNA], until, waiver).standing is Standing.SHORT


def test_the_standing_of_any_moment_is_told_from_the_history(network: Network) -> None:
    people = [ANNA, GONE]
    standings = {
        day: [s.standing.value for s in standings_at(network, people, (), at(day))]
        for day in ("2023-03-01T00:00", "2023-04-01T00:00", "2023-04-21T00:00", "2023-05-01T00:00")
    }
    assert list(standings.values()) == [[], ["complete"], ["repair"], ["short"]]


def test_a_standing_says_since_when(network: Network) -> None:
    (school,) = schools([ANNA, GONE])
    assert standing_since(network, school, (), at("2023-04-21T00:00")) == LATER
    assert standing_since(network, school, (), at("2023-05-01T00:00")) == at("2023-04-27T22:00")
    (complete,) = schools([ANNA, BRAM])
    assert standing_since(network, complete, (), at("2023-05-01T00:00")) == AT


@given(st.data())
def test_replaying_the_history_to_any_moment_gives_that_moments_standing(
    network: Network, data: st.DataObject
) -> None:
    people = colleagues("Bergcollege", "Anna Bram") + colleagues("Dalcollege", "Carla")
    snapshots = {AT: list(people)}
    for day in range(1, data.draw(st.integers(1, 12))):
        moment = AT + timedelta(days=5 * day)
        i = data.draw(st.integers(0, len(people) - 1))
        state = data.draw(st.sampled_from(sorted(NEXT[people[i].state])))
        people = [*people]
        people[i] = people[i].become(state, moment, "person", "")
        snapshots[moment] = people
    for moment, then in snapshots.items():
        expected = tuple(standing_of(network, school, (), moment)[1:] for school in schools(then))
        assert tuple(s[1:] for s in standings_at(network, people, (), moment)) == expected


def test_a_decision_holds_from_when_it_was_taken() -> None:
    decision = Decision("plg-2023", "1", Kind.WAIVE, "PLG-1", "organiser", "", AT)
    assert not decision.holds(AT - timedelta(seconds=1))
    assert decision.holds(AT)
    assert decision.holds(datetime(2099, 1, 1, tzinfo=UTC))
