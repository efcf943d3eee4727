"""What becomes of who was not counted yet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.registration.judging import has_waited_long, judged, unjudged_posts
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, State
from tests.people import AT, colleagues, someone

BUCKET = "2023-03-20T08-3f9a"
JAN = someone(unjudged=BUCKET)
ASIDE = Change(AT, State.QUARANTINED, "person", reason=Reason(ReasonCode.TOO_MANY))


@pytest.mark.parametrize(("people", "most"), [(1, 60), (60, 60), (1000, 0)])
def test_who_is_set_free_is_as_they_posted(people: int, most: int) -> None:
    assert judged(JAN, people, most) == replace(JAN, unjudged="")


@pytest.mark.parametrize("state", [State.REGISTERED, State.LATE])
def test_the_sixty_first_of_an_address_is_aside_since_they_posted(state: State) -> None:
    repeated = replace(JAN, state=state, again={"role": "rector"}, again_at=AT)
    assert judged(repeated, 61, 60) == replace(
        JAN, state=State.QUARANTINED, history=(ASIDE,), unjudged="", again={}, again_at=None
    )


def test_who_was_aside_for_another_reason_stays_so_for_that() -> None:
    robot = someone(state=State.QUARANTINED, unjudged=BUCKET)
    assert judged(robot, 61, 60) == replace(robot, unjudged="")


def test_posts_are_judged_whole_and_in_the_order_in_which_they_came() -> None:
    anna, bram = colleagues(
        "Bergcollege", "Anna Bram", unjudged=BUCKET, received_at=AT + timedelta(seconds=1)
    )
    brought = replace(bram, invited_by=anna.reference)
    assert unjudged_posts([brought, anna, someone("Eva", "eva@dal.example"), JAN]) == (
        (JAN,),
        (anna, brought),
    )


def test_nobody_waits_long_within_an_hour() -> None:
    assert not has_waited_long([JAN], AT + timedelta(hours=1))
    assert has_waited_long([JAN], AT + timedelta(hours=1, seconds=1))
    assert not has_waited_long([replace(JAN, unjudged="")], AT + timedelta(days=1))
