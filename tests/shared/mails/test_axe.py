"""Every mail in a real browser: readable by everybody, on a small phone, in the light and in the dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from shared.domain.mail import Mail
from tests.shared.mails.every import EVERY

pytestmark = pytest.mark.browser


def faults(browser: Browser, mail: Mail, scheme: Literal["light", "dark"]) -> str:
    """What axe finds in a mail on the smallest phone; "sticks out" where it must be scrolled sideways."""
    with browser.new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme) as page:
        page.set_content(mail.html)
        found = Axe().run(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth") > 320
        return ("sticks out " if too_wide else "") + (
            found.generate_report() if found.violations_count else ""
        )


@pytest.mark.parametrize("name", EVERY)
def test_everybody_can_read_every_mail_on_a_small_phone(browser: Browser, name: str) -> None:
    assert faults(browser, EVERY[name], "light") == ""


@pytest.mark.parametrize("name", [name for name in EVERY if not name.startswith("en/")])
def test_everybody_can_read_the_mails_in_the_dark(browser: Browser, name: str) -> None:
    assert faults(browser, EVERY[name], "dark") == ""
