"""Signs of a robot in a post. A post that may be a person's is quarantined, never refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from functions.submit import refusals
from functions.submit.client import Client, client_of
from functions.submit.decode import body_of
from functions.submit.refusals import RequestRefusedError
from shared import cors
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

FLOOD = 1000  # people an hour from one address: more are refused, or a robot fills table and report
_LOG = logger("submit")


class RobotGuard(NamedTuple):
    """Judges the post of one request; it calls AWS only for the checks that the network has switched on."""

    network: Network
    request: Request
    counter: Callable[[], PostCounter]
    links: "Callable[[], Links]"

    def suspicion(self, submission: Submission, is_freed: Callable[[], bool]) -> ReasonCode | None:
        """Return why a valid post is put aside; raise `RequestRefusedError` for one of a flood.

        `is_freed` tells whether a colleague's link frees it from proof of work, and counts that it did.
        """
        network = self.network
        limits, people = network.abuse, self._people(1 + len(submission.colleagues))
        if people > max(FLOOD, limits.people_an_hour_per_address):
            raise RequestRefusedError(refusals.too_many(self.request.at))
        if submission.website:
            return ReasonCode.HONEYPOT
        if self._is_too_fast(submission):
            return ReasonCode.TOO_FAST
        if limits.proof_of_work and not self._has_worked(submission) and not is_freed():
            return ReasonCode.NO_WORK
        if not cors.is_accepted_origin(self.request, [network]):
            return ReasonCode.UNLISTED_SITE
        return ReasonCode.TOO_MANY if people > limits.people_an_hour_per_address else None

    def with_time_shown(self, draft: Draft) -> Draft:
        """Return the draft of our own form with the time at which it is first shown, if that is checked."""
        if not self.network.abuse.min_fill_seconds or draft.values.get("shown"):
            return draft
        try:
            return replace(draft, values={**draft.values, "shown": self.links().shown(self.request.at)})
        except UnavailableError:
            return draft  # a form without it is accepted too

    def _people(self, number: int) -> int:
        """Return how many people came from this address in this hour, these too; 0 where nobody counts.

        The network's own server is not one visitor: it posts for everybody.
        """
        network, at = self.network, self.request.at
        bucket = network.abuse.people_an_hour_per_address and client_bucket(
            self.request.visitor, network.id, at
        )
        if not bucket or self.is_own_server():
            return 0
        try:
            return self.counter().count(network.id, bucket, at, number)
        except UnavailableError:  # better a robot too many than a teacher too few
            _LOG.warning("uncounted", network=network.id)
            return 0

    def is_own_server(self) -> bool:
        """Say whether the network's own server posts this, with its secret."""
        if client_of(self.request) not in (Client.SERVER, Client.API):
            return False
        from shared.access.form_secret import carries_secret, form_secrets, may_carry_secret  # servers only

        headers, query = self.request.headers, self.request.query
        if not may_carry_secret(headers, query):
            return False
        try:
            secrets = form_secrets(self.links(), self.network.id, self.network.form.secret_version)
        except UnavailableError:
            return False
        return carries_secret(headers, query, body_of(self.request), secrets)

    def _is_too_fast(self, submission: Submission) -> bool:
        least = timedelta(seconds=self.network.abuse.min_fill_seconds)
        if not least or not submission.shown:
            return False
        try:
            shown = self.links().read_shown(submission.shown)
        except UnavailableError:
            return False
        return shown is not None and self.request.at - shown < least

    def _has_worked(self, submission: Submission) -> bool:
        """Say whether this post has a proof of work that no other post used; no, if AWS cannot tell."""
        from shared.access.proof_of_work import solved_challenge  # few networks ask for it

        network, at = self.network.id, self.request.at
        person = f"{address_key(network, submission.email)}#{name_key(submission.name)}"
        try:
            work = solved_challenge(self.links().keys("work"), submission.altcha, network, at)
            return bool(work) and self.counter().spend(network, work, person, at)
        except UnavailableError:
            _LOG.warning("work unseen", network=network)
            return False
