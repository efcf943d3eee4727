"""A page as its reader uses it: its words, links, buttons and inputs, in their order."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

_TEXTS = {"a", "button", "label", "legend", "summary", "option", "strong", "h1", "h2", "h3", "textarea"}


class Part(NamedTuple):
    """Something on a page: its tag, its words, and its attributes; `form` is the number of its form."""

    tag: str
    text: str
    names: Mapping[str, str]
    form: int


class Page(HTMLParser):
    """What somebody sees and can use on a page, in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self.forms: list[Mapping[str, str]] = []
        self._open: list[tuple[str, Mapping[str, str], list[str]]] = []
        self._list = ""
        self.feed(html.partition("<body")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append(names)
        if tag == "select":
            self._list = names["name"]
        if tag == "option":
            names |= {"name": self._list}
        if tag in _TEXTS:
            self._open.append((tag, names, []))
        elif tag in ("input", "select"):
            self.parts.append(Part(tag, "", names, len(self.forms) - 1))

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _TEXTS and self._open:
            tag, names, texts = self._open.pop()
            text = "".join(texts) if tag == "textarea" else " ".join("".join(texts).split())
            self.parts.append(Part(tag, text, names, len(self.forms) - 1))

    def control(self, label: Part) -> Part:
        """Return the input that a label is of."""
        return next(part for part in self.parts if part.names.get("id") == label.names["for"])

    def filled(self, form: int) -> dict[str, str]:
        """Return what the inputs of a form hold."""
        fields: dict[str, str] = {}
        for part in self.parts:
            name = part.names.get("name", "")
            if part.form != form or not name:
                continue
            ticked = part.names.get("type") not in ("checkbox", "radio") or "checked" in part.names
            if part.tag == "input" and ticked:
                fields[name] = part.names.get("value", "")
            if part.tag == "textarea":
                fields[name] = part.text.removeprefix("\n")
            if part.tag == "option" and (name not in fields or "selected" in part.names):
                fields[name] = part.names["value"]
        return fields


def is_called(part: Part, text: str) -> bool:
    return is_exactly(part, text) or part.text.startswith(f"{text} ")


def is_exactly(part: Part, text: str) -> bool:
    return text in (part.text, part.names.get("aria-label"))
