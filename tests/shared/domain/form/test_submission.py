from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.form.draft import draft
from shared.domain.form.submission import InvalidError, Person, Submission, check
from shared.domain.network.fields import FIELDS
from shared.phrases import dutch
from shared.phrases.mistakes import mistake_text
from tests.shared.domain.form.test_draft import KEYS, VALUES

JAN = {"name": "Jan de Vries", "email": "jan@berg.example", "school": "Bergcollege"}
ANN = {"name": "Ann Bos", "email": "ann@berg.example"}


def checked(**fields: Any) -> Submission:
    return check(draft((JAN | fields).items(), {}))


def errors(fields: Any) -> list[tuple[str, str, str]]:
    pairs = fields if isinstance(fields, list) else list(fields.items())
    with pytest.raises(InvalidError) as invalid:
        check(draft(pairs, {}))
    return [(e.field, e.code, mistake_text(e, dutch)) for e in invalid.value.errors]


def test_a_name_an_address_and_a_school_are_enough() -> None:
    post = checked()
    assert (post.name, post.email, post.school) == ("Jan de Vries", "jan@berg.example", "Bergcollege")
    assert (post.role, post.colleagues, post.website) == ("", (), "")


@pytest.mark.parametrize("school", ["'t Genseler", "!mpulse", "LOC@", "Stad & Esch", "4ever", "<b>", "学校"])
def test_no_school_is_refused_for_its_name(school: str) -> None:
    assert checked(school=school).school == school


@pytest.mark.parametrize(
    "name", ["'t Hart", "X Æ", "Jan <jan>", "= ?utf-8?q?Jan?=", "O", "Ĳsbrand", "; DROP TABLE"]
)
def test_no_person_is_refused_for_their_name(name: str) -> None:
    assert checked(name=name).name == name


def test_everything_that_is_missing_is_said_at_once_in_dutch() -> None:
    assert errors({"naam": " ", "school": "\u200b"}) == [
        ("name", "required", "Vul je naam in."),
        ("email", "required", "Vul je e-mailadres in."),
        ("school", "required", "Vul de naam van je school in."),
    ]


@pytest.mark.parametrize(
    "email", ["jan", "jan@berg", "jan@@berg.example", "jan @berg.example", "jаn@berg.example"]
)
def test_an_address_that_cannot_get_mail_is_said_to_be_wrong(email: str) -> None:
    message = "Dit e-mailadres klopt niet. Kijk of er een typefout in zit."
    assert errors(JAN | {"email": email}) == [("email", "invalid_email", message)]


@pytest.mark.parametrize("field", ["name", "email", "role", "phone", "school", "place", "brin", "remarks"])
def test_a_field_is_bounded_after_cleaning_and_only_by_its_length(field: str) -> None:
    longest = "j@" + "b" * 60 + ".example" if field == "email" else "é" * FIELDS[field]
    assert getattr(checked(**{field: f"\u200b {longest} \0"}), field) == longest
    too_long = [(field, "too_long", f"Dit is te lang. Gebruik hoogstens {FIELDS[field]} tekens.")]
    assert errors(JAN | {field: "x" * (FIELDS[field] + 1)}) == too_long


def test_each_part_of_a_name_has_its_own_bound() -> None:
    parts = {"voornaam": "x" * 61, "achternaam": "y"}
    without_name = {key: value for key, value in JAN.items() if key != "name"}
    assert [error[:2] for error in errors(without_name | parts)] == [("first_name", "too_long")]


@pytest.mark.parametrize("value", [["Jan"], {"a": "b"}, True])
@pytest.mark.parametrize("field", ["name", "email", "school", "phone", "remarks"])
def test_what_is_no_text_is_said_to_be_unreadable(field: str, value: Any) -> None:
    assert [error[:2] for error in errors(JAN | {field: value})] == [(field, "wrong_type")]


def test_colleagues_come_along() -> None:
    post = checked(participants=[ANN | {"functie": "docent", "telefoon": "06"}])
    assert post.colleagues == (Person(**ANN, role="docent", phone="06"),)


def test_half_a_participant_is_a_mistake_at_its_field() -> None:
    fields = JAN | {"participants": [ANN, {}, {"naam": "Bo"}, {"e-mail": "bo"}, "Cas"]}
    assert [error[:2] for error in errors(fields)] == [
        ("participants.2.email", "required"),
        ("participants.3.name", "required"),
        ("participants.3.email", "invalid_email"),
        ("participants.4", "wrong_type"),
    ]


def test_half_a_colleague_in_a_form_is_a_mistake_at_its_field() -> None:
    rows = [
        ("collega_naam", "Ann"),
        ("collega_email", ""),
        ("collega_naam", ""),
        ("collega_email", "bo@x.example"),
    ]
    assert errors([*JAN.items(), *rows]) == [
        ("colleague_email", "required", "Vul het e-mailadres van je collega in."),
        ("colleague_name.1", "required", "Vul de naam van je collega in."),
    ]


@pytest.mark.parametrize("value", ["Ann", {"name": "Ann"}, True])
def test_participants_must_be_a_list(value: Any) -> None:
    assert [error[:2] for error in errors(JAN | {"participants": value})] == [("participants", "wrong_type")]


def test_ten_colleagues_may_come_along_and_not_eleven() -> None:
    people = [{"name": f"P{i}", "email": f"p{i}@x.example"} for i in range(11)]
    assert len(checked(participants=people[:10]).colleagues) == 10
    too_many = ("participants", "too_many", "Je kunt hoogstens 10 collega’s tegelijk aanmelden.")
    assert errors(JAN | {"participants": people}) == [too_many]


def test_the_hidden_fields_are_never_a_mistake() -> None:
    post = checked(website=["x" * 9999], forward={"a": 1})
    assert post.website
    assert post.forward == '{"a": 1}'


def test_a_mistake_never_repeats_what_was_typed() -> None:
    with pytest.raises(InvalidError) as invalid:
        check(draft((JAN | {"email": "geheim@"}).items(), {}))
    assert "geheim" not in f"{invalid.value} {invalid.value.errors}"
    assert invalid.value.__suppress_context__


@given(st.dictionaries(KEYS, VALUES, max_size=12))
def test_anything_is_a_submission_or_a_list_of_mistakes(fields: dict[str, Any]) -> None:
    with suppress(InvalidError):
        assert check(draft(fields.items(), {})).name
