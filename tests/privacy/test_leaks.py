"""That the canary would be found: a search that finds nothing proves nothing."""

import base64
import gzip
import html
import json
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.privacy.leaks import Seen, leaks

NAME = "Zoë d’Hôf & Vogel"

FORMS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "lower case": str.lower,
    "upper case": str.upper,
    "case folded": str.casefold,
    "decomposed": lambda text: unicodedata.normalize("NFKD", text),
    "url-encoded": quote,
    "url-encoded in lower case": lambda text: quote(text).lower(),
    "form-encoded": quote_plus,
    "url-encoded twice": lambda text: quote(quote(text)),
    "html": html.escape,
    "json": json.dumps,
    "json in json": lambda text: json.dumps(json.dumps({"name": text})),
    "repr": repr,
    "repr of a dict": lambda text: repr({"name": text}),
    "ascii": ascii,
    "repr of bytes": lambda text: repr(text.encode()),
    "hex": lambda text: text.encode().hex(),
    "upper hex": lambda text: text.encode().hex().upper(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 after one byte": lambda text: base64.b64encode(b"x" + text.encode() + b"yz").decode(),
    "base64 after two bytes": lambda text: base64.b64encode(b"xy" + text.encode() + b"z").decode(),
    "base64 for urls": lambda text: base64.urlsafe_b64encode(b"{" + text.encode() + b"}").decode(),
    "base64 of json": lambda text: base64.b64encode(
        json.dumps({"a": text}, ensure_ascii=False).encode()
    ).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_planted_leak_is_found_in_every_form(form: str) -> None:
    planted = Seen("log", f'{{"message": "before {FORMS[form](NAME)} after"}}')
    assert [leak.value for leak in leaks({"name": NAME}, [planted])] >= ["name"]


def test_an_innocent_text_is_left_alone() -> None:
    innocent = [Seen("log", '{"message": "stored", "people": 1, "network": "plg-2023"}'), Seen("log", "Zoë")]
    assert leaks({"name": NAME}, innocent) == []


def test_what_is_packed_is_not_looked_into_so_nothing_of_ours_may_pack_what_it_logs() -> None:
    packed = base64.b64encode(gzip.compress(NAME.encode(), mtime=0)).decode()
    assert leaks({"name": NAME}, [Seen("log", packed)]) == []
