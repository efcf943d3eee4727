"""What no function sees: whose clock is right, where its log goes, of which release the others are."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from local.log import _write_to
from tests.faults.people import People

Act = Callable[[People], None]
_WEB = ("submit", "amend", "decide")
_OFF = timedelta(minutes=10)


class _Full(StringIO):
    """Where nothing can be written any more."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


@contextmanager
def _unwritten(_function: str, _at: datetime) -> Iterator[None]:
    terminal, sink = sys.stdout, _Full()
    with redirect_stdout(sink), redirect_stderr(sink):
        try:
            _write_to(sink)
            yield
        finally:
            _write_to(terminal)


def _log_is_full(people: People) -> None:
    log = people.world.log
    people.world.undo.append(lambda: log.__dict__.pop("capture"))
    log.__dict__["capture"] = _unwritten


def _over(people: People) -> None:
    while people.world.undo:
        people.world.undo.pop()()


def _gateway(off: timedelta) -> Act:
    def begin(people: People) -> None:
        people.world.gateway = off

    return begin


def _stream(off: timedelta) -> Act:
    def shifted(record: Any) -> Any:
        change = record["dynamodb"]
        at = change["ApproximateCreationDateTime"] + off.total_seconds()
        return {**record, "dynamodb": {**change, "ApproximateCreationDateTime": at}}

    def begin(people: People) -> None:
        people.world.batches = lambda event: [{"Records": list(map(shifted, event["Records"]))}]

    return begin


def _scheduler(off: timedelta) -> Act:
    def begin(people: People) -> None:
        def shifted(_: str, event: Any) -> Any:
            return [{**event, "time": (datetime.fromisoformat(event["time"]) + off).isoformat()}]

        people.world.scheduled = shifted

    return begin


def _later(kinds: Mapping[str, int], *functions: str) -> tuple[Act, Act]:
    """Return how these functions come to write a version of items of which the others hear only later."""

    def begin(people: People) -> None:
        people.world.release = lambda name: kinds if name in functions else {}

    def end(people: People) -> None:
        people.world.release = lambda _: kinds
        people.world._runtime.restart()

    return begin, end


def _right_again(people: People) -> None:
    people.world.gateway = timedelta()
    people.world.batches = lambda event: [event]
    people.world.scheduled = lambda _, event: [event]


# By name: how it begins, and how it ends.
TROUBLES: tuple[tuple[str, Act, Act], ...] = (
    ("log: nothing can be written, nor any metric", _log_is_full, _over),
    *(
        (f"clock: {whose}'s is ten minutes {way}", clock(off), _right_again)
        for whose, clock in (
            ("the gateway", _gateway),
            ("the stream", _stream),
            ("the scheduler", _scheduler),
        )
        for way, off in (("ahead", _OFF), ("behind", -_OFF))
    ),
    ("deployed: only what people reach is of a later release", *_later({"REGISTRATION": 2}, *_WEB)),
    ("deployed: only the check is of a later release", *_later({"REGISTRATION": 2, "REPORT": 2}, "check")),
    ("deployed: only the mail function is of a later release", *_later({"MAIL": 2}, "mail")),
    (
        "deployed: the mail function is of an earlier release",
        *_later({"REGISTRATION": 2, "REPORT": 2}, *_WEB, "check", "delivery", "manage", "organise", "cli"),
    ),
)
