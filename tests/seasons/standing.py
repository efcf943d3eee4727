"""Where a school must stand, and what must become of its people: the rule as its organiser would say it."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from tests.seasons.confirming import must_confirm
from tests.seasons.rows import COUNTED, Row
from tests.seasons.rules import ZONE, Rules, end_of

Part = list[Row]  # everybody whom the system takes to be of one school


def count(part: Part) -> int:
    """Count the people of a school."""
    return sum(row.state in COUNTED for row in part)


def stands(rules: Rules, part: Part, waived: Collection[Row], at: datetime) -> str:
    """Return where a school stands."""
    if not count(part):
        return "empty"
    if count(part) >= rules.minimum:
        return "complete"
    if any(row in waived for row in part):
        return "waived"
    return "repair" if repairs(rules, part, at) else "short"


def repairs(rules: Rules, part: Part, at: datetime) -> bool:
    """Say whether a school may replace whom it lost; an exception to the rule takes that from nobody."""
    until = _repairable(rules, part)
    return bool(until and at < until and 0 < count(part) < rules.minimum)


def fates(
    rules: Rules, part: Part, stand: str, waits: Collection[Row], at: datetime
) -> Iterator[tuple[Row, str]]:
    """Yield whom a check after the deadline decides about, and what they become."""
    until = _repairable(rules, part)
    is_replaced = until is not None and count(part) >= _needed(rules, part, at)
    is_in = stand in ("complete", "waived") or is_replaced
    short = {"hold": "held", "decline": "declined", "admit": "admitted"}[rules.when_short]
    for row in (row for row in part if row.state in COUNTED):
        fate = "held" if row in waits else "admitted" if is_in else short
        if row.state == fate:
            continue
        over = stand in ("short", "repair") and until is not None and until <= at
        may_come_in = stand in ("complete", "waived")
        decides = {"registered": stand != "repair" or over, "held": may_come_in, "admitted": over}[row.state]
        if row.state == "registered" and must_confirm(row):
            continue  # nobody is told that they take part who may not have asked
        if decides and (row.state == "registered" or row.by != "organiser"):
            yield row, fate


def _repairable(rules: Rules, part: Part) -> datetime | None:
    """Return until when a school may replace whom it lost after the deadline while it was complete."""
    losses = {
        turn.at for row in part for turn in row.turns
        if turn.state not in COUNTED and (turn.at >= rules.closes or _was_decided(part, turn.at))
    }  # fmt: skip
    broke = [
        at for at in losses
        if _counted(part, at) >= _needed(rules, part, at) > _counted(part, at + timedelta(milliseconds=1))
    ]  # fmt: skip
    if not broke or not rules.repair_days:
        return None
    ends = end_of(max(broke).astimezone(ZONE).date() + timedelta(rules.repair_days))
    return max(ends, rules.closes)  # a window that was opened again lets everybody in


def _counted(part: Part, at: datetime) -> int:
    """Count the people of a school just before an instant."""
    return sum(row.was(at) in COUNTED for row in part)


def _needed(rules: Rules, part: Part, at: datetime) -> int:
    """Return how many people keep the places of a school: a stricter rule takes nothing from who has one."""
    given = {row.given(at) for row in part if (row.was(at), row.by_whom(at)) == ("admitted", "check")}
    then = {when: rules.minimum_at(when) for when in given}
    complete = (people for when, people in then.items() if _counted(part, when) >= people)
    return min([rules.minimum, *complete])


def _was_decided(part: Part, at: datetime) -> bool:
    """Say whether an earlier deadline had given the school its places."""
    return any((row.was(at), row.by_whom(at)) == ("admitted", "check") for row in part)
