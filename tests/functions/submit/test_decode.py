"""A body is read by what it turns out to be, whatever its type says; files that came along are dropped."""

import base64
import gzip
import json
from contextlib import suppress
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.submit.decode import (
    MAX_BYTES,
    DecodedBody,
    TooLargeBodyError,
    UnreadableBodyError,
    decode,
)
from functions.submit.json_body import MAX_DEPTH
from shared.request import read_request
from tests.functions.submit.posts import MULTIPART, URLENCODED, event, multipart

JSON = "application/json"
BOUNDARY = b"----WebKitFormBoundary7MA4YWxkTrZu0gW"
JOSE = [("naam", "José"), ("school", "’t Genseler")]
AS_JSON = json.dumps(dict(JOSE), ensure_ascii=False)
AS_FIELDS = "naam=Jos%C3%A9&school=%E2%80%99t+Genseler"
AS_PARTS = multipart(dict(JOSE)).decode()


def decoded(body: str | bytes, content_type: str | None = JSON) -> DecodedBody:
    return decode(read_request(event(body, content_type)))


def read(body: str | bytes, content_type: str | None = JSON) -> list[tuple[str, str]]:
    return [(answer.name, answer.text) for answer in decoded(body, content_type).answers]


def part(headers: str, content: bytes = b"x") -> bytes:
    return b"--%s\r\n%s\r\n\r\n%s\r\n--%s--\r\n" % (BOUNDARY, headers.encode(), content, BOUNDARY)


@pytest.mark.parametrize("wrap", [str, str.encode], ids=["text", "base64"])
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (AS_JSON, JSON),
        (AS_JSON, "Application/JSON; charset=UTF-8"),
        (AS_FIELDS, URLENCODED),
        ("naam=José&school=’t+Genseler", f"{URLENCODED};charset=utf8"),
        (AS_PARTS, MULTIPART),
        ("naam=José\r\nschool=’t Genseler\r\n", "text/plain"),
    ],
)
def test_every_way_to_send_a_form_says_the_same(wrap: Any, body: str, content_type: str) -> None:
    assert read(wrap(body), content_type) == JOSE


@pytest.mark.parametrize("body", [AS_JSON, AS_FIELDS, AS_PARTS], ids=["JSON", "fields", "parts"])
@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "text/csv", JSON, URLENCODED, "nonsense", ";;;"]
)
def test_a_body_under_another_type_is_read_for_what_it_is(body: str, content_type: str | None) -> None:
    assert read(body, content_type) == JOSE


def test_a_mark_of_utf_8_and_spaces_before_a_body_are_no_part_of_it() -> None:
    assert read(f"\ufeff \r\n{AS_JSON}") == JOSE
    assert read(f"\ufeff{AS_FIELDS}", URLENCODED) == JOSE


@pytest.mark.parametrize("wrap", [str, str.encode], ids=["text", "base64"])
@pytest.mark.parametrize("content_type", [JSON, URLENCODED, "text/plain"])
def test_an_empty_body_says_nothing(wrap: Any, content_type: str) -> None:
    assert read(wrap(""), content_type) == []


# --- What programs do to a body before they send it


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(AS_JSON),
        quote(AS_JSON) + "=",
        AS_JSON.encode("utf-16"),
        AS_JSON.encode("utf-16-le"),
        "naam: José\nschool: ’t Genseler\n",
        AS_JSON.replace("’", "&#8217;").replace("é", "&eacute;"),
        AS_PARTS.replace('"naam"\r\n', '"x"; filename="blob"\r\nContent-Type: application/json\r\n').replace(
            "José", '{"naam": "José"}'
        ),
    ],
    ids=["JSON in JSON", "JSON as a field", "UTF-16 with a mark", "UTF-16", "lines of labels",
         "signs of HTML", "a blob of a script"],
)  # fmt: skip
def test_what_was_typed_is_read_whatever_a_program_made_of_it(body: str | bytes) -> None:
    pairs = read(body, MULTIPART if "----" in str(body) else JSON)
    assert [(name.removeprefix("x."), text) for name, text in pairs] == JOSE


def test_a_text_of_several_lines_may_stand_in_json_as_it_was_typed() -> None:
    assert read('{"a": "Graag samen,\n\tnaast elkaar"}') == [("a", "Graag samen,\n\tnaast elkaar")]


def test_only_what_is_a_sign_of_html_is_read_as_one() -> None:
    typed = {"a": "R&D; Q&A &copy 5 &lt;b&gt;&#60;", "b": "Stad &amp; Esch, &#039;t"}
    assert read(json.dumps(typed)) == [("a", typed["a"]), ("b", "Stad & Esch, 't")]


def test_a_text_alone_in_json_is_no_form() -> None:
    with pytest.raises(UnreadableBodyError):
        read('"Jan de Vries"')


def test_a_row_alone_keeps_all_its_cells() -> None:
    assert read('["José", "jose@berg.example"]') == [("0", "José"), ("1", "jose@berg.example")]


# --- Characters


@pytest.mark.parametrize(
    "body",
    [
        b"naam=Jos%E9+%80&_charset_=windows-1252",
        b"naam=Jos%E9+%80&_charset_=ISO-8859-1",
        b"naam=Jos%E9+%80",
        b"naam=Jos\xe9+\x80",
        b'{"naam": "Jos\xe9 \x80"}',
        AS_PARTS.replace("José", "José €").encode("cp1252"),
    ],
)
def test_what_is_no_utf_8_is_read_as_old_sites_write_it(body: bytes) -> None:
    assert read(body, MULTIPART if body.startswith(b"--") else URLENCODED)[0] == ("naam", "José €")


@pytest.mark.parametrize(
    ("charset", "octet", "letter"),
    [
        ("iso-8859-15", "%A4", "€"), ("ISO_8859-15", "%BD", "œ"), ("latin1", "%80", "€"), ("l1", "%E9", "é"),
        ("us-ascii", "%E9", "é"), ("iso-8859-9", "%FE", "ş"), ("windows-1254", "%FE", "ş"),
        ("iso-8859-2", "%B3", "ł"), ("Windows-1250", "%9C", "ś"), ("x-mac-roman", "%8E", "é"),
        ("zip", "%E9", "é"), ("utf-7", "%E9", "é"), ("unicode_escape", "%E9", "é"),
    ],
)  # fmt: skip
def test_a_browser_says_in_which_charset_the_page_is(charset: str, octet: str, letter: str) -> None:
    assert read(f"naam=Ren{octet}&_charset_={charset}", URLENCODED) == [("naam", f"Ren{letter}")]
    part = multipart({"naam": "Ren?", "_charset_": charset}).replace(b"?", unquote_to_bytes(octet))
    assert read(part, MULTIPART) == [("naam", f"Ren{letter}")]


def test_a_charset_that_the_type_declares_is_believed() -> None:
    # In UTF-8 these two bytes are one letter.
    assert read("naam=%C3%A9", f"{URLENCODED}; charset=windows-1252") == [("naam", "Ã©")]
    assert read("naam=%C3%A9", f"{URLENCODED}; charset=windows-1251") == [("naam", "é")]


def test_a_charset_that_a_multipart_form_names_holds_for_all_its_parts() -> None:
    parts = multipart({"naam": "Ã©", "_charset_": "windows-1252"}).decode().encode("cp1252")
    assert read(parts, MULTIPART) == [("naam", "Ã©")]


def test_a_lone_surrogate_is_no_text() -> None:
    for body in ('{"name": "\\ud800"}', '{"\\udc00": "x"}'):
        with pytest.raises(UnreadableBodyError):
            read(body)


# --- JSON


def test_numbers_are_read_as_they_were_typed() -> None:
    assert read('{"phone": 31612345678, "x": 1.50}') == [("phone", "31612345678"), ("x", "1.50")]


def test_json_may_be_as_deep_as_builders_nest_and_brackets_in_text_do_not_count() -> None:
    deep = MAX_DEPTH - 1
    assert read('{"a":' + "[" * deep + '"[[{{\\"[["' + "]" * deep + "}")
    with pytest.raises(UnreadableBodyError):
        read('{"a":' + "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH + "}")


@pytest.mark.parametrize(
    "body",
    [
        "{",
        '{"name": NaN}',
        '{"name": -Infinity}',
        '{"phone": 1e400}',
        '{"name": "a"} x',
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"' + '\\"' * 30_000,
    ],
)
def test_what_begins_as_json_and_is_none_is_unreadable(body: str) -> None:
    with pytest.raises(UnreadableBodyError):
        read(body)


# --- Fields


def test_fields_keep_their_order() -> None:
    names = [name for name, _ in read("naam=A&leeg=&collega_naam=B", URLENCODED)]
    assert names == ["naam", "leeg", "collega_naam"]


@pytest.mark.parametrize("body", ["naam=%", "naam=%zz", "%=%", "naam=\0", "naam=%00", "&&&=&", "="])
def test_odd_percent_signs_and_nul_never_crash(body: str) -> None:
    read(body, URLENCODED)


@pytest.mark.parametrize(
    "body",
    ["hallo", "een brief\nvan twee regels", b"\xff\xfe\x00", gzip.compress(AS_FIELDS.encode(), mtime=0)],
)
@pytest.mark.parametrize("content_type", [None, "text/plain", URLENCODED])
def test_what_is_no_form_at_all_is_unreadable(body: str | bytes, content_type: str | None) -> None:
    with pytest.raises(UnreadableBodyError):
        read(body, content_type)


# --- Parts


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"])
@pytest.mark.parametrize("filename", ['filename=""', 'filename="cv.pdf"', "filename*=UTF-8''cv.pdf"])
def test_a_file_is_dropped_and_the_form_is_read(content: bytes, filename: str) -> None:
    file = part(f'Content-Disposition: form-data; name="cv"; {filename}', content)
    rest = file.removesuffix(b"--%s--\r\n" % BOUNDARY) + AS_PARTS.encode()
    found = decoded(rest, MULTIPART)
    assert [(answer.name, answer.text) for answer in found.answers] == JOSE
    # An input that nobody used sends a file without a name, and nothing in it.
    assert found.files == (("cv",) if content or filename == 'filename="cv.pdf"' else ())


def test_a_part_that_says_it_is_base64_is_read_as_what_it_holds() -> None:
    headers = 'Content-Disposition: form-data; name="naam"\r\nContent-Transfer-Encoding: base64'
    assert read(part(headers, base64.b64encode("José".encode())), MULTIPART) == [("naam", "José")]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"nonsense", MULTIPART),
        (b"", MULTIPART),
        (AS_PARTS[:-8].encode(), MULTIPART),
        (part("Content-Disposition: form-data"), MULTIPART),
        (part('Content-Disposition: attachment; name="a"'), MULTIPART),
        (part('Content-Disposition: form-data; name="a"\r\nX-A: 1\r\nX-A: 2'), MULTIPART),
        (b"a=b", "multipart/form-data"),
    ],
)
def test_a_multipart_form_that_is_cut_off_or_means_two_things_is_unreadable(
    body: bytes, content_type: str
) -> None:
    with pytest.raises(UnreadableBodyError):
        read(body, content_type)


def test_a_multipart_form_whose_type_lost_its_boundary_is_read_by_its_first_line() -> None:
    assert read(AS_PARTS, "multipart/form-data") == JOSE


# --- Size and base64


def test_a_body_of_256_kib_is_read_and_one_byte_more_is_too_large() -> None:
    filled = "a=" + "é" * ((MAX_BYTES - 2) // 2)
    assert len(filled.encode()) == MAX_BYTES == 256 * 1024
    for wrap in (str, str.encode):
        assert read(wrap(filled), URLENCODED)
        with pytest.raises(TooLargeBodyError):
            read(wrap(filled + "x"), URLENCODED)


def test_the_size_is_judged_before_anything_is_decoded() -> None:
    too_large = event(b"", "image/png") | {"body": "*" * (MAX_BYTES * 4 // 3 + 8)}
    with pytest.raises(TooLargeBodyError):
        decode(read_request(too_large))


def test_more_answers_than_any_form_has_are_too_large() -> None:
    with pytest.raises(TooLargeBodyError):
        read(json.dumps({f"a{i}": "1" for i in range(6000)}))


@pytest.mark.parametrize("body", ["*", "e30", "e30=\n", "e30=e30=", "é"])
def test_bad_base64_is_unreadable(body: str) -> None:
    with pytest.raises(UnreadableBodyError):
        decode(read_request(event(b"", JSON) | {"body": body}))


TYPES = st.sampled_from([JSON, URLENCODED, MULTIPART, "multipart/form-data; boundary=x", "text/plain"])
STRINGS = st.text() | TYPES.flatmap(lambda known: st.text().map(lambda more: f"{known};{more}"))


@given(
    st.binary(max_size=300) | st.sampled_from([part("a: b"), b"{}", b"a=b"]), TYPES | STRINGS, st.booleans()
)
def test_any_bytes_of_any_type_are_read_or_refused(body: bytes, content_type: str, encoded: bool) -> None:
    asked = event(body, content_type)
    if not encoded:
        asked |= {"body": body.decode("latin-1"), "isBase64Encoded": False}
    with suppress(UnreadableBodyError):
        assert all(isinstance(answer.name, str) for answer in decode(read_request(asked)).answers)
