"""The mails to registrants; their texts are in `templates/nl` and `templates/en`, one file per mail."""

from collections.abc import Sequence
from datetime import date, datetime

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.network.sessions import removed_sessions, session_changes, sessions_ahead
from shared.domain.registration.cause import Cause, cause_of
from shared.domain.registration.erasure import undo_until
from shared.domain.registration.history import settled
from shared.domain.registration.registration import COUNTED, ORGANISER, Registration
from shared.domain.schools.awaited import awaited_colleagues
from shared.domain.schools.school import School
from shared.mails import calendar
from shared.mails.calendar import CalendarRevision
from shared.mails.facts import (
    cause_facts,
    clock_facts,
    count_facts,
    has_left,
    inviter_facts,
    last_day,
    organiser_facts,
    time_facts,
    withdrawal,
)
from shared.mails.letter import render_letter
from shared.mails.wording import only_name, read_as
from shared.phrases.language import phrases_of


def confirmation(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    next_reminder: date | None,
    at: datetime | None = None,
) -> Mail:
    """Confirm a registration, with what the school needs at an instant and when the next mail comes.

    The mail can go later than they registered: it waited for an evening, or an organiser had it sent again.
    """
    facts = {
        "next_reminder": next_reminder,
        **time_facts(network, school, at or registration.history[-1].at),
        "awaited": [only_name(name) for name in awaited_colleagues(registration, school.registrations)],
        "read_as": read_as(registration, school),
        "advice": (network.rule.recommend or 0) - len(school.counted),
        **organiser_facts(network, registration, registration.invited_by == ORGANISER),
    }
    return render_letter(
        "confirmation", network, registration, links, **facts, **count_facts(network, registration, school)
    )


def invited(
    network: Network,
    registration: Registration,
    inviter: Registration,
    school: School,
    links: PersonalLinks,
    at: datetime | None = None,
) -> Mail:
    """Tell a person who registered them, with which data (GDPR, article 14), and how to cancel."""
    facts = inviter_facts(network, registration, inviter)
    facts |= time_facts(network, school, at or registration.history[-1].at)
    return render_letter(
        "invited", network, registration, links, **facts, **count_facts(network, registration, school)
    )


def complete(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Tell a person that their school, which was short, is complete."""
    facts = {"next_reminder": None, **time_facts(network, school, at)}
    return render_letter(
        "complete", network, registration, links, **facts, **count_facts(network, registration, school)
    )


def changed(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    at: datetime,
    told_at: datetime | None = None,
) -> Mail:
    """Tell a person that their school is short, and until when to repair it.

    That a colleague left it says only of who did after `told_at`: a rule, or how schools are typed, may
    have changed instead.
    """
    facts = {
        "has_left": has_left(school, told_at),
        "is_unconfirmed": has_left(school, told_at, unconfirmed=True),
        **time_facts(network, school, at),
    }
    return render_letter(
        "changed", network, registration, links, **facts, **count_facts(network, registration, school)
    )


def unreachable(
    network: Network, registration: Registration, links: PersonalLinks, *, by_link: bool, may_correct: bool
) -> Mail:
    """Tell a person that no mail reaches a colleague whom they registered, or who came by their link."""
    return render_letter(
        "unreachable", network, registration, links, by_link=by_link, may_correct=may_correct
    )


def about_places(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Tell a person that they wait for a place now, or no longer do, and what their school still needs."""
    counts = count_facts(network, registration, school)
    facts = {"next_reminder": None, **time_facts(network, school, at), **counts}
    return render_letter("waiting" if counts["waits"] else "place", network, registration, links, **facts)


def cancelled(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    moves: int = 0,
    owner: str = "",
) -> Mail:
    """Confirm a cancellation; a person who was admitted gets a file that removes the sessions."""
    return render_letter(
        "cancelled",
        network,
        registration,
        links,
        by_hand=registration.history[-1].by != "person",
        undo_until=last_day(network, undo_until(network, registration)),
        **cause_facts(network, registration, school),
        **withdrawal(network, registration, moves, owner),
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
    return render_letter(
        "reminder", network, registration, links, **facts, **count_facts(network, registration, school)
    )


def deadline(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    before: Network | None,
    next_reminder: date | None,
    at: datetime,
) -> Mail:
    """Tell a person that the deadline moved; `before` is the network with the one they read, if known.

    Whoever takes part also reads of it while their school may replace somebody: only that makes it certain.
    """
    facts = {
        "was": before and phrases_of(network).deadline(before),
        "next_reminder": next_reminder,
        **time_facts(network, school, at),
    }
    counts = count_facts(network, registration, school)
    if counts["waived"] or not counts["missing"]:
        facts["repair_until"] = None
    return render_letter("deadline", network, registration, links, **facts, **counts)


def late(
    network: Network,
    registration: Registration,
    links: PersonalLinks,
    inviter: Registration | None = None,
    at: datetime | None = None,
) -> Mail:
    """Tell a person that their registration is late but stored, who decides, and who registered them.

    In a window that was opened again they can still be in time.
    """
    facts = inviter_facts(network, registration, inviter) if inviter else {"inviter_name": ""}
    facts |= {
        "received": phrases_of(network).moment(network.local(registration.received_at)),
        **clock_facts(network, at or registration.received_at),
    }
    return render_letter("late", network, registration, links, **facts)


def admitted(
    network: Network,
    registration: Registration,
    links: PersonalLinks,
    decided_at: datetime,
    moves: int = 0,
    owner: str = "",
    at: datetime | None = None,
) -> Mail:
    """Admit a person, with every session as a calendar file; see `CalendarRevision` for moves and owner.

    `at` is when the mail goes: some sessions may be over.
    """
    revision = CalendarRevision(decided_at, registration.history, moves, owner)
    ahead = sessions_ahead(network, at or decided_at)
    files = (calendar.invitation(network, revision),) if ahead else ()
    is_new = not any(change.state in COUNTED for change in registration.history[-2:-1])
    facts = organiser_facts(network, registration, is_new and registration.invited_by == ORGANISER)
    return render_letter("admitted", network, registration, links, attachments=files, ahead=ahead, **facts)


def moved(
    network: Network,
    registration: Registration,
    links: PersonalLinks,
    entries: Sequence[str],
    revision: CalendarRevision,
) -> Mail:
    """Tell a person which sessions changed since an earlier mail, with files that correct their agenda."""
    today = network.local(revision.sent_at).date()
    removed, moves = removed_sessions(entries, network, today), session_changes(entries, network, today)
    files = [calendar.invitation(network, revision)] if network.sessions else []
    files += [calendar.withdrawal(network, revision, removed)] if removed else []
    facts = {"moves": moves, "files": len(files), "ahead": sessions_ahead(network, revision.sent_at)}
    return render_letter("moved", network, registration, links, attachments=tuple(files), **facts)


def confirm(network: Network, registration: Registration, links: PersonalLinks) -> Mail:
    """Ask a person to confirm their address, with until when that keeps their place."""
    return render_letter("confirm", network, registration, links)


def unconfirmed(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    moves: int = 0,
    owner: str = "",
) -> Mail:
    """Tell a person that they count no longer, and how to confirm; with a file as for `held`."""
    facts = cause_facts(network, registration, school) | withdrawal(network, registration, moves, owner)
    return render_letter("unconfirmed", network, registration, links, **facts)


def upcoming(network: Network, registration: Registration, links: PersonalLinks, session: Session) -> Mail:
    """Remind an admitted person of a session."""
    number = network.agenda.index(session) + 1
    return render_letter("upcoming", network, registration, links, session=session, number=number)


def held(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    moves: int = 0,
    owner: str = "",
    at: datetime | None = None,
) -> Mail:
    """Tell a person that their place is uncertain, and why; a file removes the sessions of who had one.

    Where the mail goes again, the deadline may have moved since, and the school have become complete: `at` is
    when it goes.
    """
    facts = cause_facts(network, registration, school) | withdrawal(network, registration, moves, owner)
    facts["is_closed"] = network.is_closed(at or settled(registration.history).at)
    counts = count_facts(network, registration, school)
    was_short = cause_of(registration) in (Cause.SCHOOL_SHORT, Cause.COLLEAGUE_LEFT)
    facts["is_mended"] = was_short and (school.is_waived or not counts["missing"])
    return render_letter("held", network, registration, links, **facts, **counts)


def declined(
    network: Network,
    registration: Registration,
    school: School,
    links: PersonalLinks,
    moves: int = 0,
    owner: str = "",
    at: datetime | None = None,
) -> Mail:
    """Tell a person that they cannot take part, and why; `at` and the file are as for `held`."""
    facts = cause_facts(network, registration, school) | withdrawal(network, registration, moves, owner)
    facts["is_closed"] = network.is_closed(at or settled(registration.history).at)
    return render_letter("declined", network, registration, links, **facts)
