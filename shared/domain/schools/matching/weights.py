"""Every number that decides a match: what a clue weighs, how much is enough, and how near letters must be."""

from shared.domain.schools.matching.likeness import Likeness

# Points for each clue. Two good clues make the four that are sure; a vague name and a place do not.
NAME = {Likeness.NONE: 0.0, Likeness.SHARED: 1.0, Likeness.PART: 2.0, Likeness.TYPO: 3.0, Likeness.SAME: 3.0}
OTHER_KIND = -1.5
HERE, ELSEWHERE, NOWHERE = 2.0, -3.0, -2.0
OWN_MAIL, GROUP_MAIL, OTHERS_MAIL = 3.0, 1.0, -1.0
ONLY_ONE = 1.0

# A match is sure from so many points: at least two independent clues, such as a whole name and its place.
SURE = 4.0
# The second school must have this many points fewer than the first, or else both may be meant.
MARGIN = 1.0
# A candidate with fewer points is not worth showing, unless its whole name is the same.
WORTH_SHOWING = 2.0
