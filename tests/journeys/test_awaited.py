"""A colleague who is named without an address: they do not count, and three people hear whom we wait for."""

from urllib.parse import urlencode

from tests.journeys.conftest import Story
from tests.journeys.test_links import mailed


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_colleague_without_an_address_registers_by_way_of_the_registrants_page(story: Story) -> None:
    story.registers("Anna Bos", colleague_name="Jan de Vries")
    assert story.states() == {"Anna": "registered"}
    (confirmation,) = story.mails("confirmation")
    assert "1 van 2: we missen het e-mailadres van Jan de Vries." in words(confirmation["text"])
    story.world.check()
    (report,) = story.mails("report")
    assert "Jan de Vries: collega volgt, zonder e-mailadres" in words(report["text"])
    own = mailed(story, "/me/")
    typed = {"colleague_name": "Jan de Vries", "colleague_email": "jan@berg.example"}
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert story.world.http("POST", own, form, urlencode({"action": "bring", **typed})).status == 303
    assert story.states() == {"Anna": "registered", "Jan": "registered"}
    assert (story.kinds("anna"), story.kinds("jan")) == (["confirmation", "complete"], ["invited"])
    assert "We missen" not in story.world.http("GET", own).text
    story.world.next_day()
    assert "collega volgt" not in story.mails("report")[-1]["text"]


def test_a_colleague_who_registers_by_themselves_is_not_waited_for(story: Story) -> None:
    story.registers("Anna Bos", colleague_name="Jan de Vries")
    story.registers("Jan de Vries")
    assert "We missen" not in story.world.http("GET", mailed(story, "/me/")).text
