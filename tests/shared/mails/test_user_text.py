"""What visitors type stays text: no markup, no header, no link, no advertisement."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.mail import Mail
from shared.domain.report.report import Report
from shared.mails import registrant
from shared.mails.report import report
from shared.mails.wording import first_name, looks_like_advertising, school_name, unlinked
from shared.phrases import dutch, english
from tests.shared.mails.people import (
    EARLY,
    ENGLISH,
    LINKS,
    NOOR,
    PAGES,
    PIET,
    PLG,
    every,
    mails,
    person,
    school,
)

NAUGHTY = [
    "<script>alert(1)</script>",
    "</title><h1>Gratis</h1>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "Jan\r\nBcc: piet@elders.example",
    "=?utf-8?q?Jan=0ABcc:_e=40x.example?=",
    "Win nu op https://casino.example/?a=b",
    "www.casino.example",
    "casino.example",
    "jan@casino.example",
    "bel 06 12 34 56 78 voor uw prijs",
    "javascript:alert(1)",
    "‮gnihsihp",
    "Gratis " * 20,
]


class Parsed(HTMLParser):
    """The tags, attributes and addresses of a mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "background"}]


@cache
def said_by(naughty: str, language: str) -> dict[str, Mail]:
    noor = replace(NOOR, name=naughty, school=naughty, place=naughty, role=naughty, remarks=naughty)
    piet = replace(PIET, name=naughty, school=naughty, place=naughty, remarks=naughty)
    return mails(noor, piet, {"nl": PLG, "en": ENGLISH}[language])


@cache
def report_on(naughty: str) -> Mail:
    people = [
        person(name=naughty, school=naughty, place=naughty, remarks=naughty, extra={naughty: naughty}),
        person("Jan Kok", school="Bergcollege"),
    ]
    return report(PLG, Report(PLG, people, [], None, EARLY), PAGES)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("naughty", NAUGHTY)
def test_what_people_type_changes_no_tag_and_no_subject_of_their_mails(naughty: str, language: str) -> None:
    for name, mail in said_by(naughty, language).items():
        approved = every()[f"{language}/{name}"]
        assert Parsed(mail.html).tags == Parsed(approved.html).tags
        assert mail.subject == approved.subject


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_what_people_type_changes_no_tag_and_no_subject_of_the_report(naughty: str) -> None:
    decent = report_on("Dalschool")
    assert set(Parsed(report_on(naughty).html).tags) == set(Parsed(decent.html).tags)
    assert report_on(naughty).subject == "PLG: 0 scholen compleet, 2 te kort, 25 dagen"


OURS = (
    "https://tweetal.example/",
    "https://www.voortgezetleren.nl/privacy",
    "https://www.voortgezetleren.nl/programma.pdf",  # an organiser gave it with a message
    "mailto:info@voortgezetleren.nl",
    "tel:030",
)
# What mail programs make a link of, also in plain text.
LINKIFIED = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:nl|com|example)\b")
OUR_TEXT = re.compile(r"https://(tweetal\.example|www\.voortgezetleren\.nl)/\S*|info@voortgezetleren\.nl")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("naughty", NAUGHTY)
def test_a_mail_holds_no_link_but_ours(naughty: str, language: str) -> None:
    for mail in said_by(naughty, language).values():
        assert [link for link in Parsed(mail.html).links if not link.startswith(OURS)] == []
        visible = re.sub(r"<style>.*?</style>|<[^>]*>", " ", mail.html, flags=re.DOTALL)
        for part in (mail.text, visible):
            assert LINKIFIED.findall(OUR_TEXT.sub("", part)) == []


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_the_report_holds_no_link_but_ours_and_mail_to_who_registered(naughty: str) -> None:
    mail = report_on(naughty)
    assert [link for link in Parsed(mail.html).links if not link.startswith((*OURS, "mailto:"))] == []
    visible = re.sub(r"<style>.*?</style>|<[^>]*>", " ", mail.html, flags=re.DOTALL)
    assert LINKIFIED.findall(OUR_TEXT.sub("", visible)) == []


@given(st.text(max_size=160))
def test_no_text_at_all_becomes_markup(text: str) -> None:
    noor = replace(NOOR, name=text, school=text)
    mail = registrant.confirmation(PLG, noor, school(noor), LINKS, None)
    calm = registrant.confirmation(PLG, NOOR, school(NOOR), LINKS, None)
    assert Parsed(mail.html).tags == Parsed(calm.html).tags


def test_remarks_are_in_no_mail_to_a_registrant() -> None:
    noor = replace(NOOR, remarks="Zonderling")
    assert all("Zonderling" not in mail.text + mail.html for mail in mails(noor).values())


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Noor van Dijk", "Noor"),
        ("Dijk, Noor van", "Noor"),
        ("Anne-Fleur de Wit", "Anne-Fleur"),
        ("Zoë", "Zoë"),
        ("J. de Vries", "collega"),
        ("NOOR VAN DIJK", "Noor"),
        ("noor van dijk", "Noor"),
        ("ANNE-FLEUR DE WIT", "Anne-Fleur"),
        ("ED BOS", "Ed"),
        ("JP de Vries", "collega"),
        ("JP DE VRIES", "collega"),
        ("de Vries", "collega"),
        ("Van Dijk", "collega"),
        ("von Berg", "collega"),
        ("v.d. Berg", "collega"),
        ("vd Berg", "collega"),
        ("J.", "collega"),
        ("J", "collega"),
        ("J. DE VRIES", "collega"),
        ("de", "collega"),
        ("mevrouw", "collega"),
        ("Mevrouw de Vries", "collega"),
        ("ANNA DE VRIES", "Anna"),
        ("IJSBRAND BOS", "IJsbrand"),
        ("McDonald Smit", "McDonald"),
        ("'t Hart", "collega"),
        ("mevrouw Jansen", "collega"),
        ("Mw. Noor van Dijk", "Noor"),
        ("drs. Noor van Dijk", "Noor"),
        ("Dhr. J. Smit", "collega"),
        ("de heer Smit", "collega"),
        ("Jansen, mevrouw", "collega"),
        ("Administratie", "collega"),
        ("Directeur", "collega"),
        ("Noor van Dijk, docent wiskunde", "Noor"),
        ("Noor van Dijk | teamleider", "Noor"),
        ("van Dijk, Noor", "Noor"),
        ("van Dijk, Noor (docent)", "Noor"),
        ("Jansen, docent", "collega"),
        ("Jansen (Noor)", "collega"),
        ("Noor (docent)", "collega"),
        ("Kijk op casino.example", "Kijk"),
        ("casino.example", "collega"),
        ("http://casino.example", "collega"),
        ("", "collega"),
    ],
)
def test_a_greeting_is_a_first_name_or_else_collega(name: str, greeted: str) -> None:
    assert first_name(person(name=name), dutch) == greeted
    assert first_name(person(name=name), english) == greeted.replace("collega", "colleague")


@pytest.mark.parametrize("name", ["'t Genseler", "!mpulse", "LOC@", "Stad & Esch", "O.S.G. Berg", "2College"])
def test_schools_with_signs_in_their_name_keep_it(name: str) -> None:
    assert school_name(person(school=name), dutch) == name


@pytest.mark.parametrize("name", ["casino.example", "Ga naar www.x.example", "x://y", "bel 0612345678"])
def test_a_school_that_looks_like_a_link_is_your_school(name: str) -> None:
    assert school_name(person(school=name), dutch) == "Je school"
    assert school_name(person(school=name), english) == "Your school"


@pytest.mark.parametrize("text", ["www.casino.example", "http://x.example/a", "jan@x.example", "1.1.1.1"])
def test_a_link_in_the_report_is_broken_but_can_be_read(text: str) -> None:
    assert LINKIFIED.findall(unlinked(text)) == []
    assert unlinked(text).replace(" ", "") == text


def test_an_ordinary_name_is_left_as_it_is() -> None:
    assert not looks_like_advertising("Sint-Maartenscollege (Maastricht)")
    assert unlinked("drs. J. van Dam") == "drs. J. van Dam"
