"""What is true of somebody at an instant, told from what the witness knows: each claim is held against it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from tests.seasons.claims import Claim
from tests.seasons.confirming import ends, must_confirm
from tests.seasons.rows import COUNTED, Row, Turn
from tests.seasons.rules import ZONE, Rules, end_of
from tests.seasons.standing import Part, count, repairs, stands
from tests.seasons.witness import Witness

_MOMENT = timedelta(milliseconds=1)
_MONTHS = ("mrt", "apr", "mei", "jun", "jul")  # of all seasons
_STATES = {
    "registered": "aangemeld", "admitted": "doet mee", "held": "wacht op besluit", "declined": "afgewezen",
    "late": "te laat", "cancelled": "afgemeld", "quarantined": "wacht op controle",
    "unconfirmed": "niet bevestigd",
}  # fmt: skip
_NO = {True: "yes", False: "no"}


class Facts(NamedTuple):
    """Somebody, their school and the rules, at an instant."""

    rules: Rules
    row: Row
    part: Part
    at: datetime
    stand: str
    deadlines: frozenset[date]  # all that there were
    waits: bool  # for a place

    @property
    def today(self) -> date:
        """The day."""
        return self.at.astimezone(ZONE).date()

    @property
    def is_open(self) -> bool:
        """Whether one can still register in time."""
        return self.at < self.rules.closes

    @property
    def is_complete(self) -> bool:
        """Whether the school has enough people."""
        return count(self.part) >= self.rules.minimum


def facts(
    witness: Witness,
    row: Row,
    at: datetime,
    deadlines: frozenset[date],
    unread: Mapping[str, datetime] = MappingProxyType({}),
) -> Facts:
    """Return what the witness knows of somebody; others whose change is `unread` stand as they did before."""
    parts = [[each if each is row else _as_read(each, unread) for each in part] for part in witness.parts()]
    part = next((part for part in parts if row in part), [row])
    stand = stands(witness.rules, part, witness.waived, at)
    waits = witness.waits(at, [(each, witness.stands(each, at)) for each in parts])
    return Facts(witness.rules, row, part, at, stand, deadlines, row in waits)


def _as_read(row: Row, unread: Mapping[str, datetime]) -> Row:
    since = unread.get(row.reference)
    if since is None:
        return row
    return replace(row, turns=[turn for turn in row.turns if turn.at < since] or [Turn(since, "", "")])


def untrue(claims: Iterable[Claim], known: Facts) -> list[str]:
    """Return the claims that are not so, and what is."""
    return [
        f"“{claim.words}”: {claim.what} is {' or '.join(sorted(map(str, true))) or 'nothing'}"
        for claim in claims
        for true in [_TRUE[claim.what](known)]
        if str(claim.value) not in map(str, true)
    ]


def _until(known: Facts) -> Iterable[date]:
    """Return the last day on which a colleague can still come in time, for this school."""
    if known.is_open:
        return {known.rules.deadline}
    return {day for day in _days_after(known.today) if _last_of_repair(known, day)}


def _last_of_repair(known: Facts, day: date) -> bool:
    ends = end_of(day)
    return repairs(known.rules, known.part, ends - _MOMENT) and not repairs(known.rules, known.part, ends)


def _days_after(today: date) -> list[date]:
    return [today + timedelta(days) for days in range(15)]


def _reminder(known: Facts) -> set[date]:
    """Return the day of the next reminder."""
    days = [day for day, _ in known.rules.reminder_days() if day > known.today]
    return set(days[:1])


def _next(known: Facts) -> set[str]:
    """Return what may be promised of what comes next."""
    row, is_held = known.row, known.row.state == "held"
    if row.state == "registered" or (is_held and row.by != "organiser"):
        if known.waits:
            return {"waiting", "undecided", "told"}
        if known.is_complete:
            return {"admitted", *(["places", "told"] if known.rules.places else ())}
        if known.stand == "waived":
            return {"admitted", "admit", "told", *(["places"] if known.rules.places else ())}
        if is_held:
            return {"held", "undecided", "told"}
        return {known.rules.when_short, "undecided", "told"}
    return {"undecided", "told"} if is_held else set()


def _then(known: Facts) -> set[int]:
    """Count the people whom the school had at the deadline, or at one of before."""
    closed = [end_of(day) for day in known.deadlines if end_of(day) <= known.at]
    return {sum(row.was(at) in COUNTED for row in known.part) for at in closed}


def _losses(known: Facts) -> set[date]:
    """Return the days on which the school lost somebody."""
    return {
        turn.at.astimezone(ZONE).date()
        for row in (*known.part, *known.row.decided_with)
        for turn in row.turns
        if turn.state not in COUNTED
    }  # fmt: skip


def _fell(known: Facts) -> set[str]:
    """Return why a school is short: people were too few at the deadline, or it lost somebody."""
    return {
        *(["deadline"] if min(_then(known), default=0) < known.rules.minimum else ()),
        *(["loss"] if _losses(known) else ()),
        *(["unconfirmed"] if any(t.state == "unconfirmed" for r in known.part for t in r.turns) else ()),
    }


def _repair(known: Facts) -> set[date]:
    """Return the last day of the time in which a school could replace somebody, and not before a deadline."""
    closed = [day for day in known.deadlines if end_of(day) <= known.at]
    ends = {day + timedelta(known.rules.repair_days) for day in _losses(known)}
    return {max(end, day) for end in ends for day in closed}


def _forgets(known: Facts) -> set[date]:
    """Return the last day on which somebody who left can come back by themselves."""
    left = known.row.turns[-1].at.astimezone(ZONE).date()
    return {max(known.rules.deadline, left + timedelta(known.rules.repair_days))}


def _received_lately(known: Facts) -> set[str]:
    at = known.row.received.astimezone(ZONE)
    return {f"{at.day} {_MONTHS[at.month - 3]}, {at.hour}.{at.minute:02} uur"}


def _clock(at: datetime) -> str:
    local = at.astimezone(UTC).astimezone(ZONE)  # an hour of a night in March is skipped
    return f"{local:%Y-%m-%d} {local.hour}.{local.minute:02}"


def _left(known: Facts) -> int:
    """Count the people whom the school would have left without this one."""
    return count(known.part) - (known.row.state in COUNTED)


def _window(known: Facts) -> set[date]:
    """Return until when the school could replace this person, if they left now."""
    if known.is_open:
        return {known.rules.deadline}
    if known.is_complete and known.rules.repair_days:
        return {known.today + timedelta(known.rules.repair_days)}
    return set(_until(known))


def _seats(known: Facts) -> set[str]:
    people = count(known.part)
    return {"[x]" * people + "[ ]" * (known.rules.minimum - people)}


_TRUE: Mapping[str, Callable[[Facts], Iterable[object]]] = {
    "count": lambda known: {count(known.part)},
    "minimum": lambda known: {known.rules.minimum},
    "missing": lambda known: {max(known.rules.minimum - count(known.part), 0)},
    "complete": lambda known: {_NO[known.is_complete]},
    "seats": _seats,
    "school": lambda known: {" ".join(known.row.typing.name.split())},
    "reference_of": lambda known: {r.reference for r in known.part},
    "reference": lambda known: {known.row.reference},
    "open": lambda known: {_NO[known.is_open]},
    "deadline": lambda known: {known.rules.deadline},
    "until": _until,
    "was": lambda known: known.deadlines - {known.rules.deadline},
    "days": lambda known: {(known.rules.deadline - known.today).days},
    "reminder": _reminder,
    "next": _next,
    "state": lambda known: {known.row.state},
    "counts": lambda known: {_NO[known.row.state in COUNTED]},
    "by": lambda known: {known.row.by},
    "late": lambda known: {_NO[known.row.received >= known.rules.closes]},
    "received": lambda known: {_clock(known.row.received)},
    "received_lately": _received_lately,
    "left": lambda known: {_left(known)},
    "window": _window,
    "stood": lambda known: {f"{_clock(turn.at)} {_STATES[turn.state]}" for turn in known.row.turns},
    "had_place": lambda known: {_NO[any(turn.state == "admitted" for turn in known.row.turns)]},
    "fell": _fell,
    "then": _then,
    "since": lambda known: {turn.at.astimezone(ZONE).date() for row in known.part for turn in row.turns},
    "stand": lambda known: {known.stand},
    "loss": _losses,
    "repair": _repair,
    "forgets": _forgets,
    "waits": lambda known: {_NO[known.waits]},
    "most": lambda known: {known.rules.each},
    "session": lambda known: {known.rules.session},
    "number": lambda _: {1},
    "kept": lambda known: {known.rules.kept_until},
    "confirms": lambda known: [_clock(ends(known.row))] if must_confirm(known.row) else (),
}
