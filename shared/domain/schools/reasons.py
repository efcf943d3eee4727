"""Why a typing is matched to a vestiging, and why two typings are one school or not: codes, no sentences.

`shared.phrases.schools` words them. This file imports nothing, so that a page can word a reason without
loading the matching.
"""

from enum import StrEnum
from typing import NamedTuple


class Clue(StrEnum):
    """One thing that speaks for a candidate."""

    NAME_IS_LIKE = "name_is_like"
    NAME_IN_PART = "name_in_part"
    NAME_BUT_FOR_A_LETTER = "name_but_for_a_letter"
    NAME = "name"
    PLACE = "place"
    DOMAIN = "domain"
    ONLY_SCHOOL_OF_THAT_NAME = "only_school_of_that_name"


class MatchFinding(StrEnum):
    """What decided a match, or kept it from being sure."""

    DECIDED_EARLIER = "decided_earlier"
    CODE_TYPED = "code_typed"
    BRIN_TYPED = "brin_typed"
    ENOUGH_CLUES = "enough_clues"
    NAMES_NO_SINGLE_SCHOOL = "names_no_single_school"
    FITS_SEVERAL = "fits_several"
    TOO_FEW_CLUES = "too_few_clues"
    NOTHING_LIKE_IT = "nothing_like_it"


class MatchReason(NamedTuple):
    """Why a match is sure or not: `schools` holds the best candidate and its rival, each with its place."""

    finding: MatchFinding
    schools: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()
    code: str = ""


class PairFinding(StrEnum):
    """What decided whether two typings are of one school."""

    SAME_NAME_AND_PLACE = "same_name_and_place"
    SAME_NAME_AND_BRIN = "same_name_and_brin"
    SAME_NAME_AND_DOMAIN = "same_name_and_domain"
    SAME_NAME_ONLY = "same_name_only"
    ONE_VESTIGING = "one_vestiging"
    LOCATIONS_OF_ONE_SCHOOL = "locations_of_one_school"
    ONE_SCHOOL_WITH_TWO_BRINS = "one_school_with_two_brins"
    TWO_VESTIGINGEN = "two_vestigingen"
    LOCATIONS_WITH_OWN_NAMES = "locations_with_own_names"
    SCHOOL_AND_PRAKTIJKSCHOOL = "school_and_praktijkschool"
    NAMES_HAVE_OTHER_NUMBERS = "names_have_other_numbers"
    NAMES_ALIKE_BUT_CONFLICTING = "names_alike_but_conflicting"
    NAMES_TOO_DIFFERENT = "names_too_different"
    ALL_DIFFERENT = "all_different"
    FITS_TWO_SCHOOLS = "fits_two_schools"


class PairReason(NamedTuple):
    """Why two typings are one school or not: `schools` holds those that the finding is about, with places."""

    finding: PairFinding
    schools: tuple[str, ...] = ()
