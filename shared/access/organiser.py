"""A visit to an organiser's pages: whose door it is, whether they have come in, and what they find there."""

from typing import NamedTuple
from urllib.parse import quote

from shared.access.bearer import Bearer
from shared.access.links import Links, organiser
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.network.network import Network
from shared.pages.organiser import Desk
from shared.request import Request

COOKIE = "__Secure-tweetal"  # browsers keep such a cookie only when it is Secure (RFC 6265bis, 4.1.3.1)


class OrganiserRequest(NamedTuple):
    """A request with a link that leads somewhere; `session` is empty for who has not signed in."""

    asked: Request
    network: Network
    organiser: Bearer
    address: str
    home: str
    session: str = ""

    @property
    def page(self) -> str:
        """Which page is asked for, below home; empty for home itself."""
        return self.asked.parameters.get("page", "")

    def url(self, page: str = "") -> str:
        """Return the path of a page."""
        return f"{self.home}/{quote(page)}" if page else self.home

    def desk(self, links: Links) -> Desk:
        """Return what every page behind the door needs."""
        form = links.form(self.session)
        return Desk(self.network, self.address, self.home, self.url(self.page), form, self.asked.at)

    def order_context(self, table: Table, schools: Schools) -> OrderContext:
        """Return what an order of this visit is given in, as it stands at this moment."""
        network, at = self.network, self.asked.at
        everyone, decisions = table.registrations(network.id), table.decisions(network.id)
        return OrderContext(network, everyone, decisions, at, self.address, schools.at(at))


def organiser_request(asked: Request, networks: Networks, links: Links) -> OrganiserRequest | None:
    """Return the visit that a request is; None for any link that leads nowhere, whatever is wrong with it.

    Whoever is taken out of `report_to` has no door any longer, and nobody has one whose link is of an earlier
    version than the network's file says.
    """
    token = asked.parameters["token"]
    who = links.read_organiser(token, asked.at)
    network = networks.one(who.network if who else "", asked.at)
    if who is None or network is None:
        return None
    addresses = {organiser(network, to): to for to in network.organiser.report_to}
    if who not in addresses:
        return None
    session = asked.cookies.get(COOKIE, "")
    inside = links.read_session(session, asked.at) == who
    home = f"/organiser/{token}"
    return OrganiserRequest(asked, network, who, addresses[who], home, session if inside else "")
