"""Whether a promise was broken: told from what the table holds and SES took, not from our own code."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tests.faults.alarms import heard
from tests.faults.kept import items
from tests.faults.people import ORGANISER
from tests.faults.settle import OPEN
from tests.faults.steps import Journey
from tests.faults.world import FaultyWorld

_TELLING = ("confirmation", "invited", "complete", "changed", "reminder")
_COUNTED = ("registered", "admitted", "held")


class Verdict(NamedTuple):
    """What went wrong, in words.

    Doubled mails of which the `Send` event was lost are apart: `excused` where SES's answer was lost too,
    `unnoted` where we had its answer and could not write it down.
    """

    lost_registrations: tuple[str, ...] = ()
    doubled_registrations: tuple[str, ...] = ()
    lost_mails: tuple[str, ...] = ()
    doubled_mails: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    unnoted: tuple[str, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """Every promise that was broken."""
        return sum(self[:5], ())


def judge(world: FaultyWorld, journey: Journey, undone: int) -> Verdict:
    """Judge how a journey ended."""
    registrations = Counter(_name_of(item) for item in items(world, "REGISTRATION"))
    owed = Counter({name: len(states.split()) for name, states in journey.states.items()})
    taken = Counter(mail.tags["mail"] for mail in world.mailbox.sent)
    twice = [name for name, often in taken.items() if often > 1]
    excused = [name for name in twice if name in world.untold and name in world.unanswered]
    unnoted = [name for name in twice if name in world.untold and name not in world.unanswered]
    lost, more = _mails(world, journey)
    return Verdict(
        lost_registrations=tuple(f"{name} is not registered" for name in owed - registrations),
        doubled_registrations=tuple(f"{name} is registered twice" for name in registrations - owed),
        lost_mails=tuple(lost),
        doubled_mails=(
            *(f"{name} went out {taken[name]} times" for name in twice if name not in world.untold),
            *more,
        ),
        other=tuple(_other(world, journey, undone)),
        excused=tuple(excused),
        unnoted=tuple(unnoted),
    )


def _name_of(item: dict[str, dict[str, str]]) -> str:
    return item.get("email", {}).get("S", "nobody").partition("@")[0]


def _mails(world: FaultyWorld, journey: Journey) -> tuple[list[str], list[str]]:
    """Return which mails are owed and did not go out, and which went out and are not owed."""
    lost, more = [], []
    first = {mail.tags["mail"]: mail for mail in reversed(world.mailbox.sent)}
    got: dict[str, Counter[str]] = {}
    for mail in first.values():
        got.setdefault(mail.to[0].partition("@")[0], Counter())[mail.tags["kind"]] += 1
    refused = Counter(name.split("-")[2] for name in world.refused - set(first) if name.startswith("PLG-"))
    for name in {*got, *journey.mails} - {ORGANISER.partition("@")[0]}:
        ways = [Counter(way.split()) for way in journey.mails.get(name, "").split("|")]
        have = got.get(name, Counter())
        fits = [way for way in ways if not have - way and not way - have - refused]
        if not fits:
            lost += [f"{name} did not get {kind}" for kind in ways[0] - have - refused]
            more += [f"{name} got {kind} too often" for kind in have - ways[0]]
    return lost, more


def _other(world: FaultyWorld, journey: Journey, undone: int) -> Iterator[str]:
    if undone:
        yield f"{undone} steps could not be done"
    yield from _states(world, journey)
    for mail in items(world, "MAIL"):
        if mail["state"]["S"] in OPEN:
            yield f"{mail['sk']['S']} is stuck in {mail['state']['S']}"
        if mail["state"]["S"] == "failed" and not heard(world):
            yield f"{mail['sk']['S']} failed, and nobody heard of it"
    yield from _untrue(world)
    name = f"report-{world.due:%Y-%m-%d}-1"
    if journey.states and name not in {mail.tags["mail"] for mail in world.mailbox.sent}:
        yield f"{name} did not go out"


def _states(world: FaultyWorld, journey: Journey) -> Iterator[str]:
    """Yield who is registered, but stands elsewhere than they should."""
    states: dict[str, list[str]] = {}
    for item in items(world, "REGISTRATION"):
        states.setdefault(_name_of(item), []).append(item["state"]["S"])
    for name, wanted in journey.states.items():
        if name in states and sorted(wanted.split()) != sorted(states[name]):
            yield f"{name} is {states[name]}, not {wanted}"


def _untrue(world: FaultyWorld) -> Iterator[str]:
    """Yield who last read something of their school that is not so, unless SES refused what says better."""
    refused = world.refused - {mail.tags["mail"] for mail in world.mailbox.sent}
    schools: Counter[str] = Counter()
    people = items(world, "REGISTRATION")
    for item in people:
        schools[item["school"]["S"]] += item["state"]["S"] in _COUNTED
    for item in people:
        address = item.get("email", {}).get("S", "")
        telling = [m for m in world.mailbox.sent if m.to == [address] and m.tags["kind"] in _TELLING]
        reference = item["reference"]["S"]
        mine = [m for m in telling if reference in m.tags["mail"]]
        is_refused = any(name.startswith(f"{reference}-{kind}-") for name in refused for kind in _TELLING)
        if mine and not is_refused and item["state"]["S"] == "registered":
            short = "collega nodig" in mine[-1].body("Text")
            if short is (schools[item["school"]["S"]] > 1):
                yield f"{_name_of(item)} was last told something else of their school"
