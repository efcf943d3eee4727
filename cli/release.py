"""Turns a kept post into registrations, after the form's field map is corrected."""

from dataclasses import replace
from datetime import datetime

from functions.submit.entries import PostMoment, entries
from functions.submit.repair import with_repairs
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.form.draft import draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptPost
from shared.domain.form.reading import read_form
from shared.domain.form.submission import check
from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State


def release(
    post: KeptPost, network: Network, table: Table, schools: Schools, by: str, at: datetime
) -> tuple[Registration, ...]:
    """Register the people in a post as of its time, delete the post, and return the new registrations.

    Raises `InvalidError` for a post that still does not fit, and `RequestRefusedError` for a late post; both
    posts are kept. People who are registered already, or have left since, keep the registration they have.
    """
    submission = check(draft_of(read_form(post.answers, form_map(network.form))), network.form.questions)
    moment = PostMoment(post.received_at, post.id)
    suspicion = ReasonCode.HONEYPOT if submission.website else None
    posted = with_repairs(entries(submission, network, moment, "", suspicion), network, table, schools)
    pairs = [(r, _stored_registration(r, table)) for r in posted]
    registrant = pairs[0][1] or posted[0]
    new = tuple(_as_released(r, registrant, by, at) for r, stored in pairs if not stored)
    if new:
        table.register(new)
    table.kept_posts.delete(post)
    return new


def _stored_registration(registration: Registration, table: Table) -> Registration | None:
    """Return the stored registration of the same person, unless it was inactive at the time of the post."""
    in_mailbox = table.mailboxes.registered_with(registration.network, registration.person_key)
    same = (r for r in in_mailbox if r.is_erased or is_same_name(r.name, registration.name))
    return next((r for r in same if not _was_inactive(r, registration.received_at)), None)


def _was_inactive(stored: Registration, at: datetime) -> bool:
    """Say whether a registration was inactive at that moment and still is; an erased one never counts."""
    is_inactive = stored.state in (State.CANCELLED, State.QUARANTINED)
    return is_inactive and bool(stored.email) and settled(stored.history).at < at


def _as_released(registration: Registration, registrant: Registration, by: str, at: datetime) -> Registration:
    changed, mended = Reason(ReasonCode.FORM_CHANGED), Reason(ReasonCode.FORM_MENDED)
    quarantined = Change(registration.received_at, State.QUARANTINED, "person", reason=changed)
    released = Change(at, registration.state, by, reason=mended)
    invited_by = registrant.reference if registration.invited_by else ""
    return replace(registration, invited_by=invited_by, history=(quarantined, released))
