"""The file of a network to try things with, whose dates follow from the day on which it is written."""

from datetime import date, timedelta

_TRIAL = """\
# To try Tweetal with: {today} is its first day but one. Apply it, register, and read what is mailed.
id = "trial-{today}"
title = "Proefnetwerk {today}"
time_zone = "Europe/Amsterdam"

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
_OPEN, _BETWEEN = timedelta(14), (timedelta(21), timedelta(49))


def trial_network(email: str, today: date) -> str:
    """Write a network that opened yesterday, closes in two weeks and meets twice after that."""
    sessions = "".join(_SESSION.format(date=today + days) for days in _BETWEEN)
    return _TRIAL.format(
        today=today, email=email, opens=today - timedelta(1), deadline=today + _OPEN, sessions=sessions
    )
