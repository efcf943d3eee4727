"""One vestiging that may be meant, and how strongly each clue speaks for it."""

from dataclasses import dataclass

from shared.domain.schools.matching.likeness import Likeness, have_different_kinds
from shared.domain.schools.matching.lookup import Entry
from shared.domain.schools.matching.places import place_key
from shared.domain.schools.matching.register import Vestiging
from shared.phrases.dutch import listing

# What each clue weighs. Two good ones make the four that is sure; a vague name and a place do not.
_NAME = {Likeness.NONE: 0.0, Likeness.SHARED: 1.0, Likeness.PART: 2.0, Likeness.TYPO: 2.5, Likeness.SAME: 3.0}
HERE, ELSEWHERE, NOWHERE = 2.0, -3.0, -2.0
OWN_MAIL, GROUP_MAIL, OTHERS_MAIL = 3.0, 1.0, -1.0
_OTHER_KIND = -1.5
_ALONE = 1.0
_SAID = {
    Likeness.NONE: "",
    Likeness.SHARED: "de naam lijkt erop",
    Likeness.PART: "een deel van de naam klopt",
    Likeness.TYPO: "de naam klopt op een letter na",
    Likeness.SAME: "de naam klopt",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One vestiging, and what speaks for it."""

    row: Vestiging
    like: Likeness
    entry: Entry
    kinds_differ: bool
    place: float
    mail: float
    order: int
    chain: bool
    alone: bool = False

    @property
    def points(self) -> float:
        """Add the clues."""
        kind = _OTHER_KIND if self.kinds_differ else 0.0
        return _NAME[self.like] + kind + self.place + self.mail + (_ALONE if self.alone else 0.0)

    def is_same_school(self, other: "Candidate") -> bool:
        """Tell whether two that fit as well are one school: of one BRIN, or of one name in one place."""
        one_place = place_key(self.row.place) == place_key(other.row.place)
        if self.row.brin == other.row.brin:
            return one_place or not self.chain
        named = self.like == other.like == Likeness.SAME and self.kinds_differ == other.kinds_differ
        one_name = named and not have_different_kinds(self.entry.name, other.entry.name)
        return one_place and one_name

    @property
    def because(self) -> str:
        """Say in Dutch what speaks for it."""
        clues = (
            _SAID[self.like],
            "de plaats klopt" if self.place == HERE else "",
            "het e-maildomein is van deze school" if self.mail == OWN_MAIL else "",
            "er is maar één school met die naam" if self.alone else "",
        )
        return listing([clue for clue in clues if clue]) or "er klopt weinig"
