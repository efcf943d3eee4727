"""A registrant's own page as its template needs it: what we have, in words."""

from shared.domain import dutch
from shared.domain.network import Network
from shared.domain.registration import Registration, State
from shared.domain.school import School
from shared.mails import words

_STATES = {
    State.REGISTERED: "Je staat op de lijst.",
    State.ADMITTED: "Je doet mee.",
    State.HELD: "Je plaats is nog niet zeker. De organisatie beslist.",
    State.DECLINED: "Je kunt niet meedoen.",
    State.LATE: "Je aanmelding kwam na de deadline. De organisatie beslist of je mee kunt doen.",
    State.CANCELLED: "Je hebt je afgemeld.",
    State.QUARANTINED: "Je aanmelding wordt nog gecontroleerd.",
}


def state(network: Network, registration: Registration, school: School) -> str:
    """Say where someone stands and, until the deadline decides, what their school still needs."""
    said = _STATES[registration.state]
    missing = school.missing(network.rule.min_per_school)
    if registration.state is not State.REGISTERED:
        return said
    if not missing:
        return f"{said} Je school is compleet."
    needed = dutch.count(missing, "collega", "collega's")
    return f"{said} Van je school is nog {needed} nodig. Aanmelden kan {words.deadline(network)}."


def facts(registration: Registration) -> list[tuple[str, str]]:
    """Return what we have of someone, each with its label; what they did not tell is left out."""
    told = [
        ("Nummer", registration.reference),
        ("Naam", registration.name),
        ("E-mailadres", registration.email),
        ("Functie", registration.role),
        ("Telefoonnummer", registration.phone),
        ("School", registration.school),
        ("Plaats", registration.place),
        ("BRIN-nummer", registration.brin),
        ("Opmerkingen", registration.remarks),
    ]
    return [(label, value) for label, value in told if value]
