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
from tests.drafts import json_draft
from tests.shared.domain.form.test_draft import KEYS

JAN = {"name": "Jan de Vries", "email": "jan@berg.example", "school": "Bergcollege"}
ANN = {"name": "Ann Bos", "email": "ann@berg.example"}


def checked(**fields: Any) -> Submission:
    return check(json_draft(JAN | fields))


def errors(fields: Any) -> list[tuple[str, ...]]:
    typed = draft(fields) if isinstance(fields, list) else json_draft(fields)
    with pytest.raises(InvalidError) as invalid:
        check(typed)
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


@pytest.mark.parametrize("email", ["jan", "jan@berg", "jan@@berg.example", "jan @berg.example"])
def test_an_address_that_cannot_get_mail_is_said_to_be_wrong(email: str) -> None:
    message = "Dit e-mailadres klopt niet. Kijk of er een typefout in zit."
    assert errors(JAN | {"email": email}) == [("email", "invalid_email", message)]


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("jan@berg.example, bo@berg.example", "several_emails"),
        ("jan@berg.example.", "email_sign_at_end"),
        ("josé@berg.example", "email_accent"),
        ("jаn@berg.example", "email_lookalike"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_where_we_can_tell(email: str, message: str) -> None:
    assert errors(JAN | {"email": email}) == [("email", "invalid_email", dutch.MISTAKES[message])]


@pytest.mark.parametrize("field", ["name", "email", "role", "phone", "school", "place", "brin", "remarks"])
def test_a_field_is_bounded_after_cleaning_and_only_by_its_length(field: str) -> None:
    longest = "j@" + "b" * 60 + ".example" if field == "email" else "é" * FIELDS[field]
    assert getattr(checked(**{field: f"\u200b {longest} \0"}), field) == longest


@pytest.mark.parametrize("field", ["name", "email", "school"])
def test_what_must_be_there_and_is_too_long_is_a_mistake(field: str) -> None:
    too_long = [(field, "too_long", f"Dit is te lang. Gebruik hoogstens {FIELDS[field]} tekens.")]
    assert errors(JAN | {field: "x" * (FIELDS[field] + 1)}) == too_long


@pytest.mark.parametrize("field", ["role", "phone", "place", "brin"])
def test_an_optional_value_that_is_too_long_is_cut_and_kept_whole_beside(field: str) -> None:
    text = "x" * (FIELDS[field] + 30)
    submission = checked(**{field: text})
    assert getattr(submission, field) == "x" * FIELDS[field]
    assert submission.extra == {field: text}


def test_of_long_remarks_nothing_is_lost_up_to_the_bound_of_a_registration() -> None:
    words = ",".join(f"woord{i}" for i in range(1000))
    submission = checked(remarks=words, dieet="vega")
    assert submission.remarks + submission.extra["remarks"] == words
    assert submission.extra["dieet"] == "vega"
    assert sum(len(k) + len(v) for k, v in checked(remarks="x" * 50_000).extra.items()) == 10_000


def test_what_a_colleague_has_no_room_for_is_kept_beside() -> None:
    long = "docent " * 30
    submission = checked(participants=[ANN | {"functie": long}, {"naam": "Bo", "functie": "rector"}])
    assert len(submission.colleagues[0].role) <= FIELDS["role"]
    assert submission.extra == {"participants.0.role": long.strip(), "participants.1.role": "rector"}


@pytest.mark.parametrize("value", [["Jan", "Piet"], "Jan"])
def test_a_list_is_one_text(value: Any) -> None:
    assert checked(role=value).role in ("Jan; Piet", "Jan")


def test_colleagues_come_along() -> None:
    post = checked(participants=[ANN | {"functie": "docent", "telefoon": "06"}])
    assert post.colleagues == (Person(**ANN, role="docent", phone="06"),)


def test_a_colleague_without_an_address_is_named_and_costs_nothing() -> None:
    submission = checked(participants=[ANN, {}, {"naam": "Bo"}])
    assert [person.name for person in submission.colleagues] == ["Ann Bos"]
    assert submission.without_address == ("Bo",)


def test_a_colleagues_wrong_address_is_a_mistake_at_its_field() -> None:
    assert [error[:2] for error in errors(JAN | {"participants": [ANN, {"naam": "Bo", "e-mail": "bo"}]})] == [
        ("participants.1.email", "invalid_email"),
    ]


def test_an_address_without_a_name_is_a_mistake_at_its_field() -> None:
    rows = [
        ("collega_naam", "Ann"),
        ("collega_email", "ann@x.example"),
        ("collega_naam", ""),
        ("collega_email", "bo@x.example"),
    ]
    assert errors([*JAN.items(), *rows]) == [
        ("colleague_name.1", "required", "Vul de naam van je collega in."),
    ]


def test_ten_colleagues_may_come_along_and_not_eleven() -> None:
    people = [{"name": f"P{i}", "email": f"p{i}@x.example"} for i in range(11)]
    assert len(checked(participants=people[:10]).colleagues) == 10
    too_many = ("participants", "too_many", "Je kunt hoogstens 10 collega’s tegelijk aanmelden.")
    assert errors(JAN | {"participants": people}) == [too_many]


def test_the_hidden_fields_are_never_a_mistake() -> None:
    post = checked(website=["x" * 9999], forward="y" * 2000)
    assert post.website
    assert post.forward


def test_a_mistake_never_repeats_what_was_typed() -> None:
    with pytest.raises(InvalidError) as invalid:
        check(json_draft(JAN | {"email": "geheim@"}))
    assert "geheim" not in f"{invalid.value} {invalid.value.errors}"
    assert invalid.value.__context__ is None


@given(st.dictionaries(KEYS, st.text() | st.lists(st.text()), max_size=12))
def test_anything_is_a_submission_or_a_list_of_mistakes(fields: dict[str, Any]) -> None:
    with suppress(InvalidError):
        assert check(json_draft(fields)).name
