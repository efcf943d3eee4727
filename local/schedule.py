"""EventBridge Scheduler: when a schedule runs, and with which input."""

import json
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from local.template import Schedule

_DAILY = re.compile(r"cron\((\d+) (\d+) \* \* \? \*\)")


def next_day(schedule: Schedule, now: datetime) -> datetime:
    """Return when a daily schedule runs tomorrow, in its own time zone."""
    daily = _DAILY.fullmatch(schedule.expression)
    if daily is None:
        raise ValueError(f"{schedule.expression} is not a daily schedule, and no other is supported here")
    zone = ZoneInfo(schedule.time_zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(int(daily[2]), int(daily[1])), zone)


def event(schedule: Schedule, at: datetime) -> Any:
    """Fill in the context attributes of a schedule's input (Scheduler guide, "Adding context attributes")."""
    scheduled = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.loads(schedule.input.replace("<aws.scheduler.scheduled-time>", scheduled))
