"""Every kind of fault between us and AWS: what happens to a request, and to which."""

from collections.abc import Callable
from typing import NamedTuple

from tests.engines import Around
from tests.faults import answers
from tests.faults.answers import says
from tests.faults.site import Site
from tests.faults.world import FaultyWorld

# More than any of our calls is tried.
ALL_TRIES = 5
_CONFLICT = [{"Code": "TransactionConflict", "Message": "on purpose"}]
_THROTTLED = [{"Code": "ThrottlingError", "Message": "on purpose"}]
_UNVERIFIED = "Email address is not verified. The following identities failed the check in region EU-WEST-1"
_SES, _SECRET, _TABLE = "sesv2", "secretsmanager", "dynamodb"


class Kind(NamedTuple):
    """One kind: what happens to a request, to how many in a row, and whether it is of those that matter."""

    name: str
    around: Callable[[FaultyWorld], Around]
    often: int = 1
    service: str = ""
    of_writes: bool = False

    def may_strike(self, site: Site) -> bool:
        """Say whether it can happen at a call; of what reads cannot tell apart, one is enough for them."""
        return self.service in ("", service(site)) and (not self.of_writes or site.operation not in _READS)

    def plan(self, world: FaultyWorld, site: Site) -> None:
        """Have it happen at a call, and at those that put the question again."""
        for more in range(self.often):
            world.planned[site._replace(nth=site.nth + more)] = self.around(world)


_READS = ("Query", "GetItem", "GetSecretValue")


def service(site: Site) -> str:
    """Return the service that a call is of."""
    return {"SendEmail": _SES, "GetSecretValue": _SECRET}.get(site.operation, _TABLE)


def _once(name: str, around: Around, *, service: str = "", of_writes: bool = False) -> Kind:
    return Kind(name, lambda _: around, 1, service, of_writes)


def _kept_up(name: str, around: Around, *, service: str = "", of_writes: bool = False) -> Kind:
    return Kind(f"{name}, at every try", lambda _: around, ALL_TRIES, service, of_writes)


def _at_once(world: FaultyWorld) -> Around:
    def between(send: Callable[..., object], request: object) -> object:
        world.once_more()
        return send(request)

    return between


def _told_first(world: FaultyWorld) -> Around:
    def before_the_answer(send: Callable[..., object], request: object) -> object:
        answer = send(request)
        world.tell_now()
        return answer

    return before_the_answer


KINDS: tuple[Kind, ...] = (
    _once("nobody listens", answers.refused),
    _kept_up("nobody listens", answers.refused),
    _once("no connection in time", answers.unreachable, of_writes=True),
    _once("no answer, not done", answers.hangs),
    _kept_up("no answer, not done", answers.hangs),
    _once("no answer, but done", answers.answer_lost, of_writes=True),
    _kept_up("no answer, but done", answers.answer_lost, of_writes=True),
    _once("cut off, not done", answers.cut_off, of_writes=True),
    _once("cut off, but done", answers.cut_off_after, of_writes=True),
    _kept_up("cut off, but done", answers.cut_off_after, of_writes=True),
    _once("error 500, not done", says("InternalServerError", 500)),
    _kept_up("error 500, not done", says("InternalServerError", 500)),
    _once("error 500, but done", answers.fails_after, of_writes=True),
    _kept_up("error 500, but done", answers.fails_after, of_writes=True),
    _once("error 503", says("ServiceUnavailable", 503), of_writes=True),
    _once("something else answers", answers.garbled),
    _once("no right to", says("AccessDeniedException")),
    _once("expired credentials", says("ExpiredTokenException"), of_writes=True),
    _once("process dies before", answers.dies_before),
    _once("process dies after", answers.dies_after),
    Kind("started twice, at once", _at_once),
    # DynamoDB API Reference, "Common errors" and the errors of each operation.
    *(
        _once(name, says(name), service=_TABLE)
        for name in (
            "ThrottlingException",
            "ResourceNotFoundException",
        )
    ),
    _kept_up("ThrottlingException", says("ThrottlingException"), service=_TABLE),
    *(
        _once(name, says(name), service=_TABLE, of_writes=True)
        for name in (
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ValidationException",
            "TransactionConflictException",
            "TransactionInProgressException",
            "IdempotentParameterMismatchException",
            "ItemCollectionSizeLimitExceededException",
        )
    ),
    _kept_up(
        "TransactionConflictException", says("TransactionConflictException"), service=_TABLE, of_writes=True
    ),
    *(
        _once(
            f"TransactionCanceledException ({reasons[0]['Code']})",
            says("TransactionCanceledException", CancellationReasons=reasons),
            service=_TABLE,
            of_writes=True,
        )
        for reasons in (_CONFLICT, _THROTTLED)
    ),
    # SES API v2 Reference, SendEmail, "Errors"; SES Developer Guide, "Errors related to sending quotas".
    *(
        _once(f"SES: {name}", says(name, status), service=_SES)
        for name, status in (
            ("MessageRejected", 400),
            ("BadRequestException", 400),
            ("MailFromDomainNotVerifiedException", 400),
            ("NotFoundException", 404),
            ("AccountSuspendedException", 400),
            ("SendingPausedException", 400),
            ("LimitExceededException", 400),
        )
    ),
    _once(
        "SES: rate exceeded",
        says("TooManyRequestsException", 429, message="Maximum sending rate exceeded."),
        service=_SES,
    ),
    _once(
        "SES: quota of the day",
        says("TooManyRequestsException", 429, message="Daily message quota exceeded."),
        service=_SES,
    ),
    _once("SES: sender not verified", says("MessageRejected", 400, message=_UNVERIFIED), service=_SES),
    Kind("SES tells before it answers", _told_first, 1, _SES),
    *(
        _once(f"the secret: {name}", says(name, status), service=_SECRET)
        for name, status in (
            ("DecryptionFailure", 400),
            ("InternalServiceError", 500),
            ("ResourceNotFoundException", 400),
            ("LimitExceededException", 400),
        )
    ),
)
