"""The daily export (EventBridge Scheduler), two hours after the check: by then its mails have gone."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from shared.access.links import Links
from shared.aws.exports import Exports
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import PROBE
from shared.log import hides_error_text, logger
from shared.settings import read_settings

_LOG = logger("export")


class Services(NamedTuple):
    """The services that this function talks to."""

    store: Store
    exports: Exports


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    key = Links(link_keys(settings.link_secret)).keys("export")[-1]
    return Services(Store(settings.table), Exports(settings.exports, key))


@hides_error_text
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Export every network as of the scheduled time; a retry writes over what was begun."""
    store, exports = services()
    networks = [network for network in Table(store).networks() if network != PROBE]
    lines = exports.write_export(store, networks, datetime.fromisoformat(event["time"]))
    _LOG.info("exported", lines=lines)
    return {"time": event["time"], "lines": lines}
