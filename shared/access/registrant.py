"""A registrant's own page: whose page a token opens, and what the page and its forms read from the table."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.access.bearer import Bearer, address_bearer
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.address import may_confirm
from shared.domain.registration.bounces import (
    BouncedAddresses,
    addresses_of,
    bounced_addresses_of,
    brought_by,
)
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School, school_with
from shared.request import Request

if TYPE_CHECKING:
    from shared.access.links import Links

# Every token makes the same call to the table, so neither answer nor time tells which tokens we signed.
_NOBODY = Bearer("-", "-")


class OwnPage(NamedTuple):
    """The registrant `me` who opened their own page, with their network and their school.

    `everyone` is at least everybody in the school. `membership` names the school where it is stored.
    """

    network: Network
    me: Registration
    school: School
    everyone: tuple[Registration, ...]
    membership: str = ""


def open_own_page(
    table: Table,
    networks: Networks,
    links: "Links",
    schools: Schools,
    token: str,
    at: datetime,
    *,
    of_all: bool = False,
) -> OwnPage | None:
    """Return the page that a token opens; None for a token that opens nothing or an erased person's.

    With `of_all`, everyone in the network comes with it, but for who is aside.
    """
    me = registrant_of(table, links.read_me(token, at))
    network = networks.one(me.network if me else "", at)
    if not network or not me or me.state is State.QUARANTINED:  # who is aside was mailed no link
        return None
    stored = _stored_school(table, schools, network, me, at)
    if stored and not of_all:
        return stored
    everyone = tuple(r for r in table.everybody_but_aside(network.id) if not r.unjudged)
    if stored:
        return stored._replace(everyone=everyone)
    return OwnPage(network, me, school_with(me.person_key, schools.of(network, everyone, at)), everyone)


def _stored_school(
    table: Table, schools: Schools, network: Network, me: Registration, at: datetime
) -> OwnPage | None:
    """Return the page with the school of when schools were last grouped; None where that may be untrue.

    Where places are limited, who has one depends on all schools.
    """
    if network.registration.max_participants is not None:
        return None
    stored = table.memberships.read_school(me, schools.at(at))
    if not stored:
        return None
    school = stored.school
    if network.is_limited or school.missing(network.rule.min_per_school):  # perhaps an exception holds
        (school,) = schools.as_decided(network, [school], at)
    return OwnPage(network, me, school, school.registrations, stored.name)


def open_address_page(
    table: Table, networks: Networks, links: "Links", token: str, at: datetime
) -> tuple[Network, Registration] | None:
    """Return the network and the registrant whose requested address a token confirms; None if it does not."""
    bearer = links.read_address(token, at)
    me = table.registration(bearer.network, bearer.person_key) if bearer else None
    network = networks.one(me.network if me else "", at)
    if not bearer or not me or not network or not may_confirm(me, at):
        return None
    return (network, me) if address_bearer(me) == bearer else None


def bounced_addresses(table: Table, own_page: OwnPage) -> BouncedAddresses:
    """Return which of the addresses that this registrant gave us bounce; reads nothing if there are none."""
    me, brought = own_page.me, brought_by(own_page.me, own_page.everyone)
    keys = {address for person in brought for address in addresses_of(person)}
    mailboxes = [table.mailboxes.registered_with(me.network, key) for key in sorted(keys)]
    sharers = {r.reference: r for people in mailboxes for r in people}
    invitations = table.mails(me.network, f"{me.reference}-invitation-") if me.invitations else ()
    records = (*table.mails_to(me.network, list(sharers)), *invitations)
    return bounced_addresses_of(me, brought, records, tuple(sharers.values()))


def registrant_of(table: Table, bearer: Bearer | None) -> Registration | None:
    """Return the registration that a link belongs to; None for a revoked link or an erased person's."""
    network, person_key, version = bearer or _NOBODY
    registration = table.registration(network, person_key)
    if not registration or registration.unjudged:  # who is unjudged was mailed no link yet
        return None
    is_open = registration.email and registration.links_version == version
    return registration if is_open else None


def network_of_request(networks: Networks, links: "Links", request: Request) -> Network | None:
    """Return a request's network as it was last read, so that an error page can use its language."""
    bearer = links.read_me(request.parameters.get("token", ""), request.at)
    return networks.remembered(request.parameters.get("network") or (bearer.network if bearer else ""))
