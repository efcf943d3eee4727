"""A post that an operator pasted, as plain values."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from functions.submit.client import Client
from functions.submit.trial import HEADERS_OF
from shared.request import Request

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class UnusablePasteError(ValueError):
    """A text that no post can be made of; says why in a sentence."""


class PastedPost(NamedTuple):
    """A post as its text tells it; a raw body has no headers."""

    body: bytes
    headers: Mapping[str, str] = {}
    url: str = ""

    def request(self, at: datetime, content_type: str = "", client: Client | None = None) -> Request:
        """Return the request that the function would get; of another client, if one is named."""
        headers = dict(self.headers)
        if client:
            headers = {"content-type": headers.get("content-type", ""), **HEADERS_OF[client]}
        if content_type:
            headers["content-type"] = content_type
        try:
            url = urlsplit(self.url)
        except ValueError as error:
            raise UnusablePasteError("The address of this post is no address.") from error
        query, body = dict(parse_qsl(url.query)), base64.b64encode(self.body).decode()
        return Request("POST", url.netloc, headers, {}, query, body, True, "trial", at)
