"""The lines about decisions: what the next check carries out, what is open, and which places are free."""

from datetime import datetime

from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.domain.report.question import OrganiserQuestion
from shared.domain.report.report import Report
from shared.domain.rule.plan import next_check
from shared.mails.report_lines import places, tally
from shared.phrases import dutch

_COMING = {
    State.ADMITTED: ("doet", "mee"),
    State.HELD: ("gaat", "wachten op besluit"),
    State.DECLINED: ("wordt", "afgewezen"),
}


def incomplete(question: OrganiserQuestion, minimum: int) -> str:
    """Write that a school takes part with too few people: "Doet mee, maar is niet compleet: 2 van 3. …"."""
    present = tally(len(question.schools[0].counted), minimum)
    return f"Doet mee, maar is niet compleet: {present}. Zonder besluit blijft de school meedoen."


def places_and_waiting(report: Report) -> str:
    """Write how many places are free while people wait: "Er zijn nu 3 plaatsen vrij; 4 mensen wachten."."""
    free, waiting = report.free_places, len(report.waiting)
    places = f"Er {'is' if free == 1 else 'zijn'} nu {dutch.count(free, 'plaats', 'plaatsen')} vrij"
    return f"{places}; {dutch.count(waiting, 'persoon wacht', 'mensen wachten')} op een plek."


def coming(report: Report) -> list[str]:
    """Write what the next check carries out: "Dalcollege, Ede: doet morgen … mee"."""
    states = {r.person_key: r.state for r in report.coming}
    return [
        f"{places([school])[0]}: {next_step(report.network, report.at, state, bool(report.closing_held))}"
        for school in report.schools
        for state in _COMING
        if any(states.get(r.person_key) is state for r in school.registrations)
    ]


def next_step(network: Network, at: datetime, state: State, is_held: bool) -> str:
    """Write what the next check makes of a person or school, and when: "doet morgen om 7.00 uur mee"."""
    verb, rest = _COMING[state]
    if is_held:
        return f"{verb} {rest} zodra jullie het besluit vrijgeven"
    check = network.local(next_check(at))
    day = "vandaag" if check.date() == network.local(at).date() else "morgen"
    return f"{verb} {day} om {dutch.clock(check)} uur {rest}"
