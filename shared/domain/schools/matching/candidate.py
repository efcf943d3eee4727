"""One vestiging that a typing may mean, and what each clue is worth."""

from dataclasses import dataclass

from shared.domain.schools.matching.likeness import Likeness, have_different_kinds
from shared.domain.schools.matching.places import place_key
from shared.domain.schools.matching.spelling_index import RegisterName
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.schools.matching.weights import HERE, NAME, ONLY_ONE, OTHER_KIND, OWN_MAIL
from shared.domain.schools.reasons import Clue

_NAME_CLUES = {
    Likeness.SHARED: Clue.NAME_IS_LIKE,
    Likeness.PART: Clue.NAME_IN_PART,
    Likeness.TYPO: Clue.NAME_BUT_FOR_A_LETTER,
    Likeness.SAME: Clue.NAME,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One vestiging, the name by which the typing is most like it, and the clues for and against it."""

    vestiging: Vestiging
    likeness: Likeness
    entry: RegisterName
    has_other_kind: bool
    place_points: float
    mail_points: float
    entry_index: int
    is_chain: bool
    is_only_one: bool = False

    @property
    def points(self) -> float:
        """The sum of what the clues are worth."""
        kind = OTHER_KIND if self.has_other_kind else 0.0
        only_one = ONLY_ONE if self.is_only_one else 0.0
        return NAME[self.likeness] + kind + self.place_points + self.mail_points + only_one

    def is_same_school(self, other: "Candidate") -> bool:
        """Tell whether two candidates are one school: they share a BRIN, or a name and a place."""
        is_one_place = place_key(self.vestiging.place) == place_key(other.vestiging.place)
        if self.vestiging.brin == other.vestiging.brin:
            return is_one_place or not self.is_chain
        are_whole = self.likeness == other.likeness >= Likeness.TYPO
        are_whole = are_whole and self.has_other_kind == other.has_other_kind
        is_one_name = are_whole and not have_different_kinds(self.entry.name, other.entry.name)
        return is_one_place and is_one_name

    @property
    def clues(self) -> tuple[Clue, ...]:
        """What speaks for this candidate."""
        clues = (
            _NAME_CLUES.get(self.likeness),
            Clue.PLACE if self.place_points == HERE else None,
            Clue.DOMAIN if self.mail_points == OWN_MAIL else None,
            Clue.ONLY_SCHOOL_OF_THAT_NAME if self.is_only_one else None,
        )
        return tuple(clue for clue in clues if clue)
