"""Logs: one JSON line per event, of ids, counts and codes only."""

from aws_lambda_powertools import Logger


def logger(service: str) -> Logger:
    """Return the logger of a function; what it is given must never be personal data or a token.

    Exceptions are logged by type and place (`serialize_stacktrace`), not with their message in a trace.
    """
    return Logger(service=service, level="INFO", log_uncaught_exceptions=False, utc=True)
