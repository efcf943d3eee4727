"""Whose page a token opens, and all that the page and its forms need of the table."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.access.bearer import Bearer
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.bounces import BouncedAddresses, bounced_addresses_of, brought_by
from shared.domain.registration.registration import Registration
from shared.domain.schools.school import School, school_of
from shared.request import Request

if TYPE_CHECKING:
    from shared.access.links import Links

# Any token asks the table the same, so that neither the answer nor its time tells which tokens we signed.
_NOBODY = Bearer("-", "-")


class OwnPage(NamedTuple):
    """Somebody who opened their own page, and the network and school that they are of."""

    network: Network
    me: Registration
    school: School
    everyone: tuple[Registration, ...]


def open_own_page(
    table: Table, networks: Networks, links: "Links", schools: Schools, token: str, at: datetime
) -> OwnPage | None:
    """Return who a token is of; None for any token that opens nothing, and for who had their data erased."""
    me = registrant_of(table, links.read_me(token, at))
    network = networks.one(me.network if me else "", at)
    if not network or not me:
        return None
    everyone = table.registrations(network.id)
    return OwnPage(network, me, school_of(me.person_key, everyone, schools.at(at)), everyone)


def bounced_addresses(table: Table, found: OwnPage) -> BouncedAddresses:
    """Return which of the addresses that somebody gave us take no mail; asks nothing of who gave us none."""
    me, brought = found.me, brought_by(found.me, found.everyone)
    of = [f"{r.reference}-" for r in brought] + [f"{me.reference}-invitation-"] * bool(me.invitations)
    return bounced_addresses_of(
        me, brought, [mail for prefix in of for mail in table.mails(me.network, prefix)]
    )


def registrant_of(table: Table, bearer: Bearer | None) -> Registration | None:
    """Return whose link was read; None for a revoked one, and for who had their data erased."""
    asked = bearer or _NOBODY
    found = table.registration(asked.network, asked.person_key)
    return found if found and found.email and found.links_version == asked.version else None


def network_of_request(networks: Networks, links: "Links", asked: Request) -> Network | None:
    """Return the network that a request is of, as it was last read: a failure is said in its language."""
    bearer = links.read_me(asked.parameters.get("token", ""), asked.at)
    return networks.remembered(asked.parameters.get("network") or (bearer.network if bearer else ""))
