import base64
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.submit.body import MAX_BYTES, decode_body
from functions.submit.refusals import RequestRefusedError
from shared.request import read_request
from tests.functions.submit.posts import MULTIPART, URLENCODED, event, multipart

JSON = "application/json"
BOUNDARY = b"----WebKitFormBoundary7MA4YWxkTrZu0gW"


def read(body: str | bytes, content_type: str | None = JSON) -> list[tuple[str, object]]:
    return decode_body(read_request(event(body, content_type)))


def status(body: str | bytes, content_type: str | None = JSON) -> int:
    with pytest.raises(RequestRefusedError) as refused:
        read(body, content_type)
    return refused.value.problem.status


def part(headers: str, content: bytes = b"x") -> bytes:
    return b"--%s\r\n%s\r\n\r\n%s\r\n--%s--\r\n" % (BOUNDARY, headers.encode(), content, BOUNDARY)


@pytest.mark.parametrize("wrap", [str, str.encode], ids=["text", "base64"])
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"naam": "José", "school": "’t Genseler"}', JSON),
        ('{"naam": "José", "school": "’t Genseler"}', "Application/JSON; charset=UTF-8"),
        ("naam=Jos%C3%A9&school=%E2%80%99t+Genseler", URLENCODED),
        ("naam=José&school=’t+Genseler", f"{URLENCODED};charset=utf8"),
        (multipart({"naam": "José", "school": "’t Genseler"}).decode(), MULTIPART),
    ],
)
def test_every_way_to_send_a_form_says_the_same(wrap: Any, body: str, content_type: str) -> None:
    assert read(wrap(body), content_type) == [("naam", "José"), ("school", "’t Genseler")]


def test_fields_keep_their_order_and_their_repetitions() -> None:
    body = "collega_naam=A&collega_email=a&collega_naam=B&leeg="
    assert [name for name, _ in read(body, URLENCODED)] == [
        "collega_naam", "collega_email", "collega_naam", "leeg",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/xml",
        "application/jsonp",
        "application/json; charset=iso-8859-1",
        f"{URLENCODED}; charset=windows-1252",
        "nonsense",
        ";;;",
    ],
)
def test_another_type_or_charset_is_415(content_type: str | None) -> None:
    assert status("{}", content_type) == 415


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '"text"',
        "null",
        "{",
        '{"name": NaN}',
        '{"name": Infinity}',
        '{"name": -Infinity}',
        '{"phone": 1e400}',
        '{"name": "a", "name": "b"}',
        '{"participants": [{"name": "a", "name": "a"}]}',
        '{"name": "\\ud800"}',
        '{"\\udc00": "x"}',
        '\ufeff{"name": "a"}',
        '{"name": "a\nb"}',
        "[" * 60_000,
        '{"a":' * 10_000,
        '"' + '\\"' * 30_000,
        b"\xff\xfe",
        b'{"name": "Jos\xe9"}',
    ],
)
def test_json_that_is_not_strictly_json_is_400(body: str | bytes) -> None:
    assert status(body) == 400


def test_json_may_be_eight_deep_and_brackets_in_text_do_not_count() -> None:
    assert read('{"a":' + "[" * 7 + '"[[{{\\"[["' + "]" * 7 + "}")
    assert status('{"a":' + "[" * 8 + "]" * 8 + "}") == 400


def test_numbers_are_read_as_they_were_typed() -> None:
    assert read('{"phone": 31612345678, "x": 1.50}') == [("phone", "31612345678"), ("x", "1.50")]
    assert read('{"phone": ' + "1" * 5000 + "}") == [("phone", "1" * 5000)]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("naam=%E9", URLENCODED),
        (b"naam=\xe9", URLENCODED),
        ("&".join(f"a{i}=1" for i in range(61)), URLENCODED),
        (multipart({f"a{i}": "1" for i in range(61)}), MULTIPART),
        (b"", MULTIPART),
        (b"nonsense", MULTIPART),
        (multipart({"naam": "Jan"}), "multipart/form-data"),
        (multipart({"naam": "Jan"})[:-8], MULTIPART),
        (part('Content-Disposition: form-data; name="naam"', b"\xe9"), MULTIPART),
        (part('Content-Disposition: form-data; name="cv"; filename="cv.pdf"'), MULTIPART),
        (part('Content-Disposition: form-data; name="cv"; filename=""'), MULTIPART),
        (part('Content-Disposition: form-data; name="cv"; filename="cv.pdf"', b""), MULTIPART),
        (part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'), MULTIPART),
        (part("Content-Disposition: form-data"), MULTIPART),
        (part('Content-Disposition: attachment; name="a"'), MULTIPART),
    ],
)
def test_a_form_that_cannot_be_read_for_certain_is_400(body: str | bytes, content_type: str) -> None:
    assert status(body, content_type) == 400


def test_a_part_in_another_charset_is_415() -> None:
    headers = 'Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=latin1'
    assert status(part(headers), MULTIPART) == 415


def test_a_file_input_that_nobody_used_is_ignored() -> None:
    headers = (
        'Content-Disposition: form-data; name="cv"; filename=""\r\nContent-Type: application/octet-stream'
    )
    assert read(part(headers, b""), MULTIPART) == []


def test_sixty_fields_are_read() -> None:
    fields = {f"a{i}": "1" for i in range(60)}
    assert len(read(multipart(fields), MULTIPART)) == 60
    assert len(read("&".join(f"{name}=1" for name in fields), URLENCODED)) == 60


@pytest.mark.parametrize("body", ["naam=%", "naam=%zz", "%=%", "naam=\0", "naam=%00", "&&&=&", "=", "a"])
def test_odd_percent_signs_and_nul_never_crash(body: str) -> None:
    read(body, URLENCODED)


def test_a_body_of_64_kib_is_read_and_one_byte_more_is_413() -> None:
    filled = "a=" + "é" * ((MAX_BYTES - 2) // 2)
    assert len(filled.encode()) == MAX_BYTES
    for wrap in (str, str.encode):
        assert read(wrap(filled), URLENCODED)
        assert status(wrap(filled + "x"), URLENCODED) == 413


def test_the_size_is_judged_before_base64_and_before_the_type() -> None:
    too_large = event(b"", "image/png") | {"body": "*" * 90_000}
    with pytest.raises(RequestRefusedError) as refused:
        decode_body(read_request(too_large))
    assert refused.value.problem.status == 413


@pytest.mark.parametrize("body", ["*", "e30", "e30=\n", "e30=e30=", "é"])
def test_bad_base64_is_400(body: str) -> None:
    with pytest.raises(RequestRefusedError) as refused:
        decode_body(read_request(event(b"", JSON) | {"body": body}))
    assert refused.value.problem.status == 400


def test_text_that_is_no_unicode_is_400() -> None:
    assert status("naam=\ud800", URLENCODED) == 400


TYPES = st.sampled_from([JSON, URLENCODED, MULTIPART, "multipart/form-data; boundary=x", "text/plain"])
STRINGS = st.text() | TYPES.flatmap(lambda known: st.text().map(lambda more: f"{known};{more}"))


@given(
    st.binary(max_size=300) | st.sampled_from([part("a: b"), b"{}", b"a=b"]), TYPES | STRINGS, st.booleans()
)
def test_any_bytes_of_any_type_are_read_or_refused(body: bytes, content_type: str, encoded: bool) -> None:
    asked = event(body, content_type)
    if not encoded:
        asked |= {"body": body.decode("latin-1"), "isBase64Encoded": False}
    with suppress(RequestRefusedError):
        assert all(isinstance(name, str) for name, _ in decode_body(read_request(asked)))


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=20))
def test_what_json_says_is_what_is_read(fields: dict[str, str]) -> None:
    body = json.dumps(fields)
    assert dict(read(body)) == fields
    assert base64.b64decode(event(body.encode())["body"]) == body.encode()


CP1252 = "naam=Jos%E9+%80&_charset_=windows-1252"


def test_an_old_page_that_says_its_charset_is_read_in_it() -> None:
    assert read(CP1252, URLENCODED) == [("naam", "José €")]
    assert read(CP1252.replace("windows-1252", "ISO-8859-1"), URLENCODED) == [("naam", "José €")]
    parts = multipart({"naam": "Jos\u00e9", "_charset_": "windows-1252"}).decode().encode("cp1252")
    assert read(parts, MULTIPART) == [("naam", "José")]


@pytest.mark.parametrize("said", ["utf-8", "utf-7", "windows-1251", "", "windows-1252x"])
def test_another_charset_than_those_is_still_utf_8(said: str) -> None:
    assert status(f"naam=Jos%E9&_charset_={said}", URLENCODED) == 400
    assert read(f"naam=Jos%C3%A9&_charset_={said}", URLENCODED) == [("naam", "José")]


def test_a_byte_that_windows_1252_does_not_have_is_400() -> None:
    assert status("naam=%81&_charset_=windows-1252", URLENCODED) == 400
