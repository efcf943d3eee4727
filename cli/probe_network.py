"""The file of the network in which the daily probe registers; it is open until 2100."""

from shared.domain.network.network import PROBE

PROBE_NETWORK = f"""\
# The network of the daily probe, with one person who does not exist, and without reports. Apply it once.
id = "{PROBE}"
title = "Dagelijkse proef van Tweetal"

[organiser]
name = "Tweetal"
email = "success@simulator.amazonses.com"
report_to = ["success@simulator.amazonses.com"]

[registration]
opens = 2020-01-01
deadline = 2100-06-30

[rule]
min_per_school = 1

[privacy]
keep_months = 1
"""
