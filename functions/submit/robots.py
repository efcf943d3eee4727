"""What makes a post look like a robot's. Whoever may be a person is never locked out, only put aside."""

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
    """Judges the posts of one request, and asks no more of AWS than its network wants judged."""

    network: Network
    asked: Request
    visits: Callable[[], PostCounter]
    links: "Callable[[], Links]"

    def suspicion(self, post: Submission, invited: bool) -> ReasonCode | None:
        """Return why a valid post is put aside; raise `RefusedError` for one of a flood."""
        wanted, posts = self.network.abuse, self._posts()
        if posts > FLOOD * wanted.posts_an_hour_per_visitor:
            raise RequestRefusedError(refusals.too_many(self.asked.at))
        if post.website:
            return ReasonCode.HONEYPOT
        if self._is_too_fast(post):
            return ReasonCode.TOO_FAST
        if wanted.proof_of_work and not invited and not self._has_worked(post):
            return ReasonCode.NO_WORK
        return ReasonCode.TOO_MANY if posts > wanted.posts_an_hour_per_visitor else None

    def stamped(self, typed: Draft) -> Draft:
        """Return what our own form starts with, and when it was first shown, where that is judged."""
        if not self.network.abuse.min_fill_seconds or typed.values.get("shown"):
            return typed
        try:
            return replace(typed, values={**typed.values, "shown": self.links().shown(self.asked.at)})
        except UnavailableError:
            return typed  # a form without it is taken as well

    def _posts(self) -> int:
        """Return how many posts this place has made in this hour, this one too; 0 where nobody counts."""
        network, at = self.network, self.asked.at
        place = network.abuse.posts_an_hour_per_visitor and client_bucket(self.asked.visitor, network.id, at)
        if not place:
            return 0
        try:
            return self.visits().count(network.id, place, at)
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
        return shown is not None and self.asked.at - shown < least

    def _has_worked(self, post: Submission) -> bool:
        """Say whether this post comes with work of its own; one that we cannot tell of waits for a person."""
        from shared.access.proof_of_work import solved_challenge  # few networks ask for it

        network, at = self.network.id, self.asked.at
        who = f"{address_key(network, post.email)}#{name_key(post.name)}"
        try:
            work = solved_challenge(self.links().keys("work"), post.altcha, network, at)
            return bool(work) and self.visits().spend(network, work, who, at)
        except UnavailableError:
            _LOG.warning("work unseen", network=network)
            return False
