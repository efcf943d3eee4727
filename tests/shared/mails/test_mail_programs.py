"""What Gmail, Outlook and Apple Mail make of our mails, by caniemail.com; and whether they are good HTML."""

from typing import Any

import pytest

from tests.node import needs_node, node
from tests.shared.mails.every import EVERY

pytestmark = needs_node

HTML = {name: mail.html for name, mail in EVERY.items()}

# What some of these programs lack, or have in part, and why a mail may use it all the same.
ACCEPTED = {
    "every style that matters stands inline; a style sheet adds phones, the dark and the report's rows": [
        "<style> element",
        "@media",
        "Chaining selectors",
        "Class selector",
        "Descendant combinator",
        "Type selector",
    ],
    "without it a mail stays light, in colours that are enough for everybody": [
        "color-scheme CSS property",
        "color-scheme meta tag",
    ],
    "without it corners are square": ["border-radius"],
    "its colour stands on a table around everything too": ["<body> element"],
    "a screen reader there reads the table's cells or the squares as well, and nothing is missing": [
        "aria-hidden attribute",
        "aria-label attribute",
        "role attribute",
    ],
    "each of the four hides the line for the list of mails where another one does not; Word has mso-hide": [
        "display:none",
        "max-height property",
        "overflow",
        "display",
    ],
    "where long words do not break, only a very long link makes the mail wider": [
        "overflow-wrap",
        "word-break",
        "white-space",
    ],
    "without it columns take the width of their words": ["table-layout"],
    "Word lacks values of these that we do not use, or rounds them; the width has a table for Word": [
        "align attribute",
        "background",
        "border",
        "font-size",
        "font-weight",
        "height attribute",
        "height property",
        "letter-spacing",
        "line-height",
        "margin",
        "max-width",
        "padding",
        "text-align",
        "text-decoration",
        "width attribute",
        "width property",
    ],
    "lists look a little different everywhere": ["<ul>, <ol> and <dl>"],
}

# Rules of html-validate that a mail must break.
OFF = {
    "doctype-style": "HTML is written in lower case here",
    "no-conditional-comment": "only Word reads them, and they are how one speaks to Word",
    "no-inline-style": "Gmail drops style sheets in some of its programs",
    "no-deprecated-attr": "Word takes sizes and colours from attributes",
    "prefer-tbody": "a browser adds it by itself, and Gmail counts each byte",
}


@pytest.fixture(scope="module")
def lacking() -> Any:
    return node("mails", HTML)


def test_no_mail_needs_what_gmail_outlook_or_apple_mail_lacks(lacking: Any) -> None:
    known = {title for titles in ACCEPTED.values() for title in titles}
    assert {name: set(titles) - known for name, titles in lacking.items() if set(titles) - known} == {}


def test_no_exception_is_older_than_what_it_is_for(lacking: Any) -> None:
    met = {title for titles in lacking.values() for title in titles}
    assert {title for titles in ACCEPTED.values() for title in titles} - met == set()


def test_every_mail_is_good_html() -> None:
    found = node("html", {"documents": HTML, "off": list(OFF)})
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.slow
@pytest.mark.parametrize("rule", OFF)
def test_each_rule_that_is_off_is_one_that_a_mail_must_break(rule: str) -> None:
    found = node(
        "html", {"documents": {"one": HTML["nl/confirmation-short"]}, "off": [r for r in OFF if r != rule]}
    )
    assert found["one"]
