"""The logs of the functions."""

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
class LogLine:
    """One line of a function's log; `at` is the simulated time."""

    at: datetime
    function: str
    text: str


class Log:
    """The latest lines of every function."""

    def __init__(self) -> None:
        self.lines: deque[LogLine] = deque(maxlen=1000)

    @contextmanager
    def capture(self, function: str, at: datetime) -> Iterator[None]:
        """Keep what a function writes to standard output, and print it too."""
        terminal, output = sys.stdout, io.StringIO()
        try:
            with redirect_stdout(output):
                _write_to(output)
                yield
        finally:
            _write_to(terminal)
            self.write(function, at, output.getvalue())

    def write(self, function: str, at: datetime, text: str) -> None:
        """Keep and print some lines."""
        self.lines.extend(LogLine(at, function, line) for line in text.splitlines())
        if text:
            print(text.rstrip("\n"))


def _write_to(stream: io.TextIOBase | object) -> None:
    """Point every Powertools logger at a stream; by itself it keeps the standard output of its creation."""
    loggers = [
        logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)
    ]
    for handler in (handler for logger in loggers for handler in logger.handlers):
        if isinstance(handler, logging.StreamHandler) and isinstance(
            handler.formatter, BasePowertoolsFormatter
        ):
            handler.stream = stream  # without a flush: the earlier one may be closed
