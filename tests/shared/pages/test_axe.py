"""Our pages in a real browser: readable by everybody, on a small phone, in the light and in the dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from shared.domain.form.draft import draft
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.pages import form_page, own_page, problem_page, thanks_page
from shared.pages.organiser import door_page
from tests.asking import asking
from tests.shared.pages.test_languages import question_pages, view
from tests.shared.pages.test_pages import FAILED, MISTAKES, OPEN, refused

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(network: Network) -> dict[str, str]:
    typed = draft(MISTAKES)
    english = network.model_copy(update={"language": "en"})
    return {
        "mistakes": refused(network, typed),
        "failure": form_page(network, OPEN, typed, FAILED),
        "thanks": thanks_page(network, "PLG-7K3MQ2XD", late=True),
        "problem": problem_page(FAILED),
        "english form": refused(english, typed),
        "english page": own_page(view(english)),
        "questions": list(question_pages(asking(network)))[1],
        "answers": own_page(view(asking(network), State.ADMITTED)),
        "no more codes": door_page(network, "sanne@leren.example", wrong="Er is te vaak een code gevraagd."),
        "no more codes yet": door_page(
            network, "sanne@leren.example", "Er is te vaak een code gevraagd.", enter=True
        ),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name",
    [
        "mistakes",
        "failure",
        "thanks",
        "problem",
        "english form",
        "english page",
        "questions",
        "answers",
        "no more codes",
        "no more codes yet",
    ],
)
def test_everybody_can_read_every_page(
    phone: Page, pages: dict[str, str], name: str, scheme: Literal["light", "dark"]
) -> None:
    phone.emulate_media(color_scheme=scheme)
    phone.set_content(pages[name])
    results = Axe().run(phone)
    assert results.violations_count == 0, results.generate_report()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
