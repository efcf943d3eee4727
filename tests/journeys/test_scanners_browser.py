"""A link scanner with a browser, which runs what it finds and clicks what it sees: nothing comes of it."""

import pytest
from playwright.sync_api import Browser

from local.server import Stack
from tests.journeys.conftest import Story
from tests.journeys.season import after_the_deadline, all_links, before_the_deadline, everything

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_browser_that_opens_every_link_and_clicks_every_button_changes_nothing(
    browser: Browser, served: Stack
) -> None:
    served.world.reset()
    story = Story(served.world)
    before_the_deadline(story)
    after_the_deadline(story)
    before, clicked = everything(served.world), 0
    page = browser.new_page()
    page.set_default_timeout(10_000)
    for link in all_links(served.world):
        if link.rstrip("/").rpartition("/")[2].isupper():  # one place of the organiser is enough
            continue
        page.goto(link)
        for number in range(page.locator("button").count()):
            page.goto(link)
            page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
            page.locator("button").nth(number).click()
            page.wait_for_load_state()
            clicked += 1
    page.close()
    assert clicked > 30
    assert everything(served.world) == before
