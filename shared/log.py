"""Logs: one JSON line per event, of ids, counts and codes only."""

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any

from aws_lambda_powertools import Logger

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


class FailedError(Exception):
    """A function failed. Lambda logs the message by itself, so it holds nothing of people."""


def logger(service: str) -> Logger:
    """Return the logger of a function; what it is given must never be personal data or a token.

    Exceptions are logged by type and place, not with their message in a trace.
    """
    return Logger(service=service, level="INFO", log_uncaught_exceptions=False, utc=True)


def hides_error_text(handler: Handler) -> Handler:
    """Return a handler that fails with a type and a place only: other messages may quote what was typed."""

    @wraps(handler)
    def guarded(event: dict[str, Any], context: Any) -> dict[str, Any]:
        try:
            return handler(event, context)
        except FailedError:
            raise
        except Exception as error:  # noqa: BLE001 the last resort of whatever was not foreseen
            failed = FailedError(f"{type(error).__name__} at {_place(error)}")
        raise failed  # out here, or Python would chain the first error to it

    return guarded


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    module = last.filename.replace("\\", "/").split("/")
    return f"{'/'.join(module[-3:])}:{last.lineno}"


def measure(
    namespace: str, name: str, value: float, unit: str, of: Mapping[str, str], **besides: str
) -> None:
    """Write a line of the log that is a metric too (CloudWatch's embedded format), and what else is in it.

    Where nothing can be written, of the log neither, what was being done goes on.
    """
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # not for who only logs

    with (
        suppress(OSError),
        single_metric(
            name, MetricUnit(unit), value, namespace=namespace, default_dimensions=dict(of)
        ) as told,
    ):
        for key, text in besides.items():
            told.add_metadata(key, text)
