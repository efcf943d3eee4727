"""A registration as `GET /_local/registrations` shows it, with the fields of the export."""

from datetime import UTC, datetime
from typing import Any

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.registration.registration import Registration
from shared.phrases import dutch
from shared.phrases.reasons import why

_SAME = ("reference", "network", *TYPED_FIELDS)


def as_json(registration: Registration) -> dict[str, Any]:
    """Return a registration with everything that is stored of it."""
    return {key: getattr(registration, key) for key in _SAME} | {
        "status": registration.state.value,
        "extra": dict(registration.extra),
        "invited_by": registration.invited_by,
        "via": registration.via,
        "received_at": _utc(registration.received_at),
        "reminded": registration.reminded,
        "history": [
            {"at": _utc(change.at), "state": change.state.value, "by": change.by, "why": why(change, dutch)}
            for change in registration.history
        ],
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
