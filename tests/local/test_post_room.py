"""The room where a post is tried, and where the last posts are shown as they were read."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from local import post_room
from local.web import RawRequest
from local.world import World

BODY = "naam=Sanne+Visser&contactveld=sanne%40dalcollege.example&schoolnaam=%3Cb%3EDal%3C%2Fb%3E"
FORM = (("content-type", "application/x-www-form-urlencoded"),)


@pytest.fixture(scope="module")
def stack() -> Iterator[World]:
    with World() as world:
        yield world


def page(world: World, **fields: str) -> str:
    method = "POST" if fields else "GET"
    answer = post_room.answer(world, RawRequest(method, post_room.PATH, FORM, urlencode(fields).encode()))
    assert answer
    return " ".join(answer.text.split())


def test_an_empty_room_has_a_form_and_no_posts(stack: World) -> None:
    shown = page(stack)
    assert "Probeer een inzending" in shown
    assert "<option>plg-2023</option>" in shown
    assert "Nog geen." in shown


def test_a_pasted_body_shows_how_it_is_read_and_what_each_client_gets(stack: World) -> None:
    shown = page(stack, body=BODY, network="plg-2023", type="", client="")
    assert "<td>contactveld</td><td>sanne@dalcollege.example</td><td>onbekend</td>" in shown
    assert "&lt;b&gt;Dal&lt;/b&gt;" in shown
    assert "<code>email</code> is verplicht, en geen veld is dat" in shown
    assert "&#34;contactveld&#34; = &#34;email&#34;" in shown
    assert "een browser krijgt 422: bewaard, niet aangemeld" in shown
    assert "een server krijgt 200: bewaard, niet aangemeld" in shown
    assert stack.registrations() == []
    assert stack.kept_posts() == []


def test_one_client_and_the_people_in_a_right_post(stack: World) -> None:
    body = BODY.replace("contactveld", "mail") + "&naam+collega=Omar&telefoon="
    shown = page(stack, body=body, network="plg-2023", type="application/json", client="browser")
    assert "aangemeld wordt Sanne Visser &lt;sanne@dalcollege.example&gt;" in shown
    assert "een browser krijgt 303: aangemeld" in shown
    assert "een server krijgt" not in shown
    assert "<td>leeg</td>" in shown
    wrong = page(stack, body=body.replace("sanne%40", ""), network="plg-2023")
    assert "<code>email</code> klopt niet of is leeg" in wrong


def test_an_unknown_network_or_no_body_shows_the_form_again(stack: World) -> None:
    assert "krijgt" not in page(stack, body=BODY, network="plg-1999")
    assert "krijgt" not in page(stack, network="plg-2023")


def test_a_body_that_is_tried_out_of_season_is_tried_in_season(stack: World) -> None:
    now = stack.now
    stack.now = now.replace(year=2024)
    try:
        assert "zolang de aanmelding open is" in page(stack, body=BODY, network="plg-2023")
    finally:
        stack.now = now


def test_the_last_posts_are_shown_as_they_were_read(stack: World) -> None:
    headers = dict(FORM) | {"accept": "*/*"}
    for body in (BODY, "{", BODY.replace("contactveld", "e-mail")):
        stack.http("POST", "/networks/plg-2023/registrations", headers, body)
    stack.http("POST", "/links/plg-2023", headers, "email=sanne%40dalcollege.example")
    shown = page(stack)
    assert shown.count("een server kreeg 200") == 3
    assert (
        shown.index("<td>e-mail</td>") < shown.index("Niet te lezen.") < shown.index("<td>contactveld</td>")
    )
    stack.reset()
    assert "Nog geen." in page(stack)


def test_other_addresses_are_not_of_this_room(stack: World) -> None:
    assert post_room.answer(stack, RawRequest("GET", "/")) is None
    assert post_room.answer(stack, RawRequest("DELETE", post_room.PATH)) is None
