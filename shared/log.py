"""Logs: one JSON line per event, with ids, counts and codes only."""

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any

from aws_lambda_powertools import Logger

from shared.settings import read_version

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


class FailedError(Exception):
    """A failed function; Lambda logs the message, so the message has no personal data."""


def logger(service: str) -> Logger:
    """Return the logger of a function, which must never get personal data or a token.

    Every line names the release that wrote it. Exceptions are logged by type and place, without their message
    or a trace.
    """
    version = read_version() or None  # None is not written
    return Logger(service=service, level="INFO", log_uncaught_exceptions=False, utc=True, version=version)


def hides_error_text(handler: Handler) -> Handler:
    """Return a handler whose failure has only a type and a place: a message may quote what a person typed."""

    @wraps(handler)
    def guarded(event: dict[str, Any], context: Any) -> dict[str, Any]:
        try:
            return handler(event, context)
        except FailedError:
            raise
        except Exception as error:  # noqa: BLE001 the last resort for every error that nothing else handles
            failed = FailedError(f"{type(error).__name__} at {_place(error)}")
        raise failed  # outside the except block, where Python does not chain the first error to it

    return guarded


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    module = last.filename.replace("\\", "/").split("/")
    return f"{'/'.join(module[-3:])}:{last.lineno}"


def measure(
    namespace: str, name: str, value: float, unit: str, of: Mapping[str, str], **besides: str
) -> None:
    """Write a log line that is also a metric (CloudWatch's embedded metric format), with other facts besides.

    A log that cannot be written stops nothing.
    """
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # few functions have a metric

    with (
        suppress(OSError),
        single_metric(
            name, MetricUnit(unit), value, namespace=namespace, default_dimensions=dict(of)
        ) as metric,
    ):
        for key, text in besides.items():
            metric.add_metadata(key, text)
