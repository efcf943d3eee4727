"""What several mails to registrants say: the facts of their templates, by the names that they have there."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from shared.domain.network.network import Network
from shared.domain.network.sessions import sessions_ahead
from shared.domain.registration.cause import cause_of
from shared.domain.registration.history import settled
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import COUNTED, Registration, State
from shared.domain.rule.reminder import may_be_reminded
from shared.domain.rule.repair import repair_until
from shared.domain.schools.school import School
from shared.mails import calendar
from shared.mails.calendar import CalendarRevision
from shared.mails.letter import kept_until
from shared.mails.wording import because, full_name
from shared.phrases.field_labels import given_fields
from shared.phrases.language import phrases_of


def clock_facts(network: Network, at: datetime) -> dict[str, Any]:
    """Return whether the deadline is past, and which sessions are not over."""
    return {"is_closed": network.is_closed(at), "ahead": sessions_ahead(network, at)}


def time_facts(network: Network, school: School, at: datetime) -> dict[str, Any]:
    """Return the same, and until when a school that lost somebody may replace them."""
    until = repair_until(network, school)
    last = last_day(network, until) if until and at < until else None
    return {**clock_facts(network, at), "repair_until": last}


def has_left(school: School, since: datetime | None, *, unconfirmed: bool = False) -> bool:
    """Say whether somebody who counted for a school left it, since an instant if there is one.

    Apart from who left is who did not confirm their address.
    """
    steps = (step for person in school.registrations for step in pairwise(person.history))
    gone = frozenset(State) - COUNTED - {State.UNCONFIRMED}
    states = {State.UNCONFIRMED} if unconfirmed else gone
    left = (after.at for before, after in steps if before.state in COUNTED and after.state in states)
    return any(since is None or at >= since for at in left)


def cause_facts(network: Network, registration: Registration, school: School) -> dict[str, Any]:
    """Return why a person stands as they do: as a code, and as a sentence."""
    text = because(network, registration, school, phrases_of(network))
    return {"cause": cause_of(registration).value, "because": text}


def withdrawal(network: Network, registration: Registration, moves: int, owner: str) -> dict[str, Any]:
    """Return the file that takes the sessions out of the agenda of who was admitted, until the last one."""
    was_admitted = any(change.state is State.ADMITTED for change in registration.history)
    at = settled(registration.history).at
    if not was_admitted or not sessions_ahead(network, at):
        return {"attachments": (), "has_file": False}
    revision = CalendarRevision(at, registration.history, moves, owner)
    return {"attachments": (calendar.withdrawal(network, revision),), "has_file": True}


def count_facts(network: Network, registration: Registration, school: School) -> dict[str, Any]:
    """Return how many people the school has and needs, and what this person waits for.

    That is the deadline's decision, unless they have heard one or an organiser decided, or a place, and why.
    """
    waits = school.waiting.get(registration.person_key)
    return {
        "present": len(school.counted),
        "missing": school.missing(network.rule.min_per_school),
        "awaits_check": may_be_reminded(registration),
        "waits": bool(waits),
        "is_full": network.rule.max_per_school is not None
        and len(school.counted) >= network.rule.max_per_school,
        "waived": school.is_waived,
        "over": waits is ReasonCode.SCHOOL_FULL,
    }


def inviter_facts(network: Network, registration: Registration, inviter: Registration) -> dict[str, Any]:
    """Return who registered a person, and what is owed to somebody whose data another gave."""
    return _source_facts(network, registration, full_name(inviter, phrases_of(network)))


def organiser_facts(network: Network, registration: Registration, is_by_hand: bool) -> dict[str, Any]:
    """Return the same where an organiser registered them by hand; otherwise that nobody did."""
    return (
        _source_facts(network, registration, network.organiser.name) if is_by_hand else {"inviter_name": ""}
    )


def _source_facts(network: Network, registration: Registration, name: str) -> dict[str, Any]:
    """Return who gave us a person's data, which data, and how long we keep it (GDPR, article 14)."""
    given = _name_given_data(network, registration)
    return {"inviter_name": name, "given": given, "kept_until": kept_until(network)}


def _name_given_data(network: Network, registration: Registration) -> str:
    """Name the data that we got about this person, without the data itself."""
    fields = given_fields(network.language).items()
    return phrases_of(network).listing([words for field, words in fields if getattr(registration, field)])


def last_day(network: Network, until: datetime) -> date:
    """Return the last whole or partial day before an instant, in the network's zone."""
    return network.local(until - timedelta(milliseconds=1)).date()
