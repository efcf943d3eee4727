"""How a post is kept that is not registered, within what one place may have us keep."""

from collections.abc import Sequence

from functions.submit.robots import FLOOD, RobotGuard
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.form.answers import Answer
from shared.domain.form.client_bucket import client_bucket, day_bucket
from shared.domain.form.kept_post import KeptReason, kept_post
from shared.domain.registration.identity import make_reference
from shared.log import logger

_LOG = logger("submit")


def keep(
    guard: RobotGuard,
    table: Table,
    answers: Sequence[Answer],
    reason: KeptReason,
    wrong: Sequence[str] = (),
) -> str:
    """Keep a post and return its reference; nothing where too many were kept, of this place or in all."""
    network, request = guard.network, guard.request
    is_counted = network.abuse.people_an_hour_per_address and not guard.is_own_server()
    visitor = request.visitor if is_counted else ""
    if _count(guard, client_bucket(visitor, network.id, request.at)) > FLOOD:
        return ""
    post = kept_post(network.id, answers, reason, request.at, wrong)
    is_kept = table.kept_posts.keep(post, day_bucket(visitor, network.id, request.at))
    return make_reference(network.prefix, post.id) if is_kept else ""


def _count(guard: RobotGuard, bucket: str) -> int:
    """Return how many posts of a place were kept in this hour, apart from the people whom it registers."""
    if not bucket:
        return 0
    try:
        return guard.counter().count(guard.network.id, f"{bucket}-kept", guard.request.at)
    except UnavailableError:  # better a robot too many than a teacher too few
        _LOG.warning("uncounted", network=guard.network.id)
        return 0
