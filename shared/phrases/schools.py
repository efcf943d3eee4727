"""What we say about matched and compared schools: in Dutch to organisers, in English to operators."""

from collections.abc import Mapping

from shared.domain.schools.reasons import Clue, MatchFinding, MatchReason, PairFinding, PairReason
from shared.phrases import english

_DUTCH_PAIRS: Mapping[PairFinding, str] = {
    PairFinding.SAME_NAME_AND_PLACE: "De naam en de plaats komen overeen.",
    PairFinding.SAME_NAME_AND_BRIN: "De naam en het BRIN-nummer komen overeen.",
    PairFinding.SAME_NAME_AND_DOMAIN: "De naam en het e-maildomein komen overeen.",
    PairFinding.SAME_NAME_ONLY: "Alleen de naam komt overeen.",
    PairFinding.ONE_VESTIGING: "Beide zijn {}.",
    PairFinding.LOCATIONS_OF_ONE_SCHOOL: "Twee locaties van één school: {} en {}.",
    PairFinding.ONE_SCHOOL_WITH_TWO_BRINS: "Eén school met twee BRIN-nummers: {}.",
    PairFinding.TWO_VESTIGINGEN: "De een is {}, de ander {}.",
    PairFinding.LOCATIONS_WITH_OWN_NAMES: "Eén BRIN-nummer, maar locaties met een eigen naam: {} en {}.",
    PairFinding.SCHOOL_AND_PRAKTIJKSCHOOL: "Een school en een praktijkschool of schakelklas: {} en {}.",
    PairFinding.NAMES_HAVE_OTHER_NUMBERS: "De namen hebben een ander nummer.",
    PairFinding.NAMES_ALIKE_BUT_CONFLICTING: "De namen lijken op elkaar, maar er is ook iets dat niet klopt.",
    PairFinding.NAMES_TOO_DIFFERENT: "De namen lijken niet genoeg op elkaar.",
    PairFinding.ALL_DIFFERENT: "De namen zijn anders, en de plaats of het e-maildomein ook.",
    PairFinding.FITS_TWO_SCHOOLS: "Dit past bij twee scholen die niet dezelfde zijn.",
}
_ENGLISH_PAIRS: Mapping[PairFinding, str] = {
    PairFinding.SAME_NAME_AND_PLACE: "The names and the places match.",
    PairFinding.SAME_NAME_AND_BRIN: "The names and the BRIN numbers match.",
    PairFinding.SAME_NAME_AND_DOMAIN: "The names and the email domains match.",
    PairFinding.SAME_NAME_ONLY: "Only the names match.",
    PairFinding.ONE_VESTIGING: "Both are {}.",
    PairFinding.LOCATIONS_OF_ONE_SCHOOL: "These are two locations of one school: {} and {}.",
    PairFinding.ONE_SCHOOL_WITH_TWO_BRINS: "This is one school with two BRIN numbers: {}.",
    PairFinding.TWO_VESTIGINGEN: "One is {}, the other is {}.",
    PairFinding.LOCATIONS_WITH_OWN_NAMES: "They share a BRIN number, but have names of their own: {} and {}.",
    PairFinding.SCHOOL_AND_PRAKTIJKSCHOOL: "One is a praktijkschool or schakelklas: {} and {}.",
    PairFinding.NAMES_HAVE_OTHER_NUMBERS: "The names hold different numbers.",
    PairFinding.NAMES_ALIKE_BUT_CONFLICTING: "The names are alike, but another clue contradicts them.",
    PairFinding.NAMES_TOO_DIFFERENT: "The names are not alike enough.",
    PairFinding.ALL_DIFFERENT: "The names differ, and so does the place or the email domain.",
    PairFinding.FITS_TWO_SCHOOLS: "This fits two schools that are not the same.",
}
_ENGLISH_MATCHES: Mapping[MatchFinding, str] = {
    MatchFinding.DECIDED_EARLIER: "This is {0}: it was decided earlier.",
    MatchFinding.CODE_TYPED: "This is {0}: the code {code} was typed.",
    MatchFinding.BRIN_TYPED: "This is {0}: the BRIN number {code} was typed.",
    MatchFinding.ENOUGH_CLUES: "This is {0}: {clues}.",
    MatchFinding.NAMES_NO_SINGLE_SCHOOL: "This does not read as the name of one secondary school; "
    "perhaps it is {0}.",
    MatchFinding.FITS_SEVERAL: "This can be {0}, but also {1}.",
    MatchFinding.TOO_FEW_CLUES: "Perhaps this is {0}: {clues}, but that is too little to be sure.",
    MatchFinding.NOTHING_LIKE_IT: "No school in the register is like this.",
}
_ENGLISH_CLUES: Mapping[Clue, str] = {
    Clue.NAME_IS_LIKE: "the name is like it",
    Clue.NAME_IN_PART: "a part of the name matches",
    Clue.NAME_BUT_FOR_A_LETTER: "the name matches but for a letter",
    Clue.NAME: "the name matches",
    Clue.PLACE: "the place matches",
    Clue.DOMAIN: "the email domain is this school's",
    Clue.ONLY_SCHOOL_OF_THAT_NAME: "no other school has that name",
}


def pair_reason_in_dutch(reason: PairReason) -> str:
    """Word for an organiser why two typings are one school or not."""
    return _DUTCH_PAIRS[reason.finding].format(*reason.schools)


def pair_reason_in_english(reason: PairReason) -> str:
    """Word for an operator why two typings are one school or not."""
    return _ENGLISH_PAIRS[reason.finding].format(*reason.schools)


def match_reason_in_english(reason: MatchReason) -> str:
    """Word for an operator why a match is sure or not."""
    clues = english.listing([_ENGLISH_CLUES[clue] for clue in reason.clues]) or "few clues match"
    return _ENGLISH_MATCHES[reason.finding].format(*reason.schools, clues=clues, code=reason.code)
