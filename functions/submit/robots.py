"""Signs of a robot in a post. A post that may be a person's is quarantined, never refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from functions.submit import refusals
from functions.submit.client import Client, client_of
from functions.submit.decode import body_of
from functions.submit.recent_people import RecentPeople
from functions.submit.refusals import RequestRefusedError
from shared import cors
from shared.aws.post_counter import PostCounter
from shared.aws.wire import UnavailableError
from shared.domain.form.client_bucket import client_bucket, day_bucket
from shared.domain.form.draft import Draft
from shared.domain.form.submission import Submission
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key, name_key
from shared.domain.registration.judging import judged
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration
from shared.log import logger
from shared.request import Request

if TYPE_CHECKING:
    from shared.access.links import Links

FLOOD = 1000  # people an hour from one address: more are refused, or a robot fills table and report
_LOG = logger("submit")


class Suspicion(NamedTuple):
    """Why a post is put aside, if it is, and the bucket in which its people are still to be counted."""

    reason: ReasonCode | None
    unjudged: str = ""


class RobotGuard(NamedTuple):
    """Judges the post of one request; it calls AWS only for the checks that the network has switched on."""

    network: Network
    request: Request
    recent: RecentPeople
    counter: Callable[[], PostCounter]
    links: "Callable[[], Links]"

    def suspicion(self, submission: Submission, is_freed: Callable[[], bool]) -> Suspicion:
        """Return what is suspect about a valid post; raise `RequestRefusedError` for one of a flood.

        `is_freed` tells whether a colleague's link frees it from proof of work, and counts that it did. The
        first people of an address are not counted in the visitor's way: the mail function judges them.
        """
        most, number, bucket = self._most, 1 + len(submission.colleagues), self._bucket()
        people = None
        if bucket and not self.recent.may_wait(self.network.id, bucket, number):
            people = self._count(bucket, number)
        if people and people > max(FLOOD, most):
            raise RequestRefusedError(refusals.too_many(self.request.at))
        reason = self._reason(submission, is_freed)
        if people is None:
            return Suspicion(reason, bucket)
        return Suspicion(reason or (ReasonCode.TOO_MANY if people > most else None))

    @property
    def posted_from(self) -> str:
        """The place that this visitor's mails are counted by; empty for the network's own server."""
        return (
            "" if self.is_own_server() else day_bucket(self.request.visitor, self.network.id, self.request.at)
        )

    def judge(self, new: Registration) -> Registration:
        """Judge at once who is registered already, or was before: what is stored of them is to change."""
        people = self._count(new.unjudged, 1)
        return judged(new, people or 0, self._most)

    @property
    def _most(self) -> int:
        return self.network.abuse.people_an_hour_per_address

    def _reason(self, submission: Submission, is_freed: Callable[[], bool]) -> ReasonCode | None:
        network = self.network
        if submission.website:
            return ReasonCode.HONEYPOT
        if self._is_too_fast(submission):
            return ReasonCode.TOO_FAST
        if network.abuse.proof_of_work and not self._has_worked(submission) and not is_freed():
            return ReasonCode.NO_WORK
        if not cors.is_accepted_origin(self.request, [network]):
            return ReasonCode.UNLISTED_SITE
        return None

    def with_time_shown(self, draft: Draft) -> Draft:
        """Return the draft of our own form with the time at which it is first shown, if that is checked."""
        if not self.network.abuse.min_fill_seconds or draft.values.get("shown"):
            return draft
        try:
            return replace(draft, values={**draft.values, "shown": self.links().shown(self.request.at)})
        except UnavailableError:
            return draft  # a form without it is accepted too

    def _bucket(self) -> str:
        """Return the bucket in which this visitor's people are counted; empty where nobody counts.

        The network's own server is not one visitor: it posts for everybody.
        """
        bucket = client_bucket(self.request.visitor, self.network.id, self.request.at) if self._most else ""
        return "" if not bucket or self.is_own_server() else bucket

    def _count(self, bucket: str, number: int) -> int | None:
        """Return how many people came from an address in this hour, these too; None if AWS cannot tell."""
        try:
            return self.counter().count(self.network.id, bucket, self.request.at, number)
        except UnavailableError:  # better a robot too many than a teacher too few
            _LOG.warning("uncounted", network=self.network.id)
            return None

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
