"""The shapes in which makers of forms send one and the same registration: each is read as that."""
# ruff: noqa: E501 a post reads better on one line

import json

import pytest

from shared.domain.form.candidates import FormMap
from shared.domain.form.pairs import read_document, read_pairs
from shared.domain.form.reading import FormReading, read_form

NAME, EMAIL, SCHOOL = "Sanne Visser", "sanne@dalcollege.example", "Dalcollege"
_PLAIN = {"naam": NAME, "email": EMAIL, "school": SCHOOL}


def _fields(label: str, value: str, **more: object) -> list[dict[str, object]]:
    labels = ("Naam", NAME), ("E-mailadres", EMAIL), ("Naam van je school", SCHOOL)
    return [{label: text, value: answer, **more} for text, answer in labels]


def _asked(*titles: object) -> list[dict[str, object]]:
    return [{"id": f"a{at}", "title": title, "kind": "text"} for at, title in enumerate(titles, 1)]


DOCUMENTS: dict[str, object] = {
    "a submission with a name, an address and a title of its own beside the data": {
        "id": "5",
        "number": 3,
        "title": None,
        "email": EMAIL,
        "name": NAME,
        "body": "x",
        "data": {**_PLAIN, "ip": "203.0.113.9"},
    },
    "an envelope with an id and a list of answers": {
        "id": "668",
        "formName": "Aanmelden",
        "answers": _fields("label", "value"),
    },
    "labels in lists, defined elsewhere": {
        "id": "668",
        "fields": _asked(["Wat is je naam?"], ["E-mailadres"], ["School"]),
        "answers": [
            {"id": "a1", "value": {"firstName": "Sanne", "lastName": "Visser"}},
            {"id": "a2", "value": EMAIL},
            {"id": "a3", "value": SCHOOL},
        ],
    },
    "questions defined apart, answers by their ids": {
        "form": {"fields": _asked("Naam", "E-mail", "School")},
        "a1": NAME,
        "a2": EMAIL,
        "a3": SCHOOL,
    },
    "questions within a question": {
        "definition": {
            "fields": [
                {
                    "id": "g",
                    "title": "Contact",
                    "properties": {"fields": _asked("First name", "Last name", "Email", "Company")},
                }
            ]
        },
        "answers": [
            {"type": "text", "text": text, "field": {"id": f"a{at}", "type": "short_text"}}
            for at, text in enumerate(("Sanne", "Visser", EMAIL, SCHOOL), 1)
        ],
    },
    "Dutch words for label and value": {"formulier": "Aanmelden", "velden": _fields("veld", "waarde")},
    "Dutch words for question and answer": {"antwoorden": _fields("vraag", "antwoord")},
    "capitals, as .NET writes them": {"Fields": _fields("Label", "Value", Type="text")},
    "keys of two words": {"fields": _fields("field_label", "field_value")},
    "the question as a text beside its answer": {
        "content": {
            "id": "1",
            "answers": {
                "3": {"name": "a", "text": "Naam", "answer": NAME},
                "4": {"name": "b", "text": "E-mail", "answer": EMAIL},
                "5": {"name": "c", "text": "School", "answer": SCHOOL},
            },
        }
    },
    "fields by a key, each with its title": {
        "fields": {
            "x1": {"title": "Naam", "value": NAME},
            "x2": {"title": "E-mail", "value": EMAIL},
            "x3": {"title": "School", "value": SCHOOL},
        }
    },
    "fields by their names, each with a label that says little": {
        key: {"label": label, "value": text}
        for (key, text), label in zip(
            _PLAIN.items(), ("Jouw gegevens", "E-mail", "Waar ben je docent?"), strict=True
        )
    },
    "values in lists": {
        str(at): {**field, "value": [field["value"]]} for at, field in enumerate(_fields("label", "value"))
    },
    "a list of labels beside a list of values": {
        "headers": ["Tijdstempel", "Naam", "E-mailadres", "School"],
        "values": ["20-3-2023", NAME, EMAIL, SCHOOL],
    },
    "fields that are objects": {key: {"value": text, "field_type": "text"} for key, text in _PLAIN.items()},
    "fields with their earlier versions": {
        "properties": {
            key: {"value": text, "versions": [{"value": text, "source-type": "FORM"}]}
            for key, text in _PLAIN.items()
        }
    },
    "fields that are lists of one object": {key: [{"value": text}] for key, text in _PLAIN.items()},
    "a batch of one": [
        {"event": "subscribed", "data": {"email": EMAIL, "custom_fields": {"naam": NAME, "school": SCHOOL}}}
    ],
    "a name as an object that also holds it whole": {
        "Naam": {"First": "Sanne", "FirstAndLast": NAME, "Last": "Visser"},
        "Email": EMAIL,
        "School": SCHOOL,
    },
    "a school as an object": {"naam": NAME, "email": EMAIL, "school": {"naam": SCHOOL, "plaats": "Utrecht"}},
}
PAIRS: dict[str, list[tuple[str, str]]] = {
    "fields in brackets with a number and a value": [("name", NAME), ("mail", EMAIL), ("field_school[0][value]", SCHOOL)],
    "fields of a numbered form": [(f"tx_form[aanmelden-12][{key}]", text) for key, text in _PLAIN.items()],
    "a structure beside numbered fields": [
        ("Field1", "Sanne"), ("Field2", "Visser"), ("Field3", EMAIL), ("Field4", SCHOOL),
        ("FieldStructure", json.dumps({"Fields": [
            {"Title": "Naam", "ID": "Field1", "SubFields": [{"ID": "Field1", "Label": "First"}, {"ID": "Field2", "Label": "Last"}]},
            {"Title": "E-mailadres", "ID": "Field3"}, {"Title": "Naam van je school", "ID": "Field4"},
        ]})),
    ],
    "a name as lines of its parts": [("Name", "first = Sanne\nlast = Visser"), ("Email", EMAIL), ("School", SCHOOL)],
}  # fmt: skip


def said_by(reading: FormReading) -> tuple[str | None, ...]:
    return tuple(reading.values.get(field) for field in ("name", "email", "school"))


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_each_shape_of_json_is_one_registration(document: object) -> None:
    reading = read_form(read_document(document), FormMap())
    assert said_by(reading) == (NAME, EMAIL, SCHOOL)
    assert reading.people == ()


@pytest.mark.parametrize("pairs", PAIRS.values(), ids=PAIRS)
def test_each_shape_of_fields_is_one_registration(pairs: list[tuple[str, str]]) -> None:
    reading = read_form(read_pairs(pairs), FormMap())
    assert said_by(reading) == (NAME, EMAIL, SCHOOL)
    assert reading.people == ()


def test_people_whose_fields_are_numbered_from_nought_are_as_many() -> None:
    pairs = [
        ("school", SCHOOL),
        ("naam[0]", NAME),
        ("naam[1]", "Omar"),
        ("email[0]", EMAIL),
        ("email[1]", "o@dal.example"),
    ]
    reading = read_form(read_pairs(pairs), FormMap())
    assert said_by(reading) == (NAME, EMAIL, SCHOOL)
    assert [dict(row.values) for row in reading.people] == [{"name": "Omar", "email": "o@dal.example"}]


def test_a_person_with_an_id_and_a_title_is_no_question() -> None:
    rows = [{"id": 1, "title": "Dhr.", "naam": "Omar", "school": SCHOOL}]
    reading = read_form(read_document({**_PLAIN, "deelnemers": rows}), FormMap())
    assert [row.values["name"] for row in reading.people] == ["Omar"]


def test_what_a_field_says_besides_its_value_is_kept_unless_it_says_the_same() -> None:
    reading = read_form(
        read_document(
            {**_PLAIN, "dieet": {"value": "geen vis", "noot": "ook geen noten", "keuze": "geen vis"}}
        ),
        FormMap(),
    )
    assert {answer.text for answer in reading.unknown} == {"geen vis", "ook geen noten"}
