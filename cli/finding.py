"""A finding of `tweetal doctor`: what is so, how bad that is, and what to do about it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Colour(StrEnum):
    """How bad a finding is."""

    GREEN = "green"
    AMBER = "amber"  # it works, or we could not look; somebody should see to it
    RED = "red"  # people are not served, or nobody would hear of it


class Finding(NamedTuple):
    """One thing that was looked at: its name, how it is, that in a sentence, and what to do."""

    name: str
    colour: Colour
    sentence: str
    advice: str = ""


def green(name: str, sentence: str) -> Finding:
    """Return that something is as it must be."""
    return Finding(name, Colour.GREEN, sentence)


def amber(name: str, sentence: str, advice: str) -> Finding:
    """Return that somebody should see to something."""
    return Finding(name, Colour.AMBER, sentence, advice)


def red(name: str, sentence: str, advice: str) -> Finding:
    """Return that something must be mended now."""
    return Finding(name, Colour.RED, sentence, advice)


def worst(findings: Iterable[Finding]) -> Colour:
    """Return the worst colour among findings."""
    return max((finding.colour for finding in findings), key=list(Colour).index, default=Colour.GREEN)


_GONE = frozenset({"ResourceNotFoundException", "NotFoundException", "NotFound", "ValidationError"})


def unseen(name: str, code: str) -> Finding:
    """Return that AWS did not show something, by the code of its error."""
    if code in _GONE or "NonExistent" in code:
        return red(name, f"it is not there any more ({code})", "deploy the template again")
    return amber(
        name, f"AWS did not show it ({code})", "look again, with credentials that may read it: AWS_PROFILE"
    )
