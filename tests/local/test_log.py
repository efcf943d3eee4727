"""The logs of the functions."""

import io
from contextlib import redirect_stdout
from datetime import UTC, datetime

from local.log import Log
from shared.log import logger

AT = datetime(2023, 3, 20, 8, tzinfo=UTC)


def test_a_log_continues_after_its_output_is_closed() -> None:
    log, says = Log(), logger("greeter")
    gone = io.TextIOWrapper(io.BytesIO())
    with redirect_stdout(gone), log.capture("Greet", AT):
        says.info("dag")
    gone.close()
    with log.capture("Greet", AT):
        says.info("hallo")
    assert ["dag" in line.text for line in log.lines] == [True, False]
    assert ["hallo" in line.text for line in log.lines] == [False, True]
