"""Reading a post takes no longer than in proportion to it, whatever its shape."""

import json

import pytest

from bench.meter import Meter, counting_steps
from functions.submit.decode import TooLargeBodyError
from shared.domain.form.candidates import FormMap
from shared.domain.form.colleagues import ADDRESS
from shared.domain.form.draft import Draft, draft_of
from shared.domain.form.reading import read_form
from shared.domain.text import clean, fold
from tests.functions.submit.test_decode import decoded

LONG = 250_000  # a post may have 256 KB
LABELS = ["label", "title", "question", "caption", "vraag", "veld", "fieldlabel", "fieldname", "name", "key"]


def typed(body: str, content_type: str = "application/json") -> Draft:
    return draft_of(read_form(decoded(body, content_type).answers, FormMap()))


def steps(body: str) -> int:
    meter = Meter()
    with counting_steps(meter):
        typed(body)
    return meter.steps


def within(names: list[str], inner: str) -> str:
    return "".join(f'{{"{name}":' for name in names) + inner + "}" * len(names)


DOTTED = ".".join("a" * 140)
SENTENCES = [f"{letter} " + "woord " * 45 for letter in "abcdefghi"]
ANSWERS = ",".join(f'"k{n}":"x"' for n in range(40))
PAIRS = ",".join(json.dumps({label: f"{label} {n}" for label in LABELS} | {"value": "x"}) for n in range(40))


@pytest.mark.parametrize(
    "body",
    [
        within([DOTTED] * 11, f"{{{ANSWERS}}}"),
        within(SENTENCES, f"[{PAIRS}]"),
        within(["x"], f'{{"label":"{"woord " * 20_000}","value":{{{ANSWERS}}}}}'),
    ],
    ids=["names that are paths, in each other", "many labels of each answer", "a long label around all"],
)
def test_a_name_around_all_others_is_not_read_again_for_each(body: str) -> None:
    assert steps(body) < 120_000


NUMBERS = range(9000)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (json.dumps({f"k{n}": "" for n in NUMBERS}), "application/json"),
        (json.dumps([["naam", "x"], *([f"k{n}", ""] for n in NUMBERS)]), "application/json"),
        ("\n".join(f"k{n}=" for n in NUMBERS), "text/plain"),
        ("\n".join(f"k{n}: x" for n in NUMBERS), "text/plain"),
    ],
    ids=["an object", "a list of pairs", "lines of fields", "lines of labels"],
)
def test_more_empty_answers_than_a_form_has_are_too_large(body: str, content_type: str) -> None:
    with pytest.raises(TooLargeBodyError):
        decoded(body, content_type)


@pytest.mark.parametrize("field", ["{} collega", "{}"])
def test_of_a_list_of_thousands_fifty_people_are_read(field: str) -> None:
    names = {field.format("naam"): [f"Kees K{n}" for n in NUMBERS[:5000]]}
    addresses = {field.format("email"): [f"k{n}@berg.example" for n in NUMBERS[:5000]]}
    assert len(typed(json.dumps(names | addresses)).colleagues) in (49, 50)


# These take milliseconds; minutes, if each sign is compared with all before it.
@pytest.mark.parametrize(
    "text", ["a" * LONG, "a@" * (LONG // 2), "x@" + "." * LONG + " b", "a@a" * (LONG // 3)]
)
def test_a_long_text_is_looked_through_once_for_addresses(text: str) -> None:
    assert typed(json.dumps({"naam": "Jan Bos", "naam collega": text})).colleagues
    assert typed(json.dumps({"rij": [[text, "Jan"]]})).unknown == 2


@pytest.mark.parametrize("between", ["", "\u200b" * 9, "a\u034f"])
def test_more_accents_than_thirty_on_a_letter_are_left_out(between: str) -> None:
    text = "a" + ("\u0301" * 30 + between) * 2000 + ("\u0323" * 30 + between) * 2000
    assert len(clean(text)) < 4000 * (31 if "a" in between else 1)
    assert fold(text)[:1] == "a"


def test_thirty_accents_on_a_letter_stay() -> None:
    assert clean("x" + "\u0301" * 31 + "y") == "x" + "\u0301" * 30 + "y"


def test_a_choice_that_is_sent_many_times_is_one() -> None:
    options = [{"id": "1", "text": "Ja, graag"}]
    body = {"x": {"label": "Lunch", "value": ["1"] * 1000, "options": options}}
    assert typed(json.dumps(body)).extra == {"Lunch": "Ja, graag"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Jan Bos (jan@berg.example)", "(jan@berg.example)"),
        ("a@b c@dal.example", "c@dal.example"),
        ("<a@berg.example>", "a@berg.example"),
        ("a@@berg.example", None),
        ("a@.example", None),
        ("a@berg.", None),
    ],
)
def test_an_address_begins_where_its_signs_begin(text: str, address: str | None) -> None:
    match = ADDRESS.search(text)
    assert (match and match[0]) == address
