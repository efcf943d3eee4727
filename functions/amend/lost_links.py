"""POST /links/{network}: somebody lost the mail with their links."""

from shared.aws.mailboxes import Mailboxes
from shared.domain.actions.registrant import request_links
from shared.domain.email import EmailError, email_address
from shared.domain.form.submission import FieldError
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import State
from shared.domain.text import clean
from shared.http import Response, page
from shared.pages import links_page
from shared.pages.problems import field_messages, not_valid
from shared.phrases.language import phrases_of
from shared.request import Request, posted_fields


def mail_lost_links(request: Request, network: Network, mailboxes: Mailboxes) -> Response:
    """Mail a person their links at the address that they typed; the answer tells nobody who is registered."""
    typed = clean(posted_fields(request).get("email", ""))
    try:
        email = email_address(typed)
    except EmailError as error:
        wrong = FieldError("email", "invalid_email", detail=error.mistake.value)
        errors = field_messages([wrong], phrases_of(network))
        return page(422, links_page(network, problem=not_valid(errors), typed=typed), form_to="")
    _request_links(network, email, request, mailboxes)
    return page(200, links_page(network, is_sent=True), form_to="")


def _request_links(network: Network, email: str, request: Request, mailboxes: Mailboxes) -> None:
    """Request a mail with links for everybody on a mailbox; the calls are the same if there is nobody."""
    key = address_key(network.id, email)
    stored = mailboxes.registered_with(network.id, key)
    people = [r for r in stored if r.email and not r.unjudged and r.state is not State.QUARANTINED]
    requesting = [request_links(r, request.at) for r in people]
    mailboxes.save(network.id, key, *(r for r in requesting if r not in people))
