"""The mails to registrants; their texts are in `templates/nl` and `templates/en`, one file per mail."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.network.sessions import SessionMove
from shared.domain.registration.erasure import undo_until
from shared.domain.registration.history import settled
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import COUNTED, ORGANISER, Registration, State
from shared.domain.rule.repair import repair_until
from shared.domain.schools.awaited import awaited_colleagues
from shared.domain.schools.school import School
from shared.mails import calendar
from shared.mails.calendar import CalendarRevision
from shared.mails.letter import kept_until, render_letter
from shared.mails.wording import full_name, only_name, read_as
from shared.phrases.field_labels import given_fields
from shared.phrases.language import phrases_of


def confirmation(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    next_reminder: date | None,
    waits: ReasonCode | None = None,
) -> Mail:
    """Confirm a registration, with what the school still needs and when the next mail comes.

    `waits` is why a person is on the waiting list; None for a person who has a place.
    """
    facts = {
        "next_reminder": next_reminder,
        "is_closed": network.is_closed(registration.history[-1].at),
        "awaited": [only_name(name) for name in awaited_colleagues(registration, school.registrations)],
        "waits": waits,
        "read_as": read_as(registration, school),
        "over": waits is ReasonCode.SCHOOL_FULL,
        "advice": (network.rule.recommend or 0) - len(school.counted),
        **_organiser_facts(network, registration, registration.invited_by == ORGANISER),
    }
    return render_letter(
        "confirmation", network, registration, links, **facts, **_count_facts(network, school)
    )


def invited(
    network: Network, registration: Registration, inviter: Registration, school: School, links: PersonalLinks
) -> Mail:
    """Tell a person who registered them, with which data (GDPR, article 14), and how to cancel."""
    facts = _inviter_facts(network, registration, inviter)
    return render_letter("invited", network, registration, links, **facts, **_count_facts(network, school))


def complete(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Tell a person that their school, which was short, is complete."""
    facts = {"next_reminder": None, "is_closed": network.is_closed(at)}
    return render_letter("complete", network, registration, links, **facts, **_count_facts(network, school))


def changed(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Tell a person that their school is short after a colleague cancelled, and until when to repair it."""
    until = repair_until(network, school)
    facts = {
        "is_closed": network.is_closed(at),
        "repair_until": until and _last_day(network, until),
    }
    return render_letter("changed", network, registration, links, **facts, **_count_facts(network, school))


def unreachable(
    network: Network, registration: Registration, links: PersonalLinks, *, by_link: bool, may_correct: bool
) -> Mail:
    """Tell a person that no mail reaches a colleague whom they registered, or who came by their link."""
    return render_letter(
        "unreachable", network, registration, links, by_link=by_link, may_correct=may_correct
    )


def cancelled(network: Network, registration: Registration, links: PersonalLinks, moves: int = 0) -> Mail:
    """Confirm a cancellation; a person who was admitted gets a file that removes the sessions."""
    was_admitted = any(change.state is State.ADMITTED for change in registration.history)
    revision = CalendarRevision(registration.history[-1].at, registration.history, moves)
    file = calendar.withdrawal(network, revision) if was_admitted and network.sessions else None
    by_hand = registration.history[-1].by != "person"
    return render_letter(
        "cancelled",
        network,
        registration,
        links,
        attachments=(file,) if file else (),
        by_hand=by_hand,
        undo_until=_last_day(network, undo_until(network, registration)),
        has_file=bool(file),
    )


def reminder(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    today: date,
    next_reminder: date | None,
) -> Mail:
    """Remind a person how many colleagues their school still needs, and until when."""
    days_left = phrases_of(network).days_left((network.deadline_day - today).days)
    facts = {"days_left": days_left, "next_reminder": next_reminder, "is_closed": False}
    return render_letter("reminder", network, registration, links, **facts, **_count_facts(network, school))


def late(
    network: Network, registration: Registration, links: PersonalLinks, inviter: Registration | None = None
) -> Mail:
    """Tell a person that their registration is late but stored, who decides, and who registered them."""
    facts = _inviter_facts(network, registration, inviter) if inviter else {"inviter_name": ""}
    received = phrases_of(network).moment(network.local(registration.received_at))
    return render_letter("late", network, registration, links, received=received, **facts)


def admitted(
    network: Network, registration: Registration, links: PersonalLinks, sent_at: datetime, moves: int = 0
) -> Mail:
    """Admit a person, with every session as a calendar file; `moves` counts the moves of sessions."""
    revision = CalendarRevision(sent_at, registration.history, moves)
    files = (calendar.invitation(network, revision),) if network.sessions else ()
    is_new = not any(change.state in COUNTED for change in registration.history[-2:-1])
    facts = _organiser_facts(network, registration, is_new and registration.invited_by == ORGANISER)
    return render_letter("admitted", network, registration, links, attachments=files, **facts)


def moved(
    network: Network,
    registration: Registration,
    links: PersonalLinks,
    moves: Sequence[SessionMove],
    revision: CalendarRevision,
) -> Mail:
    """Tell a person which sessions changed, with files that correct their agenda."""
    removed = {move.number: move.was for move in moves if move.was and not move.now}
    files = [calendar.invitation(network, revision)] if network.sessions else []
    files += [calendar.withdrawal(network, revision, removed)] if removed else []
    return render_letter(
        "moved", network, registration, links, attachments=tuple(files), moves=moves, removed=removed
    )


def upcoming(network: Network, registration: Registration, links: PersonalLinks, session: Session) -> Mail:
    """Remind an admitted person of a session."""
    number = network.sessions.index(session) + 1
    return render_letter("upcoming", network, registration, links, session=session, number=number)


def held(network: Network, registration: Registration, school: School, links: PersonalLinks) -> Mail:
    """Tell a person that their place is uncertain: the school is short, or all places are taken."""
    return render_letter("held", network, registration, links, **_count_facts(network, school))


def declined(network: Network, registration: Registration, school: School, links: PersonalLinks) -> Mail:
    """Tell a person that they cannot take part, with the reason if the rule decided it."""
    because, present = _decline_reason(registration), _count_at_closing(school)
    return render_letter("declined", network, registration, links, because=because, present=present)


def _count_facts(network: Network, school: School) -> dict[str, int]:
    return {"present": len(school.counted), "missing": school.missing(network.rule.min_per_school)}


def _inviter_facts(network: Network, registration: Registration, inviter: Registration) -> dict[str, Any]:
    return _source_facts(network, registration, full_name(inviter, phrases_of(network)))


def _organiser_facts(network: Network, registration: Registration, is_by_hand: bool) -> dict[str, Any]:
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


def _count_at_closing(school: School) -> int:
    # People of a school are declined one at a time, and a declined person no longer counts.
    return len(school.counted) + sum(r.state is State.DECLINED for r in school.registrations)


def _decline_reason(registration: Registration) -> str:
    if any(change.state is State.LATE for change in registration.history):
        return "late"
    return "short" if registration.history and settled(registration.history).by == "check" else ""


def _last_day(network: Network, until: datetime) -> date:
    return network.local(until - timedelta(milliseconds=1)).date()
