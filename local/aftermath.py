"""What follows from a change in the table: the stream's readers run, mails go out, and SES tells of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from local import ses_events
from local.mailbox import Mailbox, Sent
from local.patterns import wanted
from local.runtime import InvocationError
from local.stream import Record, Stream, deliver
from local.template import Template

# How often Lambda runs a function for one event that nobody waits for, before it gives up (its default).
_ATTEMPTS = 3


class Aftermath:
    """Runs the functions that nobody calls; `given_up` is what their on-failure destination would hold."""

    def __init__(
        self, template: Template, stream: Stream, mailbox: Mailbox, invoke: Callable[[str, Any], Any]
    ) -> None:
        self._template, self._stream, self._mailbox, self._invoke = template, stream, mailbox, invoke
        self.given_up: list[Record] = []
        self._waiting: list[Record] = []

    def happen(self, at: datetime, most: int | None = None) -> None:
        """Go on until nothing follows any more; more records than `most` at once wait for another time."""
        while self._read(at) or self._mailbox.fresh:
            if most is not None and len(self._waiting) > most:
                return
            records, self._waiting = self._waiting, []
            self._hand_over(records)
            self._tell_of(self._mailbox.take_fresh())

    def _read(self, at: datetime) -> list[Record]:
        self._waiting += [record for record in self._stream.read(at) if self._starts_something(record)]
        return self._waiting

    def _starts_something(self, record: Record) -> bool:
        return any(wanted(mapping.patterns, record) for mapping in self._template.streams)

    def skip(self, at: datetime) -> None:
        """Let nothing follow from the changes so far."""
        self._read(at)
        self._waiting = []

    def _hand_over(self, records: list[Record]) -> None:
        for mapping in self._template.streams:

            def invoke(batch: list[Record], function: str = mapping.function) -> Any:
                return self._invoke(function, {"Records": batch})

            self.given_up += deliver(records, mapping, invoke)

    def _tell_of(self, mails: list[Sent]) -> None:
        for event in (event for mail in mails for event in ses_events.of_mail(mail)):
            for function in self._template.subscribers:
                self._insist(function, event)

    def _insist(self, function: str, event: Record) -> None:
        for _ in range(_ATTEMPTS):
            try:
                self._invoke(function, event)
            except InvocationError:
                continue
            return
        self.given_up.append(event)
