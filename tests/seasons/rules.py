"""What a season's network says, and what of it the witness goes by."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
OPENS = date(2023, 3, 20)  # the day on which the local stack begins
ORGANISER = "info@netwerk.example"
FORM = "https://www.netwerk.example"
ID = "season"
# Good Friday to Whit Monday, in the year of all seasons.
_HOLIDAYS = {
    *(date(2023, 4, 7), date(2023, 4, 10), date(2023, 4, 27)),
    *(date(2023, 5, 5), date(2023, 5, 18), date(2023, 5, 29)),
}
RENAMED = "contactveld"  # what a form that somebody changed calls the address

_TOML = """\
id = "{id}"
title = "Leernetwerk Seizoen (SZN)"
time_zone = "Europe/Amsterdam"

[organiser]
name = "Het Netwerk"
email = "{organiser}"
phone = "030 - 000 00 00"
report_to = ["{organiser}"]

[registration]
opens = {opens}
deadline = {deadline}
late = "{late}"
{confirm}{places}

[rule]
min_per_school = {minimum}
{each}
when_short = "{when_short}"
remind_days_before = {remind}
repair_days = {repair_days}

[[sessions]]
date = {session}
start = 12:00:00
end = 17:00:00
place = "omgeving Utrecht"

[form]
origins = ["{form}"]
{fields}
[privacy]
keep_months = 3
statement_url = "https://www.netwerk.example/privacy"
"""


class Rules(NamedTuple):
    """The rules of one network, as its organiser would say them."""

    deadline: date
    minimum: int
    when_short: str
    late: str
    repair_days: int
    remind: tuple[int, ...]
    moved: int = 0  # how many days later the session is than it was
    later: int = 0  # how many days later the deadline is than it was
    places: int = 0  # how many people can take part; 0 for all
    each: int = 0  # how many of one school; 0 for all
    confirms: bool = False  # whether people must confirm their address
    mended: bool = False  # whether the file knows what a form that was changed calls its fields
    earlier: tuple[tuple[datetime, int], ...] = ()  # until when schools needed how many people

    @property
    def closes(self) -> datetime:
        """The first instant that is too late: all of the deadline's day counts."""
        return end_of(self.deadline)

    @property
    def last(self) -> date:
        """The last day of a season: a month after its first deadline."""
        return self.deadline + timedelta(30 - self.later)

    @property
    def session(self) -> date:
        """The only day on which all come together."""
        return self.last + timedelta(40 + self.moved)

    @property
    def kept_until(self) -> date:
        """The last day on which anybody is known: three months after the session, in the same year."""
        return self.session.replace(month=self.session.month + 3)

    def minimum_at(self, at: datetime) -> int:
        """Return how many people a school needed at an instant."""
        return next((people for until, people in self.earlier if at < until), self.minimum)

    def reminder_days(self) -> list[tuple[date, int]]:
        """Return when short schools are reminded: not in weekends or on holidays, unless it closes first."""
        return [(self._working(self.deadline - timedelta(n)), n) for n in sorted(self.remind, reverse=True)]

    def reminds_on(self, today: date, since: date) -> bool:
        """Say whether a reminder that was due since a day goes on this one."""
        return today == since or not _is_free(today) or _next_working(today) >= self.deadline

    def _working(self, day: date) -> date:
        if day in _HOLIDAYS:
            return next(d for n in range(9) if not _is_free(d := day - timedelta(n)))
        return _next_working(day) if _next_working(day) < self.deadline else day

    def toml(self) -> str:
        """Return the network's file."""
        fields = f'\n[form.fields]\n{RENAMED} = "email"\n' if self.mended else ""
        return _TOML.format(
            id=ID, organiser=ORGANISER, form=FORM, opens=OPENS, session=self.session,
            deadline=self.deadline, minimum=self.minimum, when_short=self.when_short, late=self.late,
            repair_days=self.repair_days, remind=list(self.remind), fields=fields,
            confirm='confirm = "always"\n' if self.confirms else "",
            places=f"max_participants = {self.places}" if self.places else "",
            each=f"max_per_school = {self.each}" if self.each else "",
        )  # fmt: skip


def _is_free(day: date) -> bool:
    return day.weekday() > 4 or day in _HOLIDAYS


def _next_working(day: date) -> date:
    return next(d for n in range(9) if not _is_free(d := day + timedelta(n)))


def end_of(day: date) -> datetime:
    """Return the first instant after a day."""
    return datetime.combine(day + timedelta(1), time(), ZONE)


def drawn(chance: Random) -> Rules:
    """Draw the rules of a network."""
    return Rules(
        deadline=OPENS + timedelta(chance.randint(18, 35)),
        minimum=chance.choice((2, 2, 2, 2, 3)),
        when_short=chance.choice(("hold", "hold", "hold", "decline", "admit")),
        late=chance.choice(("keep", "keep", "keep", "refuse")),
        repair_days=chance.choice((7, 7, 3, 0)),
        remind=chance.choice(((14, 7, 2), (14, 7, 2), (7, 1), (10, 5, 3))),
    )
