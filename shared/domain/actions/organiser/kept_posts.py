"""A kept post becomes registrations as of when it was posted, or is dropped."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from shared.domain.actions.entries import PostSource, admit_repairs, as_stored, entries
from shared.domain.actions.organiser.by_hand import BY_HAND_FIELDS, AlreadyRegisteredError
from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.draft import Draft, draft, draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptPost, KeptReason, was_inactive
from shared.domain.form.reading import read_form
from shared.domain.form.submission import FieldError, InvalidError, Submission, check
from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.network.network import Network
from shared.domain.registration.colleague import dedupe, shares_mailbox
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.text import clean

PAGE, POST_PAGE, DROP = "posts", "post/", "/drop"
_ROW = "participants."
_ROW_INPUT = re.compile(r"participants\.(\d{1,2})\.(\w+)")
_MOST_ROWS = 20  # that one page shows; all that was sent stands above them


class Release(NamedTuple):
    """The people in a post: those to register, and the registrations of those who have one already."""

    new: tuple[Registration, ...]
    stored: tuple[Registration, ...]


def release(context: OrderContext, post: KeptPost, submission: Submission, note: str = "") -> Release:
    """Return what a post comes to when whoever gives the order registers it, with a note of why.

    Without a note the form's map was mended. A late post is late, whatever the network does with late ones.
    """
    source = PostSource(post.received_at, post.id)
    suspicion = ReasonCode.HONEYPOT if submission.website else None
    posted = entries(submission, context.network, source, suspicion)
    if posted[0].state is State.LATE:
        knowledge = context.knowledge.as_of(post.received_at)
        posted = admit_repairs(posted, context.registrations, context.network, knowledge)
    pairs = [(person, _stored(person, context)) for person in posted]
    registrant = pairs[0][1] or posted[0]
    new = tuple(_released(person, registrant, context, post, note) for person, stored in pairs if not stored)
    return Release(new, tuple(stored for _, stored in pairs if stored))


def filled_in(post: KeptPost, network: Network) -> dict[str, str]:
    """Return what a form to complete a post starts with: all that we read in it, and where it comes from."""
    read = _draft(post, network)
    rows = enumerate(read.colleagues[:_MOST_ROWS])
    people = {_row_field(at, field): row.values.get(field, "") for at, row in rows for field in PERSON_FIELDS}
    why = f"stond in de inzending van {network.local(post.received_at):%d-%m-%Y}"
    return {**{field: read.values.get(field, "") for field in BY_HAND_FIELDS}, **people, "why": why}


def typed_rows(typed: Mapping[str, str]) -> tuple[ColleagueRow, ...]:
    """Return the colleagues in what was typed; a row that was made empty is gone."""
    rows: dict[int, dict[str, str]] = {}
    for name, text in typed.items():
        row = _ROW_INPUT.fullmatch(name)
        if row and row[2] in PERSON_FIELDS and clean(text):
            rows.setdefault(int(row[1]), {})[row[2]] = clean(text)
    return tuple(ColleagueRow(f"{_ROW}{at}.{{}}", rows[where]) for at, where in enumerate(sorted(rows)))


def completion_order(context: OrderContext, post: KeptPost, typed: Mapping[str, str]) -> Order:
    """Return the order to register a post as it was completed; raise `InvalidError` with every mistake."""
    why = clean(typed.get("why", ""))[:300]
    released = release(context, post, _check(context, post, typed, why), why)
    if not released.new:
        raise AlreadyRegisteredError(released.stored[0])
    before = {r.person_key: r for r in context.registrations}
    return Order(
        OrganiserAction.COMPLETE,
        back=PAGE,
        save=tuple(as_stored(person, before) for person in dedupe(released.new)),
        register=released.new,
        asks_why=False,
        carries={name: text for name, text in typed.items() if _is_typed(name)},
        post=post,
    )


def drop_order(post: KeptPost) -> Order:
    """Return the order to delete a post."""
    return Order(OrganiserAction.DROP, back=PAGE, asks_why=False, post=post)


def _draft(post: KeptPost, network: Network) -> Draft:
    """Read a post as its form would be read now; what cannot be read is only shown."""
    if post.reason is KeptReason.UNREADABLE:
        return Draft()
    return draft_of(read_form(post.answers, form_map(network.form)))


def _check(context: OrderContext, post: KeptPost, typed: Mapping[str, str], why: str) -> Submission:
    """Return a post with what was typed in place of what was read, or raise every mistake at once."""
    read = _draft(post, context.network)
    kept = {field: read.values[field] for field in ("brin", "remarks") if field in read.values}
    values = draft([(field, typed.get(field, "")) for field in BY_HAND_FIELDS]).values
    errors = () if why else (FieldError("why", "required"),)
    whole = replace(read, values={**kept, **values}, colleagues=typed_rows(typed))
    try:
        submission = check(whole, context.network.form.questions)
    except InvalidError as invalid:
        errors = (*invalid.errors, *errors)
    if errors:
        raise InvalidError(errors)
    return submission


def _row_field(at: int, field: str) -> str:
    return f"{_ROW}{at}.{field}"


def _is_typed(name: str) -> bool:
    return name in (*BY_HAND_FIELDS, "why") or name.startswith(_ROW)


def _stored(person: Registration, context: OrderContext) -> Registration | None:
    """Return the registration of the same person, unless it was inactive when the post came."""
    mailbox = [r for r in context.registrations if shares_mailbox(r, person)]
    same = (r for r in mailbox if r.is_erased or is_same_name(r.name, person.name))
    return next((r for r in same if not was_inactive(r, person.received_at)), None)


def _released(
    person: Registration, registrant: Registration, context: OrderContext, post: KeptPost, note: str
) -> Registration:
    changed = Reason(ReasonCode.FORM_CHANGED) if post.reason is KeptReason.CHANGED_FORM or not note else None
    mended = None if note else Reason(ReasonCode.FORM_MENDED)
    kept = Change(person.received_at, State.QUARANTINED, "person", reason=changed)
    released = Change(context.now, person.state, context.by, note, mended)
    # Who waits for something else than the form does so since the post came.
    history = person.history if person.state is State.QUARANTINED else (kept, released)
    return replace(person, invited_by=registrant.reference if person.invited_by else "", history=history)
