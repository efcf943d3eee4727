"""Writing to people: a message is shown as they will read it, and sent once after that."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from shared.access.organiser import OrganiserRequest
from shared.aws.table import Table
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.actions.organiser.writing import (
    PAGE,
    DraftMistake,
    MessageDraft,
    draft_mistakes,
    read_draft,
)
from shared.domain.mail import PersonalLinks
from shared.domain.message import MOST_A_DAY, Message
from shared.domain.registration.bounces import last_bounces, with_mailbox_sharers
from shared.domain.registration.registration import Registration
from shared.domain.report.audience import chosen_people
from shared.http import Response, page, redirect
from shared.mails.message import message_mail
from shared.mails.owed.context import by_reference
from shared.mails.owed.reach import may_be_written_to
from shared.pages.organiser import Desk
from shared.pages.organiser.writing import preview_page, writing_page

_A_DAY = timedelta(days=1)
_OWN_LINK = "#letter"
_NOTHING: Mapping[str, DraftMistake] = {}


class Addressees(NamedTuple):
    """Who gets a message, and who of those it is for does not, because no mail reaches them."""

    people: tuple[Registration, ...]
    left_out: tuple[Registration, ...]


def write_to_people(
    visit: OrganiserRequest, desk: Desk, fields: Mapping[str, str], context: OrderContext, table: Table
) -> Response:
    """Send a message that was confirmed, or show it, or what is wrong with it."""
    draft = read_draft(fields, visit.network)
    addressees = _addressees(draft, context, table)
    mistakes = draft_mistakes(draft, addressees.people)
    if mistakes or "edit" in fields:
        return _form(desk, draft, context, table, mistakes)
    if fields.get("step") != "do":
        return _preview(desk, draft, context, addressees)
    if not _send(visit, draft, addressees.people, table):
        return _form(desk, draft, context, table, full=True)
    return redirect(f"{visit.url(PAGE)}?done=1")


def _send(visit: OrganiserRequest, draft: MessageDraft, people: Sequence[Registration], table: Table) -> bool:
    """Store a message in the first free place of the day, unless that was done; False if there is none."""
    today = visit.network.local(visit.request.at).date()
    for number in range(1, MOST_A_DAY + 1):
        earlier = table.messages.messages_since(visit.network.id, today - _A_DAY)
        if any((each.token, each.by) == (draft.token, visit.address) for each in earlier):
            return True
        if any((each.day, each.number) == (today, number) for each in earlier):
            continue
        message = _message(visit, draft, people, number)
        if table.messages.put_message(message):
            return True
    return False


def _message(
    visit: OrganiserRequest, draft: MessageDraft, people: Sequence[Registration], number: int
) -> Message:
    at = visit.request.at
    return Message(
        visit.network.id,
        visit.network.local(at).date(),
        number,
        at,
        visit.address,
        draft.token,
        draft.subject,
        draft.text,
        draft.link,
        draft.audience,
        tuple(person.reference for person in people),
    )


def _addressees(draft: MessageDraft, context: OrderContext, table: Table) -> Addressees:
    chosen = chosen_people(context.network, context.standings, draft.audience)
    around = with_mailbox_sharers(chosen, context.registrations)
    records = table.mails_to(context.network.id, [r.reference for r in around])
    mails, bounces = by_reference(records), last_bounces(around, records)
    reached = tuple(r for r in chosen if may_be_written_to(r, mails.get(r.reference, ()), bounces))
    return Addressees(reached, tuple(r for r in chosen if r not in reached))


def _preview(desk: Desk, draft: MessageDraft, context: OrderContext, addressees: Addressees) -> Response:
    """Show the mail as the first of them reads it, with links that lead nowhere in place of their own."""
    first, *_ = addressees.people
    message = Message(
        desk.network.id, desk.at.date(), 1, desk.at, desk.address, "", *draft[:3], draft.audience, ()
    )
    mail = message_mail(desk.network, message, ((first, PersonalLinks(_OWN_LINK, "")),))
    keys = {r.person_key for r in addressees.people}
    schools = [
        s.school.name for s in context.standings if any(r.person_key in keys for r in s.school.registrations)
    ]
    return page(200, preview_page(desk, draft, *addressees, schools, mail), form_to="")


def _form(
    desk: Desk,
    draft: MessageDraft,
    context: OrderContext,
    table: Table,
    mistakes: Mapping[str, DraftMistake] = _NOTHING,
    *,
    full: bool = False,
) -> Response:
    messages = table.messages.messages_since(desk.network.id)
    mails = table.mails(desk.network.id) if messages else ()
    html = writing_page(desk, draft, context, messages, mails, mistakes, full=full)
    return page(422 if mistakes or full else 200, html, form_to="")
