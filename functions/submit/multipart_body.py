"""The body of a form that may bring files, as RFC 7578 describes it."""

import base64
from email.message import Message
from typing import Any

from multipart import PushMultipartParser

from functions.submit.charsets import charset_of, text_of


def read_multipart(raw: bytes, content_type: str, most: int) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Return the fields of a form and the names of its files; raise `ValueError` for what is no multipart."""
    boundary = _boundary(raw, content_type)
    fields: list[tuple[str, bytes]] = []
    files: list[str] = []
    with PushMultipartParser(boundary, max_segment_count=most, strict=True) as parser:
        segment: Any = None
        content = bytearray()
        for event in parser.parse(raw):
            if event is None:
                _keep(segment, bytes(content), fields, files)
            elif isinstance(event, (bytes, bytearray)):
                content += event
            else:
                segment, content = event, bytearray()
    charset = charset_of(b"", None)
    for name, value in fields:
        if name == "_charset_":
            charset = charset_of(b"charset=" + value, None)
    pairs = [(name, text_of(value, charset)) for name, value in fields if name != "_charset_"]
    return pairs, tuple(files)


def _boundary(raw: bytes, content_type: str) -> str:
    declared = Message()
    declared["content-type"] = content_type
    boundary = declared.get_boundary("")
    if boundary:
        return boundary
    first = raw.lstrip().split(b"\n", 1)[0].strip()  # a multipart body under another type shows its own
    return first.removeprefix(b"--").decode("ascii")


def _keep(segment: Any, content: bytes, fields: list[tuple[str, bytes]], files: list[str]) -> None:
    if len({name for name, _ in segment.headerlist}) < len(segment.headerlist):
        raise ValueError("a header twice")
    is_typed = segment.filename == "blob" and segment.content_type == "application/json"  # by a script
    if is_typed or (segment.filename is None and "filename*" not in segment.header("Content-Disposition")):
        fields.append((segment.name, _transferred(segment, content)))
    elif segment.filename or content:
        files.append(segment.name)


def _transferred(segment: Any, content: bytes) -> bytes:
    encoding = (segment.header("Content-Transfer-Encoding") or "").strip().lower()
    return base64.b64decode(content) if encoding == "base64" else content
