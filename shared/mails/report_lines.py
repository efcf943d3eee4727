"""The lines of the report: people, schools and mails as the organiser reads them."""

from collections.abc import Container, Iterable
from datetime import datetime

from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import Registration, State
from shared.domain.report.changes import Headcount
from shared.domain.report.question import Question
from shared.domain.report.report import Report, Undelivered
from shared.domain.rule.closing import closing_decisions
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.schools.school import School, why_not_counted
from shared.mails.wording import unlinked
from shared.phrases import dutch
from shared.phrases.schools import pair_reason_in_dutch

_KINDS = {
    "confirmation": "bevestiging", "invited": "bericht aan collega", "complete": "school compleet",
    "reminder": "herinnering", "late": "te laat", "admitted": "toelating", "held": "aangehouden",
    "declined": "afwijzing", "already": "al aangemeld", "report": "rapport",
    "changed": "school niet meer compleet", "cancelled": "afmelding", "code": "code",
    "invitation": "uitnodiging", "links": "links opnieuw", "data": "gegevens",
    "moved": "bijeenkomst veranderd", "upcoming": "herinnering aan bijeenkomst",
}  # fmt: skip
_PLAIN = frozenset({Standing.COMPLETE, Standing.SHORT, Standing.EMPTY})
_LOST = {
    MailState.SOFT_BOUNCED: "kwam voorlopig terug",
    MailState.BOUNCED: "kwam terug",
    MailState.COMPLAINED: "gemeld als spam",
    MailState.FAILED: "kon niet worden verstuurd",
    MailState.UNKNOWN: "onzeker of hij is verstuurd",
    MailState.WITHHELD: "niet verstuurd, want dit adres kreeg te veel mails of wil ze niet",
}
_BECAME = _LOST | {
    MailState.PENDING: "wacht om verstuurd te worden",
    MailState.SENDING: "wordt verstuurd",
    MailState.SENT: "verstuurd",
    MailState.DELAYED: "onderweg, vertraagd",
    MailState.DELIVERED: "aangekomen",
}
_FATES = {
    State.ADMITTED: ("doet mee", "doen mee"),
    State.HELD: ("wordt aangehouden", "worden aangehouden"),
    State.DECLINED: ("wordt afgewezen", "worden afgewezen"),
}


def people(registrations: Iterable[Registration]) -> list[str]:
    """Write people with their school: "Noor van Dijk, Montessori Lyceum"."""
    return [f"{unlinked(r.name)}, {unlinked(r.school)}" for r in registrations]


def places(schools: Iterable[School]) -> list[str]:
    """Write schools with their place: "Montessori Lyceum, Zeist"."""
    return [", ".join(unlinked(part) for part in (s.name, s.place) if part) for s in schools]


def tally(present: int, minimum: int) -> str:
    """Write how many count for a school: "1 van 2", or "3 mensen" where more came than must."""
    return f"{present} van {minimum}" if present <= minimum else f"{present} mensen"


def doubt(question: Question) -> str:
    """Write why two schools may be one, or nothing where a question is about something else."""
    return pair_reason_in_dutch(question.doubt) if question.doubt else ""


def who_counts(school: School, unreachable: Container[Registration] = ()) -> list[str]:
    """Write who counts for a school, and of everybody else why not; of each whom no mail reaches that too."""
    marks = {r.person_key: " (onbereikbaar)" for r in school.registrations if r in unreachable}
    named = {r.person_key: unlinked(r.name) + marks.get(r.person_key, "") for r in school.registrations}
    names = ", ".join(named[r.person_key] for r in school.counted)
    others = [(r, why_not_counted(r, school)) for r in school.registrations]
    return [
        *filter(None, [names]),
        *(f"{named[r.person_key]} telt niet mee: {why}" for r, why in others if why),
    ]


def standing(stand: SchoolStanding, unreachable: Container[Registration] = ()) -> list[str]:
    """Write who counts for a school, and why it stands as it does where that is not plain from the count."""
    why = [] if stand.standing in _PLAIN else [unlinked(stand.why)]
    return [*why, *who_counts(stand.school, unreachable)]


def fate(group: Headcount) -> str:
    """Write what became of schools and people: "12 scholen (26 mensen) doen mee"."""
    schools = dutch.count(group.schools, "school", "scholen")
    people = dutch.count(group.people, "persoon", "mensen")
    one, many = _FATES[group.state]
    return f"{schools} ({people}) {one if group.schools == 1 else many}"


def foreseen(report: Report, state: State) -> list[str]:
    """Write which schools and people the deadline would treat so: "Dalcollege, Ede: Carla Smit"."""
    found = closing_decisions(report.network, report.standings)
    named = ((s, [r for r in s.counted if found[r.person_key].state is state]) for s in report.schools)
    return [f"{places([s])[0]}: {', '.join(unlinked(r.name) for r in whom)}" for s, whom in named if whom]


def lost(undelivered: Iterable[Undelivered]) -> list[str]:
    """Write which mails did not arrive: "bevestiging aan Noor van Dijk (PLG-7K3MQ2XD): kwam terug"."""
    return [f"{_KINDS.get(u.record.kind, 'mail')}{_to(u)}: {_LOST[u.record.state]}" for u in undelivered]


def mail(record: MailRecord) -> tuple[str, str]:
    """Write which mail a record is of, and what became of it: "bevestiging", "aangekomen"."""
    return _KINDS.get(record.kind, "mail"), _BECAME[record.state]


def fields(counted: Iterable[tuple[str, int]]) -> list[str]:
    """Write unknown form fields with how often each came: "dieet (3 keer)"."""
    return [f"{unlinked(name)} ({n} keer)" for name, n in counted]


def time_left(network: Network, at: datetime) -> str:
    """Write how far off the deadline is: "nog 7 dagen", "vandaag is de deadline", "deadline voorbij"."""
    if network.is_closed(at):
        return "deadline voorbij"
    days = network.days_left(at)
    return f"nog {dutch.count(days, 'dag', 'dagen')}" if days else "vandaag is de deadline"


def _to(lost: Undelivered) -> str:
    # An invitation went to a colleague's address, which stands nowhere in a report.
    whom = "namens" if lost.record.kind == "invitation" else "aan"
    return (
        f" {whom} {unlinked(lost.registration.name)} ({lost.record.reference})" if lost.registration else ""
    )
