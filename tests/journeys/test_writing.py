"""An organiser writes to people: chosen, shown first, sent once, and what became of it."""

import re

from local.gallery.visitor import Visitor
from local.web import Response
from tests.journeys.conftest import Story
from tests.journeys.test_unreachable import GONE, desk

WORDS = {"subject": "Het programma staat klaar", "text": "Tot 10 mei!\n\nLees het <vooraf>.\nGroet, Sanne"}


def words(answer: Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("</header>")[2]).split())


def a_pair_and_one_alone(story: Story) -> tuple[Visitor, str]:
    """Anna and Bram of one school, Carla alone at hers, and an organiser who reads the report of next day."""
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.registers("Carla Smit", "Dalcollege", email="carla@dal.example")
    story.world.next_day()
    sanne, home = desk(story)
    sanne.opens(f"{home}/message")
    return sanne, f"{home}/message"


def texts(story: Story, to: str) -> list[str]:
    return [mail["text"] for mail in story.mails("message", to)]


def test_whoever_is_chosen_reads_it_as_it_was_shown_and_answers_the_organiser(story: Story) -> None:
    sanne, page = a_pair_and_one_alone(story)
    shown = words(sanne.posts(page, **WORDS, **{"to-coming": "yes"}))
    assert "Het gaat naar 2 mensen van 1 school. Bergcollege." in shown
    assert re.search("Beste (Anna|Bram), Tot 10 mei! Lees het &lt;vooraf&gt;. Groet, Sanne", shown)
    assert story.mails("message") == []
    sent = words(sanne.posts(page, step="do", **WORDS, **{"to-coming": "yes"}))
    assert "Je bericht is verstuurd." in sent
    assert (texts(story, "carla"), len(story.mails("message"))) == ([], 2)
    (mail,) = story.mails("message", "bram")
    assert (mail["subject"], mail["reply_to"]) == (
        "Het programma staat klaar: PLG",
        "info@voortgezetleren.nl",
    )
    assert "Beste Bram,\n\nTot 10 mei!\n\nLees het <vooraf>.\nGroet, Sanne\n" in mail["text"]
    assert "Lees het &lt;vooraf&gt;.<br>Groet, Sanne" in mail["html"]
    assert "2 bezorgd" in words(sanne.opens(page))
    story.world.publish_ses_event(mail["id"], "bounce")
    assert "1 bezorgd, 1 kwam terug" in words(sanne.opens(page))
    story.world.next_day()
    said = (
        "Bericht aan 2 mensen: “Het programma staat klaar” (door info@voortgezetleren.nl, 21 mrt, 7.00 uur)"
    )
    assert said in " ".join(story.mails("report")[-1]["text"].split())
    story.world.next_day()
    assert "Bericht aan" not in story.mails("report")[-1]["text"]


def test_a_confirmed_message_goes_out_once_and_a_day_has_room_for_five(story: Story) -> None:
    sanne, page = a_pair_and_one_alone(story)
    token = re.findall(r'name="token" value="(\w+)"', sanne.page.text)[0]
    for _ in range(3):
        sanne.posts(page, step="do", token=token, **WORDS, **{"to-short": "yes"})
    story.world.sweep()
    assert len(texts(story, "carla")) == 1
    for sent in (2, 3, 4, 5, 5):
        sanne.opens(page)
        answer = sanne.posts(page, step="do", **WORDS, **{"to-short": "yes"})
        assert len(texts(story, "carla")) == sent
    assert "Er gingen vandaag al 5 berichten uit." in words(answer)


def test_whom_no_mail_reaches_is_named_and_people_on_one_mailbox_read_it_once(story: Story) -> None:
    story.registers("Bea Mol", "Meercollege", email=GONE)
    dirk = story.registers("Dirk Mol", "Meercollege", email="postbus@meer.example")
    story.registers("Els Pot", "Meercollege", email="postbus@meer.example")
    sanne, page = a_pair_and_one_alone(story)
    chosen = {"school": dirk, "session": "2023-05-10", "link": "https://leren.example/a.pdf"}
    shown = words(sanne.posts(page, **WORDS, **chosen))
    assert "4 mensen van 2 scholen, op 3 adressen." in shown
    assert "1 persoon krijgt dit bericht niet" in shown
    assert "Bea Mol (Meercollege)" in shown
    sanne.posts(page, step="do", **WORDS, **chosen)
    assert len(story.mails("message")) == 3
    (text,) = texts(story, "postbus")
    assert "Beste Dirk en Els," in text
    assert "Dit gaat over de bijeenkomst van woensdag 10 mei 2023" in text
    assert "Open het bestand:\nhttps://leren.example/a.pdf" in text
    assert text.count("Tot 10 mei!") == 1
