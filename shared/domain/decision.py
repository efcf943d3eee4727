"""An organiser's decision about a school or a network: never deleted, only undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a decision."""

    WAIVE = "waive"  # this school may come with fewer people
    HOLD_CLOSING = "hold_closing"  # the deadline decides nothing until this is undone
    SAME = "same"  # two typings are one school
    DIFFERENT = "different"  # two typings are two schools
    IS = "is"  # a typing is this vestiging
    OUR_SITE = "our_site"  # what this site posts is ours
    OTHER_SITE = "other_site"  # what this site posts stays put aside, unasked


# Decisions about typings hold for every network.
SCHOOL_RULINGS = frozenset({Kind.SAME, Kind.DIFFERENT, Kind.IS})


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, with its organiser (`by`) and what they typed (`why`).

    `about` is the reference of a person of the school, or empty for the whole network: a school's name and
    place may later be read otherwise. A ruling on typings is about an `alias_key`, and its `value` is the
    other `alias_key` or the code of a vestiging.
    """

    network: str
    id: str
    kind: Kind
    about: str
    by: str
    why: str
    at: datetime
    until: datetime | None = None
    undone_at: datetime | None = None
    value: str = ""

    def holds(self, now: datetime) -> bool:
        """Say whether this decision is in force at an instant."""
        ends = [end for end in (self.until, self.undone_at) if end]
        return self.at <= now < min(ends) if ends else self.at <= now


def in_force(decisions: Iterable[Decision], kind: Kind, now: datetime) -> dict[str, Decision]:
    """Return the decisions of a kind that hold at an instant, by what they are about: the latest of each."""
    ordered = sorted(decisions, key=lambda d: d.at)
    return {d.about: d for d in ordered if d.kind is kind and d.holds(now)}


def our_site(decisions: Iterable[Decision], origin: str, now: datetime) -> bool | None:
    """Return what an organiser said of a site, by its origin: theirs, or not; None where nobody said."""
    return site_rulings(decisions, now).get(origin)


def site_rulings(decisions: Iterable[Decision], now: datetime) -> dict[str, bool]:
    """Return what organisers said of sites, by origin: whether each is theirs."""
    rulings = (d for d in sorted(decisions, key=lambda d: d.at) if d.kind in _ON_SITES and d.holds(now))
    return {d.about: d.kind is Kind.OUR_SITE for d in rulings}


_ON_SITES = (Kind.OUR_SITE, Kind.OTHER_SITE)
