"""Signs of a robot in a post. A post that may be a person's is quarantined, never refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from functions.submit import refusals
from functions.submit.refusals import RequestRefusedError
from shared.aws.post_counter import PostCounter
from shared.aws.wire import UnavailableError
from shared.domain.form.client_bucket import client_bucket
from shared.domain.form.draft import Draft
from shared.domain.form.submission import Submission
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key, name_key
from shared.domain.registration.reason import ReasonCode
from shared.log import logger
from shared.request import Request

if TYPE_CHECKING:
    from shared.access.links import Links

FLOOD = 10  # times what one place may post in an hour: more is refused, or a robot fills table and report
_LOG = logger("submit")


class RobotGuard(NamedTuple):
    """Judges the post of one request; it calls AWS only for the checks that the network has switched on."""

    network: Network
    request: Request
    counter: Callable[[], PostCounter]
    links: "Callable[[], Links]"

    def suspicion(self, post: Submission, invited: bool) -> ReasonCode | None:
        """Return why a valid post is quarantined; raise `RequestRefusedError` for a post in a flood."""
        limits, posts = self.network.abuse, self._count_post()
        if posts > FLOOD * limits.posts_an_hour_per_visitor:
            raise RequestRefusedError(refusals.too_many(self.request.at))
        if post.website:
            return ReasonCode.HONEYPOT
        if self._is_too_fast(post):
            return ReasonCode.TOO_FAST
        if limits.proof_of_work and not invited and not self._has_worked(post):
            return ReasonCode.NO_WORK
        return ReasonCode.TOO_MANY if posts > limits.posts_an_hour_per_visitor else None

    def with_time_shown(self, draft: Draft) -> Draft:
        """Return the draft of our own form with the time at which it is first shown, if that is checked."""
        if not self.network.abuse.min_fill_seconds or draft.values.get("shown"):
            return draft
        try:
            return replace(draft, values={**draft.values, "shown": self.links().shown(self.request.at)})
        except UnavailableError:
            return draft  # a form without it is accepted too

    def _count_post(self) -> int:
        """Count this post; return the number from its address in this hour, or 0 if nothing is counted."""
        network, at = self.network, self.request.at
        bucket = network.abuse.posts_an_hour_per_visitor and client_bucket(
            self.request.visitor, network.id, at
        )
        if not bucket:
            return 0
        try:
            return self.counter().count(network.id, bucket, at)
        except UnavailableError:  # better a robot too many than a teacher too few
            _LOG.warning("uncounted", network=network.id)
            return 0

    def _is_too_fast(self, post: Submission) -> bool:
        least = timedelta(seconds=self.network.abuse.min_fill_seconds)
        if not least or not post.shown:
            return False
        try:
            shown = self.links().read_shown(post.shown)
        except UnavailableError:
            return False
        return shown is not None and self.request.at - shown < least

    def _has_worked(self, post: Submission) -> bool:
        """Say whether this post has a proof of work that no other post used; no, if AWS cannot tell."""
        from shared.access.proof_of_work import solved_challenge  # few networks ask for it

        network, at = self.network.id, self.request.at
        person = f"{address_key(network, post.email)}#{name_key(post.name)}"
        try:
            work = solved_challenge(self.links().keys("work"), post.altcha, network, at)
            return bool(work) and self.counter().spend(network, work, person, at)
        except UnavailableError:
            _LOG.warning("work unseen", network=network)
            return False
