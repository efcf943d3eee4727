"""The daily probe (EventBridge Scheduler): registers somebody who does not exist, as a visitor would."""

from functools import cache
from typing import Any, NamedTuple

from functions.probe.post import post
from shared.aws.probe_items import ProbeItems
from shared.aws.store import Store
from shared.log import FailedError, hides_error_text, logger, measure
from shared.settings import read_settings

_LOG = logger("probe")
_STORED = 201


class Services(NamedTuple):
    """The services that this function talks to."""

    items: ProbeItems
    base_url: str
    metrics: str  # the namespace of this stack's metrics


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    return Services(ProbeItems(Store(settings.table)), settings.base_url, settings.metrics_namespace)


@hides_error_text
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Measure whether the last probe's mail arrived, delete that probe, and register the next one.

    The first probe has none before it, so it measures nothing.
    """
    items, base_url, metrics = services()
    is_delivered = items.is_delivered()
    if is_delivered is not None:
        measure(metrics, "ProbeDelivered", is_delivered, "Count", {"service": "probe"})
    items.delete_all()
    status = post(base_url, event["time"][:10])
    _LOG.info("probed", status=status, delivered=is_delivered)
    if status != _STORED:
        raise ProbeFailedError(f"the API answered {status}")
    return {"time": event["time"], "delivered": is_delivered}


class ProbeFailedError(FailedError):
    """The API did not register the probe: Lambda tries again, and an alarm tells the operator."""
