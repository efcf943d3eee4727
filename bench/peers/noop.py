"""A function that does nothing: what Lambda's own runtime costs."""

from typing import Any


def handler(_event: Any, _context: Any) -> dict[str, Any]:
    """Answer."""
    return {"statusCode": 200, "body": "{}"}
