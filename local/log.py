"""What the functions wrote to their logs."""

import io
import logging
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime

from aws_lambda_powertools.logging.formatter import BasePowertoolsFormatter


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a function's log; `at` is the simulated time."""

    at: datetime
    function: str
    text: str


class Log:
    """The latest lines of every function."""

    def __init__(self) -> None:
        self.lines: deque[Line] = deque(maxlen=1000)

    @contextmanager
    def capture(self, function: str, at: datetime) -> Iterator[None]:
        """Keep what is written to standard output meanwhile, and print it there as well."""
        terminal, written = sys.stdout, io.StringIO()
        try:
            with redirect_stdout(written):
                _write_to(written)
                yield
        finally:
            _write_to(terminal)
            self.write(function, at, written.getvalue())

    def write(self, function: str, at: datetime, text: str) -> None:
        """Keep and print some lines."""
        self.lines.extend(Line(at, function, line) for line in text.splitlines())
        if text:
            print(text.rstrip("\n"))


def _write_to(stream: io.TextIOBase | object) -> None:
    """Point every Powertools logger at a stream: each holds on to the standard output of when it was made."""
    loggers = [
        known for known in logging.root.manager.loggerDict.values() if isinstance(known, logging.Logger)
    ]
    for handler in (handler for logger in loggers for handler in logger.handlers):
        if isinstance(handler, logging.StreamHandler) and isinstance(
            handler.formatter, BasePowertoolsFormatter
        ):
            handler.stream = stream  # nothing waits in the one before, and it may be closed by now
