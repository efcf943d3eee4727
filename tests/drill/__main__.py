"""Plays a season many times, and loses and restores its table each time: `python -m tests.drill 60`."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import product
from typing import NamedTuple

from tests.drill.drill import Drill
from tests.infra.permissions.recording import RecordingWorld
from tests.journeys.conftest import Story
from tests.journeys.season import acts, after_the_deadline, at, before_the_deadline
from shared.domain.registration.registration import Registration


class Way(NamedTuple):
    """A way to lose items: which kinds, or all, and after how many the command fails once, if it does."""

    what: str
    kinds: tuple[str, ...]
    fails_after: int = 0
