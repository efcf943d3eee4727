"""A visitor of the deployed API: over HTTP, except where MiniStack loses cookies or answers by itself."""

import json
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from urllib3 import PoolManager

from local.web import RawRequest, Response
from tests.cloud import bridges

FORM = "application/x-www-form-urlencoded"


def expect(status: int, answer: Response) -> Response:
    """Return an answer that has this status; fail with what it says otherwise."""
    page = re.sub(r"<style>.*</style>", "", answer.text, flags=re.DOTALL)
    assert answer.status == status, f"{answer.status} instead of {status}: {page}"
    return answer


class Visitor:
    """Somebody with a browser, which keeps cookies."""

    def __init__(self, url: str, resources: Mapping[str, str]) -> None:
        self._url, self._resources = url, resources
        self._host = f"{resources['Api']}.execute-api.localhost"
        self._cookies: dict[str, str] = {}
        self._pool = PoolManager(retries=False, timeout=60)

    def is_answered(self, method: str, path: str) -> bool:
        """Say whether a function answers, whatever it says: all of ours send this header."""
        return bool(self._sends(method, path).header("x-content-type-options"))

    def opens(self, path: str) -> Response:
        """Open a page."""
        return self._sends("GET", path)

    def sends_json(self, path: str, **fields: str) -> Response:
        """Post what a form with a script posts."""
        return self._sends("POST", path, "application/json", json.dumps(fields))

    def sends_form(self, path: str, **fields: str) -> Response:
        """Post a form without a script."""
        return self._sends("POST", path, FORM, urlencode(fields))

    def _sends(self, method: str, path: str, content_type: str = "", body: str = "") -> Response:
        accept = "application/json" if content_type == "application/json" else "text/html"
        headers = {"host": self._host, "accept": accept}
        if body:
            headers |= {"content-type": content_type, "origin": f"https://{self._host}"}
        if self._cookies or method == "OPTIONS":
            cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            request = RawRequest(method, path, (*headers.items(), ("cookie", cookie)), body.encode())
            response = bridges.send_by_event(request, self._resources)
        else:
            answer = self._pool.request(
                method, self._url + path, body=body or None, headers=headers, redirect=False
            )
            response = Response(answer.status, tuple(answer.headers.items()), answer.data)
        if kept := response.header("set-cookie").partition(";")[0]:
            name, _, value = kept.partition("=")
            self._cookies[name] = value
        return response
