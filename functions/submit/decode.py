"""The body of a post, decoded by what it turns out to be, whatever its type says; then read as answers."""

import base64
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote_plus

from functions.submit.charsets import charset_of, text_of
from shared.domain.form.answers import MAX_EMPTY, Answer, TooManyAnswersError
from shared.domain.form.pairs import read_pairs
from shared.request import Request

MAX_BYTES = 256 * 1024
_UTF8_BOM = b"\xef\xbb\xbf"
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"{\x00": "utf-16-le", b"\x00{": "utf-16-be"}  # .NET's
_CHARSET = re.compile(rb"(?:^|&)_charset_=([\w-]+)(?:&|$)")
_FIELD_LINE = re.compile(r"[^=&\r\n][^=\r\n]{0,299}=.*")
_LABEL_LINE = re.compile(r"([^:\r\n]{1,100}):[ \t]+(.*)|")


class UnreadableBodyError(ValueError):
    """A body that is none of what a form or a program sends."""


class TooLargeBodyError(UnreadableBodyError):
    """A body of more bytes than are read."""


class DecodedBody(NamedTuple):
    """The answers of a post, and the names of the files that came with it, which nobody keeps."""

    answers: tuple[Answer, ...]
    files: tuple[str, ...] = ()


def decode(request: Request) -> DecodedBody:
    """Return what a post sent; raise `TooLargeBodyError` or `UnreadableBodyError`.

    The size is judged before anything is decoded.
    """
    if body_size(request) > MAX_BYTES:
        raise TooLargeBodyError("too large")
    try:
        return _read(_narrow(body_of(request)).removeprefix(_UTF8_BOM), request.content_type)
    except TooManyAnswersError as error:
        raise TooLargeBodyError("too many answers") from error
    except (ValueError, RecursionError) as error:  # of base64, characters, JSON and multipart alike
        raise UnreadableBodyError(type(error).__name__) from error


def body_of(request: Request) -> bytes:
    """Return the bytes of a body; raise `ValueError` for what is no base64."""
    return base64.b64decode(request.body, validate=True) if request.is_base64 else request.body.encode()


def body_size(request: Request) -> int:
    """Return how many bytes a body has, told without decoding it."""
    text = request.body
    if request.is_base64:
        return len(text) // 4 * 3 - text.count("=", -2)
    return len(text.encode(errors="replace"))


def _read(raw: bytes, content_type: str) -> DecodedBody:
    """Read a body by its first signs; its type decides only what these leave open."""
    start = raw.lstrip()[:3]
    if start[:1] in (b"{", b"[", b'"'):
        from functions.submit.json_body import read_json  # a form needs it not

        return DecodedBody(read_json(text_of(raw)))
    if start in (b"%7B", b"%5B"):  # JSON where fields should be
        return _read(unquote_plus(text_of(raw).rstrip("= \r\n")).encode(), content_type)
    if raw.lstrip()[:2] == b"--" or "multipart/" in content_type.lower():
        from functions.submit.multipart_body import read_multipart  # few posts need it

        pairs, files = read_multipart(raw, content_type, MAX_EMPTY)
        return DecodedBody(read_pairs(pairs), files)
    return DecodedBody(_read_fields(raw, content_type))


def _narrow(raw: bytes) -> bytes:
    """Return a body in UTF-8 where two bytes are one letter."""
    codec = _WIDE.get(raw[:2])
    return raw.decode(codec).lstrip("\ufeff").encode() if codec else raw


def _read_fields(raw: bytes, content_type: str) -> tuple[Answer, ...]:
    """Read urlencoded fields, lines `name=value` of `enctype="text/plain"`, or lines `label: value`."""
    declared = charset_of(content_type.encode("ascii", "replace"), _CHARSET.search(raw))
    text = text_of(raw, declared)
    lines = text.strip().splitlines()
    is_plain = content_type.lower().startswith("text/plain") and _FIELD_LINE.fullmatch(
        text.partition("\n")[0].strip()
    )
    is_lines = "&" not in text.partition("\n")[0] and all(map(_FIELD_LINE.fullmatch, lines))
    if len(lines) > 1 and (is_plain or is_lines):
        return read_pairs(_line_pairs(lines))
    if len(lines) > 1 and "&" not in text and all(map(_LABEL_LINE.fullmatch, lines)):
        return read_pairs(
            (label, value) for line in lines if line for label, _, value in [line.partition(":")]
        )
    pairs = _urlencoded(text, declared)
    if text.strip() and "=" not in text:
        raise ValueError("no fields")
    return read_pairs(pairs)


def _line_pairs(lines: list[str]) -> list[tuple[str, str]]:
    """Return the field of each line; a line that begins none continues the text before it."""
    fields: list[tuple[str, list[str]]] = []
    for line in lines:
        name, _, value = line.partition("=")
        if _FIELD_LINE.fullmatch(line):
            fields.append((name, [value]))
        elif fields:
            fields[-1][1].append(line)
    return [(name, "\n".join(texts)) for name, texts in fields]


def _urlencoded(text: str, charset: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(text, True, encoding=charset, errors="strict", max_num_fields=MAX_EMPTY)
    except UnicodeDecodeError:
        pairs = parse_qsl(text, True, encoding="cp1252", errors="replace", max_num_fields=MAX_EMPTY)
    return [(name, value) for name, value in pairs if name != "_charset_"]
