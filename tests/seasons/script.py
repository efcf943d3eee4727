"""A season as a list of plain dated acts, written from one seed before anything is played."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.seasons import cast, rules
from tests.seasons.cast import Person, Typing
from tests.seasons.rules import OPENS, ZONE, Rules


class Act(NamedTuple):
    """Somebody does something at an instant; `luck` is the seed of what goes wrong, 0 for nothing."""

    at: datetime
    verb: str
    person: int = -1
    typing: Typing | None = None
    others: tuple[int, ...] = ()
    luck: int = 0


class Season(NamedTuple):
    """Everything of a season: it is the same whenever it is written from the same seed."""

    seed: int
    rules: Rules
    people: tuple[Person, ...]
    acts: tuple[Act, ...]


def kept() -> list[int]:
    """Return the seeds of all seasons that ever broke."""
    lines = Path(__file__).with_name("seeds.txt").read_text(encoding="utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


# What people do later on, by how often in a hundred, in time and after the deadline.
_LATER = {
    "again": (12, 4), "cancel": (14, 14), "restore": (5, 3), "replace": (6, 8), "invite": (10, 2),
    "change": (8, 0), "links": (6, 3), "revoke": (3, 1), "erase": (3, 3),
}  # fmt: skip
_ORGANISER = {
    "admit": (4, 14), "hold": (2, 4), "decline": (2, 6), "waive": (5, 8), "unwaive": (3, 3),
    "release": (6, 4), "reject": (3, 2), "unreject": (2, 2), "remind": (4, 1), "resend": (3, 3),
    "by_hand": (3, 4),
}  # fmt: skip


_CONFIRMS = 6  # every tenth season asks people to confirm their address: few that ever broke end in this
_DEAD_OFFICES = 5  # every tenth has shared mailboxes that take no mail, for the same reason


def season(seed: int) -> Season:
    """Write the season of a seed."""
    chance = Random(seed)
    drawn = rules.drawn(chance)._replace(confirms=seed % 10 == _CONFIRMS)
    size = chance.choice((5, 5, 6, 7, 8, 8, 10, 12, 15)) if chance.random() < 0.97 else chance.randint(20, 80)
    every = cast.places()
    chosen = [chance.choice(every) for _ in range(size)] if size > 40 else chance.sample(every, size)
    everyone = list(_mistyped(cast.people(chosen, chance), dead := Random(f"{seed}, and dead addresses")))
    if seed % 10 == _DEAD_OFFICES:
        everyone = list(_dead_offices(everyone, Random(f"{seed}, and dead mailboxes")))
    meant = {place.id: place for place in chosen}
    acts = sorted(_acts(drawn, everyone, meant, chance), key=lambda act: act.at)
    acts = list(_lucky(acts, chance))
    # What was added later has dice of its own, and leaves all else as it was.
    moving, own = Random(f"{seed}, and moved"), Random(f"{seed}, and after it")
    acts += _lucky(moves := list(_moves(drawn, moving)), moving)
    changing = Random(f"{seed}, and changed")
    acts += _lucky(list(_changes(drawn, changing)), changing)
    deadlines = Random(f"{seed}, and other deadlines")
    acts += _lucky(list(_deadlines(drawn, everyone, meant, deadlines)), deadlines)
    acts += _lucky(list(_corrections(drawn, everyone, dead)), dead)
    minimums = Random(f"{seed}, and another minimum")
    acts += _lucky(list(_minimums(drawn, minimums)), minimums)
    places = Random(f"{seed}, and too few places")
    acts += _lucky(list(_places(drawn, len(everyone), places)), places)
    ruling = Random(f"{seed}, and rulings")
    acts += _lucky(list(_rulings(drawn, everyone, meant, ruling)), ruling)
    brins = Random(f"{seed}, and wrong BRINs")
    acts += _lucky(list(_wrong_brins(drawn, everyone, meant, brins)), brins)
    addresses = Random(f"{seed}, and other addresses")
    acts += _lucky(list(_addresses(drawn, everyone, addresses)), addresses)
    confirming = Random(f"{seed}, and confirming")
    acts += _lucky(list(_confirmations(drawn, acts, confirming)), confirming)
    moved = drawn._replace(moved=sum(act.others[0] for act in moves))
    acts += _lucky(list(_after(moved, own)), own)
    return Season(seed, drawn, tuple(everyone), tuple(sorted(acts, key=lambda act: act.at)))


def _moves(drawn: Rules, chance: Random) -> Iterator[Act]:
    """Yield, in some seasons, that the session is some days later, once people may have been told of it."""
    if chance.random() < 0.3:
        day = drawn.deadline + timedelta(chance.randint(1, 28))
        yield Act(datetime.combine(day, time(12), ZONE), "move", others=(chance.choice((1, 7, 14)),))


def _deadlines(
    drawn: Rules, everyone: list[Person], meant: dict[str, cast.Place], chance: Random
) -> Iterator[Act]:
    """Yield, in some seasons, that the deadline moves, up to three times, and who comes back for that."""
    day, now = OPENS, drawn
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
        day += timedelta(chance.randint(2, 20))
        days = chance.choice((-9, -5, -2, 3, 7, 14, 21))
        until = now.deadline + timedelta(days)
        if not day - timedelta(1) <= until <= drawn.deadline + timedelta(35) or day > drawn.last:
            continue
        now = now._replace(deadline=until, later=now.later + days)
        yield Act(
            datetime.combine(day, time(12), ZONE), "deadline", others=(days, chance.choice((0, 0, 9, -20)))
        )
        ends = [until + timedelta(n) for n in (1, 2, 9)]
        for due in sorted({*(each for each, _ in now.reminder_days()), *ends}):
            if due > day and chance.random() < 0.85:
                yield Act(datetime.combine(due, time(7), ZONE), "check")
        for person in everyone if until > day else ():
            if chance.random() < 0.25:
                at = day + timedelta(chance.randint(0, (until - day).days))
                verb = chance.choice(("again", "again", "register", "cancel", "restore", "take_in"))
                moment = datetime.combine(at, time(chance.randint(13, 22), chance.randint(0, 59)), ZONE)
                yield Act(moment, verb, person.number, cast.typed(meant[person.school], chance))


def _minimums(drawn: Rules, chance: Random) -> Iterator[Act]:
    """Yield, in some seasons, that schools need another number of people, before the deadline or after it."""
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        day = OPENS + timedelta(chance.randint(2, (drawn.deadline - OPENS).days + 15))
        yield Act(datetime.combine(day, time(14), ZONE), "minimum", others=(chance.choice((1, 2, 3, 3, 4)),))
        yield Act(datetime.combine(day + timedelta(1), time(7), ZONE), "check")


def _places(drawn: Rules, size: int, chance: Random) -> Iterator[Act]:
    """Yield, in some seasons, that there are too few places, for a school or for all, and later others."""
    if chance.random() < 0.7:
        return
    days = [
        0,
        *(chance.randint(1, (drawn.deadline - OPENS).days + 15) for _ in range(chance.choice((0, 1, 2)))),
    ]
    for day in days:
        most = chance.choice((0, size // 4, size // 3, size // 2, size // 2))
        at = datetime.combine(OPENS + timedelta(day), time(9 if not day else 15), ZONE)
        yield Act(at, "places", others=(most, chance.choice((0, 0, 3, 4))))


def _rulings(
    drawn: Rules, everyone: list[Person], meant: dict[str, cast.Place], chance: Random
) -> Iterator[Act]:
    """Yield, in some seasons, what an organiser rules on how people typed their schools, or takes back."""
    some = chance.random() < 0.5
    for person in everyone:
        if not some or chance.random() > 0.25:
            continue
        verb = chance.choice(("same", "same", "which", "different", "different"))
        colleagues = [p.number for p in everyone if p.school == person.school and p != person]
        others = [p.number for p in everyone if p.school != person.school]
        is_mistake = verb == "different" and chance.random() < 0.4
        whom = colleagues if verb == "same" or is_mistake else others
        if not whom:
            continue
        at = _some_time(drawn, chance)
        place = meant[person.school]
        typing = Typing(place.id, place.name, place.place, place.brin) if verb == "which" else None
        yield Act(at, verb, person.number, typing, () if typing else (chance.choice(whom),))
        if is_mistake or chance.random() < 0.3:
            later = timedelta(minutes=10) if is_mistake else timedelta(days=chance.randint(0, 5), hours=1)
            yield Act(at + later, "unrule", person.number)


def _wrong_brins(
    drawn: Rules, everyone: list[Person], meant: dict[str, cast.Place], chance: Random
) -> Iterator[Act]:
    """Yield, in some seasons, that people type the BRIN of another school beside their own name and place."""
    some, brins = chance.random() < 0.5, sorted({place.brin for place in cast.places()} - {""})
    for person in everyone if some else ():
        if chance.random() < 0.15:
            place = meant[person.school]
            brin = chance.choice([brin for brin in brins if brin[:4] != place.brin[:4]])
            typing = Typing(place.id, place.name, place.place, brin, sure=False)
            at, verb = _some_time(drawn, chance), chance.choice(("register", "register", "change"))
            yield Act(at, verb, person.number, typing)


def _addresses(drawn: Rules, everyone: list[Person], chance: Random) -> Iterator[Act]:
    """Yield, in some seasons, that people say they have another address, and mostly confirm it from there."""
    some = chance.random() < 0.5
    for person in everyone if some else ():
        for number in range(2):
            if chance.random() < 0.12:
                at = _some_time(drawn, chance)
                yield Act(at, "address", person.number, others=(number,))
                days = chance.choice((0, 0, 0, 1, 3, 6, 7, 9, None))
                if days is not None:
                    yield Act(at + timedelta(days=days, minutes=20), "confirm", person.number)


def _confirmations(drawn: Rules, acts: list[Act], chance: Random) -> Iterator[Act]:
    """Yield, where the network asks it, that most people confirm their address, some of them too late."""
    for act in acts if drawn.confirms else ():
        if act.verb in ("register", "double", "join", "again", "replace", "correct", "release", "restore"):
            for person in (act.person, *act.others):
                if chance.random() < 0.6:
                    hours = chance.choice((0.2, 0.5, 3, 3, 20, 27, 50, 71, 73, 100, 200))
                    yield Act(act.at + timedelta(hours=hours), "confirm_own", person)


def _some_time(drawn: Rules, chance: Random) -> datetime:
    day = OPENS + timedelta(chance.randint(1, (drawn.deadline - OPENS).days + 12))
    return datetime.combine(day, time(chance.randint(8, 21), chance.randint(0, 59)), ZONE)


def _mistyped(everyone: list[Person], chance: Random) -> Iterator[Person]:
    """Yield everybody; in some seasons some of them type an address that takes no mail."""
    some = chance.random() < 0.4
    for person in everyone:
        is_dead = some and not person.shares and chance.random() < 0.2
        yield person._replace(email=cast.DEAD + person.email) if is_dead else person


def _dead_offices(everyone: list[Person], chance: Random) -> Iterator[Person]:
    """Yield everybody; some mailboxes of several people take no mail."""
    offices = sorted({person.email for person in everyone if person.shares})
    dead = {email for email in offices if chance.random() < 0.7}
    for person in everyone:
        yield person._replace(email=cast.DEAD + person.email) if person.email in dead else person


def _corrections(drawn: Rules, everyone: list[Person], chance: Random) -> Iterator[Act]:
    """Yield, for most of those, that somebody gives the right address some day."""
    for person in everyone:
        if person.is_dead:
            for verb, odds in (("correct", 0.4), ("correct", 0.3), ("correct_address", 0.5)):
                if chance.random() < odds:
                    day = OPENS + timedelta(chance.randint(1, (drawn.deadline - OPENS).days + 20))
                    at = datetime.combine(day, time(chance.randint(8, 22), 30), ZONE)
                    yield Act(at, verb, person.number)


def _changes(drawn: Rules, chance: Random) -> Iterator[Act]:
    """Yield, in some seasons, that the web form is changed, and days later that the file is mended."""
    if chance.random() < 0.2:
        day = OPENS + timedelta(chance.randint(1, (drawn.deadline - OPENS).days + 10))
        mended = day + timedelta(chance.randint(1, 13))  # what is kept, is so for two weeks
        yield Act(datetime.combine(day, time(12), ZONE), "form_changes")
        yield Act(datetime.combine(mended, time(12), ZONE), "form_mended")


def _after(drawn: Rules, chance: Random) -> Iterator[Act]:
    """Yield, in some seasons, the checks of the last morning on which anybody is known, and of the next."""
    if chance.random() < 0.3:
        for day in (drawn.kept_until, drawn.kept_until + timedelta(1)):
            yield Act(datetime.combine(day, time(7), ZONE), "check")


def _acts(
    drawn: Rules, everyone: list[Person], meant: dict[str, cast.Place], chance: Random
) -> Iterator[Act]:
    days = _Days(drawn, chance)
    waiting = list(everyone)
    while waiting:
        person = waiting.pop(0)
        late = chance.random() < 0.12
        at = days.moment(late)
        colleagues = [p for p in waiting if p.school == person.school]
        typing = cast.typed(meant[person.school], chance)
        if colleagues and chance.random() < 0.3:
            brought = colleagues[: chance.choice((1, 1, 2))]
            waiting = [p for p in waiting if p not in brought]
            yield Act(at, "register", person.number, typing, tuple(p.number for p in brought))
        elif chance.random() < 0.25 and any(p.school == person.school and p != person for p in everyone):
            others = [p.number for p in everyone if p.school == person.school and p != person]
            yield Act(at, "join", person.number, typing, (chance.choice(others),))
        elif chance.random() < 0.93:
            yield Act(at, chance.choice(("register", "register", "double")), person.number, typing)
        else:
            yield Act(at, "robot", person.number, typing)
        yield from _later(person, everyone, meant, days, chance)
    yield from days.checks()
    if chance.random() < 0.1:
        yield Act(days.moment(late=False), "hold_closing")
        yield Act(days.moment(late=True), "release_closing")


def _later(
    person: Person, everyone: list[Person], meant: dict[str, cast.Place], days: "_Days", chance: Random
) -> Iterator[Act]:
    """Yield what somebody does after registering, and what organisers decide about them."""
    for verb, odds in (_LATER | _ORGANISER).items():
        for late in (False, True):
            if chance.random() * 100 < odds[late]:
                other = chance.choice(everyone).number
                mistaken = chance.random() < 0.3
                school = chance.choice(list(meant.values())) if mistaken else meant[person.school]
                typing = cast.typed(school, chance)
                yield Act(days.moment(late), verb, person.number, typing, (other,))


class _Days:
    """The days on which something happens; on all others nobody comes and no check runs."""

    def __init__(self, drawn: Rules, chance: Random) -> None:
        self._rules, self._chance = drawn, chance
        length = (drawn.deadline - OPENS).days
        early = {OPENS, *(OPENS + timedelta(chance.randrange(length)) for _ in range(6))}
        self._early = sorted({*early, drawn.deadline})
        spread = (1, 1, 2, 3, 5, 8, 13, 21, 29)
        self._late = sorted({drawn.deadline + timedelta(n) for n in chance.sample(spread, 6)})

    def moment(self, late: bool) -> datetime:
        """Return an instant on one of them, now and then the very last or first one that counts."""
        if self._chance.random() < 0.02:
            return self._rules.closes + timedelta(milliseconds=0 if late else -1)
        day = self._chance.choice(self._late if late else self._early)
        first = 9 if day == OPENS else 7
        minute = self._chance.randrange(first * 60 + 10, 23 * 60)
        return datetime.combine(day, time(minute // 60, minute % 60), ZONE)

    def checks(self) -> Iterator[Act]:
        """Yield the mornings on which the check runs; some are missed, some are late, some come twice."""
        reminders = [day for day, _ in self._rules.reminder_days()]
        ends = [self._rules.deadline + timedelta(n) for n in (1, 2, 9, 16)]
        for day in sorted({*self._early, *self._late, *reminders, *ends, self._rules.last}):
            if day > OPENS and self._chance.random() < 0.85:
                yield from self._mornings(day)

    def _mornings(self, day: date) -> Iterator[Act]:
        at = datetime.combine(day, time(7), ZONE)
        late = timedelta(hours=self._chance.choice((0, 0, 0, 0, 0, 0, 3)))
        yield Act(at + late, "check")
        if self._chance.random() < 0.1:
            yield Act(at + late, "check")


def _lucky(acts: list[Act], chance: Random) -> Iterator[Act]:
    """Give a quarter of all acts bad luck, in seasons that have any."""
    unlucky = chance.random() < 0.85
    for act in acts:
        bad = unlucky and chance.random() < 0.25
        yield act._replace(luck=chance.randrange(1, 2**31) if bad else 0)
