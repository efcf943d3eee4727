"""The page to write to people, with what became of what organisers wrote before."""

import secrets

from shared.access.organiser import OrganiserRequest
from shared.aws.table import Table
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.actions.organiser.writing import MessageDraft
from shared.domain.message import Audience
from shared.http import Response, page
from shared.pages.organiser import Desk
from shared.pages.organiser.writing import writing_page

_LONGEST_REFERENCE = 20


def show_writing(visit: OrganiserRequest, desk: Desk, context: OrderContext, table: Table) -> Response:
    """Show an empty form; a link from a school's page chooses that school."""
    query = visit.request.query
    audience = Audience(school=query.get("school", "")[:_LONGEST_REFERENCE])
    draft = MessageDraft(audience=audience, token=secrets.token_hex(16))
    messages = table.messages.messages_since(visit.network.id)
    mails = table.mails(visit.network.id) if messages else ()
    html = writing_page(desk, draft, context, messages, mails, is_done="done" in query)
    return page(200, html, form_to="")
