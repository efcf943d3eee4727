"""A post that was kept becomes registrations, now that the form's map is mended."""

from dataclasses import replace
from datetime import datetime

from functions.submit.entries import PostMoment, entries
from functions.submit.repair import with_repairs
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.form.draft import draft
from shared.domain.form.misfit import Misfit
from shared.domain.form.submission import check
from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State


def release(
    misfit: Misfit, network: Network, table: Table, schools: Schools, by: str, at: datetime
) -> tuple[Registration, ...]:
    """Register everyone in a post as of when it came, and forget the post; return who was not there yet.

    Raises `InvalidError` for a post that does not fit still, and `RefusedError` for one that came too late;
    both are left as they are. Who is there already, or left since, keeps what they have.
    """
    post = check(draft(misfit.sent, network.form.field_map))
    moment = PostMoment(misfit.received_at, misfit.id)
    robot = ReasonCode.HONEYPOT if post.website else None
    posted = with_repairs(entries(post, network, moment, "", robot), network, table, schools)
    found = [(r, _known(r, table)) for r in posted]
    registrant = found[0][1] or posted[0]
    new = tuple(_freed(r, registrant, by, at) for r, known in found if not known)
    if new:
        table.register(new)
    table.misfits.delete(misfit)
    return new


def _known(person: Registration, table: Table) -> Registration | None:
    """Return the same person as they are stored, unless they were off the list when they posted."""
    there = table.mailboxes.registrations_of(person.network, person.person_key)
    same = (r for r in there if r.is_erased or is_same_name(r.name, person.name))
    return next((r for r in same if not _was_off(r, person.received_at)), None)


def _was_off(stored: Registration, at: datetime) -> bool:
    """Say whether somebody had left, or was in quarantine, and is so still; who was forgotten stays so."""
    off = stored.state in (State.CANCELLED, State.QUARANTINED)
    return off and bool(stored.email) and settled(stored.history).at < at


def _freed(person: Registration, registrant: Registration, by: str, at: datetime) -> Registration:
    changed, mended = Reason(ReasonCode.FORM_CHANGED), Reason(ReasonCode.FORM_MENDED)
    waited = Change(person.received_at, State.QUARANTINED, "person", reason=changed)
    freed = Change(at, person.state, by, reason=mended)
    invited_by = registrant.reference if person.invited_by else ""
    return replace(person, invited_by=invited_by, history=(waited, freed))
