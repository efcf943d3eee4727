"""Both languages say the same: as many mails, with the same parts, and no word of the other."""

import re
from pathlib import Path

import pytest

from shared.mails import render
from tests.languages import foreign
from tests.shared.mails.people import ENGLISH, PLG, mails
from tests.shared.mails.test_user_text import Parsed

_TEMPLATES = Path(render.__file__).parent / "templates"
MAILS = {"nl": mails(network=PLG), "en": mails(network=ENGLISH)}


def templates(language: str) -> dict[str, str]:
    root = _TEMPLATES / language
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.jinja")}


def visible(html: str) -> str:
    """What a mail's HTML shows or reads out."""
    return re.sub(r"<style>.*?</style>|<(?!img)[^>]*>", " ", html, flags=re.DOTALL)


def test_every_mail_is_there_in_every_language() -> None:
    assert templates("nl").keys() == templates("en").keys()


@pytest.mark.parametrize("name", templates("nl"))
def test_a_template_has_the_same_blocks_buttons_and_conditions_in_every_language(name: str) -> None:
    code = r"\{% (?:block|call|include|if|elif|else|for)[^%]*%\}|m\.(?:button|link|copy|h2|row|count)\("
    dutch, english = (re.findall(code, templates(language)[name]) for language in ("nl", "en"))
    assert dutch == english


@pytest.mark.parametrize("name", MAILS["nl"])
def test_a_mail_looks_the_same_in_every_language(name: str) -> None:
    dutch, english = (Parsed(MAILS[language][name].html) for language in ("nl", "en"))
    assert dutch.tags == english.tags
    assert dutch.links == english.links


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", MAILS["nl"])
def test_no_word_of_another_language_is_in_a_mail(name: str, language: str) -> None:
    mail = MAILS[language][name]
    files = " ".join(file.content.decode().replace("\r\n ", "") for file in mail.attachments)
    assert f'<html lang="{language}"' in mail.html
    assert foreign(" ".join((mail.subject, mail.text, visible(mail.html))), language) == set()
    assert foreign(" ".join(re.findall(r"(?:SUMMARY|DESCRIPTION):(.*)", files)), language) == set()


def test_a_mail_that_is_half_translated_is_noticed() -> None:
    assert foreign("Je bent registered", "nl") == {"registered"}
    assert foreign("You are aangemeld, Noor van Dijk", "en") == {"aangemeld"}
