"""Why the people of a school are held, as the organiser reads it beside the decision that it asks for."""

from shared.domain.network.network import Network
from shared.domain.registration.cause import Cause, cause_of, reason_of
from shared.domain.registration.history import settled
from shared.domain.registration.reason import Reason
from shared.domain.registration.registration import COUNTED, Registration, State
from shared.domain.report.question import OrganiserQuestion
from shared.domain.rule.repair import last_loss
from shared.domain.schools.school import School
from shared.mails.report_lines import because, tally
from shared.mails.wording import unlinked
from shared.phrases import dutch

_WAITING = {
    Cause.NETWORK_FULL: "Wachtlijst: alle plaatsen waren bezet.",
    Cause.SCHOOL_FULL: "Wachtlijst: van deze school deed het hoogste aantal al mee.",
}


def why_held(network: Network, question: OrganiserQuestion) -> str:
    """Write what happened to the people of a question: each reason once, and the count if that is another."""
    school, minimum = question.schools[0], network.rule.min_per_school
    written = [_why(network, school, person) for person in question.registrations]
    now = tally(len(school.counted), minimum)
    count = "" if any(now in text for text in written) else f"Nu {now}."
    return " ".join(filter(None, (*dict.fromkeys(written), count)))


def _why(network: Network, school: School, person: Registration) -> str:
    cause, reason = cause_of(person), reason_of(person)
    if cause in _WAITING:
        return _WAITING[cause]
    if cause is Cause.COLLEAGUE_LEFT:
        return _why_after_loss(network, school, reason)
    if cause is Cause.SCHOOL_SHORT and reason:
        minimum = network.rule.min_per_school
        return f"Niet compleet bij de deadline: {tally(max(0, minimum - reason.people), minimum)}."
    change = settled(person.history)
    by = "" if cause is Cause.PLAIN else f", door {change.by}"
    day, why = dutch.day(network.local(change.at)), unlinked(because(change))
    if cause is Cause.TOOK_PLACE:
        return f"{unlinked(person.name)} kwam op {day} {why}, van wie de plek niet zeker was."
    return f"Wacht op besluit sinds {day}{by}{f': {why}' if why else ''}."


def _why_after_loss(network: Network, school: School, reason: Reason | None) -> str:
    until = reason and reason.until
    end = f"Tot en met {dutch.day(until)}" if until else "Daarna"
    return f"{_who_left(network, school, reason)}. {end} werd de school niet weer compleet."


def _who_left(network: Network, school: School, reason: Reason | None) -> str:
    """Write whom a school lost and when: "Jan de Vries meldde zich op woensdag 3 mei af"."""
    loss = last_loss(network, school)
    reference = (reason.reference if reason else "") or (loss.person.reference if loss else "")
    person = next((r for r in school.registrations if r.reference == reference), None)
    leaves = [change for change in person.history if change.state not in COUNTED] if person else []
    day = reason.day if reason else None
    change = next((c for c in leaves if day in (None, network.local(c.at).date())), None)
    if not person or not change:
        return "Een deelnemer van deze school viel af"
    name = reference if person.is_erased else unlinked(person.name)
    when = dutch.day(network.local(change.at))
    if change.by == "person":
        return f"{name} meldde zich op {when} af"
    return f"{name} is op {when} {'afgewezen' if change.state is State.DECLINED else 'afgemeld'}"
