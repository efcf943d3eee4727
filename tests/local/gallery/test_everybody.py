"""Every mail and page of the gallery, as it is served: valid HTML, and accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from local.gallery.shot import Shot
from tests.node import needs_node, node

# The rules of html-validate that our pages break on purpose.
OFF = {
    "doctype-style": "HTML is written in lower case here",
    "long-title": "a title names the mistake, the page and the network, and networks have long names",
    "no-implicit-button-type": "every button of ours sends its form",
    "no-implicit-input-type": "an input without a type is for text",
    "prefer-tbody": "browsers make it themselves, and a mail that a page shows is shorter without",
}


@needs_node[0]
@needs_node[1]
def test_every_page_is_valid_html(shots: list[Shot]) -> None:
    documents = {shot.name: shot.answer.text for shot in shots if not shot.kind}
    faults = node("html", {"documents": documents, "off": list(OFF)})
    assert {name: messages for name, messages in faults.items() if messages} == {}


@pytest.mark.browser
def test_everybody_can_read_every_page_on_a_small_phone(browser: Browser, shots: list[Shot]) -> None:
    with browser.new_page(viewport={"width": 320, "height": 700}) as page:
        for shot in shots:
            page.set_content(shot.answer.text)
            # The rules hold for the text in closed details too.
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert (shot.name, scheme, _faults(page)) == (shot.name, scheme, "")


def _faults(page: Page) -> str:
    results = Axe().run(page)
    too_wide = page.evaluate("document.documentElement.scrollWidth") > page.evaluate("innerWidth")
    return ("wider than the screen; " if too_wide else "") + (
        results.generate_report() if results.violations_count else ""
    )
