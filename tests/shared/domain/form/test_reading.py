"""How posts are read: whatever their shape, the right people come out, and nothing that was typed is lost."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.submit.decode import DecodedBody, UnreadableBodyError, decode
from shared.domain.form.answers import bounded, path_of
from shared.domain.form.candidates import FormMap, Use
from shared.domain.form.names import compared
from shared.domain.form.nested import flatten
from shared.domain.form.pairs import read_document, read_pairs
from shared.domain.form.reading import FormReading, read_form
from shared.request import Request
from tests.forms.posts import POSTS, FormPost
from tests.people import AT

_REGISTERED = [post for post in POSTS if post.outcome in ("registered", "put aside")]
_TEXTS = st.text(max_size=20)
_DOCUMENTS = st.recursive(
    st.none() | st.booleans() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=25,
)


def request_of(post: FormPost) -> Request:
    headers = {"content-type": post.content_type}
    return Request("POST", "api", headers, {}, {}, base64.b64encode(post.body).decode(), True, "id", AT)


def reading_of(post: FormPost) -> FormReading:
    fields = {compared(path_of(name)): field for name, field in post.fields.items()}
    return read_form(decode(request_of(post)).answers, FormMap(fields))


def read(*pairs: tuple[str, str], fields: dict[str, str] | None = None) -> FormReading:
    mapped = {compared(path_of(name)): field for name, field in (fields or {}).items()}
    return read_form(read_pairs(pairs), FormMap(mapped))


@pytest.mark.parametrize("post", _REGISTERED, ids=lambda post: post.id)
def test_every_form_gives_the_right_people(post: FormPost) -> None:
    reading = reading_of(post)
    people = [reading.values, *(row.values for row in reading.people)]
    with_address = [(p["name"], p["email"]) for p in people if p.get("email")]
    assert with_address == list(post.people)
    assert reading.values["school"] == "Dalcollege"


@pytest.mark.parametrize("post", _REGISTERED, ids=lambda post: post.id)
def test_no_form_of_the_twenty_looks_changed_because_of_what_its_builder_adds(post: FormPost) -> None:
    names = {answer.name for answer in reading_of(post).unknown if not answer.name.startswith("data.field:")}
    assert names <= {"item_key", "datum", "namedValues.Tijdstempel"}  # Wix sends its own keys besides labels


def test_a_ping_holds_nobody_and_a_name_alone_holds_somebody() -> None:
    assert not read_form(read_document({"test": True}), FormMap()).has_person
    assert read_form(read_document({"naam": "Sanne"}), FormMap()).has_person


def test_the_networks_map_decides_before_every_synonym_in_any_notation() -> None:
    reading = read(
        ("vraag[3][antwoord]", "Dalcollege"),
        ("school", "mbo"),
        fields={"vraag.3.antwoord": "school", "school": "ignore"},
    )
    assert reading.values["school"] == "Dalcollege"
    assert [answer.use for answer in reading.answers] == [Use.FIELD, Use.IGNORED]


def test_two_answers_that_fit_equally_well_are_nobodys() -> None:
    reading = read(("opmerking", "a"), ("toelichting", "b"))
    assert "remarks" not in reading.values
    assert [answer.name for answer in reading.unknown] == ["opmerking", "toelichting"]


def test_a_school_is_the_school_also_where_an_organisation_is_asked_too() -> None:
    assert read(("organisatie", "Stichting Dal"), ("school", "Dalcollege")).values["school"] == "Dalcollege"


def test_first_and_last_name_beside_each_other_outrank_the_title_of_the_form() -> None:
    document = {
        "name": "Aanmelden",
        "data": {"First Name": "Sanne", "Last Name": "Visser", "Email": "s@x.example"},
    }
    assert read_form(read_document(document), FormMap()).values["name"] == "Sanne Visser"


def test_a_colleague_without_an_address_is_a_person_all_the_same() -> None:
    reading = read(("naam", "Sanne"), ("email", "s@x.example"), ("naam collega", "Jan"))
    assert [dict(row.values) for row in reading.people] == [{"name": "Jan"}]


def test_the_name_beside_a_first_name_is_the_last_name_unless_it_repeats_the_first() -> None:
    assert read(("voornaam", "Sanne"), ("naam", "Visser")).values["name"] == "Sanne Visser"
    assert read(("voornaam", "Sanne"), ("naam", "Sanne Visser")).values["name"] == "Sanne Visser"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Sanne Visser", "Sanne Visser"),
        ("Sanne", "Sanne Visser"),
        ("Sanne Visser", "Visser"),
        ("Sanne", "Visser"),
    ],
)
def test_a_full_name_in_a_field_for_a_part_is_taken_once(first: str, last: str) -> None:
    assert read(("voornaam", first), ("achternaam", last)).values["name"] == "Sanne Visser"


def test_a_list_of_several_texts_is_one_answer() -> None:
    assert (
        read_form(read_document({"functie": ["docent", "mentor"]}), FormMap()).values["role"]
        == "docent; mentor"
    )


def test_boxes_for_consent_are_kept_apart() -> None:
    reading = read(("naam", "Sanne"), ("Ik ga akkoord met de privacyverklaring", "on"))
    assert reading.consents == {"Ik ga akkoord met de privacyverklaring": "on"}
    assert not reading.unknown


def test_a_question_of_the_network_is_read_by_its_names() -> None:
    form = FormMap({}, {compared("Kom je met de auto?"): "car"})
    assert read_form(read_pairs([("kom_je_met_de_auto", "ja")]), form).questions == {"car": "ja"}


def test_a_field_named_website_is_a_question_where_the_network_has_another_honeypot() -> None:
    reading = read_form(read_pairs([("website", "x"), ("hp", "")]), FormMap({}, {}, "hp"))
    assert reading.values["website"] == ""
    assert [answer.name for answer in reading.unknown] == ["website"]


@given(_DOCUMENTS)
def test_whatever_a_document_holds_it_is_read_and_every_text_is_accounted_for(document: object) -> None:
    answers = read_document(document)
    assert len(read_form(answers, FormMap()).answers) == len(answers)


_NOTATIONS = ["a[b]", "a.b", " ", "definition", "id", "title"]
_INNER = ['{"a": "b"}', " [1]", "a = b\nc = d", "a = b\rc = d", "a:1:{"]
_MEMBERS = _TEXTS | st.sampled_from(_NOTATIONS + _INNER)


@given(st.dictionaries(_MEMBERS, st.none() | st.booleans() | _MEMBERS, max_size=6))
def test_a_plain_document_is_read_as_a_nested_one_is(document: dict[str, object]) -> None:
    assert read_document(document) == bounded(flatten(document))


@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=12))
def test_whatever_pairs_are_sent_they_are_read(pairs: list[tuple[str, str]]) -> None:
    answers = read_pairs(pairs)
    assert len(read_form(answers, FormMap()).answers) == len(answers)


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "application/json", "multipart/form-data; boundary=x", "text/html"]),
)
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    post = FormPost("any", "", {}, content_type, body)
    with suppress(UnreadableBodyError):
        assert isinstance(decode(request_of(post)), DecodedBody)
