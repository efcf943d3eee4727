"""What follows a change in the table: the stream's readers run, mails go out, and SES sends events."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from local import ses_events
from local.mailbox import Mailbox, Sent
from local.patterns import matches_any
from local.runtime import InvocationError
from local.stream import Record, Stream, deliver
from local.template import Template

# How often Lambda runs a function for one asynchronous event before it gives up (the default).
_ATTEMPTS = 3


class Aftermath:
    """Runs the functions that events start; `given_up` is what their on-failure destination would hold."""

    def __init__(
        self, template: Template, stream: Stream, mailbox: Mailbox, invoke: Callable[[str, Any], Any]
    ) -> None:
        self._template, self._stream, self._mailbox, self._invoke = template, stream, mailbox, invoke
        self.given_up: list[Record] = []
        self._pending: list[Record] = []

    def process(self, at: datetime, most: int | None = None) -> None:
        """Process every consequence; stop early if more than `most` records are pending."""
        while self._read(at) or self._mailbox.fresh:
            if most is not None and len(self._pending) > most:
                return
            records, self._pending = self._pending, []
            self._run_stream_readers(records)
            self._send_ses_events(self._mailbox.take_fresh())

    def _read(self, at: datetime) -> list[Record]:
        self._pending += [record for record in self._stream.read(at) if self._starts_a_function(record)]
        return self._pending

    def _starts_a_function(self, record: Record) -> bool:
        return any(matches_any(mapping.patterns, record) for mapping in self._template.streams)

    def skip(self, at: datetime) -> None:
        """Drop the consequences of the changes so far."""
        self._read(at)
        self._pending = []

    def _run_stream_readers(self, records: list[Record]) -> None:
        for mapping in self._template.streams:

            def invoke(batch: list[Record], function: str = mapping.function) -> Any:
                return self._invoke(function, {"Records": batch})

            self.given_up += deliver(records, mapping, invoke)

    def _send_ses_events(self, mails: list[Sent]) -> None:
        for event in (event for mail in mails for event in ses_events.events_of(mail)):
            self.publish(event)

    def publish(self, event: Record) -> None:
        """Run the functions that subscribe to SES's events."""
        for function in self._template.subscribers:
            self._invoke_with_retries(function, event)

    def _invoke_with_retries(self, function: str, event: Record) -> None:
        for _ in range(_ATTEMPTS):
            try:
                self._invoke(function, event)
            except InvocationError:
                continue
            return
        self.given_up.append(event)
