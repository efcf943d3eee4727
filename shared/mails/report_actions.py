"""What the organiser can do about a line of the report."""

from typing import NamedTuple
from urllib.parse import quote

from shared.domain.network.network import Network
from shared.domain.report.question import Matter, Question


class Action(NamedTuple):
    """A button: what it says, and where it goes."""

    label: str
    url: str


_PLACES = {
    Matter.LATE: "Beslis over deze persoon",
    Matter.HELD: "Beslis over deze school",
    Matter.QUARANTINED: "Bekijk deze aanmelding",
    Matter.SAME_SCHOOL: "Zeg of dit één school is",
}
# What somebody who registered will read; the label of the button is for the organiser.
_SUBJECTS = {"nl": "Je aanmelding voor", "en": "Your registration for"}
_LABELS = {
    Matter.LATE: "Mail deze persoon",
    Matter.HELD: "Mail deze school",
    Matter.QUARANTINED: "Mail deze persoon",
    Matter.SAME_SCHOOL: "Vraag het na",
}


def place(question: Question, pages: str) -> Action:
    """Return where on an organiser's pages a question is decided."""
    where = f"school/{question.registrations[0].reference}"
    if question.matter is Matter.SAME_SCHOOL:
        one, other = (school.registrations[0].reference for school in question.schools)
        where = f"typing/{one}/same/{other}"
    return Action(_PLACES[question.matter], f"{pages}/{where}")


def action(network: Network, question: Question) -> Action:
    """Return a mail to whom a question is about, with a subject that says what about.

    More people are in the bcc, because they need not know each other's address (RFC 6068, section 2).
    """
    people = question.registrations
    addresses = ",".join(quote(r.email, safe="@") for r in people)
    subject = quote(
        f"{_SUBJECTS[network.language]} {network.prefix} ({', '.join(r.reference for r in people)})"
    )
    to = addresses if len(people) == 1 else quote(network.organiser.email, safe="@")
    bcc = "" if len(people) == 1 else f"&bcc={addresses}"
    return Action(_LABELS[question.matter], f"mailto:{to}?subject={subject}{bcc}")
