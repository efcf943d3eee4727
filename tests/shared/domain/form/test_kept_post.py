from datetime import timedelta

import pytest

from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptReason, kept_post, unanswered_posts
from shared.domain.registration.registration import Registration, State
from tests.people import AT, someone

ANNA = someone("Anna Bos", "anna@berg.example", school="Bergcollege")
CANCELLED = ANNA.become(State.CANCELLED, AT, "person")


def waits(sent: str, *people: Registration, after: timedelta = timedelta(0)) -> bool:
    """Say whether a post with these texts still waits."""
    answers = [Answer(((f"veld {at}",),), (text,)) for at, text in enumerate(sent.split(", "))]
    post = kept_post("plg-2023", answers, KeptReason.NOT_VALID, AT + after)
    return unanswered_posts([post], people) == (post,)


@pytest.mark.parametrize(
    "sent",
    [
        "Anna Bos, ANNA@berg.example, Dalcollege",  # by address and name
        "Anna, Bos, anna@berg, Bergcollege",  # by name and school, where no address is right
        "Anna Bos, Het Bergcollege te Utrecht",
    ],
)
def test_a_post_waits_no_longer_once_its_person_is_registered(sent: str) -> None:
    assert waits(sent)
    assert not waits(sent, ANNA)


@pytest.mark.parametrize(
    "sent",
    [
        "Carla Bos, anna@berg.example, Bergcollege",  # somebody else on the mailbox
        "Anna Bos, anna@berg, Dalcollege",  # of another school
        "Anna Bos, carla@berg.example, Bergcollege",  # with another address that is right
        "Carla Bos, anna@berg, Bergcollege",
        "Carla Bos, anna bos@bergcollege",  # the words of a wrong address are nobody's name
    ],
)
def test_a_post_of_somebody_else_still_waits(sent: str) -> None:
    assert waits(sent, ANNA)


def test_whoever_had_cancelled_before_the_post_wants_to_come_after_all() -> None:
    sent = "Anna Bos, anna@berg.example"
    assert waits(sent, CANCELLED, after=timedelta(days=1))
    assert not waits(sent, CANCELLED, after=timedelta(days=-1))  # and cancelled after it
