"""What taking a post talks to, connected on first use."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from functions.submit.recent_people import RecentPeople
from functions.submit.robots import RobotGuard
from shared.access.registrant import registrant_of
from shared.aws import direct
from shared.aws.networks import Networks
from shared.aws.patience import HASTY
from shared.aws.post_counter import PostCounter
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.log import logger
from shared.request import Request
from shared.settings import read_settings

if TYPE_CHECKING:
    from shared.access.links import Links
    from shared.aws.refusal_counts import RefusalCounts

_LOG = logger("submit")


class Services(NamedTuple):
    """What this function talks to; links' keys, register and counters are reached only by who needs them."""

    table: Table
    networks: Networks
    links: "Callable[[], Links]"
    schools: Schools
    recent: RecentPeople
    counter: Callable[[], PostCounter]
    refusal_counts: "Callable[[], RefusalCounts]"

    def guard(self, request: Request, network: Network) -> RobotGuard:
        """Return what judges whether a robot posts this."""
        return RobotGuard(network, request, self.recent, self.counter, self.links)

    def inviter(self, token: str, request: Request) -> Registration | None:
        """Return whose forward link this is; None for any that brings nobody."""
        return registrant_of(self.table, self.links().read_forward(token, request.at))

    def count_refusal(self, count: "Callable[[RefusalCounts], None]") -> None:
        """Count a refusal for the report; where that fails the visitor is answered all the same."""
        try:
            count(self.refusal_counts())
        except UnavailableError:
            _LOG.warning("uncounted refusal")


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    table = Table(Store(settings.table, connect=direct.dynamodb))

    @cache
    def links() -> "Links":
        from shared.access.links import Links

        return Links(link_keys(settings.link_secret, direct.secrets_manager))

    hasty = cache(lambda: Store(settings.table, HASTY, direct.dynamodb))
    counter = cache(lambda: PostCounter(hasty()))

    @cache
    def counts() -> "RefusalCounts":
        from shared.aws.refusal_counts import RefusalCounts

        return RefusalCounts(hasty())

    return Services(table, Networks(table), links, Schools(table), RecentPeople(), counter, counts)
