"""What a server posts and nobody is there to mend: an organiser completes it, or throws it away."""

import json
import re
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest

from local.web import Response
from tests.conftest import PLG
from tests.journeys.conftest import PATH, Story

ANNA = {"naam": "Anna Bos", "email": "anna@berg", "schoolnaam": "Bergcollege", "plaats": "Utrecht"}
BRAM = {"collega_naam": "Bram Kuipers", "collega_email": "bram@berg.example"}
RIGHT = {"email": "anna@berg.example"}


class Sanne:
    """The organiser, who comes from the report and signs in with the code from her mailbox."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.signs_in()

    def signs_in(self) -> None:
        link = re.search(r"Bekijk deze inzendingen:\s+(\S+)/posts", self.story.mails("report")[-1]["text"])
        assert link
        self.home, self._cookie = link[1].removeprefix(self.story.world.base_url), ""
        answer = self._asks("POST", "", {"do": "ask", "sure": "yes"})
        self._cookie = answer.header("set-cookie").partition(";")[0]
        code = re.search(r"^ +(\d{6})$", self.story.mails("code")[-1]["text"], re.MULTILINE)
        assert code
        self._cookie = self._asks("POST", "", {"code": code[1]}).header("set-cookie").partition(";")[0]

    def sees(self, page: str) -> str:
        answer = self._asks("GET", page)
        assert answer.status == 200, answer.text
        return text_of(answer)

    def posts(self) -> list[str]:
        """Return the pages to complete the posts of the list."""
        return list(dict.fromkeys(re.findall(r"/(post/\w+)\"", self._asks("GET", "posts").text)))

    def form(self, page: str) -> dict[str, str]:
        """Return what is filled in on a page."""
        inputs = re.findall(r'<input [^>]*name="([^"]+)"[^>]*value="([^"]*)"', self._asks("GET", page).text)
        return {name: unescape(value) for name, value in inputs}

    def completes(self, page: str, **typed: str) -> Response:
        return self._asks("POST", page, {**self.form(page), **typed, "step": "do"})

    def drops(self, page: str) -> Response:
        return self._asks("POST", f"{page}/drop", self.form(f"{page}/drop"))

    def _asks(self, method: str, page: str, fields: dict[str, str] | None = None) -> Response:
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "origin": self.story.world.base_url,
            "cookie": self._cookie,
        }
        path = f"{self.home}/{page}" if page else self.home
        return self.story.world.http(method, path, headers, urlencode(fields or {}))

    def tries(self, page: str, fields: dict[str, str]) -> Response:
        """Post a page that was opened before."""
        return self._asks("POST", page, fields)


def text_of(answer: Response) -> str:
    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", answer.text, flags=re.DOTALL)).split())


def server_posts(story: Story, sent: dict[str, str], body: str = "") -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "user-agent": "WordPress/6.4"}
    answer = story.world.http("POST", PATH, headers, body or urlencode(sent))
    assert (answer.status, json.loads(answer.text)["status"]) == (200, "kept")


@pytest.fixture
def sanne(story: Story) -> Sanne:
    """Anna typed a wrong address, and Bram comes with her; the next morning Sanne read the report."""
    server_posts(story, ANNA | BRAM)
    story.world.next_day()
    return Sanne(story)


def test_a_post_with_a_wrong_address_is_completed_as_of_when_it_came(story: Story, sanne: Sanne) -> None:
    assert "1 inzending van de website bevat een fout" in sanne.sees("")
    listed = sanne.sees("posts")
    assert "20 mrt, 9.00 uur" in listed
    assert "Dit klopt niet of is leeg: e-mailadres." in listed
    assert "email anna@berg " in listed
    (page,) = sanne.posts()
    form = sanne.form(page)
    assert (form["name"], form["email"], form["school"]) == ("Anna Bos", "anna@berg", "Bergcollege")
    assert form["participants.0.email"] == "bram@berg.example"
    shown = text_of(sanne.tries(page, {**form, **RIGHT}))
    assert "Anna Bos en Bram Kuipers aanmelden?" in shown
    assert "Er gaan 2 mails uit" in shown
    assert story.states() == {}
    assert sanne.completes(page, **RIGHT).status == 303
    assert story.states() == {"Anna": "registered", "Bram": "registered"}
    assert {r.received_at for r in story.world.registrations()} == {
        datetime.fromisoformat("2023-03-20T09:00+01:00")
    }
    assert (story.kinds("anna"), story.kinds("bram")) == (["confirmation"], ["invited"])
    assert "Er zijn geen inzendingen die wachten" in sanne.sees("posts?done=1")
    story.world.next_day()
    assert "bevat een fout" not in " ".join(story.mails("report")[-1]["text"].split())


def test_a_mistake_is_named_and_registers_nobody(story: Story, sanne: Sanne) -> None:
    (page,) = sanne.posts()
    wrong = sanne.completes(page, **{"participants.0.email": "bram@", "why": ""})
    assert wrong.status == 422
    for mistake in ("E-mailadres: dit e-mailadres klopt niet", "Vul in hoe je dit weet", 'value="bram@"'):
        assert mistake in unescape(wrong.text)
    assert story.states() == {}


def test_a_double_click_or_an_old_page_registers_nobody_twice(story: Story, sanne: Sanne) -> None:
    (page,) = sanne.posts()
    form = {**sanne.form(page), "step": "do"}
    assert sanne.tries(page, {**form, **RIGHT}).status == 303
    for address in ("anna@berg.example", "anna.bos@berg.example"):
        assert sanne.tries(page, {**form, "email": address}).status == 409
    assert sanne.tries(f"{page}/drop", form).status == 409
    assert len(story.world.registrations()) == 2


def test_two_organisers_at_the_same_moment_register_one_person(story: Story, sanne: Sanne) -> None:
    (post,) = story.world.table.kept_posts.unexpired("plg-2023", story.world.now)
    story.registers("Carla Smit")
    (carla,) = story.world.registrations()
    assert story.world.table.complete(post, [carla]) == (carla,)
    assert story.world.table.complete(post, [carla]) == ()
    assert not story.world.table.kept_posts.drop(post)
    assert sanne.posts() == []


def test_whoever_registers_after_all_is_gone_from_the_list(story: Story) -> None:
    server_posts(story, ANNA)
    story.world.next_day()
    sanne = Sanne(story)
    (page,) = sanne.posts()
    form = {**sanne.form(page), **RIGHT, "step": "do"}
    story.registers("Anna Bos")  # with the right address, on our own form
    assert sanne.posts() == []
    assert sanne.tries(page, form).status == 409
    assert story.states() == {"Anna": "registered"}


def test_a_colleague_in_the_post_is_not_lost_when_the_first_registers_alone(
    story: Story, sanne: Sanne
) -> None:
    story.registers("Anna Bos")
    (page,) = sanne.posts()
    already = sanne.completes(page, **RIGHT, **{"participants.0.email": "", "participants.0.name": ""})
    assert (already.status, "Anna Bos staat al op de lijst, als PLG-" in already.text) == (422, True)
    assert sanne.completes(page, **RIGHT).status == 303
    assert story.states() == {"Anna": "registered", "Bram": "registered"}
    assert story.kinds("bram") == ["invited"]


def test_a_post_is_dropped_after_a_question_and_nobody_is_mailed(story: Story, sanne: Sanne) -> None:
    (page,) = sanne.posts()
    before = len(story.mails())
    asked = sanne.sees(f"{page}/drop")
    assert "De inzending van maandag 20 maart, 9.00 uur weggooien?" in asked
    assert "Er gaat nu geen mail uit" in asked
    assert sanne.drops(page).status == 303
    assert sanne.posts() == []
    assert (story.states(), len(story.mails())) == ({}, before)
    stored = story.world.table._store.query("MISFIT#plg-2023")
    assert "anna" not in str(list(stored)).casefold()
    story.world.set_clock(story.world.now + timedelta(hours=1))
    server_posts(story, ANNA | BRAM)  # the same once more, later: that one is not lost
    assert len(sanne.posts()) == 1


def test_a_post_after_the_deadline_becomes_late_and_one_before_it_is_in_time(story: Story) -> None:
    at = datetime.fromisoformat
    story.world.set_clock(at("2023-04-14T23:00:00+02:00"))
    server_posts(story, ANNA)
    story.world.set_clock(at("2023-04-15T00:30:00+02:00"))
    server_posts(story, {**ANNA, "naam": "Carla Smit", "email": "carla@dal", "schoolnaam": "Dalcollege"})
    story.world.check()
    sanne = Sanne(story)
    first, second = sanne.posts()
    sanne.completes(first, **RIGHT)
    sanne.completes(second, email="carla@dal.example")
    assert story.states() == {"Anna": "registered", "Carla": "late"}
    assert (story.kinds("anna"), story.kinds("carla")) == (["confirmation"], ["late"])


def test_what_we_cannot_read_is_shown_and_typed_over(story: Story) -> None:
    server_posts(story, {}, body='{"naam": "Anna Bos", "email": "anna@berg.exa')
    story.world.next_day()
    sanne = Sanne(story)
    assert "We konden de inzending niet lezen" in sanne.sees("posts")
    (page,) = sanne.posts()
    assert sanne.form(page)["name"] == ""
    assert sanne.completes(page, name="Anna Bos", school="Bergcollege", **RIGHT).status == 303
    (anna,) = story.world.registrations()
    assert (anna.name, anna.extra) == ("Anna Bos", {})


def test_a_changed_form_is_completed_too_and_keeps_what_else_was_sent(story: Story) -> None:
    server_posts(story, {"naam": "Anna Bos", "schoolnaam": "Bergcollege", "contactveld": "anna@berg.example"})
    story.world.next_day()
    sanne = Sanne(story)
    assert "Het formulier heeft geen veld dat wij kennen voor: e-mailadres." in sanne.sees("posts")
    (page,) = sanne.posts()
    sanne.completes(page, **RIGHT)
    (anna,) = story.world.registrations()
    assert anna.extra == {"contactveld": "anna@berg.example"}
    story.world.apply_network(PLG.read_text())
