"""Judges whether what was deployed runs, and whether somebody would hear if it did not."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from cli.finding import Finding, amber, green, red
from shared.aws.stack import StreamState

CHECK_WITHIN = timedelta(hours=26)  # the day on which summer time ends has 25
_ENOUGH = 32  # characters of a key; a shorter one can be guessed
_DEPLOY = "deploy the template again (docs/deploy.md, step 2)"
# SAM's names for the schedules that a parameter turns off.
_EXPORT, _MAY_BE_OFF = "ExportDaily", frozenset({"ProbeDaily", "SubmitWake"})


def judge_status(status: str) -> Finding:
    """Say how the last deployment ended."""
    name = "deployment"
    if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"):
        return green(name, f"the last one went well ({status})")
    if status.startswith("UPDATE_") and status.endswith("ROLLBACK_COMPLETE"):
        return amber(name, "the last one failed, and the release before it runs", _DEPLOY)
    if status.endswith("_IN_PROGRESS"):
        return amber(name, f"it is being changed at this moment ({status})", "look again in a few minutes")
    return red(name, f"it failed ({status})", "read the stack's events in CloudFormation, then " + _DEPLOY)


def judge_keys(name: str, keys: Sequence[str]) -> Finding:
    """Say whether a secret holds keys that nobody can guess."""
    if not keys or min(map(len, keys)) < _ENOUGH:
        advice = 'write a new key beside it (docs/deploy.md, "Changing the secret behind the links")'
        return red(name, "it has no key, or one that is too short", advice)
    return green(name, f"its keys cannot be guessed (there are {len(keys)})")


def judge_schedules(states: Mapping[str, str]) -> Finding:
    """Say whether every schedule starts its function."""
    all_off = {name for name, state in states.items() if state != "ENABLED"}
    off = sorted(all_off - _MAY_BE_OFF)
    if not states:
        return red("schedules", "there is none: no check and no sweep runs", _DEPLOY)
    if off == [_EXPORT]:
        advice = "deploy with DailyExport=on, or enable it in EventBridge Scheduler"
        return amber("schedules", "there is no daily export, without which restoring is not safe", advice)
    if off:
        advice = "enable it in EventBridge Scheduler, in the console"
        return red("schedules", f"{', '.join(off)} does not run: no check, no export or no sweep", advice)
    return green("schedules", f"{len(states) - len(all_off)} are enabled, as they should be")


def judge_streams(states: Mapping[str, StreamState]) -> Finding:
    """Say whether changes of the table reach the mail function."""
    name = "stream"
    if not states or any(each.state in ("Disabled", "Disabling") for each in states.values()):
        advice = "enable the trigger of the function Mail in Lambda; until then the sweep mails every quarter"
        return red(name, "changes of the table do not reach the mail function", advice)
    if any(each.state != "Enabled" for each in states.values()):
        return amber(name, "it is being changed at this moment", "look again in a few minutes")
    if any(each.last_result.startswith("PROBLEM") for each in states.values()):
        advice = "read the log of Mail (docs/runbook.md#maildelayedalarm)"
        return amber(name, "the mail function failed on the last changes", advice)
    return green(name, "changes of the table reach the mail function")


def judge_queues(lengths: Mapping[str, int]) -> Finding:
    """Say whether events were given up."""
    waiting = sum(lengths.values())
    if waiting:
        advice = "read them in the queue UnhandledQueueUrl (docs/runbook.md#unhandledalarm)"
        return red("dead letters", f"{waiting} given up after every retry", advice)
    return green("dead letters", "none")


def judge_subscriptions(email: str, topic: str, confirmed: Sequence[bool]) -> Finding:
    """Say whether somebody gets the alarms."""
    name = "alarm mails"
    if email == "none":
        return amber(name, "nobody gets them: AlarmEmail is none", "deploy with an address as AlarmEmail")
    if not any(confirmed):  # SNS forgets after three days who did not confirm
        again = f"aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint {email}"
        sentence = f"{email} has not confirmed, so nobody gets them"
        return red(name, sentence, f"press the link in AWS's mail; this sends it again: {again}")
    return green(name, f"{sum(confirmed)} confirmed")


def judge_alarms(raised: Sequence[str], count: int) -> Iterator[Finding]:
    """Yield each alarm that is raised now, or that none is."""
    for name in raised:
        yield red(name, "this alarm is raised now", f"docs/runbook.md#{name.lower()}")
    if not raised:
        yield green("alarms", f"none of the {count} is raised")


def judge_check(last: datetime | None, created_at: datetime, now: datetime) -> Finding:
    """Say whether the daily check ran."""
    if last is not None:
        return green("last check", f"in the hour of {last:%Y-%m-%d %H:%M}Z")
    if now - created_at < CHECK_WITHIN:
        return amber("last check", "none yet: this stack is new", "look again after seven in the morning")
    return red(
        "last check",
        f"none in {CHECK_WITHIN.total_seconds() / 3600:.0f} hours",
        "do it yourself, with tweetal check (docs/runbook.md#checkmissedalarm)",
    )
