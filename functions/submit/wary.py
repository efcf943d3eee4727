"""What makes a post look like a robot's. Whoever may be a person is never locked out, only put aside."""

from collections.abc import Callable

from functions.submit import refusals
from functions.submit.refusals import RefusedError
from shared.aws.visits import Visits
from shared.aws.wire import UnavailableError
from shared.domain.network import Network
from shared.domain.submission import Submission
from shared.domain.suspicion import FLOOD, Suspicion
from shared.domain.visitor import place_of
from shared.log import logger
from shared.request import Request

_LOG = logger("submit")


def suspicion(
    post: Submission, network: Network, asked: Request, visits: Callable[[], Visits]
) -> Suspicion | None:
    """Return why a valid post is put aside; raise `RefusedError` for one of a flood."""
    most, posts = network.abuse.posts_an_hour_per_visitor, _posts(network, asked, visits)
    if posts > FLOOD * most:
        raise RefusedError(refusals.too_many(asked.at))
    if post.website:
        return Suspicion.HONEYPOT
    return Suspicion.TOO_MANY if posts > most else None


def _posts(network: Network, asked: Request, visits: Callable[[], Visits]) -> int:
    """Return how many posts this place has made in this hour, this one too; 0 where nobody counts, or can."""
    place = network.abuse.posts_an_hour_per_visitor and place_of(asked.visitor, network.id, asked.at)
    if not place:
        return 0
    try:
        return visits().count(network.id, place, asked.at)
    except UnavailableError:  # better a robot too many than a teacher too few
        _LOG.warning("uncounted", network=network.id)
        return 0
