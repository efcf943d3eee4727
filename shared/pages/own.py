"""A registrant's own page as its templates need it: what we have, what is possible and what it leads to."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.domain.actions.registrant import MOST_INVITATIONS, RegistrantAction, allowed_actions, count_others
from shared.domain.network.network import Network
from shared.domain.registration.bounces import BouncedAddresses
from shared.domain.registration.registration import COUNTED, ERASED, Registration, State
from shared.domain.schools.school import School
from shared.domain.text import fold
from shared.phrases.language import phrases_of

_TOLD = ("role", "phone", "school", "place", "brin", "remarks")


class OwnPageView(NamedTuple):
    """Somebody's page at an instant: who looks, through which token, and what was just done."""

    network: Network
    me: Registration
    school: School
    at: datetime
    token: str
    forward: str
    done: str = ""
    act: str = ""  # what was tried and went wrong: its part of the page is open
    returned: BouncedAddresses = BouncedAddresses()

    def may(self, act: str) -> bool:
        """Say whether this page offers an act."""
        return RegistrantAction(act) in allowed_actions(self.network, self.me, self.school, self.at)

    @property
    def is_open(self) -> bool:
        """Whether the deadline is still ahead."""
        return not self.network.is_closed(self.at)

    @property
    def missing(self) -> int:
        """How many people the school still needs."""
        return self.school.missing(self.network.rule.min_per_school)

    @property
    def first(self) -> str:
        """The one act that matters most now; everything else is less loud."""
        if self.may("restore"):
            return "restore"
        if self.me.state is State.ADMITTED and not self.missing:
            return "calendar" if self.network.sessions else ""
        return "invite" if self.missing and self.may("invite") else ""


def values(me: Registration) -> dict[str, str]:
    """Return what somebody told us, by the id of its input."""
    told = {field: getattr(me, field) for field in ("name", "role", "phone", "school", "place", "brin")}
    return told | {"name": ""} if me.is_erased else told


def seats(seen: OwnPageView) -> list[str]:
    """Return who has each of the school's places: "jij", "collega", or nobody yet."""
    words, counted = phrases_of(seen.network), [r.person_key for r in seen.school.counted]
    mine = [words.YOU] if seen.me.person_key in counted else []
    return [*mine, *[words.COLLEAGUE] * (len(counted) - len(mine)), *[""] * seen.missing]


def read_as(seen: OwnPageView) -> str:
    """Return the school that we count somebody for, where that is not as they typed it."""
    school = seen.school
    if (fold(school.name), fold(school.place)) == (fold(seen.me.school), fold(seen.me.place)):
        return ""
    return ", ".join(filter(None, (school.name, school.place)))


def facts(me: Registration) -> list[tuple[str, str]]:
    """Return what we have of someone, by field; what they did not tell is left out."""
    told = [(field, getattr(me, field)) for field in ("reference", "name", "email", *_TOLD)]
    return [(field, value) for field, value in told if value not in ("", ERASED)]


def later(me: Registration) -> list[tuple[str, str]]:
    """Return what a later post on this address said otherwise, by field."""
    return [(field, value) for field, value in me.again.items() if field in ("name", *_TOLD)]


def invitations_left(me: Registration) -> int:
    """Count the colleagues whom we may still mail for someone."""
    return MOST_INVITATIONS - len(me.invitations)


def left(seen: OwnPageView) -> int | None:
    """Count who is left of a school when someone goes; None when that changes nothing for their school."""
    return count_others(seen.me, seen.school) if seen.me.state in COUNTED else None


def mended_by(seen: OwnPageView) -> date:
    """Return the last day on which a school can replace who leaves it now, after the deadline."""
    until = seen.network.end_of_day(seen.at, seen.network.rule.repair_days) - timedelta(milliseconds=1)
    return seen.network.local(until).date()
