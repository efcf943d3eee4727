"""A registrant's own page as its template needs it: what we have, and what each act leads to, in words."""

from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain import dutch
from shared.domain.amend import MOST_INVITATIONS, Act, allowed, others
from shared.domain.network import Network
from shared.domain.registration import COUNTED, ERASED, Registration, State
from shared.domain.school import School
from shared.domain.text import fold

_STATES = {
    State.REGISTERED: "Je staat op de lijst.",
    State.ADMITTED: "Je doet mee.",
    State.HELD: "Je plaats is nog niet zeker. De organisatie beslist.",
    State.DECLINED: "Je kunt niet meedoen.",
    State.LATE: "Je aanmelding kwam na de deadline. De organisatie beslist of je mee kunt doen.",
    State.CANCELLED: "Je bent afgemeld.",
    State.QUARANTINED: "Je aanmelding wordt nog gecontroleerd.",
}
_DONE = {
    "changed": "Je wijziging is bewaard.",
    "invited": "We sturen je collega een uitnodiging.",
    "replaced": "Je collega staat nu op de lijst, en jij niet meer. Jullie krijgen allebei een mail.",
    "cancelled": "Je bent afgemeld. Je krijgt daarvan een mail.",
    "restored": "Fijn, je bent weer aangemeld. Je krijgt daarvan een mail.",
    "links": "We sturen je een mail met je links. Dat doen we hoogstens één keer per uur.",
}
_LABELS = {
    "name": "Naam",
    "email": "E-mailadres",
    "role": "Functie",
    "phone": "Telefoonnummer",
    "school": "School",
    "place": "Plaats",
    "brin": "BRIN-nummer",
    "remarks": "Opmerkingen",
}


class View(NamedTuple):
    """Somebody's page at an instant: who looks, through which token, and what was just done."""

    network: Network
    me: Registration
    school: School
    at: datetime
    token: str
    forward: str
    done: str = ""
    act: str = ""  # what was tried and went wrong: its part of the page is open

    def may(self, act: str) -> bool:
        """Say whether this page offers an act."""
        return Act(act) in allowed(self.network, self.me, self.school, self.at)

    @property
    def notice(self) -> str:
        """What to say of what was just done."""
        return _DONE.get(self.done, "")

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


def state(seen: View) -> str:
    """Say where someone stands and, until the deadline decides, what their school still needs."""
    said = _STATES[seen.me.state]
    if seen.me.state is not State.REGISTERED:
        return said
    if not seen.missing:
        return f"{said} Je school is compleet."
    return f"{said} Van je school is {seen.network.words.needed(len(seen.school.counted), _minimum(seen))}."


def seats(seen: View) -> list[str]:
    """Return who has each of the school's places: "jij", "collega", or nobody yet."""
    counted = [r.person for r in seen.school.counted]
    mine = ["jij"] if seen.me.person in counted else []
    return [*mine, *["collega"] * (len(counted) - len(mine)), *[""] * seen.missing]


def read_as(seen: View) -> str:
    """Return the school that we count somebody for, where that is not as they typed it."""
    school = seen.school
    if (fold(school.name), fold(school.place)) == (fold(seen.me.school), fold(seen.me.place)):
        return ""
    return ", ".join(filter(None, (school.name, school.place)))


def facts(me: Registration) -> list[tuple[str, str]]:
    """Return what we have of someone, each with its label; what they did not tell is left out."""
    told = [(label, getattr(me, field)) for field, label in _LABELS.items()]
    return [("Nummer", me.reference), *((label, value) for label, value in told if value not in ("", ERASED))]


def later(me: Registration) -> list[tuple[str, str]]:
    """Return what a later post on this address said otherwise."""
    return [(_LABELS[field], value) for field, value in me.again.items() if field in _LABELS]


def invitations_left(me: Registration) -> int:
    """Count the colleagues whom we may still mail for someone."""
    return MOST_INVITATIONS - len(me.invitations)


def consequence(seen: View) -> str:
    """Say what is left of a school when someone goes, before they do."""
    if seen.me.state not in COUNTED:
        return "Je aanmelding geldt dan niet meer."
    left, minimum = others(seen.me, seen.school), _minimum(seen)
    if left >= minimum:
        return f"Daarna {'doet' if left == 1 else 'doen'} er van je school nog {left} mee. Dat is genoeg."
    if not left:
        return "Daarna doet er niemand van je school mee."
    return f"Daarna is er van je school nog {left} van {minimum}. {_mended(seen)}"


def _mended(seen: View) -> str:
    network = seen.network
    who = "Wie er overblijft krijgt daarover een mail"
    if seen.at < network.closes_at:
        return f"{who}, en kan {network.words.deadline(network)} een nieuwe collega vragen."
    if not network.rule.repair_days:
        return f"{who}. {network.organiser.name} beslist dan of je school mee kan doen."
    until = network.end_of_day(seen.at, network.rule.repair_days) - timedelta(milliseconds=1)
    return f"{who}, en kan tot en met {dutch.full_day(network.local(until))} een nieuwe collega vragen."


def _minimum(seen: View) -> int:
    return seen.network.rule.min_per_school
