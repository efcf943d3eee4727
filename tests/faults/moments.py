"""Moments and states that are odd by themselves: played as they are, without another fault."""

import boto3

from shared.domain.actions.registrant import MOST_CHANGES
from tests.faults.answers import answer_lost
from tests.faults.people import People
from tests.faults.site import Site
from tests.faults.steps import ANNA, Journey, Step, applies, at, registers


def _deadline(milliseconds: int) -> Step:
    return at(
        f"2023-04-{'15T00:00:00' if milliseconds >= 0 else '14T23:59:59'}.{milliseconds % 1000:03}+02:00"
    )


def _answer_lost(people: People) -> bool:
    """Have the table keep a registration, and the visitor hear nothing but that it failed."""
    for nth in range(1, 4):
        people.world.planned[Site("submit", "PutItem", nth)] = answer_lost
    return not ANNA(people)


def _later_year(toml: str) -> str:
    """Make it a network that takes registrations until April 2024."""
    return toml.replace("deadline = 2023", "deadline = 2024").replace("\ndate = 2023", "\ndate = 2024")


def _around(day: str, name: str) -> Journey:
    """Return a registration on the day before a day on which dates are odd."""
    before = (applies(_later_year), at(f"{day}T12:00:00+01:00"))
    return Journey(name, before, (ANNA,), {"anna": "registered"}, {"anna": "confirmation"})


def _long_history(people: People) -> bool:
    """Have somebody change their data as often as their page lets them."""
    (item,) = people.stored()
    item["history"]["L"] *= MOST_CHANGES
    table = people.world.template.table["TableName"]
    boto3.client("dynamodb").put_item(TableName=table, Item=item)
    return True


_LATE = ({"anna": "late"}, {"anna": "late"})
_IN_TIME = ({"anna": "held"}, {"anna": "confirmation held"})

# Played without a fault: the moment is what may go wrong.
MOMENTS: tuple[Journey, ...] = (
    Journey(
        "clock: 1 ms before the deadline",
        (_deadline(-1),),
        (ANNA,),
        {"anna": "held"},
        {"anna": "confirmation held"},
    ),
    Journey("clock: at the deadline", (_deadline(0),), (ANNA,), *_LATE),
    Journey("clock: 1 ms after the deadline", (_deadline(1),), (ANNA,), *_LATE),
    Journey(
        "clock: tried again after the deadline",
        (_deadline(-1),),
        (_answer_lost, _deadline(1), ANNA),
        *_IN_TIME,
    ),
    _around("2023-03-25", "clock: summer time begins"),
    _around("2023-10-28", "clock: summer time ends"),
    _around("2023-12-31", "clock: the year ends"),
    _around("2024-02-28", "clock: a leap day comes"),
    Journey(
        "a history as long as it can be",
        (ANNA, _long_history),
        (registers("Anna Bos", functie="rector"),),
        {"anna": "registered"},
        {"anna": "confirmation already"},
    ),
)
