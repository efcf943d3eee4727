"""What journeys are made of: a person or a schedule does one thing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from tests.conftest import PLG
from tests.faults.people import People

Step = Callable[[People], bool]


class Journey(NamedTuple):
    """What was before, what is done, and what it comes to.

    `states` is where each person stands; `mails` are the kinds that each gets, in order. What came too late
    to be told apart, because a fault held it up, may be told at once: then there is a second way, after `|`.
    """

    name: str
    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    states: Mapping[str, str]
    mails: Mapping[str, str]


def at(text: str) -> Step:
    """Set the clock, on which nothing is due in between."""

    def go(people: People) -> bool:
        people.world.now = datetime.fromisoformat(text)
        return True

    return go


def registers(naam: str, school: str = "Bergcollege", **others: str) -> Step:
    return lambda people: people.registers(naam, school, **others)


def acts(registrant: str, **typed: str) -> Step:
    return lambda people: people.acts(registrant, **typed)


def quietly(step: Step) -> Step:
    """Do something of which the stream never tells."""

    def hush(people: People) -> bool:
        people.world.batches = lambda _: ()
        done = step(people)
        people.world.batches = lambda event: [event]
        return done

    return hush


def applies(change: Callable[[str], str]) -> Step:
    def apply(people: People) -> bool:
        people.world.file.write_text(change(PLG.read_text()))
        return people.commands("network", "apply", str(people.world.file))

    return apply


mended = applies(lambda toml: toml.replace("[form.fields]", '[form.fields]\ncontactveld = "email"'))
moved = applies(lambda toml: toml.replace("2023-05-10", "2023-05-11"))


def admits(people: People) -> bool:
    late = next(item for item in people.stored() if item["email"]["S"].startswith("laat@"))
    return people.orders(f"person/{late['reference']['S']}/admit")


def pages(people: People) -> bool:
    own = people.path("anna", "/me/")
    return people.sees(own, f"{own}/gegevens.json", people.path("anna", "/join/"), "/schools?q=berg")


ANNA, BRAM = registers("Anna Bos"), registers("Bram Kuipers")
CHECK: Step = People.checks
