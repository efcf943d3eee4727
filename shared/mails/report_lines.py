"""The lines of the report: people, schools and mails as the organiser reads them."""

from collections.abc import Container, Iterable

from shared.domain.message import Message
from shared.domain.outbox import FROM_ONE_PLACE, MANY_BOUNCE, MailRecord, MailState
from shared.domain.registration.put_aside import is_site
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.report.answers import AnswerTotals
from shared.domain.report.changes import Headcount
from shared.domain.report.question import OrganiserQuestion, QuestionKind
from shared.domain.report.report import Report, UndeliveredMail
from shared.domain.rule.closing import foreseen_states
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.schools.awaited import awaited_at
from shared.domain.schools.school import School
from shared.mails.report_room import few
from shared.mails.wording import unlinked
from shared.phrases import dutch
from shared.phrases.questions import answer_text
from shared.phrases.reasons import HasReason, reason_text, why, why_not_counted
from shared.phrases.schools import pair_reason_in_dutch

_MAIL_NAMES = {
    "confirmation": "bevestiging", "invited": "bericht aan collega", "complete": "school compleet",
    "reminder": "herinnering", "late": "te laat", "admitted": "toelating", "held": "wacht op besluit",
    "declined": "afwijzing", "already": "al aangemeld", "report": "rapport",
    "unreachable": "collega is onbereikbaar", "address": "adres bevestigen", "readdressed": "adres gewijzigd",
    "changed": "school niet meer compleet", "cancelled": "afmelding", "code": "code",
    "invitation": "uitnodiging", "links": "links opnieuw", "data": "gegevens",
    "deadline": "deadline veranderd", "confirm": "vraag om te bevestigen", "unconfirmed": "niet bevestigd",
    "waiting": "op de wachtlijst", "place": "er is een plek",
    "moved": "bijeenkomst veranderd", "upcoming": "herinnering aan bijeenkomst", "message": "jullie bericht",
}  # fmt: skip
# In the order in which pages and the report list them: what needs attention comes first.
STANDING_NAMES = {
    Standing.SHORT: "te kort",
    Standing.REPAIR: "mag iemand vervangen",
    Standing.WAIVED: "uitzondering",
    Standing.WAITING: "wacht op een plek",
    Standing.COMPLETE: "compleet",
    Standing.EMPTY: "niemand telt mee",
}
_WAITING = (ReasonCode.NETWORK_FULL, ReasonCode.SCHOOL_FULL)
_SEEN_IN_COUNT = frozenset({ReasonCode.COMPLETE, ReasonCode.SHORT, ReasonCode.NOBODY_COUNTS})
_NOT_DELIVERED = {
    MailState.SOFT_BOUNCED: "kwam voorlopig terug",
    MailState.BOUNCED: "kwam terug",
    MailState.COMPLAINED: "gemeld als spam",
    MailState.FAILED: "kon niet worden verstuurd",
    MailState.UNKNOWN: "onzeker of hij is verstuurd",
    MailState.WITHHELD: "niet verstuurd, want dit adres kreeg te veel mails of wil ze niet",
}
_DELIVERY_STATES = _NOT_DELIVERED | {
    MailState.PENDING: "wacht om verstuurd te worden",
    MailState.SENDING: "wordt verstuurd",
    MailState.SENT: "verstuurd",
    MailState.DELAYED: "onderweg, vertraagd",
    MailState.DELIVERED: "aangekomen",
}
# Why first mails wait: to people whom no mail of ours has reached.
_WHY_HELD_BACK = {
    FROM_ONE_PLACE: "er kwamen veel aanmeldingen tegelijk van één plek of één school. Binnen een uur gaan ze",
    MANY_BOUNCE: "er kwamen te veel eerste mails terug. Misschien verzint iemand mensen. "
    "Komen er minder terug? Dan gaan ze vanzelf. Besluiten gaan wel meteen. Je beheerder weet het",
}
# Why browsers were refused, by the codes of `functions/submit/refusals.py` and `shared/problems.py`.
REFUSAL_NAMES = {
    "too-large": "te groot",
    "unreadable": "onleesbaar",
    "not-valid": "niet goed ingevuld",
    "not-open-yet": "te vroeg",
    "closed": "na de deadline",
    "too-many": "te veel van één plek",
    "unavailable": "storing bij ons",
}
IN_TIME_NOW = "Voor de nieuwe deadline is dit op tijd. Met één antwoord tellen ze mee."
_MOST_ANSWERS, _LONGEST_ANSWER = 12, 40  # of a list; more is for the sheet
_DECISION_VERBS = {
    State.ADMITTED: ("doet mee", "doen mee"),
    State.HELD: ("wacht op besluit", "wachten op besluit"),
    State.DECLINED: ("wordt afgewezen", "worden afgewezen"),
}


def people(registrations: Iterable[Registration]) -> list[str]:
    """Write people with their school: "Noor van Dijk, Montessori Lyceum"."""
    return [f"{unlinked(r.name)}, {unlinked(r.school)}" for r in registrations]


def places(schools: Iterable[School]) -> list[str]:
    """Write schools with their place: "Montessori Lyceum, Zeist"."""
    return [", ".join(unlinked(part) for part in (s.name, s.place) if part) for s in schools]


def tally(present: int, minimum: int) -> str:
    """Write how many count for a school: "1 van 2", or "3 mensen" for more than the minimum."""
    return f"{present} van {minimum}" if present <= minimum else f"{present} mensen"


def doubt(question: OrganiserQuestion) -> str:
    """Write why two schools may be one, or nothing where a question is about something else."""
    return pair_reason_in_dutch(question.doubt) if question.doubt else ""


def who_counts(school: School, unreachable: Container[Registration] = ()) -> list[str]:
    """Write the people who count for a school, and why the others do not; people without mail are marked."""
    marks = {r.person_key: " (onbereikbaar)" for r in school.registrations if r in unreachable}
    named = {r.person_key: unlinked(r.name) + marks.get(r.person_key, "") for r in school.registrations}
    names = ", ".join(few(named[r.person_key] for r in school.counted))
    others = [(r, why_not_counted(r, school, dutch)) for r in school.registrations]
    return [
        *filter(None, [names]),
        *few(f"{named[r.person_key]} telt niet mee: {reason}" for r, reason in others if reason),
        *few(
            f"{unlinked(name)}: collega volgt, zonder e-mailadres"
            for name in awaited_at(school.registrations)
        ),
    ]


def standing(stand: SchoolStanding, unreachable: Container[Registration] = ()) -> list[str]:
    """Write the people who count for a school, and why it stands as it does if the count does not show it."""
    is_plain = stand.reason and stand.reason.code in _SEEN_IN_COUNT
    explained = [] if is_plain else [unlinked(because(stand))]
    return [*explained, *waiting(stand.school), *who_counts(stand.school, unreachable)]


def waiting(school: School) -> list[str]:
    """Write who of a school waits for a place and why: "Jan Bos: wachtlijst: alle plaatsen zijn bezet"."""
    waits = {
        code: [r for r in school.counted if school.waiting.get(r.person_key) is code] for code in _WAITING
    }
    return [
        f"{', '.join(few(unlinked(r.name) for r in people))}: {reason_text(Reason(code), dutch)}"
        for code, people in waits.items()
        if people
    ]


def because(subject: HasReason) -> str:
    """Write why somebody or a school is so, for organisers: "nog 1 persoon nodig"."""
    return why(subject, dutch)


def written(report: Report, message: Message) -> str:
    """Write who wrote what to how many people, and when."""
    local, people = report.network.local(message.at), dutch.count(len(message.people), "persoon", "mensen")
    when = f"{dutch.short_day(local)}, {dutch.clock(local)} uur"
    return f"Bericht aan {people}: “{unlinked(message.subject)}” (door {message.by}, {when})"


def decision(group: Headcount) -> str:
    """Write what became of schools and people: "12 scholen (26 mensen) doen mee"."""
    schools = dutch.count(group.schools, "school", "scholen")
    people = dutch.count(group.people, "persoon", "mensen")
    one, many = _DECISION_VERBS[group.state]
    return f"{schools} ({people}) {one if group.schools == 1 else many}"


def foreseen(report: Report, state: State) -> list[str]:
    """Write which schools and people the deadline would treat so: "Dalcollege, Ede: Carla Smit"."""
    states = foreseen_states(report.network, report.standings)
    named = ((s, [r for r in s.counted if states[r.person_key] is state]) for s in report.schools)
    return [
        f"{places([s])[0]}: {', '.join(few(unlinked(r.name) for r in people))}"
        for s, people in named
        if people
    ]


def undelivered(mails: Iterable[UndeliveredMail]) -> list[str]:
    """Write which mails did not arrive: "bevestiging aan Noor van Dijk (PLG-7K3MQ2XD): kwam terug"."""
    return [
        f"{_MAIL_NAMES.get(m.record.kind, 'mail')}{_to(m)}: {_NOT_DELIVERED[m.record.state]}" for m in mails
    ]


def held_back(report: Report) -> list[str]:
    """Write how many first mails wait, and why: "3 eerste mails wachten nog: er kwamen er veel …"."""
    return [
        f"{dutch.count(n, 'eerste mail wacht', 'eerste mails wachten')} nog: {_WHY_HELD_BACK[reason]}"
        for reason, n in sorted(report.held_back.items())
    ]


def mail(record: MailRecord) -> tuple[str, str]:
    """Write the name of a mail and what became of it: "bevestiging", "aangekomen"."""
    return _MAIL_NAMES.get(record.kind, "mail"), _DELIVERY_STATES[record.state]


def fields(counted: Iterable[tuple[str, int]]) -> list[str]:
    """Write unknown form fields with how often each came: "dieet (3 keer)"."""
    return [f"{unlinked(name)} ({n} keer)" for name, n in counted]


def refusals(report: Report) -> str:
    """Write how often browsers were refused and why: "12 keer een fout: 9 te groot, 3 onleesbaar"."""
    reasons = sorted(report.refusals.reasons.items(), key=lambda item: -item[1])
    each = ", ".join(f"{n} {REFUSAL_NAMES.get(code, code)}" for code, n in reasons)
    return f"{sum(report.refusals.reasons.values())} keer een fout: {each}"


def refused_sites(report: Report) -> list[str]:
    """Write from which unlisted sites scripts were refused; what is no address of a site is left out."""
    return fields((site, n) for site, n in report.refusals.sites.items() if is_site(site))


def group(question: OrganiserQuestion, site: str) -> str:
    """Ask about people who were put aside together: "12 aanmeldingen kwamen van één adres: is dat …?"."""
    many = len(question.registrations)
    if question.kind is QuestionKind.REOPENED:
        late = dutch.count(many, "persoon meldde", "mensen meldden")
        return f"{late} zich te laat aan voor de oude deadline: neem {'die' if many == 1 else 'ze'} op?"
    people = dutch.count(many, "aanmelding kwam", "aanmeldingen kwamen")
    place = site if question.kind is QuestionKind.SITE else "één adres"
    return f"{people} van {place}: is dat jullie website?"


def answer_totals(totals: AnswerTotals) -> str:
    """Write how a question was answered: "ja 12, nee 3, niet beantwoord 4"."""
    question, shown = totals.question, totals.chosen[:_MOST_ANSWERS]
    counts = [(_short(answer_text(question, answer, "nl")), n) for answer, n in shown]
    if question.kind in ("text", "number"):
        counts = [("samen", totals.sum)] if question.kind == "number" and totals.answered else []
        counts.append(("beantwoord", totals.answered))
    else:
        counts.append(("anders", totals.answered - sum(n for _, n in shown)))
    counts.append(("niet beantwoord", totals.unanswered))
    return ", ".join(f"{name} {dutch.number(n)}" for name, n in counts if n)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_ANSWER else f"{text[: _LONGEST_ANSWER - 1].rstrip()}…"


def unconfirmed(report: Report) -> str:
    """Write how many people have not confirmed their address, and how many of them do not count for it."""
    people = dutch.count(len(report.awaits_confirmation), "persoon heeft", "mensen hebben")
    lost = report.totals.unconfirmed
    uncounted = f". Daarvan {'telt' if lost == 1 else 'tellen'} er {lost} niet mee" if lost else ""
    return f"{people} het e-mailadres niet bevestigd{uncounted}"


def rhythm(report: Report) -> str:
    """Write when the next reports come: "elke ochtend"."""
    if report.weekly_since is None:
        return "elke ochtend"
    weekday = dutch.day(report.weekly_since).partition(" ")[0]
    return f"elke {weekday}" + (" en op de dag voor een bijeenkomst" if report.network.sessions else "")


def put_aside(report: Report) -> list[str]:
    """Write why registrations are in quarantine, and how many for each reason."""
    return fields((reason_text(reason, dutch) if reason else "", n) for reason, n in report.put_aside)


def _to(mail: UndeliveredMail) -> str:
    # An invitation went to a colleague's address, which stands nowhere in a report.
    preposition = "namens" if mail.record.kind == "invitation" else "aan"
    person = mail.registration
    return f" {preposition} {unlinked(person.name)} ({mail.record.reference})" if person else ""
