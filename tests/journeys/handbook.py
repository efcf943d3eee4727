"""The handbook as a script: its tasks, and a reader who does what their steps say, word for word.

In a step, **bold** is what stands on the page: it is clicked, ticked or filled in; a heading is looked up.
*Italic* stands for something of one's own, like a person. "**A** of **B**": both are there, and A is chosen.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import urlencode

from local.gallery.visitor import Visitor
from local.web import Response
from local.world import World
from tests.conftest import ROOT
from tests.journeys.read_page import Page, Part, is_called, is_exactly

HANDBOOK = (ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")
UNDO = "Bedenk je je?"
_WORD = re.compile(r"([ (]of (?:bij |op )?)?(?:\*\*(.+?)\*\*|(?<!\*)\*([^*]+)\*)")
_USED = ("a", "button", "label", "option")


class Task(NamedTuple):
    """What an organiser wants, what they do for it, and how they come back on it."""

    title: str
    steps: tuple[str, ...]
    undo: str


def tasks() -> Iterator[Task]:
    """Yield each section of the handbook that has numbered steps."""
    for section in HANDBOOK.split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        steps = re.findall(r"^\d+\. (.+(?:\n {3}.+)*)", text, re.MULTILINE)
        undo = re.search(rf"^{re.escape(UNDO)} (.+(?:\n.+)*)", text, re.MULTILINE)
        if steps:
            yield Task(title, tuple(map(_on_one_line, steps)), _on_one_line(undo[1]) if undo else "")


def choices(sentence: str) -> Iterator[list[str]]:
    """Yield what a sentence tells to click, one after the other, each with what else could be clicked."""
    group: list[str] = []
    for other, bold, italic in _WORD.findall(sentence):
        if group and not other:
            yield group
            group = []
        group.append(bold or f"*{italic}")
    if group:
        yield group


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


class Reader(Visitor):
    """Somebody who has the handbook beside the browser.

    `own` says what stands for the italic words, and what is typed where a step says to fill something in.
    """

    def __init__(self, world: World, own: Mapping[str, str | Callable[[], str]]) -> None:
        super().__init__(world)
        self.own, self._filled, self._from = own, dict[str, str](), 0
        self._path, self._file = "", Response(0)

    def follows(self, sentence: str) -> None:
        """Do what a step says."""
        for first, *others in choices(sentence):
            chosen = self._part(first)
            for other in others:
                self._part(other)
            self._uses(chosen, first)

    def shows(self, answer: Response) -> None:
        """Look at a page from its beginning."""
        self.page, self._filled, self._from = answer, {}, 0
        assert answer.status in (200, 201), self.says()

    def says(self) -> str:
        """Return the words of the page."""
        text = re.sub(r"<style.*?</style>|<[^>]*>", " ", self.page.text, flags=re.DOTALL)
        return " ".join(unescape(text).split())

    def download(self) -> str:
        """Return what sort of file was downloaded, and its text if it has any."""
        return self._file.header("content-type") + self._file.body.decode(errors="ignore")

    def _part(self, word: str) -> Part:
        """Return what is called so on this page; after a heading that a step named, what stands below it."""
        is_own = word.startswith("*")
        text = self._stand_in(word[1:]) if is_own else word
        parts = Page(self.page.text).parts[self._from :]
        alike = [p for p in parts if is_called(p, text) or (is_own and text in p.text)]
        alike.sort(key=lambda p: (not is_exactly(p, text), p.tag not in _USED))
        assert alike, f"{word!r} stands not on this page: {self.says()[:3000]}"
        return alike[0]

    def _uses(self, part: Part, word: str) -> None:
        page = Page(self.page.text)
        match part.tag:
            case "a":
                self._clicks(part.names["href"])
            case "button":
                self._presses(page, part)
            case "label" if page.control(part).names.get("type") in ("checkbox", "radio"):
                self._filled[page.control(part).names["name"]] = page.control(part).names["value"]
            case "label" if page.control(part).tag == "select":
                self._from = page.parts.index(part)
            case "label":
                self._filled[page.control(part).names["name"]] = self._stand_in(word)
            case "option":
                self._filled[part.names["name"]] = part.names["value"]
            case _:
                self._from = page.parts.index(part)

    def _clicks(self, href: str) -> None:
        here, answer = self.page, self.opens(_absolute(href, self._path))
        if answer.header("content-type").startswith("text/html"):
            self._path = _absolute(href, self._path)
            self.shows(answer)
        else:
            self._file, self.page = answer, here
            assert answer.status == 200

    def _presses(self, page: Page, button: Part) -> None:
        form = page.forms[button.form]
        fields = page.filled(button.form) | self._filled
        if "name" in button.names:
            fields[button.names["name"]] = button.names["value"]
        action = form.get("action") or self._path
        if form.get("method") == "get":
            return self._clicks(f"{action.partition('#')[0]}?{urlencode(fields)}")
        return self.shows(self.posts(action, **fields))

    def _stand_in(self, word: str) -> str:
        value = self.own[word]
        return value if isinstance(value, str) else value()

    def begins(self, url: str) -> None:
        """Begin at a page."""
        self._path = url
        self.shows(self.opens(url))

    def reads_mail(self, mail: Mapping[str, str]) -> None:
        """Begin at a mail, as a mail program shows it."""
        self.shows(Response(200, body=mail["html"].encode()))
        self._path = ""


def _absolute(href: str, here: str) -> str:
    if href.startswith(("/", "http")):
        return href
    return f"{here.partition('?')[0].rpartition('/')[0]}/{href}"
