"""One word for one thing: what was once said otherwise stands in no text that people read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# The old words, and what is said instead and why.
_FORBIDDEN = {
    r"\bkenmerk": "aanmeldnummer: one word for what a person quotes",
    r"\bje nummer\b|[\"'>]nummer[\"'<]": "aanmeldnummer: a phone number is a number too",
    r"inschrijfnummer": "aanmeldnummer",
    r"aangehouden|\baanhouden|houd aan\b": "wacht op besluit: the police hold people",
    r"houden we vast": "je aanmelding blijft staan",
    r"er is iets veranderd bij": "what happened: een collega van je school doet niet meer mee",
    r"something has changed at": "what happened: a colleague at your school no longer takes part",
    r"alles bij elkaar": "lijst downloaden: it says what the button does",
    r"zelf getypt": "ingevuld als: a colleague may have typed it",
    r"te controleren|te besluiten": "besluit, besluiten: as the subject, the tiles and the headings have it",
    r"vinkje": "vink eerst aan dat je dit wilt",
    r"(?:button|link)\(\"meld (?:nog )?een collega aan": "nodig een collega uit: who is invited decides",
    r"in jouw plaats gaan": "geef je plek aan een collega",
}
# Machines read these words, in files and in what forms send; people do not.
_FOR_MACHINES = {"shared/mails/data_export.py", "shared/aws/first_reasons.py"}


def texts() -> Iterator[tuple[str, int, str]]:
    """Yield every line of our texts for people, with where it stands."""
    for path in _files():
        name = str(path.relative_to(ROOT))
        if name not in _FOR_MACHINES:
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from ((name, number, line) for number, line in enumerate(lines, 1))


def _files() -> Iterator[Path]:
    for folder in ("shared/mails", "shared/pages", "shared/phrases", "functions", "cli", "local"):
        for suffix in ("py", "jinja", "html", "txt"):
            yield from sorted((ROOT / folder).rglob(f"*.{suffix}"))
    yield ROOT / "docs/handleiding.md"
    yield ROOT / "docs/form.md"


@pytest.mark.parametrize("old", _FORBIDDEN)
def test_no_text_has_an_old_word(old: str) -> None:
    pattern = re.compile(old, re.IGNORECASE)
    found = [f"{name}:{number}: {line.strip()}" for name, number, line in texts() if pattern.search(line)]
    assert found == [], f"say it as {_FORBIDDEN[old]}\n" + "\n".join(found)


def test_the_texts_are_read() -> None:
    assert sum("anmeldnummer" in line for _, _, line in texts()) > 20
