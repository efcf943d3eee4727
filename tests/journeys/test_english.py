"""A network that speaks English: whoever registers reads no Dutch, whoever organises reads no English."""

import json
import re
from datetime import datetime

import pytest

from local.web import Response
from tests.conftest import PLG
from tests.journeys.conftest import PATH, Story
from tests.languages import foreign

FORM = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}
AFTER = "2023-04-15T07:00:00+02:00"


@pytest.fixture
def story(story: Story) -> Story:
    """The first network, in English and without a page of its own to thank with."""
    toml = re.sub(r"^(thanks_url|statement_url) .*$", "", PLG.read_text(), flags=re.MULTILINE)
    toml = toml.replace('title = "Leernetwerk Professionele leergemeenschap', 'title = "Learning Network')
    toml = toml.replace("omgeving Utrecht", "near Utrecht").replace("title =", 'language = "en"\ntitle =', 1)
    story.world.apply_network(toml)
    return story


def shown(answer: Response) -> str:
    """What somebody reads on a page that is in English."""
    assert answer.header("content-language") == "en"
    page = answer.body.decode()
    assert '<html lang="en">' in page
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)


def link(story: Story, to: str, part: str) -> str:
    text: str = story.mails(to=to)[-1]["text"]
    words = text.split()
    return "/" + next(w for w in words if part in w).partition("//")[2].partition("/")[2]


def do(story: Story, path: str, body: str) -> Response:
    answer = story.world.http("POST", path, FORM, body)
    return story.world.http("GET", answer.header("location")) if answer.status == 303 else answer


def test_a_registrant_reads_english_from_the_form_to_the_calendar(story: Story) -> None:
    world, pages = story.world, []
    pages.append(do(story, PATH, "name=Anna+Bos&email=anna"))
    pages.append(do(story, PATH, "name=Anna+Bos&email=anna@berg.example&school=Bergcollege"))
    me, forward = link(story, "anna", "/me/"), link(story, "anna", "/join/")
    pages += [world.http("GET", path) for path in (me, forward, "/links/plg-2023")]
    pages.append(do(story, me, "action=invite&colleague_email=bram@berg.example"))
    pages.append(do(story, me, "action=data&sure=yes"))
    pages.append(do(story, me, "action=cancel"))
    pages.append(do(story, me, "action=replace&colleague_name=&colleague_email=x"))
    token = forward.rpartition("/")[2]
    bram = f"name=Bram+Kuipers&email=bram@berg.example&school=x&forward={token}"
    pages.append(do(story, PATH, f"{bram}&colleague_name=Carla&colleague_email=carla@berg.example"))
    pages.append(do(story, "/links/plg-2023", "email=anna@berg.example"))
    pages.append(do(story, link(story, "carla", "/me/"), "action=cancel&sure=yes"))
    world.set_clock(datetime.fromisoformat(AFTER))
    world.check()
    pages.append(do(story, PATH, "name=Dirk+Pot&email=dirk@dal.example&school=Dalcollege"))
    pages.append(world.http("GET", me))
    assert "Add to your calendar" in shown(pages[-1])
    assert [foreign(shown(page), "en") for page in pages] == [set()] * len(pages)
    welcomes = {"confirmation", "invitation", "invited", "late"}
    kinds = welcomes | {"complete", "links", "data", "cancelled", "admitted"}
    mails = [mail for mail in story.mails() if mail["kind"] in kinds]
    assert {mail["kind"] for mail in mails} == kinds
    assert [foreign(mail["subject"] + " " + mail["text"], "en") for mail in mails] == [set()] * len(mails)


def test_what_somebody_takes_along_has_english_labels(story: Story) -> None:
    do(story, PATH, "name=Anna+Bos&email=anna@berg.example&school=Bergcollege")
    answer = story.world.http("GET", link(story, "anna", "/me/") + "/gegevens.json")
    data = json.loads(answer.body)
    assert (data["name"], data["email address"], data["status"]) == (
        "Anna Bos",
        "anna@berg.example",
        "registered",
    )
    assert data["history"][0]["by"] == "the form"
    assert foreign(" ".join(label for label in data), "en") == set()


def test_the_organiser_of_an_english_network_reads_dutch(story: Story) -> None:
    do(story, PATH, "name=Anna+Bos&email=anna@berg.example&school=Bergcollege")
    story.world.next_day()
    (report,) = story.mails("report")
    assert '<html lang="nl"' in report["html"]
    assert "Bergcollege" in report["text"]
    assert foreign(report["text"].replace("Learning Network", ""), "nl") == set()
