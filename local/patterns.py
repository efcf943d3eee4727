"""Event filtering: which records Lambda hands to a function (Lambda guide, "Filter rule syntax")."""

from collections.abc import Sequence
from typing import Any


def matches(pattern: Any, value: Any) -> bool:
    """Say whether a value fits a filter pattern: every key of it, and any rule of each list.

    Raises `ValueError` for an operator that this machine does not play, rather than guess.
    """
    if isinstance(pattern, dict):
        found = value if isinstance(value, dict) else {}
        return all(matches(rule, found.get(key)) for key, rule in pattern.items())
    return any(_fits(rule, value) for rule in pattern)


def _fits(rule: Any, value: Any) -> bool:
    match rule:
        case {"prefix": str(start)}:
            return isinstance(value, str) and value.startswith(start)
        case {"suffix": str(end)}:
            return isinstance(value, str) and value.endswith(end)
        case {"exists": bool(wanted)}:
            return (value is not None) is wanted
        case {"anything-but": list(others)}:
            return value is not None and value not in others
        case dict():
            raise ValueError(f"filter rule {rule!r} is not played here")
        case _:
            return bool(rule == value)


def wanted(patterns: Sequence[Any], record: Any) -> bool:
    """Say whether a record fits any of the patterns; without patterns every record does."""
    return not patterns or any(matches(pattern, record) for pattern in patterns)
