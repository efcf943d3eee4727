"""Somebody with a browser and a mailbox: opens links, sends forms, keeps cookies."""

import re
from urllib.parse import urlencode

from local.web import Response
from local.world import World

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)


class Visitor:
    """One browser; `page` is the page that it shows."""

    def __init__(self, world: World) -> None:
        self._world, self._cookies, self.page = world, dict[str, str](), Response(0)

    def opens(self, url: str) -> Response:
        """Open a link or a path of ours."""
        return self._request("GET", url)

    def posts(self, url: str, **fields: str) -> Response:
        """Send a form with the hidden fields of its page, and follow a redirect on our own site."""
        hidden = dict(_HIDDEN.findall(self.page.text)) if self.page.status else {}
        answer = self._request("POST", url, urlencode({**hidden, **fields}))
        stays_here = answer.header("location").startswith("/")
        return self._request("GET", answer.header("location")) if stays_here else answer

    def fills_in(self, network: str, **fields: str) -> Response:
        """Send the form of the organisation's own web site."""
        origin = self._world.networks[network].form.origins[0]
        return self._request("POST", f"/networks/{network}/registrations", urlencode(fields), origin)

    def link(self, to: str, part: str) -> str:
        """Return the latest link in the mails to somebody whose path contains a part."""
        texts = [mail["text"] for mail in self._world.mails() if mail["to"][0].startswith(to)]
        return str([word for text in texts for word in text.split() if part in word][-1])

    def code(self) -> str:
        """Return the latest code that was mailed."""
        codes = [code for mail in self._world.mails() for code in _CODE.findall(mail["text"])]
        return str(codes[-1])

    def _request(self, method: str, url: str, body: str = "", origin: str = "") -> Response:
        base = self._world.base_url
        headers = {
            "cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "content-type": "application/x-www-form-urlencoded",
            "origin": origin or base,
        }
        self.page = self._world.http(method, url.removeprefix(base), headers, body)
        for name, value in self.page.headers:
            if name.lower() == "set-cookie":
                key, _, cookie = value.partition(";")[0].partition("=")
                self._cookies[key] = cookie
        return self.page
