"""What the witness keeps of everybody: a row for each registration, as it must be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from tests.seasons.cast import Person, Typing

COUNTED = frozenset({"registered", "admitted", "held"})


class Turn(NamedTuple):
    """When somebody came to stand so, and by whom."""

    at: datetime
    state: str
    by: str


class Owed(NamedTuple):
    """A mail that must come: whose, of which kind, to whom and why; `turn` is the change that it tells of."""

    reference: str
    kind: str
    to: str
    turn: Turn | None = None
    perhaps: bool = False


@dataclass(eq=False)
class Row:
    """One registration as it must be."""

    person: Person
    reference: str
    typing: Typing
    received: datetime
    turns: list[Turn]
    source: "Row | None" = None  # whose typing counts: of a forward link, a common post or a place taken over
    posted: bool = False  # together with their source, in one post
    kind: str = ""  # of the last mail about where they stand
    reminded: tuple[date, int] | None = None  # of which deadline, and how many days before it
    again_at: datetime | None = None
    links_at: datetime | None = None
    resent_at: datetime | None = None
    wish: tuple[str, datetime] | None = None  # the address that they say they have, since when
    erased: bool = False
    asked: datetime | None = None  # since when they must confirm their address, where the network asks it
    proven: bool = False  # they acted by a link that was mailed there
    by_hand: bool = False  # an organiser answers for them
    bringer: "Row | None" = None  # who registered them, or whose forward link they used
    by_link: bool = False
    by_initial: bool = False  # is known by the name as they typed it another time
    decided_with: list["Row"] = field(default_factory=list)  # the school when a check last decided
    corrector: str = ""  # who corrected the address last
    invited: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where they stand."""
        return self.turns[-1].state

    @property
    def by(self) -> str:
        """Who made it so."""
        return self.turns[-1].by

    @property
    def root(self) -> Typing:
        """The typing by which they are of a school."""
        return self.source.root if self.source else self.typing

    @property
    def waits(self) -> bool:
        """Whether a deadline that is still to come decides about them, perhaps after one that held them."""
        return self.state == "registered" or (self.state, self.by) == ("held", "check")

    def by_whom(self, at: datetime) -> str:
        """Return who had made it so just before an instant."""
        return next((turn.by for turn in reversed(self.turns) if turn.at < at), "")

    def given(self, at: datetime) -> datetime:
        """Return when they came to stand as they did just before an instant."""
        return max(turn.at for turn in self.turns if turn.at < at)

    def was(self, at: datetime) -> str:
        """Return where they stood just before an instant."""
        return next((turn.state for turn in reversed(self.turns) if turn.at < at), "")


def steps(turns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return where somebody stood and by whom, one for each time that it became otherwise."""
    return [next(alike) for _, alike in groupby(turns, key=itemgetter(0))]


def plain(typing: Typing) -> tuple[str, ...]:
    """Return a typing however it is spaced and capitalised."""
    return tuple(" ".join(text.casefold().split()) for text in (typing.name, typing.place))
