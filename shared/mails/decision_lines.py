"""The lines about decisions: what the next check carries out, what is open, and which places are free."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.domain.report.question import OrganiserQuestion, QuestionKind
from shared.domain.report.report import Report
from shared.domain.rule.plan import next_check
from shared.domain.rule.standing import Standing
from shared.mails.report_lines import people, places, tally
from shared.phrases import dutch

_COMING = {
    State.ADMITTED: ("doet", "mee"),
    State.HELD: ("gaat", "wachten op besluit"),
    State.DECLINED: ("wordt", "afgewezen"),
}
# What many questions of a kind are about; before it stands how many, on one line of a phone.
_TOGETHER = {
    QuestionKind.LATE: "mensen waren te laat",
    QuestionKind.HELD: "scholen wachten op besluit",
    QuestionKind.INCOMPLETE: "scholen zijn niet compleet, en doen mee",
    QuestionKind.QUARANTINED: "keer misschien spam",
    QuestionKind.SAME_SCHOOL: "keer: is dit één school?",
    QuestionKind.UNREACHABLE: "mensen zijn onbereikbaar",
    QuestionKind.SITE: "websites: zijn die van jullie?",
    QuestionKind.ADDRESS: "groepen kwamen van één adres",
    QuestionKind.REOPENED: "groepen waren eerst te laat",
}
_UNLESS = ", tenzij de school eerder weer compleet is"
_NAMED = 3  # of many


def grouped(questions: Sequence[OrganiserQuestion], most: int) -> list[list[OrganiserQuestion]]:
    """Return each question apart, or together those of a kind where there are more than can be read."""
    if len(questions) <= most:
        return [[question] for question in questions]
    by_kind: dict[QuestionKind, list[OrganiserQuestion]] = {}
    for question in questions:
        by_kind.setdefault(question.kind, []).append(question)
    return list(by_kind.values())


def asks_together(group: Sequence[OrganiserQuestion]) -> str:
    """Write what many questions of a kind are about: "20 mensen waren te laat"."""
    return f"{len(group)} {_TOGETHER[group[0].kind]}"


def first_few(group: Sequence[OrganiserQuestion], most: int = _NAMED) -> str:
    """Write about whom or what the first of many questions are: "Jan Bos, Dalcollege · … · en nog 17"."""
    most = min(most, _NAMED)
    more = [f"en nog {len(group) - most}"] if len(group) > most else []
    return " · ".join([*map(_about, group[:most]), *more])


def _about(question: OrganiserQuestion) -> str:
    return dutch.listing(places(question.schools)) if question.schools else people(question.registrations)[0]


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
    """Write what the next check carries out: "Dalcollege, Ede: doet morgen … mee".

    A school on the last day of its repair window can still prevent it.
    """
    states = {r.person_key: r.state for r in report.coming}
    repairs = {stand.school.key for stand in report.standing(Standing.REPAIR)}
    step = partial(next_step, report.network, report.at, is_held=bool(report.closing_held))
    return [
        f"{places([school])[0]}: {step(state)}{_UNLESS if school.key in repairs else ''}"
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
