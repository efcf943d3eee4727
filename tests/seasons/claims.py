"""Reads what a text claims: each sentence that can be untrue, as a claim with a value of its own type.

`sentences.txt` has all these sentences. What looks like a claim and fits none of them is unreadable, which is
a mistake too: a text that is worded anew must be read anew.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_DATE = rf"(?:{'|'.join(_DAYS)}) \d+ (?:{'|'.join(_MONTHS)})(?: \d{{4}})?"
_YEAR = 2023  # of all seasons, where a text leaves it out
_SLOTS = {
    "": r"\d+", "date": _DATE, "until": rf"(?:tot en met|tot) {_DATE}(?: om \d+\.\d\d uur)?",
    "moment": rf"{_DATE} om \d+\.\d\d uur", "text": r".+?", "id": r"(?-i:[A-Z]+-[0-9A-Z]{8})",
    "event": rf"{_DATE} om \d+\.\d\d uur: [a-z ]+(?= \()", "short": r"\d+ \w{3}, \d+\.\d\d uur",
    "morning": rf"{_DATE}, \d+\.\d\d uur", "group": r"\d+ (?:school|scholen) \(\d+ (?:persoon|mensen)\)",
}  # fmt: skip
_WORDS = {
    "": "[^.?!]+?", "rest": ".+$", "file": r"\S+\.(?:ics|json)", "phone": r"[\d –-]+",
    "seats": r"(?P<seats>(?:\[[x ]\])+)", "moment": _SLOTS["moment"], "day_month": r"\d+ \w+",
    "no_turn": "heeft gewijzigd|is meegegaan|herinnering gestuurd|mail opnieuw gestuurd",
    # One or several.
    "colleagues": "collega(?:’s)?", "dagen": "dag(?:en)?", "scholen": "school|scholen",
    "aanmeldingen": "aanmelding(?:en)?", "afmeldingen": "afmelding(?:en)?", "besluiten": "besluit(?:en)?",
    "mails": "mail kwam|mails kwamen", "is": "is|zijn", "doet": "doet|doen",
    "hebben": "heeft|hebben", "mensen": "persoon|mensen",
    "staan": "staat|staan", "plaatsen": "plaats|plaatsen", "was": "was|waren",
    "meldde": "meldde|meldden",
    "wacht": "wacht(?:en)?", "wordt": "wordt|worden",
}  # fmt: skip
# What nobody says without claiming something.
_CLAIMING = re.compile(
    r"(?<!\w)\d+(?!\w)|wachtlijst|compleet|deadline|bericht|nodig|zeker|genoeg|te weinig|te kort|meedoe|"
    rf"\bmee\b|\bplek\b|\b(?:{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)


class Claim(NamedTuple):
    """What a text says is so, and the words with which it says that."""

    what: str
    value: object
    words: str


class Sentence(NamedTuple):
    """A sentence that claims something, as a pattern, and what it claims whatever is filled in."""

    pattern: re.Pattern[str]
    always: Mapping[str, str]

    def claims(self, match: re.Match[str]) -> Iterator[Claim]:
        """Yield what it claims where it stands."""
        for name, text in {**self.always, **match.groupdict()}.items():
            what, _, kind = name.partition("__")
            yield Claim(what, _READS.get(kind, str)(text) if name in match.groupdict() else text, match[0])


def claims(paragraphs: Iterable[str], file: str = "sentences.txt") -> tuple[list[Claim], list[str]]:
    """Return what these paragraphs claim, and what of them cannot be read."""
    each = [_of_paragraph(paragraph, file) for paragraph in paragraphs]
    return [claim for read, _ in each for claim in read], [rest for _, rest in each if rest]


@lru_cache(4096)  # most paragraphs are of many mails
def _of_paragraph(paragraph: str, file: str) -> tuple[tuple[Claim, ...], str]:
    read: list[Claim] = []
    rest = paragraph
    for sentence in _sentences(file):
        matches = list(sentence.pattern.finditer(rest))
        for match in matches:
            read += sentence.claims(match)
        rest = sentence.pattern.sub(" ", rest) if matches else rest
    return tuple(read), " ".join(rest.split()) if _CLAIMING.search(rest) else ""


def _day(text: str) -> date:
    """Read a date; a weekday that is not of that date raises."""
    weekday, number, month, *year = re.sub(r"^(tot en met|tot) ", "", text).split()
    day = date(int(year[0]) if year and year[0].isdigit() else _YEAR, _MONTHS.index(month) + 1, int(number))
    if _DAYS[day.weekday()] != weekday.lower():
        raise ValueError(f"{text} is a {_DAYS[day.weekday()]}")
    return day


def _moment(text: str) -> str:
    day, _, clock = text.partition(" om ")
    return f"{_day(day)} {clock.removesuffix(' uur')}"


_READS: Mapping[str, Callable[[str], object]] = {
    "number": int, "date": _day, "until": _day, "moment": _moment, "text": str, "id": str,
    "morning": lambda text: _moment(text.replace(", ", " om ")),
    "event": lambda text: _moment(text.partition(" uur: ")[0]) + f" {text.partition(' uur: ')[2]}",
    "short": str,
    "group": lambda text: "/".join(re.findall(r"\d+", text)),
}  # fmt: skip


@cache
def _sentences(file: str) -> tuple[Sentence, ...]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return tuple(_sentence(line) for line in lines if line and not line.startswith("#"))


def _sentence(line: str) -> Sentence:
    text, _, always = line.partition(" -> ")
    parts = re.split(r"(\{[^}]*\})", text.removeprefix("^"))
    pattern = "".join(_slot(part[1:-1]) if part.startswith("{") else re.escape(part) for part in parts)
    start = "^" if text.startswith("^") else r"(?<!\w)"
    end = "" if text.endswith((".", "?", "!")) else r"(?!\w)"
    return Sentence(
        re.compile(f"{start}{pattern}{end}", re.IGNORECASE),
        dict(pair.split("=") for pair in always.split()),
    )


def _slot(name: str) -> str:
    if name in _WORDS:
        return f"(?:{_WORDS[name]})"
    what, _, kind = name.partition(":")
    return f"(?P<{what}__{kind or 'number'}>{_SLOTS[kind]})"
