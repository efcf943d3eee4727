"""What we mail to who registers; the words are in `templates/nl` and `templates/en`, one file per mail."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.network.sessions import SessionMove
from shared.domain.registration.erasure import undo_until
from shared.domain.registration.history import settled
from shared.domain.registration.registration import COUNTED, ORGANISER, Registration, State
from shared.domain.rule.standing import repair_until
from shared.domain.rule.waiting_list import OVER
from shared.domain.schools.school import School
from shared.mails import calendar
from shared.mails.calendar import CalendarRevision
from shared.mails.letter import kept_until, render_letter
from shared.mails.mail import Mail, PersonalLinks
from shared.mails.wording import full_name, read_as
from shared.phrases.field_labels import your
from shared.phrases.language import phrases_of


def confirmation(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    next_reminder: date | None,
    waits: str = "",
) -> Mail:
    """Say that we have someone, what their school still needs, and when they hear from us again.

    `waits` is why somebody is on a waiting list ; empty for who has a place.
    """
    facts = {
        "next_reminder": next_reminder,
        "closed": network.is_closed(registration.history[-1].at),
        "waits": waits,
        "read_as": read_as(registration, school),
        "over": waits == OVER,
        "advice": (network.rule.recommend or 0) - len(school.counted),
        **_by_hand(network, registration, registration.invited_by == ORGANISER),
    }
    return render_letter("confirmation", network, registration, links, **facts, **_standing(network, school))


def invited(
    network: Network, registration: Registration, inviter: Registration, school: School, links: PersonalLinks
) -> Mail:
    """Tell someone who registered them and what we were told (GDPR, article 14), and how to leave."""
    facts = _from_whom(network, registration, inviter)
    return render_letter("invited", network, registration, links, **facts, **_standing(network, school))


def complete(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Tell someone who heard that their school was short that it no longer is."""
    facts = {"next_reminder": None, "closed": network.is_closed(at)}
    return render_letter("complete", network, registration, links, **facts, **_standing(network, school))


def changed(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Tell someone whose colleague left that their school is short again, and until when to mend that."""
    until = repair_until(network, school)
    facts = {
        "closed": network.is_closed(at),
        "repair_until": until and _last_day(network, until),
    }
    return render_letter("changed", network, registration, links, **facts, **_standing(network, school))


def cancelled(network: Network, registration: Registration, links: PersonalLinks, moves: int = 0) -> Mail:
    """Confirm to someone that they are off the list; the sessions leave the agenda of who had them there."""
    had_them = any(change.state is State.ADMITTED for change in registration.history)
    turn = CalendarRevision(registration.history[-1].at, registration.history, moves)
    gone = calendar.withdrawal(network, turn) if had_them and network.sessions else None
    by_hand = registration.history[-1].by != "person"
    return render_letter(
        "cancelled",
        network,
        registration,
        links,
        attachments=(gone,) if gone else (),
        by_hand=by_hand,
        undo_until=_last_day(network, undo_until(network, registration)),
        has_file=bool(gone),
    )


def reminder(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    today: date,
    next_reminder: date | None,
) -> Mail:
    """Remind someone of a short school of what is missing and until when."""
    days_left = phrases_of(network).days_left((network.deadline_day - today).days)
    facts = {"days_left": days_left, "next_reminder": next_reminder, "closed": False}
    return render_letter("reminder", network, registration, links, **facts, **_standing(network, school))


def late(
    network: Network, registration: Registration, links: PersonalLinks, inviter: Registration | None = None
) -> Mail:
    """Say that somebody was too late, that we kept it, who decides now, and who registered them."""
    facts = _from_whom(network, registration, inviter) if inviter else {"inviter_name": ""}
    received = phrases_of(network).moment(network.local(registration.received_at))
    return render_letter("late", network, registration, links, received=received, **facts)


def admitted(
    network: Network, registration: Registration, links: PersonalLinks, sent_at: datetime, moves: int = 0
) -> Mail:
    """Say that someone takes part, with every session as a calendar file; `moves` is how often some moved."""
    turn = CalendarRevision(sent_at, registration.history, moves)
    files = (calendar.invitation(network, turn),) if network.sessions else ()
    came = not any(change.state in COUNTED for change in registration.history[-2:-1])
    facts = _by_hand(network, registration, came and registration.invited_by == ORGANISER)
    return render_letter("admitted", network, registration, links, attachments=files, **facts)


def moved(
    network: Network,
    registration: Registration,
    links: PersonalLinks,
    moves: Sequence[SessionMove],
    turn: CalendarRevision,
) -> Mail:
    """Say which sessions are no longer as someone has them, with files that put their agenda right."""
    gone = {move.number: move.was for move in moves if move.was and not move.now}
    files = [calendar.invitation(network, turn)] if network.sessions else []
    files += [calendar.withdrawal(network, turn, gone)] if gone else []
    return render_letter(
        "moved", network, registration, links, attachments=tuple(files), moves=moves, gone=gone
    )


def upcoming(network: Network, registration: Registration, links: PersonalLinks, session: Session) -> Mail:
    """Remind someone who takes part of a session."""
    number = network.sessions.index(session) + 1
    return render_letter("upcoming", network, registration, links, session=session, number=number)


def held(network: Network, registration: Registration, school: School, links: PersonalLinks) -> Mail:
    """Say that a place is not certain, because the school was short or the room full, and what now."""
    return render_letter("held", network, registration, links, **_standing(network, school))


def declined(network: Network, registration: Registration, school: School, links: PersonalLinks) -> Mail:
    """Say that someone cannot take part and why, as far as the rule decided it."""
    because, present = _because(registration), _declined_or_counted(school)
    return render_letter("declined", network, registration, links, because=because, present=present)


def _standing(network: Network, school: School) -> dict[str, int]:
    return {"present": len(school.counted), "missing": school.missing(network.rule.min_per_school)}


def _from_whom(network: Network, registration: Registration, inviter: Registration) -> dict[str, Any]:
    return _source(network, registration, full_name(inviter, phrases_of(network)))


def _by_hand(network: Network, registration: Registration, so: bool) -> dict[str, Any]:
    return _source(network, registration, network.organiser.name) if so else {"inviter_name": ""}


def _source(network: Network, registration: Registration, name: str) -> dict[str, Any]:
    """Return who gave us somebody's data, which, and how long we keep it (GDPR, article 14)."""
    given = _given(network, registration)
    return {"inviter_name": name, "given": given, "kept_until": kept_until(network)}


def _given(network: Network, registration: Registration) -> str:
    """Return which data of this person we were given, in words and without the data."""
    given = [field for field in (*PERSON_FIELDS, "school") if getattr(registration, field)]
    return phrases_of(network).listing([your(field, network.language) for field in given])


def _declined_or_counted(school: School) -> int:
    # A decision reaches a school one person at a time; who is declined already no longer counts.
    return len(school.counted) + sum(r.state is State.DECLINED for r in school.registrations)


def _because(registration: Registration) -> str:
    if any(change.state is State.LATE for change in registration.history):
        return "late"
    return "short" if registration.history and settled(registration.history).by == "check" else ""


def _last_day(network: Network, until: datetime) -> date:
    return network.local(until - timedelta(milliseconds=1)).date()
