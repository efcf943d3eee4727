"""Says at what time it rang."""

from typing import Any


def handler(event: dict[str, Any], _context: Any) -> Any:
    """Return the event as it came."""
    return {"rang": event}
