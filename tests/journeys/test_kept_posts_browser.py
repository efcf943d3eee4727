"""An organiser completes a kept post on a small phone without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from local.server import Stack
from tests.journeys.conftest import Story
from tests.journeys.test_kept_posts import ANNA, BRAM, server_posts
from tests.journeys.test_organiser import fine, linked, signs_in

pytestmark = pytest.mark.browser


def test_everybody_can_read_the_pages_and_work_without_javascript(served: Stack, browser: Browser) -> None:
    world = served.world
    world.reset()
    server_posts(Story(world), ANNA | BRAM)
    world.next_day()
    url = linked(served, "Open het overzicht")
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        signs_in(page, served, url)
        page.get_by_role("link", name="Bekijk wat fout is").click()
        page.get_by_role("link", name="Vul aan").click()
        page.get_by_label("E-mailadres", exact=False).first.fill("anna@berg.example")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Anna Bos en Bram Kuipers aanmelden?")
        page.get_by_role("button", name="Wijzig wat je invulde").click()
        expect(page.get_by_label("E-mailadres", exact=False).first).to_have_value("anna@berg.example")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        page.get_by_role("button", name="Meld aan").click()
        expect(page.get_by_role("status")).to_contain_text("Gedaan")
        expect(page.locator("main")).to_contain_text("geen inzendingen")
    assert len(world.registrations()) == 2


def test_the_pages_have_no_barriers(served: Stack, browser: Browser) -> None:
    world = served.world
    world.reset()
    server_posts(Story(world), ANNA | BRAM)
    server_posts(Story(world), {**ANNA, "naam": "Carla Smit", "email": "carla@dal"})
    world.next_day()
    url = linked(served, "Open het overzicht")
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        signs_in(page, served, url)
        (post, *_) = world.table.kept_posts.unexpired("plg-2023", world.now)
        for place in ("", "/posts", f"/post/{post.id}", f"/post/{post.id}/drop", "/post/nergens"):
            page.goto(url + place)
            fine(page)
        page.goto(f"{url}/post/{post.id}")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        fine(page)
