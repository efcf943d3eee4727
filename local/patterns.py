"""Event filtering: which records Lambda passes to a function (Lambda guide, "Filter rule syntax")."""

from collections.abc import Sequence
from typing import Any


def matches(pattern: Any, value: Any) -> bool:
    """Say whether a value matches a filter pattern: every key of it, and any rule of each list.

    Raises `ValueError` for an operator that is not supported here.
    """
    if isinstance(pattern, dict):
        fields = value if isinstance(value, dict) else {}
        return all(matches(rule, fields.get(key)) for key, rule in pattern.items())
    return any(_matches_rule(rule, value) for rule in pattern)


def _matches_rule(rule: Any, value: Any) -> bool:
    match rule:
        case {"prefix": str(start)}:
            return isinstance(value, str) and value.startswith(start)
        case {"suffix": str(end)}:
            return isinstance(value, str) and value.endswith(end)
        case {"exists": bool(expected)}:
            return (value is not None) is expected
        case {"anything-but": list(others)}:
            return value is not None and value not in others
        case dict():
            raise ValueError(f"filter rule {rule!r} is not supported here")
        case _:
            return bool(rule == value)


def matches_any(patterns: Sequence[Any], record: Any) -> bool:
    """Say whether a record matches any of the patterns; without patterns every record does."""
    return not patterns or any(matches(pattern, record) for pattern in patterns)
