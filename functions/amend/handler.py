"""POST /me/{token}, POST /links/{network}: a registrant changes what is theirs, or asks for their link."""

import secrets
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from functions.amend.actions import carry_out, proven
from functions.amend.inputs import by_input_id
from functions.amend.lost_links import mail_lost_links
from functions.amend.request import ActionRequest
from shared.access.links import Links
from shared.access.registrant import (
    OwnPage,
    bounced_addresses,
    network_of_request,
    open_address_page,
    open_own_page,
)
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
)
from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.network.network import Network
from shared.domain.registration.address import same_person_at, with_address
from shared.domain.registration.bounces import BouncedAddresses, bounce_of, last_bounces, with_mailbox_sharers
from shared.domain.registration.confirming import confirmed_there
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.membership import joining
from shared.domain.schools.school_domains import SchoolDomains
from shared.http import Problem, Response, page, redirect
from shared.http_function import http_function
from shared.pages import address_page, erased_page, own_page, revoked_page
from shared.pages.own import OwnPageView
from shared.pages.problems import (
    ADDRESS_TAKEN,
    NOT_NOW,
    TOO_OFTEN,
    UNKNOWN_LINK,
    field_messages,
    not_valid,
    refused,
)
from shared.phrases.language import phrases_of
from shared.problems import FOREIGN_ORIGIN, UNAVAILABLE
from shared.request import Request, posted_fields
from shared.settings import read_settings

_ATTEMPTS = 5  # a change is judged anew when another write of the same registration came first
_DONE = {
    RegistrantAction.CHANGE: "changed",
    RegistrantAction.ANSWER: "answered",
    RegistrantAction.INVITE: "invited",
    RegistrantAction.BRING: "brought",
    RegistrantAction.CORRECT: "corrected",
    RegistrantAction.ADDRESS: "asked-address",
    RegistrantAction.REPLACE: "replaced",
    RegistrantAction.CANCEL: "cancelled",
    RegistrantAction.RESTORE: "restored",
    RegistrantAction.LINKS: "links",
    RegistrantAction.DATA: "data",
    RegistrantAction.CONFIRM: "confirmed",
}
# After these actions the link no longer opens anything.
_CLOSING_PAGES = {RegistrantAction.ERASE: erased_page, RegistrantAction.REVOKE: revoked_page}
# For these it matters whether anybody in the network is at an address, or has its domain.
_OF_ALL = frozenset(
    {RegistrantAction.BRING, RegistrantAction.CORRECT, RegistrantAction.ERASE, RegistrantAction.REPLACE}
)
# A second press of these buttons counts as done, not as impossible.
_ALREADY = {
    RegistrantAction.CANCEL: (State.CANCELLED,),
    RegistrantAction.RESTORE: (State.REGISTERED, State.LATE),
}


class Services(NamedTuple):
    """The services that this function talks to."""

    table: Table
    networks: Networks
    links: Links
    schools: Schools
    base_url: str


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    table = Table(Store(settings.table))
    links = Links(link_keys(settings.link_secret))
    return Services(table, Networks(table), links, Schools(table), settings.base_url)


@http_function("amend", "amended", unavailable=lambda request: refused(UNAVAILABLE, _network(request)))
def handler(request: Request) -> Response:
    """Carry out a form of our own pages; a form of another site does nothing."""
    if request.is_from_another_site:
        return refused(FOREIGN_ORIGIN, _network(request))
    if "network" not in request.parameters:
        return _change_own(request)
    network = services().networks.one(request.parameters["network"], request.at)
    return mail_lost_links(request, network, services().table.mailboxes) if network else refused(UNKNOWN_LINK)


def _change_own(request: Request) -> Response:
    fields = posted_fields(request)
    for _ in range(_ATTEMPTS):
        table, networks, links, schools, _ = services()
        token, of_all = request.parameters["token"], fields.get("action") in _OF_ALL
        own = open_own_page(table, networks, links, schools, token, request.at, of_all=of_all)
        response = _carry_out(request, own, fields) if own else _confirm_address(request, fields)
        if response:
            return response
    raise UnavailableError("too many writes of the same registration at once")


def _carry_out(request: Request, own: OwnPage, fields: dict[str, str]) -> Response | None:
    """Carry out an action; None if another write came first and the action must be judged anew."""
    network, me, school, everyone, _ = own
    action = next((each for each in RegistrantAction if each == fields.get("action")), None)
    if action and _is_done(action, me, fields):
        return _redirect_done(request, action)
    if action not in allowed_actions(network, me, school, request.at):
        return _show_again(request, own, TOO_OFTEN if has_reached_change_limit(me) else NOT_NOW)
    table = services().table
    post = ActionRequest(
        network,
        me,
        school,
        everyone,
        fields,
        request.at,
        secrets.token_hex(16),
        lambda key: table.registration(network.id, key),
        bounced_addresses(table, own) if action is RegistrantAction.CORRECT else BouncedAddresses(),
        services().schools.register(request.at),
    )
    try:
        done = proven(post, carry_out(action, post))
        changed = [r for r in done if r not in everyone]
    except InvalidError as invalid:
        refusal = not_valid(field_messages(invalid.errors, phrases_of(network)))
        return _show_again(request, own, refusal, fields)
    if changed and not _save(table, changed, is_address=action is RegistrantAction.CORRECT):
        return None
    if own.membership:
        _join(table, own, changed)
    closing_page = _CLOSING_PAGES.get(action)
    return page(200, closing_page(network)) if closing_page else _redirect_done(request, action)


def _join(table: Table, own: OwnPage, changed: Sequence[Registration]) -> None:
    """Store that whom a registrant brought is of their school, so that the next page shows them already."""
    members = {r.person_key for r in own.school.registrations}
    brought = (r for r in changed if own.me.reference in (r.invited_by, r.via))
    came = [r for r in brought if r.person_key not in members]
    table.memberships.add_members(own.network.id, joining(came, own.membership))


def _save(table: Table, changed: Sequence[Registration], *, is_address: bool) -> bool:
    """Store who changed; the address of the last of them is what changed, if one did."""
    if not is_address:
        return table.save_in_pieces(*changed)
    return all(map(table.save, changed[:-1])) and table.save_address(changed[-1])


def _confirm_address(request: Request, fields: dict[str, str]) -> Response | None:
    """Give a registrant the address that they asked for, now that somebody reads it; None to judge anew."""
    table, networks, links, schools, _ = services()
    wish = open_address_page(table, networks, links, request.parameters["token"], request.at)
    if not wish:
        return refused(UNKNOWN_LINK)
    network, me = wish
    if fields.get("sure") != "yes":
        unticked = field_messages([FieldError("address_sure", "required")], phrases_of(network))
        return page(422, address_page(network, me, not_valid(unticked)), form_to="")
    everyone = table.registrations(network.id)
    if same_person_at(me, me.new_email, everyone):
        return refused(ADDRESS_TAKEN, network)
    sharers = with_mailbox_sharers([me], everyone)
    mails = table.mails_to(network.id, [r.reference for r in sharers])
    is_dead = bounce_of(me, last_bounces(sharers, mails))
    domain = SchoolDomains(everyone, schools.register(request.at)).of(me)
    moved = with_address(me, me.new_email, request.at, "person", tells_former=not is_dead, domain=domain)
    changed = confirmed_there(network, moved, request.at)
    is_saved = table.save_address(changed)
    return redirect(f"{links.me(changed, network)}?done=address") if is_saved else None


def _is_done(action: RegistrantAction, me: Registration, fields: dict[str, str]) -> bool:
    """Say whether this is a second press of a button."""
    if action is RegistrantAction.BRING:
        return fields.get("colleague_name") not in me.without_address
    if action is RegistrantAction.CONFIRM:
        return me.confirmed_at is not None and me.state is not State.UNCONFIRMED
    return me.state in _ALREADY.get(action, ())


def _redirect_done(request: Request, action: RegistrantAction) -> Response:
    return redirect(f"/me/{request.parameters['token']}?done={_DONE[action]}")


def _show_again(
    request: Request, own: OwnPage, refusal: Problem, fields: dict[str, str] | None = None
) -> Response:
    """Show the own page with a refusal and with what was typed."""
    network, me, school, *_ = own
    table, _, links, _, base_url = services()
    forward = (base_url or request.base_url) + links.forward(me, network)
    action, bounced = (fields or {}).get("action", ""), bounced_addresses(table, own)
    token = request.parameters["token"]
    view = OwnPageView(network, me, school, request.at, token, forward, act=action, bounced=bounced)
    return page(refusal.status, own_page(view, refusal, by_input_id(view, fields or {})), form_to="")


def _network(request: Request) -> Network | None:
    try:
        _, networks, links, *_ = services()
    except UnavailableError:  # not even the keys of links can be read
        return None
    return network_of_request(networks, links, request)
