"""What a check decides for one network: pure, so that every rule can be read and tested without AWS."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.domain.decision import Decision, Kind, in_force
from shared.domain.network.network import Network
from shared.domain.network.sessions import upcoming
from shared.domain.network.version_history import UNKNOWN, VersionHistory, last_day_before
from shared.domain.registration.confirming import confirmation_changes
from shared.domain.registration.erasure import after_leaving, without_address, without_sensitive_answers
from shared.domain.registration.history import settled
from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.closing import decide_closing
from shared.domain.rule.reminder import due_reminder, needs_reminder, reminded
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, schools
from shared.domain.schools.school_domains import SchoolDomains

# The schedule in infra/template.yaml, which is the same for every network.
_NOBODY: Mapping[str, datetime] = {}
_HOUR, _ZONE = 7, ZoneInfo("Europe/Amsterdam")


class Plan(NamedTuple):
    """What a check will do, in this order; registrations are as they will be."""

    confirmations: tuple[Registration, ...] = ()  # who must confirm their address, or did not
    decisions: tuple[Registration, ...] = ()
    reminders: tuple[Registration, ...] = ()
    session_reminders: tuple[Registration, ...] = ()
    erasures: tuple[Registration, ...] = ()
    answer_erasures: tuple[Registration, ...] = ()  # of people whose other data stays
    report_day: date | None = None
    forget: Mapping[str, int] | None = None

    def unsure(self) -> "Plan":
        """Return what is still done while an item cannot be read: report, remind of sessions, end retention.

        The item may be the registration of the very colleague without whom a school looks short. A reminder
        of a session and the end of sensitive answers do not depend on it.
        """
        return self._replace(decisions=(), reminders=(), erasures=())


def next_check(now: datetime) -> datetime:
    """Return when the first check after an instant runs."""
    today = now.astimezone(_ZONE)
    due = today.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return due if due > now else due + timedelta(1)


def last_check(now: datetime) -> datetime:
    """Return when the last check up to an instant was due."""
    return next_check(now) - timedelta(1)


def report_day(network: Network, check: datetime) -> date | None:
    """Return the day of the report that the check of an instant requests; None if it requests none."""
    is_running = network.opens_at <= check < network.forgotten_at and not network.is_over(check)
    return network.local(check).date() if is_running else None


def plan(
    network: Network,
    registrations: Iterable[Registration],
    decisions: Sequence[Decision],
    now: datetime,
    knowledge: SchoolKnowledge = NOTHING,
    reported: datetime | None = None,
    versions: VersionHistory = UNKNOWN,
    grouped: Sequence[School] | None = None,
    mailed: Mapping[str, datetime] = _NOBODY,
) -> Plan:
    """Decide what the check of an instant does; from the same state it always decides the same.

    `reported` is the moment of the last report, `grouped` the schools of these people, if that is known, and
    `mailed` is whom a mail asked to confirm, and when. A check that has its report is done: what follows from
    what it decided is for the next one, so that a report tells it.
    """
    everyone = tuple(registrations)
    if now < network.opens_at or now == reported:
        return Plan()
    if now >= network.forgotten_at:
        return Plan(forget=_counts(everyone, knowledge))
    changed = {r.person_key: r for r in confirmation_changes(network, everyone, mailed, now)}
    everyone = tuple(changed.get(r.person_key, r) for r in everyone)
    here = schools(without_aside(everyone), knowledge) if grouped is None or changed else grouped
    standings = standings_of(network, here, decisions, now)
    today = network.local(now).date()
    pairs = [(r, after_leaving(network, r, now, reported)) for r in everyone]
    staying = [r for r, left in pairs if left == r]
    closing = network.is_closed(now) and not in_force(decisions, Kind.HOLD_CLOSING, now)
    return Plan(
        confirmations=tuple(changed.values()),
        decisions=tuple(decide_closing(network, standings, now)) if closing else (),
        reminders=tuple(_reminders(network, standings, now, versions)),
        session_reminders=tuple(_session_reminders(everyone, upcoming(network, today))),
        erasures=tuple(_erasures(pairs, SchoolDomains(everyone, knowledge.register))),
        answer_erasures=tuple(_answer_erasures(network, staying, now)),
        report_day=report_day(network, now) or (today if _has_latecomer(everyone, reported) else None),
    )


def _has_latecomer(everyone: Iterable[Registration], reported: datetime | None) -> bool:
    """Say whether somebody came late since the last report: they were promised that an organiser decides."""
    return reported is not None and any(
        r.state is State.LATE and bool(r.history) and settled(r.history).at >= reported for r in everyone
    )


def next_decisions(
    network: Network, schools: Iterable[School], decisions: Sequence[Decision], now: datetime
) -> tuple[Registration, ...]:
    """Return the people about whom the next check decides, as they will be; nobody before the deadline.

    A closing that is held is not looked at.
    """
    at = next_check(now)
    if not network.is_closed(now):
        return ()
    return tuple(decide_closing(network, standings_of(network, schools, decisions, at), at))


def is_decided_anew(decided: Registration) -> bool:
    """Say whether a check's decision about a person, who has it already, follows an earlier one."""
    return len(decided.history) > 1 and decided.history[-2].state is not State.REGISTERED


def _reminders(
    network: Network, standings: Sequence[SchoolStanding], now: datetime, versions: VersionHistory
) -> Iterator[Registration]:
    due = due_reminder(network, now)
    if due is None or (versions.deadline_since and due[0] < network.local(versions.deadline_since).date()):
        return  # the mail about a deadline that moved said the same after that day
    day, before = due
    unstated = last_day_before(network, versions.unstated)
    for standing in standings:
        if standing.standing is Standing.SHORT:
            for person in standing.school.counted:
                is_new = network.local(person.received_at).date() > day
                if not is_new and needs_reminder(network, person, before, unstated):
                    yield reminded(network, person, before, now)


def _session_reminders(everyone: Iterable[Registration], session: date | None) -> Iterator[Registration]:
    for person in everyone if session else ():
        if person.state is State.ADMITTED and person.session_reminded != session:
            yield replace(person, session_reminded=session)


def _erasures(
    pairs: Iterable[tuple[Registration, Registration]], domains: SchoolDomains
) -> Iterator[Registration]:
    """Yield each person who is not as they were, without the address but with the domain of a school."""
    for before, left in pairs:
        if left != before:
            yield left if left.email else without_address(left, domains.of(before))


def _answer_erasures(
    network: Network, people: Iterable[Registration], now: datetime
) -> Iterator[Registration]:
    for person in people if now >= network.sensitive_until else ():
        bare = without_sensitive_answers(network, person)
        if bare != person:
            yield bare


def _counts(registrations: tuple[Registration, ...], knowledge: SchoolKnowledge) -> Mapping[str, int]:
    return {
        "schools": sum(bool(school.counted) for school in schools(registrations, knowledge)),
        **Counter(r.state.value for r in registrations),
    }
