"""The file of a network to try things with, whose dates follow from the day on which it is written."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.rule.holidays import working_day

_TRIAL = """\
# To try Tweetal with: {today} is its first day but one. Apply it, register, and read what is mailed.
id = "trial-{today}"
title = "Proefnetwerk {today}"
time_zone = "{zone}"

[organiser]
name = "Proefnetwerk"
email = "{email}"
report_to = ["{email}"]

[registration]
opens = {opens}
deadline = {deadline}
late = "keep"

[rule]
min_per_school = 2
when_short = "hold"
remind_days_before = [7, 2]
repair_days = 7
{sessions}
[form]
origins = []

[privacy]
keep_months = 1
"""

_SESSION = """
[[sessions]]
date = {date}
start = 12:00:00
end = 17:00:00
place = "Utrecht"
"""
_ZONE = ZoneInfo("Europe/Amsterdam")
_YESTERDAY, _OPEN, _BETWEEN = timedelta(-1), timedelta(14), (timedelta(21), timedelta(49))


def first_day(now: datetime) -> date:
    """Return the day that a trial network of an instant is called after: that of its own time zone."""
    return now.astimezone(_ZONE).date()


def trial_network(email: str, today: date) -> str:
    """Write a network that opened yesterday, closes in two weeks and meets twice after that.

    It closes and meets on working days, so that whoever tries it sees no mail that no network would send.
    """
    meets = [working_day(today + days, 1) for days in _BETWEEN]
    return _TRIAL.format(
        today=today,
        zone=_ZONE,
        email=email,
        opens=today + _YESTERDAY,
        deadline=working_day(today + _OPEN, 1),
        sessions="".join(_SESSION.format(date=day) for day in meets),
    )
