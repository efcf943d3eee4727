"""A link scanner: opens every link that it is mailed and all that is behind it, and presses every button."""

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from local.web import Response
from local.world import World

Field = tuple[str, str]


class Form(NamedTuple):
    """A form as it stands on a page: nobody typed in it, and nobody ticked a box."""

    method: str
    action: str
    fields: list[Field]
    buttons: list[tuple[Field, ...]]  # what each button adds


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        own = ((attributes["name"], attributes.get("value", "")),) if attributes.get("name") else ()
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "form":
            self.forms.append(
                Form(attributes.get("method", "get").upper(), attributes.get("action", ""), [], [])
            )
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append(own)
        elif tag in {"input", "textarea"} and self.forms and _is_sent(attributes):
            self.forms[-1].fields.extend(own)


def _is_sent(attributes: dict[str, str]) -> bool:
    return attributes.get("type") not in {"checkbox", "radio"} or "checked" in attributes


class Scanner:
    """Asks as a browser of our own pages would, and remembers what it asked and was answered."""

    def __init__(self, world: World) -> None:
        self._world, self.opened, self.pressed = world, dict[str, int](), dict[str, int]()

    def open(self, url: str, depth: int = 3) -> None:
        """Open a link with HEAD and GET, follow what is behind it, and press what can be pressed there."""
        path = _path(url)
        if path in self.opened or not url.startswith(self._world.base_url):
            return
        self._world.http("HEAD", path)
        answer = self._world.http("GET", path)
        self.opened[path] = answer.status
        self._look(url, answer, depth)

    def _look(self, url: str, answer: Response, depth: int) -> None:
        if not depth or not answer.header("content-type").startswith("text/html"):
            return
        page = Page(answer.body.decode())
        for link in page.links:
            self.open(urljoin(url, link), depth - 1)
        for form in page.forms:
            for button in form.buttons:
                self._press(urljoin(url, form.action), form, button, depth)

    def _press(self, url: str, form: Form, button: tuple[Field, ...], depth: int) -> None:
        sent = urlencode([*form.fields, *button])
        if form.method == "GET":
            return self.open(f"{url.partition('?')[0]}?{sent}", depth - 1)
        what = f"{_path(url)} {sent}"
        if what not in self.pressed:
            headers = {"content-type": "application/x-www-form-urlencoded", "origin": self._world.base_url}
            answer = self._world.http("POST", _path(url), headers, sent)
            self.pressed[what] = answer.status
            self._look(url, answer, depth - 1)
        return None


def _path(url: str) -> str:
    split = urlsplit(url)
    return f"{split.path}?{split.query}" if split.query else split.path


def links_of(mail: dict[str, str], base_url: str) -> set[str]:
    """Return every link of ours in a mail, of its text and of its HTML."""
    urls = re.findall(r"https?://[^\s\"<>]+", mail["text"] + " " + mail["html"])
    return {link for link in urls if link.startswith(base_url)}
