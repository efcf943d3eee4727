"""Every code that the matching gives has its sentence."""

import pytest

from shared.domain.schools.reasons import Clue, MatchFinding, MatchReason, PairFinding, PairReason
from shared.phrases.schools import match_reason_in_english, pair_reason_in_dutch, pair_reason_in_english

SCHOOLS = ("Bergcollege in Utrecht", "Dalcollege in Ede")


@pytest.mark.parametrize("finding", PairFinding)
def test_every_finding_about_a_pair_is_a_sentence_in_both_languages(finding: PairFinding) -> None:
    reason = PairReason(finding, SCHOOLS)
    for sentence in (pair_reason_in_dutch(reason), pair_reason_in_english(reason)):
        assert sentence.endswith(".")
        assert "{" not in sentence


@pytest.mark.parametrize("finding", MatchFinding)
def test_every_finding_about_a_match_is_a_sentence(finding: MatchFinding) -> None:
    sentence = match_reason_in_english(MatchReason(finding, SCHOOLS, tuple(Clue), "90AH00"))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_a_match_without_clues_says_so() -> None:
    reason = MatchReason(MatchFinding.TOO_FEW_CLUES, SCHOOLS[:1])
    assert match_reason_in_english(reason) == (
        "Perhaps this is Bergcollege in Utrecht: few clues match, but that is too little to be sure."
    )
