"""The languages in which a network can speak to registrants, each with its phrases in a module of its own."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Protocol

from shared.domain.network.network import Network
from shared.domain.network.parts import Language
from shared.domain.registration.cause import Actor, Cause
from shared.domain.registration.reason import ReasonCode
from shared.phrases import dutch, english


class Phrases(Protocol):
    """What a module of phrases has; the type checker holds each language to it."""

    YOU: str
    COLLEAGUE: str
    A_COLLEAGUE: str
    YOUR_COLLEAGUE: str
    YOUR_SCHOOL: str
    FREE: str
    MISTAKE: str
    TO_CONTENT: str
    REQUIRED: str
    CHOOSE: str
    YES: str
    NO: str
    REFERENCE: str
    SHARE: str
    MAIL: str
    MISTAKES: dict[str, str]
    FIELDS: dict[str, str]
    PEOPLE: tuple[str, str]
    REASONS: dict[ReasonCode, str]
    CAUSES: dict[Cause, str]
    DEADLINE: str
    OLD_DEADLINE: str
    SINCE: str
    UNTIL: str
    ACTORS: dict[Actor, str]

    def day(self, d: date, /) -> str:
        """Write a date without its year."""

    def full_day(self, d: date, /) -> str:
        """Write a date in full."""

    def clock(self, t: time | datetime, /) -> str:
        """Write a time of day."""

    def hours(self, start: time, end: time, /) -> str:
        """Write a span of the day."""

    def moment(self, local: datetime, /) -> str:
        """Write a date with its time."""

    def opening(self, local: datetime, /) -> str:
        """Write from when people can register."""

    def deadline(self, network: Network, /) -> str:
        """Write until when people can register."""

    def days_left(self, days: int, /) -> str:
        """Write how long people can still register."""

    def count(self, n: int, one: str, many: str, /) -> str:
        """Write a number with its noun."""

    def listing(self, parts: Sequence[str], /) -> str:
        """Write a list as a sentence does."""

    def present(self, people: int, minimum: int, /) -> str:
        """Write how many of a school have registered."""

    def needed(self, people: int, minimum: int, is_closed: bool, /) -> str:
        """Write what a school still needs."""

    def awaited(self, names: Sequence[str], people: int, minimum: int, /) -> str:
        """Write whose address a school lacks."""


PHRASES: Mapping[Language, Phrases] = {"nl": dutch, "en": english}


def phrases_of(network: Network) -> Phrases:
    """Return the phrases in the language that a network's registrants read."""
    return PHRASES[network.language]
