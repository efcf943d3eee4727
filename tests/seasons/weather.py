"""What goes wrong around a season's acts: with AWS, with functions that die, with events on their way."""

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from tests.engines import Around, Send
from tests.faults import answers as faults

Event = dict[str, Any]


def _operation(request: Any) -> str:
    """Return which operation a request is of; of services that are asked over REST, only what we know."""
    target = request.headers.get("X-Amz-Target", b"")
    named = target.decode() if isinstance(target, bytes) else target
    if not named and request.url.endswith("/v2/email/outbound-emails"):
        return "SendEmail"
    return str(named.rpartition(".")[2])


class KilledError(BaseException):
    """A function's end in the middle of its work; no `except Exception` of ours sees it, as on AWS."""


def _killed(send: Send, request: Any) -> Any:
    raise KilledError


def _killed_after(send: Send, request: Any) -> Any:
    send(request)
    raise KilledError


_THROTTLE = "ProvisionedThroughputExceededException"
_DYNAMODB: dict[str, Around] = {
    "throttled": faults.says(_THROTTLE), "server error": faults.says("InternalServerError", 500),
    "no answer": faults.hangs, "answer lost": faults.answer_lost, "nobody listens": faults.refused,
    "fails after writing": faults.fails_after, "dies": _killed, "dies after": _killed_after,
}  # fmt: skip
_SES: dict[str, Around] = {
    "SES throttles": faults.says("TooManyRequestsException", 429),
    "SES's quota is used up": faults.says("LimitExceededException", 400, Message="Daily sending quota"),
    "SES fails": faults.says("InternalServiceErrorException", 500),
    "SES does not listen": faults.refused, "SES does not answer": faults.hangs,
    "SES's answer lost": faults.answer_lost, "dies before SES": _killed, "dies after SES": _killed_after,
}  # fmt: skip
_RATE = 0.08  # of the requests of an unlucky act


class Weather:
    """Stands between the functions and AWS; fair until `turns`, and again when the act is over."""

    def __init__(self, took: Callable[[Any, Any], None]) -> None:
        self._took = took
        self._chance: Random | None = None
        self._storm: list[Around] = []
        self.inside = 0  # functions that run; what the stage itself asks of AWS always goes well
        self.happened: Counter[str] = Counter()
        self.unheard: set[str] = set()  # mails of which SES's `Send` event was lost

    def turns(self, luck: int) -> None:
        """Begin another act."""
        self._chance, self._storm = Random(luck) if luck else None, []

    def __call__(self, send: Send, request: Any) -> Any:
        """Pass a request on, or do with it what goes wrong now."""
        what = _operation(request)
        fault = self._fault(what) if self.inside and self._chance else None
        if fault is None:
            return send(request)
        return fault(self._taken(send) if what == "SendEmail" else send, request)

    def is_fair(self) -> bool:
        """Say whether all that is asked of AWS goes well now."""
        return not (self.inside and self._chance)

    def _fault(self, what: str) -> Around | None:
        assert self._chance
        if self._storm and what != "SendEmail":
            return self._storm.pop()
        kinds = _SES if what == "SendEmail" else _DYNAMODB if what in _KNOWN else {}
        if not kinds or self._chance.random() > _RATE * (3 if kinds is _SES else 1):
            return None
        name = self._chance.choice(sorted(kinds))
        self._note(name)
        if kinds is _DYNAMODB and not name.startswith("dies"):
            self._storm = [kinds[name]] * self._chance.choice((0, 0, 1, 2, 4))
        return kinds[name]

    def _taken(self, send: Send) -> Send:
        """Return how a mail is offered of which we hear nothing, though SES has it."""

        def offered(request: Any) -> Any:
            answer = send(request)
            self._took(json.loads(request.body), json.loads(answer.content)["MessageId"])
            return answer

        return offered

    def stream(self, records: list[Event]) -> list[Event]:
        """Return a batch of the stream as it arrives: some records lost, come twice, or out of order."""
        if not self._chance or self._chance.random() > 0.25:
            return records
        name = self._chance.choice(("records lost", "records twice", "records permuted"))
        self._note(name)
        if name == "records lost":
            return [] if self._chance.random() < 0.5 else records[1:]
        if name == "records twice":
            return records + records
        return self._chance.sample(records, len(records))

    def events(self, event: Event) -> list[Event]:
        """Return an event of SES as it arrives: once, twice, or never."""
        if not self._chance or self._chance.random() > 0.15:
            return [event]
        if self._chance.random() < 0.5:
            self._note("event twice")
            return [event, event]
        self._note("event lost")
        self.lost(event)
        return []

    def lost(self, event: Event) -> None:
        """Remember that we were not told what became of a mail."""
        event_of_ses = json.loads(event["Records"][0]["Sns"]["Message"])
        self.unheard.add(event_of_ses["mail"]["tags"]["mail"][0])

    def _note(self, name: str) -> None:
        self.happened[name] += 1


_KNOWN = faults.WRITES | {"GetItem", "Query"}
