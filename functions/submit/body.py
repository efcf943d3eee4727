"""The body of a post, decoded strictly: JSON, urlencoded or multipart; a doubtful body is refused."""

import base64
import json
import math
import re
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from functions.submit.refusals import FILES, TOO_LARGE, UNREADABLE, UNSUPPORTED_TYPE, RequestRefusedError
from shared.request import Request

MAX_BYTES = 64 * 1024
MAX_FIELDS = 60
MAX_DEPTH = 8
_CHARSET_FIELD = "_charset_"

Pairs = list[tuple[str, object]]


def decode_body(request: Request) -> Pairs:
    """Return the fields of a post as they came, in their order; raise `RequestRefusedError`.

    The size is checked before anything is decoded, and the type before anything is read.
    """
    if _size(request) > MAX_BYTES:
        raise RequestRefusedError(TOO_LARGE)
    declared = Message()
    declared["content-type"] = request.content_type
    read = _READERS.get(declared.get_content_type())
    if not read or declared.get_content_charset("utf-8") not in ("utf-8", "utf8"):
        raise RequestRefusedError(UNSUPPORTED_TYPE)
    try:
        return read(_bytes(request), declared)
    except ValueError as wrong:  # from base64, UTF-8, JSON, urlencoding and multipart alike
        raise RequestRefusedError(UNREADABLE) from wrong


def _size(request: Request) -> int:
    text = request.body
    return (
        len(text) // 4 * 3 - text.count("=", -2) if request.is_base64 else len(text.encode(errors="replace"))
    )


def _bytes(request: Request) -> bytes:
    if request.is_base64:
        return base64.b64decode(request.body, validate=True)
    return request.body.encode()


def _json(body: bytes, _declared: Message) -> Pairs:
    text = body.decode()
    if _depth(text) > MAX_DEPTH:  # before parsing: the parser recurses
        raise ValueError("too deep")
    document = json.loads(
        text,
        object_pairs_hook=_object,
        parse_int=str,  # as typed: a phone number is no number
        parse_float=_number,
        parse_constant=_no_constant,
    )
    json.dumps(document, ensure_ascii=False).encode()  # a lone surrogate is no text
    if not isinstance(document, dict):
        raise ValueError("not an object")
    return list(document.items())


def _depth(text: str) -> int:
    deepest = depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', text, re.DOTALL):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(members)
    if len(unique) < len(members):
        raise ValueError("a key twice")
    return unique


def _number(text: str) -> str:
    if math.isinf(float(text)):
        raise ValueError("a number without end")
    return text


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _urlencoded(body: bytes, _declared: Message) -> Pairs:
    declared = re.search(rb"(?:^|&)_charset_=([\w-]+)(?:&|$)", body)
    charset = _charset(declared[1] if declared else b"")
    fields = parse_qsl(
        body.decode(charset),
        keep_blank_values=True,
        encoding=charset,
        errors="strict",
        max_num_fields=MAX_FIELDS,
    )
    return [(name, value) for name, value in fields if name != _CHARSET_FIELD]


def _charset(declared: bytes) -> str:
    """Return the charset that a browser wrote in a form's `_charset_` (RFC 7578, 4.6), otherwise UTF-8."""
    return "cp1252" if declared.lower() in (b"windows-1252", b"iso-8859-1") else "utf-8"


def _multipart(body: bytes, declared: Message) -> Pairs:
    from multipart import PushMultipartParser  # few posts need it

    boundary = declared.get_boundary("")
    fields: list[tuple[str, bytes]] = []
    with PushMultipartParser(boundary, max_segment_count=MAX_FIELDS, strict=True) as parser:
        segment, content = None, b""
        for event in parser.parse(body):
            if event is None:
                fields += _field(segment, content)
            elif isinstance(event, (bytes, bytearray)):
                content += event
            else:
                segment, content = event, b""
    charset = _charset(next((value for name, value in fields if name == _CHARSET_FIELD), b""))
    return [(name, value.decode(charset)) for name, value in fields if name != _CHARSET_FIELD]


def _field(segment: Any, content: bytes) -> list[tuple[str, bytes]]:
    headers = [name for name, _ in segment.headerlist]
    if len(set(headers)) < len(headers):
        raise ValueError("a header twice")
    if "filename*" in segment.header("Content-Disposition"):  # RFC 7578, 4.2: not allowed in forms
        raise RequestRefusedError(FILES)
    if segment.filename is not None:
        if segment.filename or content:
            raise RequestRefusedError(FILES)
        return []  # a file input that was left empty
    if (segment.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise RequestRefusedError(UNSUPPORTED_TYPE)
    if segment.header("Content-Transfer-Encoding"):  # RFC 7578, 4.7: deprecated; no browser sends it
        raise ValueError("an encoded part")
    return [(segment.name, content)]


_READERS = {
    "application/json": _json,
    "application/x-www-form-urlencoded": _urlencoded,
    "multipart/form-data": _multipart,
}
