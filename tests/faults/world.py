"""The local stack with something wrong in it: below botocore, in the stream, in what SES tells, in time."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from local import ses_events
from local.mailbox import Sent
from local.runtime import InvocationContext, InvocationError
from local.world import World
from shared.aws import versions
from tests.engines import Around, Engine, Send
from tests.faults.answers import Died, is_final, operation
from tests.faults.kept import Kept
from tests.faults.site import Site

Events = Callable[[Any], Iterable[Any]]


class FaultyWorld(World):
    """A local stack in which faults can be planned, and that writes down what AWS took and what was told."""

    due: datetime  # when the last check was due

    def __init__(self, patch: pytest.MonkeyPatch, file: Path) -> None:
        super().__init__()
        self.file = file  # where an operator has the network's file
        Engine().around(patch, self._pass)
        self.numbers = 0  # how often the functions asked for chance
        patch.setattr("secrets.token_hex", lambda _: self._number())
        patch.setattr(InvocationContext, "get_remaining_time_in_millis", lambda _: next(self.left, 300_000))
        patch.setattr("botocore.endpoint.time.sleep", lambda _: None)
        self._running: list[tuple[str, Any]] = []
        self._kept: dict[str, Kept] = {}
        self.undo: list[Callable[[], object]] = []  # what a run changed that is not in the table

    def _number(self) -> str:
        """Count in the place of chance, so that what is played again is the same again."""
        self.numbers += 1
        return f"seed-{self.numbers:08}"

    def reset(self) -> None:
        """Start over; the mailbox sees what SES takes, not only what our functions hear of it."""
        self.start()
        self.records: list[Any] = []  # all that the stream told
        super().reset()
        self._kept.clear()
        session: Any = boto3.DEFAULT_SESSION
        session.events.unregister("after-call.sesv2.SendEmail", self.mailbox._record)

    def start(self) -> None:
        """Plan nothing, and forget what happened: functions start cold."""
        self.planned: dict[Site, Around] = {}
        self.always: list[Callable[[Site], Around | None]] = []
        self.sites: list[Site] = []
        self.batches: Events = lambda event: [event]  # what becomes of an event with records of the stream
        self.ses_events: Events = lambda event: [event]  # and of one in which SES tells of a mail
        self.left: Iterator[int] = iter(())  # milliseconds, each time that a function asks
        self.unanswered: set[str] = set()  # mails that SES took, and of which its answer was lost
        self.untold: set[str] = set()  # mails whose `Send` event was lost
        self.refused: set[str] = set()  # mails that SES said it will never take
        self.outage = False
        self.outage_struck = False  # whether the outage met any call
        self.mended = False  # by somebody, before anybody could hear of it
        self.held: list[Any] = []
        self.scheduled: Callable[[str, Any], Iterable[Any]] = lambda _, event: [event]
        self.late = timedelta()  # how long after it was due the next check comes
        self.gateway = timedelta()  # how far its clock is off
        self.release: Callable[[str], Mapping[str, int]] = (
            lambda _: {}
        )  # newer versions that a function knows
        self.all_told: list[Any] = []
        while self.undo:
            self.undo.pop()()
        self.happened = 0
        self.alarms: list[str] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._runtime.restart()

    def keep(self, name: str) -> None:
        """Keep everything as it is now under a name."""
        self.pump()
        self._kept[name] = Kept.of(self)

    def back_to(self, name: str) -> bool:
        """Go back to what was kept; False when nothing was."""
        if name not in self._kept:
            return False
        self._kept[name].put_back(self)
        self.given_up.clear()
        self.log.lines.clear()
        self.start()
        return True

    def invoke(self, function: str, event: Any) -> Any:
        """Run a function, for as often and with what the plan says of its trigger."""
        name = self.template.named(function).folder
        if "requestContext" in event:
            event["requestContext"]["timeEpoch"] += round(self.gateway.total_seconds() * 1000)
        if "time" in event:
            return [self.run(name, each) for each in self.scheduled(name, event)]
        if name == "mail":
            self.records += event["Records"]
            return self._all(name, self.batches(event))
        if name == "delivery" and not self._running:
            self.all_told.append(event)
            return self._all(name, self.ses_events(event))
        return self.run(name, event)

    def run(self, name: str, event: Any) -> Any:
        """Run a function once; one whose process dies fails like any other."""
        with self.running(name, event):
            try:
                return super().invoke(name, event)
            except (InvocationError, Died) as failed:
                self.alarms.append(f"{name} failed")
                self._runtime.restart()
                raise InvocationError(type(failed).__name__) from None

    @contextmanager
    def running(self, name: str, event: Any = None) -> Iterator[None]:
        """Have the requests to AWS be those of a function, or of the operator's command line."""
        self._running.append((name, event))
        before = versions._NEWEST, versions._WRITTEN
        versions._NEWEST, versions._WRITTEN = self.release(name), {}
        try:
            yield
        finally:
            versions._NEWEST, versions._WRITTEN = before
            self._running.pop()

    def once_more(self) -> None:
        """Run what is running now once more, as if it had been started twice."""
        self.run(*self._running[-1])

    def _all(self, name: str, events: Iterable[Any]) -> Any:
        answers = [self.run(name, event) for event in events]
        failures = [f for answer in answers for f in answer.get("batchItemFailures", ())]
        ours = [f for f in failures if f["itemIdentifier"] not in ("", "poison")]
        if ours != failures:  # what is given up at last lies in a queue with an alarm
            self.alarms.append("a record was given up")
        return {"batchItemFailures": ours}

    def _pass(self, send: Send, request: Any) -> Any:
        if not self._running:
            return send(request)
        function, what = self._running[-1][0], operation(request)
        self._counts[function, what] += 1
        site = Site(function, what, self._counts[function, what])
        self.sites.append(site)
        lasting = next(filter(None, (a(site) for a in self.always)), None)
        fault = self.planned.pop(site, None) or lasting
        self.outage_struck = self.outage_struck or fault is lasting is not None
        mail = json.loads(request.body) if what == "SendEmail" else None
        taken: list[Any] = []

        def carry(request: Any) -> Any:
            taken.append(send(request))
            if mail and taken[-1].status_code == 200:
                self._took(mail, json.loads(taken[-1].content)["MessageId"])
            return taken[-1]

        if not fault:
            return carry(request)
        self.happened += 1
        answer = None
        try:
            answer = fault(carry, request)
        finally:
            if mail:
                self._lost(mail, taken, answer)
        return answer

    def _took(self, mail: Any, message: str) -> None:
        sent = Sent(message, mail, self.now)
        self.mailbox.sent.append(sent)
        self.mailbox.fresh.append(sent)

    def _lost(self, mail: Any, taken: list[Any], answer: Any) -> None:
        name = next(tag["Value"] for tag in mail["EmailTags"] if tag["Name"] == "mail")
        if taken and answer is not taken[-1]:
            self.unanswered.add(name)
        if not taken and answer is not None and is_final(answer):
            self.refused.add(name)

    @property
    def struck(self) -> bool:
        """Say whether an outage met any call, where there was one, and was not mended at once."""
        return not self.mended and (self.outage_struck or not self.outage)

    def tell_now(self) -> None:
        """Have SES tell of the mails that it has just taken, before whoever sent them goes on."""
        for mail in self.mailbox.take_fresh():
            for event in ses_events.events_of(mail):
                self.run("delivery", event)
