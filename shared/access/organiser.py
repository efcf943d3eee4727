"""A request to an organiser's pages: whose pages they are, and whether that organiser has signed in."""

from typing import NamedTuple
from urllib.parse import quote

from shared.access.bearer import Bearer
from shared.access.ended_sessions import EndedSessions
from shared.access.links import Links, organiser_bearer
from shared.access.session_cookie import session_of
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser.kept_posts import DROP, POST_PAGE
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.form.kept_post import KeptPost, unanswered_posts
from shared.domain.network.network import Network
from shared.request import Request


class OrganiserRequest(NamedTuple):
    """A request with a working link; `session` is empty until the organiser has signed in.

    `report` is the day of the report that had the link; empty for a link of before links told it.
    """

    request: Request
    network: Network
    organiser: Bearer
    address: str
    home: str
    session: str = ""
    report: str = ""

    @property
    def page(self) -> str:
        """The requested page; empty for home itself."""
        return self.request.parameters.get("page", "")

    def url(self, page: str = "") -> str:
        """Return the path of a page."""
        return f"{self.home}/{quote(page)}" if page else self.home

    def order_context(self, table: Table, schools: Schools) -> OrderContext:
        """Return what decides which orders this organiser can give now, read from the table."""
        network, at = self.network, self.request.at
        registrations, decisions = table.registrations(network.id), table.decisions(network.id)
        return OrderContext(network, registrations, decisions, at, self.address, schools.at(at))

    def kept_posts(self, table: Table, context: OrderContext) -> tuple[KeptPost, ...]:
        """Return the kept posts that wait for this organiser, the oldest first."""
        posts = table.kept_posts.unexpired(self.network.id, self.request.at)
        return unanswered_posts(posts, context.registrations)

    def kept_post(self, table: Table, context: OrderContext) -> KeptPost | None:
        """Return the kept post of the requested page; None for one that no longer waits."""
        id_ = self.page.removeprefix(POST_PAGE).removesuffix(DROP)
        return next((post for post in self.kept_posts(table, context) if post.id == id_), None)


def organiser_request(
    request: Request, networks: Networks, links: Links, ended_sessions: EndedSessions
) -> OrganiserRequest | None:
    """Return the organiser's request in a request; None for every link that does not work, for any reason.

    A link stops working when its address is removed from `report_to`, or when the network's file has a later
    version of links.
    """
    token = request.parameters["token"]
    bearer = links.read_organiser(token, request.at)
    network = networks.one(bearer.network if bearer else "", request.at)
    if bearer is None or network is None:
        return None
    addresses = {organiser_bearer(network, to): to for to in network.organiser.report_to}
    if bearer not in addresses:
        return None
    session = session_of(request)
    is_session = links.read_session(session, request.at) == bearer
    if not is_session or ended_sessions.has(network.id, session):
        session = ""
    home, report = f"/organiser/{token}", links.read_report(token)
    return OrganiserRequest(request, network, bearer, addresses[bearer], home, session, report)
