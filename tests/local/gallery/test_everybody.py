"""Every mail and page of the gallery, as it was served: good HTML, and readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from local.gallery.scene import Shot
from tests.node import needs_node, node

# Rules of html-validate that our pages break on purpose.
OFF = {
    "doctype-style": "HTML is written in lower case here",
    "long-title": "it names what is wrong, the page and the network, and a network chooses its title",
    "no-implicit-button-type": "a button in a form sends it, and no button of ours does anything else",
    "no-implicit-input-type": "an input without a type is for text",
}


@needs_node[0]
@needs_node[1]
def test_every_page_is_good_html(scenes: list[Shot]) -> None:
    documents = {scene.name: scene.answer.text for scene in scenes if not scene.kind}
    found = node("html", {"documents": documents, "off": list(OFF)})
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.browser
def test_everybody_can_read_every_page_on_a_small_phone(browser: Browser, scenes: list[Shot]) -> None:
    with browser.new_page(viewport={"width": 320, "height": 700}) as page:
        for scene in scenes:
            page.set_content(scene.answer.text)
            # What is folded away must be as good as the rest.
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert (scene.name, scheme, _faults(page)) == (scene.name, scheme, "")


def _faults(page: Page) -> str:
    found = Axe().run(page)
    too_wide = page.evaluate("document.documentElement.scrollWidth") > page.evaluate("innerWidth")
    return ("sticks out " if too_wide else "") + (found.generate_report() if found.violations_count else "")
