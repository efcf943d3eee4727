"""What an operator can paste: a raw body, a curl command, or what a browser's HAR file recorded."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from cli.curl import read_curl
from cli.pasted_post import PastedPost, UnusablePasteError


def read_paste(raw: bytes) -> PastedPost:
    """Return the post in a text; whatever is no curl command and no HAR is the raw body itself."""
    text = raw.decode(errors="replace").strip()
    if not text:
        raise UnusablePasteError("There is nothing in it.")
    if re.match(r"curl\s", text):
        return read_curl(text)
    entries = _har_entries(text)
    return _of_har(entries) if entries is not None else PastedPost(raw)


def _har_entries(text: str) -> list[Any] | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    log = document.get("log")
    if isinstance(log, dict) and isinstance(log.get("entries"), list):
        return list(log["entries"])
    request = document.get("request", document)
    is_entry = isinstance(request, dict) and {"method", "url", "headers"} <= set(request)
    return [document if "request" in document else {"request": document}] if is_entry else None


def _of_har(entries: Sequence[Any]) -> PastedPost:
    """Read the last post to an address like ours, or else the last post of all."""
    requests = [entry["request"] for entry in entries if isinstance(entry, dict) and _has_post(entry)]
    ours = [request for request in requests if "/registrations" in str(request.get("url"))]
    if not requests:
        raise UnusablePasteError("This HAR file has no post with a body.")
    request = (ours or requests)[-1]
    data = request["postData"]
    headers = request.get("headers")
    if not isinstance(data, dict) or not isinstance(headers, list):
        raise UnusablePasteError("The post in this HAR file has no headers or no body.")
    named = {
        str(each["name"]).lower(): str(each.get("value", ""))
        for each in headers
        if isinstance(each, dict) and not str(each.get("name", ":")).startswith(":")
    }
    content_type = named.get("content-type") or str(data.get("mimeType") or "")
    return PastedPost(_har_body(data), {**named, "content-type": content_type}, str(request.get("url")))


def _has_post(entry: Mapping[str, Any]) -> bool:
    request = entry.get("request")
    return isinstance(request, dict) and request.get("method") == "POST" and bool(request.get("postData"))


def _har_body(data: Mapping[str, Any]) -> bytes:
    if text := data.get("text"):
        return str(text).encode(errors="replace")
    params = data.get("params")
    params = [each for each in params if isinstance(each, dict)] if isinstance(params, list) else []
    if not params:
        raise UnusablePasteError("This HAR file did not record the body of the post.")
    if any("fileName" in each for each in params) or "multipart" in str(data.get("mimeType")):
        raise UnusablePasteError(
            "This HAR file has no text of its multipart body. Copy the post as a curl command instead."
        )
    return urlencode([(str(each.get("name")), str(each.get("value", ""))) for each in params]).encode()
