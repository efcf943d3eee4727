"""What follows a fault by itself: people try again, a sweep comes every quarter, and a check the next day."""

from collections.abc import Iterable
from datetime import timedelta

from local import schedule
from tests.faults.kept import items
from tests.faults.people import People
from tests.faults.steps import Step
from tests.faults.troubles import Trouble

QUARTER = timedelta(minutes=15)
_MOST = 14  # quarters; what has not come right by then is stuck
OPEN = {"pending", "sending"}


def first_day(people: People, steps: tuple[Step, ...], troubles: Iterable[Trouble]) -> tuple[Step, ...]:
    """Do the steps, live on until nothing is under way any more, and return what could not be done."""
    return _quarters(people, _go(people, steps, tries=3), tuple(troubles))


def next_day(people: People, left: tuple[Step, ...]) -> tuple[Step, ...]:
    """Have the next day's check run, live on, and return what could not be done."""
    people.world.due = people.world.now = schedule.next_day(people.world.daily, people.world.now)
    due = schedule.event(people.world.daily, people.world.now)
    people.world.now += people.world.late
    checked = _go(people, (lambda people: people.checks_as_of(due),), tries=1)
    return _quarters(people, (*left, *checked), ())


def _quarters(people: People, left: tuple[Step, ...], troubles: Iterable[Trouble]) -> tuple[Step, ...]:
    began = people.world.now
    for number in range(1, _MOST + 1):
        people.world.now = began + number * QUARTER
        for trouble in troubles:
            if trouble.lasts == number:
                trouble.ends(people)
        left = _go(people, left, tries=1)
        over = all(trouble.lasts <= number for trouble in troubles)
        swept = people.sweeps()
        left = _go(people, left, tries=1)  # a mail of just now may be what they waited for
        if swept and over and not left and _is_quiet(people):
            break
    return left


def _go(people: People, steps: tuple[Step, ...], tries: int) -> tuple[Step, ...]:
    """Do steps until one cannot be done, each as often as somebody tries again at once."""
    for number, step in enumerate(steps):
        if not any(step(people) for _ in range(tries)):
            return steps[number:]
    return ()


def _is_quiet(people: People) -> bool:
    """Say whether nothing is under way any more."""
    world = people.world
    return not world.held and not world.always and not OPEN & {m["state"]["S"] for m in items(world, "MAIL")}
