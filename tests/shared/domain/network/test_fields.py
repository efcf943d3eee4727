"""The list of fields is the only one: whatever goes over it knows every field."""

from dataclasses import fields

import pytest

from shared.domain.form.submission import Person, Submission
from shared.domain.network.fields import (
    DUTCH,
    FIELDS,
    HIDDEN_FIELDS,
    NAME_PARTS,
    PERSON_FIELDS,
    SCHOOL_FIELDS,
    TYPED_FIELDS,
)
from shared.domain.network.parts import Language
from shared.domain.registration.registration import Registration
from shared.phrases.field_labels import input_labels
from shared.phrases.fields import FIELD_NAMES, SHORT_NAMES


def test_a_submission_has_every_field_and_no_other() -> None:
    assert set(Person.model_fields) == {*PERSON_FIELDS, *NAME_PARTS}
    own = {*TYPED_FIELDS, *NAME_PARTS, *HIDDEN_FIELDS}
    assert set(Submission.model_fields) == own | {"colleagues", "extra"}


def test_a_registration_keeps_every_field() -> None:
    assert {*TYPED_FIELDS} <= {field.name for field in fields(Registration)}
    assert {*SCHOOL_FIELDS} < {*TYPED_FIELDS} < {*FIELDS}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_has_words_in_every_language(language: Language) -> None:
    assert FIELD_NAMES[language].keys() == SHORT_NAMES.keys() == {*TYPED_FIELDS}
    assert {*TYPED_FIELDS} <= input_labels(language).keys()


def test_everyday_names_lead_to_our_fields() -> None:
    assert {*DUTCH.values()} <= {*FIELDS}
