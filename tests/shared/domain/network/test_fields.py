"""The list of fields is the only one: whatever goes over it knows every field."""

from dataclasses import fields

import pytest

from shared.domain.form import synonyms_en, synonyms_nl
from shared.domain.form.submission import Person, Submission
from shared.domain.network.fields import (
    FIELDS,
    HIDDEN_FIELDS,
    PERSON_FIELDS,
    SCHOOL_FIELDS,
    TYPED_FIELDS,
)
from shared.domain.network.parts import Language
from shared.domain.registration.registration import Registration
from shared.phrases.field_labels import FIELD_WORDS, input_labels


def test_a_submission_has_every_field_and_no_other() -> None:
    assert set(Person.model_fields) == {*PERSON_FIELDS, "school", "place"}
    own = {*TYPED_FIELDS, *HIDDEN_FIELDS}
    besides = {"colleagues", "extra", "questions", "consents", "without_address"}
    assert set(Submission.model_fields) == own | besides


def test_a_registration_keeps_every_field() -> None:
    assert {*TYPED_FIELDS} <= {field.name for field in fields(Registration)}
    assert {*SCHOOL_FIELDS} < {*TYPED_FIELDS} < {*FIELDS}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_has_words_in_every_language(language: Language) -> None:
    assert FIELD_WORDS[language].keys() == {*TYPED_FIELDS}
    assert all(input_labels(language).values())


def test_everyday_names_lead_to_our_fields() -> None:
    words = (synonyms_nl.STRONG, synonyms_nl.WEAK, synonyms_en.STRONG, synonyms_en.WEAK)
    assert {field for of_fields in words for field in of_fields} <= {*FIELDS}
