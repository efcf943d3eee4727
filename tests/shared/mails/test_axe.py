"""Every mail in a real browser: readable by everybody, on a small phone, in the light and in the dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from shared.domain.mail import Mail
from tests.shared.mails.every import EVERY

pytestmark = pytest.mark.browser


def faults(phone: Page, mail: Mail, scheme: Literal["light", "dark"]) -> str:
    """Return what axe finds in a mail; "sticks out" where it must be scrolled sideways."""
    phone.emulate_media(color_scheme=scheme)
    phone.set_content(mail.html)
    results = Axe().run(phone)
    too_wide = phone.evaluate("document.documentElement.scrollWidth") > 320
    report = results.generate_report() if results.violations_count else ""
    return ("sticks out " if too_wide else "") + report


@pytest.mark.parametrize("name", EVERY)
def test_everybody_can_read_every_mail_on_a_small_phone(phone: Page, name: str) -> None:
    assert faults(phone, EVERY[name], "light") == ""


@pytest.mark.parametrize("name", [name for name in EVERY if not name.startswith("en/")])
def test_everybody_can_read_the_mails_in_the_dark(phone: Page, name: str) -> None:
    assert faults(phone, EVERY[name], "dark") == ""
