from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.actions import registrant as amend
from shared.domain.actions.registrant import allowed_actions, comes_as, corrected, restored
from shared.domain.network.network import Network
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.report.changes import changes
from shared.domain.schools.school import School, schools
from tests.asking import asking
from tests.people import AT, colleagues

ANNA, BRAM = colleagues("Bergcollege", "Anna Bram")
Asks = Callable[[Registration, datetime], Registration]
CLOSED = datetime(2023, 4, 14, 22, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def of(*people: Registration) -> School:
    (found,) = schools(people)
    return found


LEAVING = {"replace", "cancel", "address"}
ALWAYS = {"links", "data", "revoke", "erase"}  # what anybody may do who can open the page


def acts(network: Network, me: Registration, *rest: Registration, at: datetime = LATER) -> set[str]:
    return {act.value for act in allowed_actions(network, me, of(me, *rest), at)} - ALWAYS


def test_until_the_deadline_everything_can_be_changed(network: Network) -> None:
    assert acts(network, ANNA) == {"change", "invite", "replace", "cancel", "address"}
    last = CLOSED - timedelta(milliseconds=1)
    assert "change" in acts(network, ANNA, at=last)


def test_after_the_deadline_one_can_still_leave_or_be_replaced(network: Network) -> None:
    assert acts(network, replace(ANNA, state=State.ADMITTED), BRAM, at=CLOSED) == {
        "replace",
        "cancel",
        "address",
    }
    assert acts(network, replace(ANNA, state=State.LATE), at=CLOSED) == LEAVING


def test_in_a_repair_window_who_stayed_can_invite_and_who_left_comes_back_in_time(network: Network) -> None:
    anna, bram = (p.become(State.ADMITTED, CLOSED + timedelta(hours=1), "check", "") for p in (ANNA, BRAM))
    at = CLOSED + timedelta(days=2)
    gone = amend.cancelled(bram, at)
    assert "invite" in acts(network, anna, gone, at=at)
    assert comes_as(network, of(anna, gone), at) is State.REGISTERED
    assert comes_as(network, of(anna, gone), at + timedelta(days=30)) is State.LATE


def test_who_left_can_come_back_and_who_was_taken_off_cannot(network: Network) -> None:
    assert acts(network, amend.cancelled(ANNA, LATER)) == {"restore"}
    assert acts(network, ANNA.become(State.CANCELLED, LATER, "organiser", "")) == set()
    strict = network.model_copy(
        update={"registration": network.registration.model_copy(update={"late": "refuse"})}
    )
    assert acts(strict, amend.cancelled(ANNA, LATER), at=CLOSED) == set()


@pytest.mark.parametrize("state", [State.DECLINED, State.QUARANTINED])
def test_a_decision_cannot_be_walked_around(network: Network, state: State) -> None:
    assert acts(network, replace(ANNA, state=state)) == set()


def test_who_comes_back_stands_at_the_end_of_the_queue_and_is_reminded_again() -> None:
    back = restored(
        amend.cancelled(replace(ANNA, reminded=14, reminded_at=AT), LATER), State.REGISTERED, LATER
    )
    assert (back.received_at, back.reminded, back.state) == (LATER, None, State.REGISTERED)
    codes = [change.reason and change.reason.code for change in back.history[1:]]
    assert codes == [ReasonCode.CANCELLED, ReasonCode.CAME_BACK]


def test_a_correction_says_what_changed_and_answers_what_was_filled_in_later() -> None:
    told = amend_fields(role="rector")
    (mine,) = corrected(replace(ANNA, again={"role": "rector"}), told, (ANNA,), LATER)
    assert (mine.role, mine.again, mine.state) == ("rector", {}, State.REGISTERED)
    assert mine.history[-1].reason == Reason(ReasonCode.CHANGED, fields=("role",))
    assert corrected(mine, told, (mine,), LATER) == ()


def test_whom_somebody_registered_comes_along_to_another_school_and_nobody_else() -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    carla = colleagues("Bergcollege", "Carla")[0]
    changed = corrected(
        replace(ANNA, via="PLG-1"), amend_fields(school="Dalcollege"), (ANNA, bram, carla), LATER
    )
    assert [(r.name, r.school, r.via) for r in changed] == [
        ("Anna", "Dalcollege", ""),
        ("Bram", "Dalcollege", ""),
    ]


def test_a_correction_is_no_decision_in_the_report() -> None:
    admitted = ANNA.become(State.ADMITTED, LATER, "organiser", "")
    (mine,) = corrected(admitted, amend_fields(phone="06"), (), LATER + timedelta(days=3))
    assert changes([of(mine)], LATER + timedelta(days=1), 2, 2).decided == ()
    assert changes([of(mine)], LATER - timedelta(hours=1), 2, 2).decided != ()


@pytest.mark.parametrize(
    ("asks", "kept"), [(amend.request_links, "links_at"), (amend.request_data, "data_at")]
)
def test_links_and_data_are_mailed_at_most_once_an_hour_each(asks: Asks, kept: str) -> None:
    asked = asks(ANNA, LATER)
    assert getattr(asked, kept) == LATER
    assert asks(asked, LATER + timedelta(minutes=59)) is asked
    assert getattr(asks(asked, LATER + timedelta(minutes=60)), kept) == LATER + timedelta(minutes=60)
    assert amend.request_links(amend.request_data(ANNA, LATER), LATER).links_at == LATER


def test_the_same_colleague_is_invited_once() -> None:
    asked = amend.add_invitation(ANNA, "bram@x.example", AT)
    assert amend.add_invitation(asked, "Bram@x.example", LATER) is asked


def amend_fields(**other: str) -> dict[str, str]:
    told = {"name": "Anna", "role": "", "phone": "", "school": "Bergcollege", "place": ""}
    return told | other


def questions_for(network: Network, state: State, at: datetime = LATER) -> list[str]:
    return [q.id for q in amend.questions_of(asking(network), replace(ANNA, state=state), at)]


def test_who_takes_part_is_asked_what_the_network_wants_to_know_and_later_what_only_they_know(
    network: Network,
) -> None:
    first = ["eten", "dag", "klassen", "wens"]
    assert questions_for(network, State.REGISTERED) == questions_for(network, State.LATE) == first
    assert questions_for(network, State.ADMITTED) == [*first, "dieet", "trein"]
    assert questions_for(network, State.CANCELLED) == questions_for(network, State.DECLINED) == []
    assert "answer" in acts(asking(network), ANNA)


def test_after_the_last_session_nobody_is_asked_anything(network: Network) -> None:
    last = datetime(2023, 11, 21, 17, tzinfo=UTC)
    assert questions_for(network, State.ADMITTED, last)
    assert questions_for(network, State.ADMITTED, last + timedelta(days=1)) == []


def test_an_answer_can_be_given_changed_and_taken_away() -> None:
    unfit = replace(ANNA, questions={"eten": "yes", "oud": "x"}, extra={"klassen": "twee", "kleur": "rood"})
    assert amend.answered(unfit, {"eten": "", "klassen": ""}).extra == unfit.extra
    better = amend.answered(unfit, {"eten": "", "klassen": "2"})
    assert better.questions == {"oud": "x", "klassen": "2"}
    assert better.extra == {"kleur": "rood"}
    assert better.history == ANNA.history
