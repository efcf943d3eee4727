"""What browsers were refused: how often and why, without what anybody typed."""

from collections.abc import Mapping
from typing import NamedTuple


class Refusals(NamedTuple):
    """How often posts of browsers were refused, by the code of the reason, and scripts, by their site."""

    reasons: Mapping[str, int] = {}
    sites: Mapping[str, int] = {}


NO_REFUSALS = Refusals()
