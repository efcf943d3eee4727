"""In which disguises a value can stand in a text, and a search for all of them."""

import base64
import html
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, quote_plus

_SHORTEST = 5  # of a form that is looked for: shorter ones stand in any text


class Seen(NamedTuple):
    """A text that somebody else than its owner may read, and where it was."""

    where: str
    text: str


class Leak(NamedTuple):
    """A value that was found, and where."""

    value: str
    where: str
    excerpt: str


def forms(value: str) -> frozenset[str]:
    """Return how a value may be written: as typed, folded, escaped, or in one of the usual encodings."""
    spellings = (form for text in _spellings(value) for form in (*_escaped(text), *_encoded(text.encode())))
    return frozenset(form for form in spellings if len(form) >= _SHORTEST)


def leaks(values: Mapping[str, str], traces: Iterable[Seen]) -> list[Leak]:
    """Return every value, by its name, that stands in a text in any form."""
    wanted = [(name, form) for name, value in values.items() for form in forms(value)]
    return [
        Leak(name, where, _around(text, form))
        for where, text in set(traces)
        for name, form in wanted
        if form in text or form.casefold() in text.casefold()
    ]


def _spellings(value: str) -> set[str]:
    spellings = {value, value.lower(), value.upper(), value.casefold(), value[:-1]}
    return spellings | {unicodedata.normalize(form, value) for form in ("NFC", "NFD", "NFKC", "NFKD")}


def _escaped(text: str) -> Iterator[str]:
    yield text
    yield from (html.escape(text), quote_plus(text), quote(text), quote(text, safe=""))
    yield from (quote(quote(text, safe=""), safe=""), quote_plus(quote_plus(text)))
    for dumped in (json.dumps(text), json.dumps(text, ensure_ascii=False), repr(text), ascii(text)):
        yield dumped[1:-1]
        yield json.dumps(dumped)[1:-1].strip('\\"')
    yield repr(text.encode())[2:-1]


def _encoded(raw: bytes) -> Iterator[str]:
    yield raw.hex()
    for lead in range(3):  # whatever stands before a value moves it to one of three places
        first, last = -(-lead * 8 // 6), (lead + len(raw)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(lead) + raw).decode()[first:last]


def _around(text: str, form: str) -> str:
    at = max(text.find(form), text.casefold().find(form.casefold()), 0)
    return text[max(0, at - 80) : at + 80]
