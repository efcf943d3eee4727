"""Whether somebody hears that something went wrong."""

import json

from tests.faults.world import FaultyWorld

_STUCK = 3600  # seconds: the threshold of MailStuckAlarm
_FAILED = 10  # sign-ins: the threshold of SignInFailedAlarm


def heard(world: FaultyWorld) -> bool:
    """Say whether an operator has an alarm (docs/runbook.md), or organisers a line in their report."""
    metrics = [json.loads(line.text) for line in world.log.lines if '"_aws"' in line.text]
    stuck = any(metric.get("OldestOpenMail", [0])[0] > _STUCK for metric in metrics)
    unknown = any("UnknownVersion" in metric for metric in metrics)
    blocked = any("MailBlocked" in metric for metric in metrics)
    locked_out = sum("SignInFailed" in metric for metric in metrics) > _FAILED
    reports = (mail.body("Text") for mail in world.mailbox.sent if mail.tags["kind"] == "report")
    is_reported = any("niet aan" in text for text in reports)
    return bool(stuck or unknown or blocked or locked_out or is_reported or world.alarms or world.given_up)
