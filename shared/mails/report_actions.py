"""The buttons beside a question of the report: to decide it, and to mail the people whom it is about."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from shared.domain.actions.organiser.order import OrganiserAction
from shared.domain.actions.organiser.people import LATE_IN
from shared.domain.actions.organiser.several import PAGE as DECISIONS
from shared.domain.actions.organiser.sites import OURS, site_path
from shared.domain.network.network import Network
from shared.domain.report.question import OrganiserQuestion, QuestionKind


class ReportButton(NamedTuple):
    """A button: its label, and where it goes."""

    label: str
    url: str


_DECIDE_LABELS = {
    QuestionKind.LATE: "Beslis over deze persoon",
    QuestionKind.HELD: "Beslis over deze school",
    QuestionKind.INCOMPLETE: "Beslis over deze school",
    QuestionKind.QUARANTINED: "Bekijk deze aanmelding",
    QuestionKind.SAME_SCHOOL: "Zeg of dit één school is",
    QuestionKind.REOPENED: "Neem ze op",
    QuestionKind.UNREACHABLE: "Verbeter het adres",
    QuestionKind.SITE: "Zeg of dit jullie website is",
    QuestionKind.ADDRESS: "Zeg of dit jullie website is",
}
_MAIL_LABELS = {
    QuestionKind.LATE: "Mail deze persoon",
    QuestionKind.HELD: "Mail deze school",
    QuestionKind.INCOMPLETE: "Mail deze school",
    QuestionKind.QUARANTINED: "Mail deze persoon",
    QuestionKind.UNREACHABLE: "Mail deze persoon",
    QuestionKind.SAME_SCHOOL: "Vraag het na",
}
_MOST_ADDRESSES = 8  # mail programs cut off links of more than about two thousand characters
# The subject is read by the person who registered; the labels are read by the organiser.
_SUBJECTS = {"nl": "Je aanmelding voor", "en": "Your registration for"}


def decision_path(question: OrganiserQuestion) -> str:
    """Return the path, below an organiser's pages, of the page where a question is decided."""
    if question.kind is QuestionKind.SAME_SCHOOL:
        one, other = (school.registrations[0].reference for school in question.schools)
        return f"typing/{one}/same/{other}"
    if question.kind is QuestionKind.SITE:
        return site_path(question.site, OURS)
    if question.kind is QuestionKind.REOPENED:
        return LATE_IN
    if question.kind is QuestionKind.ADDRESS:
        return f"address/{OURS}"
    if question.kind is QuestionKind.UNREACHABLE:
        return f"person/{question.registrations[0].reference}/{OrganiserAction.CORRECT_ADDRESS}"
    return f"school/{question.registrations[0].reference}"


def decide_button(question: OrganiserQuestion, pages: str) -> ReportButton:
    """Return the button to the page where a question is decided."""
    return ReportButton(_DECIDE_LABELS[question.kind], f"{pages}/{quote(decision_path(question))}")


def all_button(group: Sequence[OrganiserQuestion], pages: str) -> ReportButton:
    """Return the button to the place where questions of a kind are decided in a row."""
    return ReportButton(f"Beslis over alle {len(group)}", f"{pages}/{DECISIONS}#{group[0].kind}")


def mail_button(network: Network, question: OrganiserQuestion) -> ReportButton:
    """Return the button that mails the people of a question, with a subject that names their registrations.

    Several people, as many as a link has room for, are in the bcc, because they need not know each other's
    address (RFC 6068, section 2).
    """
    people = question.registrations[:_MOST_ADDRESSES]
    addresses = ",".join(quote(r.email, safe="@") for r in people)
    references = ", ".join(r.reference for r in people)
    subject = quote(f"{_SUBJECTS[network.language]} {network.prefix} ({references})")
    to = addresses if len(people) == 1 else quote(network.organiser.email, safe="@")
    bcc = "" if len(people) == 1 else f"&bcc={addresses}"
    return ReportButton(_MAIL_LABELS[question.kind], f"mailto:{to}?subject={subject}{bcc}")
