"""POST /me/{token}, POST /links/{network}: registrants change what is theirs, or ask for their link."""

from functools import cache
from typing import Any, NamedTuple

from functions.amend.acts import ActionRequest, carry_out
from shared.access.cloudfront import behind_cloudfront
from shared.access.links import Links
from shared.access.registrant import OwnPage, bounced_addresses, network_of_request, open_own_page
from shared.aws.clients import stops_before_timeout
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.actions.registrant import (
    RegistrantAction,
    allowed_actions,
    has_reached_change_limit,
    request_links,
)
from shared.domain.email import email_address
from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import State
from shared.domain.text import clean
from shared.http import Problem, Response, page, redirect
from shared.log import hides_error_text, logger
from shared.pages import erased_page, links_page, own_page, revoked_page
from shared.pages.own import OwnPageView
from shared.pages.problems import (
    FOREIGN_ORIGIN,
    NOT_NOW,
    TOO_OFTEN,
    UNAVAILABLE,
    UNKNOWN_LINK,
    not_valid,
    refused,
)
from shared.phrases.language import phrases_of
from shared.request import Request, posted_fields, request
from shared.settings import settings

_LOG = logger("amend")
_ATTEMPTS = 5  # how often a change gives way to another of the same registration
_DONE = {
    RegistrantAction.CHANGE: "changed",
    RegistrantAction.INVITE: "invited",
    RegistrantAction.REPLACE: "replaced",
    RegistrantAction.CANCEL: "cancelled",
    RegistrantAction.RESTORE: "restored",
    RegistrantAction.LINKS: "links",
    RegistrantAction.DATA: "data",
}
# After these the link that was used opens nothing any more.
_LAST = {RegistrantAction.ERASE: erased_page, RegistrantAction.REVOKE: revoked_page}
# Whoever presses such a button twice is not told that it is no longer possible.
_ALREADY = {
    RegistrantAction.CANCEL: (State.CANCELLED,),
    RegistrantAction.RESTORE: (State.REGISTERED, State.LATE),
}


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    networks: Networks
    links: Links
    schools: Schools
    base_url: str


@cache
def services() -> Services:
    """Connect on first use."""
    told = settings()
    table = Table(Store(told.table))
    links = Links(link_keys(told.link_secret))
    return Services(table, Networks(table), links, Schools(table), told.base_url)


@hides_error_text
@stops_before_timeout
@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    try:
        act = _links if "network" in asked.parameters else _me
        response = refused(FOREIGN_ORIGIN, _network(asked)) if asked.is_from_another_site else act(asked)
    except UnavailableError:
        response = refused(UNAVAILABLE, _network(asked))
    _LOG.info("amended", status=response["statusCode"])
    return response


def _me(asked: Request) -> Response:
    typed = posted_fields(asked)
    for _ in range(_ATTEMPTS):
        table, networks, links, schools, _ = services()
        found = open_own_page(table, networks, links, schools, asked.parameters["token"], asked.at)
        if not found:
            return refused(UNKNOWN_LINK)
        response = _act(asked, found, typed)
        if response:
            return response
    raise UnavailableError("too many writes of the same registration at once")


def _act(asked: Request, found: OwnPage, typed: dict[str, str]) -> Response | None:
    """Do what is asked; None when the registration was changed meanwhile, and all must be judged again."""
    network, me, school, everyone = found
    act = next((act for act in RegistrantAction if act == typed.get("action")), None)
    if act and me.state in _ALREADY.get(act, ()):
        return _done(asked, act)
    if act not in allowed_actions(network, me, school, asked.at):
        return _again(asked, found, TOO_OFTEN if has_reached_change_limit(me) else NOT_NOW)
    table = services().table
    post = ActionRequest(
        network,
        me,
        school,
        everyone,
        typed,
        asked.at,
        asked.id,
        lambda key: table.registration(network.id, key),
    )
    try:
        changed = [r for r in carry_out(act, post) if r not in everyone]
    except InvalidError as invalid:
        return _again(asked, found, not_valid(*invalid.errors), typed)
    if changed and not table.save(*changed):
        return None
    return page(200, _LAST[act](network)) if act in _LAST else _done(asked, act)


def _done(asked: Request, act: RegistrantAction) -> Response:
    return redirect(f"/me/{asked.parameters['token']}?done={_DONE[act]}")


def _again(asked: Request, found: OwnPage, why: Problem, typed: dict[str, str] | None = None) -> Response:
    """Show the page with what is wrong, and what was typed."""
    network, me, school, _ = found
    table, _, links, _, base_url = services()
    forward = (base_url or asked.base_url) + links.forward(me, network)
    act, returned = (typed or {}).get("action", ""), bounced_addresses(table, found)
    view = OwnPageView(
        network, me, school, asked.at, asked.parameters["token"], forward, act=act, returned=returned
    )
    return page(why.status, own_page(view, why, _by_id(typed or {}, act)), form_to="")


def _by_id(typed: dict[str, str], act: str) -> dict[str, str]:
    """Return what was typed by the input that it was typed in; two forms ask for a colleague's address."""
    inputs = {"colleague_email": "invite_email"} if act == RegistrantAction.INVITE else {}
    return {inputs.get(name, name): value for name, value in typed.items()}


def _links(asked: Request) -> Response:
    network = services().networks.one(asked.parameters["network"], asked.at)
    if not network:
        return refused(UNKNOWN_LINK)
    typed = clean(posted_fields(asked).get("email", ""))
    try:
        email = email_address(typed)
    except ValueError:
        wrong = FieldError("email", "invalid_email", phrases_of(network).MISTAKES["invalid_email"])
        return page(422, links_page(network, problem=not_valid(wrong), typed=typed), form_to="")
    _mail_links(network, email, asked)
    return page(200, links_page(network, asked=True), form_to="")


def _mail_links(network: Network, email: str, asked: Request) -> None:
    """Have everybody on a mailbox mailed their links, with the same calls whether there is anybody or not."""
    mailboxes, key = services().table.mailboxes, address_key(network.id, email)
    there = [
        r for r in mailboxes.registrations_of(network.id, key) if r.email and r.state is not State.QUARANTINED
    ]
    asking = [request_links(r, asked.at) for r in there]
    mailboxes.save(network.id, key, *(r for r in asking if r not in there))


def _network(asked: Request) -> Network | None:
    try:
        _, networks, links, *_ = services()
    except UnavailableError:  # not even the keys of links can be read
        return None
    return network_of_request(networks, links, asked)
