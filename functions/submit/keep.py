"""How a post is kept that is not registered."""

from collections.abc import Sequence
from datetime import datetime

from shared.aws.table import Table
from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptReason, kept_post
from shared.domain.network.network import Network
from shared.domain.registration.identity import make_reference


def keep(
    table: Table,
    network: Network,
    answers: Sequence[Answer],
    reason: KeptReason,
    at: datetime,
    wrong: Sequence[str] = (),
) -> str:
    """Keep a post and return its reference; nothing where too many were kept that day."""
    post = kept_post(network.id, answers, reason, at, wrong)
    return make_reference(network.prefix, post.id) if table.kept_posts.keep(post) else ""
