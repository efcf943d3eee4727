"""Pages on the organisation's own origin, in all the ways in which real browsers let them post to ours."""

import json
from collections.abc import Iterator
from html import escape

import pytest
from playwright.sync_api import Browser, Page

from local.server import Stack
from tests.journeys.conftest import FORM

pytestmark = pytest.mark.browser
PATH = "/networks/plg-2023/registrations"


@pytest.fixture(scope="module")
def page(browser: Browser, served: Stack) -> Iterator[Page]:
    """A page of the organisation's site, whose content each test chooses."""
    served.world.reset()
    context = browser.new_context()
    context.set_default_timeout(10_000)
    # Whoever does not tell where they stand is led to the real site, which is not on this machine.
    context.route(f"{FORM}/**", lambda route: route.fulfill(body="Bedankt"))
    yield context.new_page()
    context.close()


def form(served: Stack, name: str) -> str:
    """A plain form, as it was filled in; the address follows from the name."""
    typed = {"naam": name, "emailadres": email(name), "schoolnaam": "Bergcollege"}
    inputs = "".join(f'<input name="{field}" value="{escape(text)}">' for field, text in typed.items())
    return f'<form method="post" action="{served.site.url}{PATH}">{inputs}<button>Aanmelden</button></form>'


def email(name: str) -> str:
    return f"{name.replace(' ', '.').lower()}@berg.example"


def shows(page: Page, served: Stack, html: str, policy: str = "strict-origin-when-cross-origin") -> None:
    """Open a page with this content on the organisation's site."""
    page.goto(f"{served.form.url}/bedankt")
    page.set_content(f'<!doctype html><meta name="referrer" content="{policy}">{html}')


def state(served: Stack, name: str) -> list[str]:
    return [r.state.value for r in served.world.registrations() if r.email == email(name)]


@pytest.mark.parametrize(
    "policy", ["no-referrer", "same-origin", "origin", "strict-origin-when-cross-origin", "unsafe-url"]
)
def test_a_form_registers_whatever_the_page_tells_of_where_it_stands(
    page: Page, served: Stack, policy: str
) -> None:
    name = f"Anna {policy.title()}"
    shows(page, served, form(served, name), policy)
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.get_by_role("button").click()
    page.wait_for_url("**/bedankt?reference=PLG-*")
    hides = policy in ("no-referrer", "same-origin")
    assert posted.value.all_headers()["origin"] == ("null" if hides else served.form.url)
    assert state(served, name) == ["registered"]


def test_a_form_in_a_frame_without_an_origin_registers(page: Page, served: Stack) -> None:
    frame = f'<iframe sandbox="allow-forms" srcdoc="{escape(form(served, "Bo Smit"))}"></iframe>'
    shows(page, served, frame)
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.frame_locator("iframe").get_by_role("button").click()
    response = posted.value.response()
    assert response
    assert (response.status, posted.value.all_headers()["origin"]) == (303, "null")
    assert state(served, "Bo Smit") == ["registered"]


# What a page's script does with the form, and reads of the answer.
SCRIPTS = {
    "Form Data": "fetch(form.action, {method: 'POST', body: new FormData(form)}).then(r => r.json())",
    "Url Encoded": "fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))})"
    ".then(r => r.json())",
    "J Son": "fetch(form.action, {method: 'POST', headers: {'Content-Type': 'application/json'},"
    " body: JSON.stringify(Object.fromEntries(new FormData(form)))}).then(r => r.json())",
    "Ht Mx": "new Promise((done, failed) => { const xhr = new XMLHttpRequest();"
    " xhr.open('POST', form.action);"
    " const headers = {'HX-Request': 'true', 'HX-Target': 'aanmelden', 'HX-Current-URL': location.href,"
    " 'X-Requested-With': 'XMLHttpRequest', 'Content-Type': 'application/x-www-form-urlencoded'};"
    " for (const name in headers) xhr.setRequestHeader(name, headers[name]);"
    " xhr.onload = () => done(JSON.parse(xhr.responseText)); xhr.onerror = failed;"
    " xhr.send(new URLSearchParams(new FormData(form))); })",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_registers_and_reads_the_reference(page: Page, served: Stack, name: str) -> None:
    shows(page, served, form(served, name))
    answer = page.evaluate(f"() => {{ const form = document.forms[0]; return {SCRIPTS[name]} }}")
    assert (answer["status"], answer["reference"][:4]) == ("registered", "PLG-")
    assert state(served, name) == ["registered"]


def test_a_script_that_may_read_no_answer_registers_all_the_same(page: Page, served: Stack) -> None:
    shows(page, served, "")
    typed = {"naam": "No Cors", "emailadres": email("No Cors"), "schoolnaam": "Bergcollege"}
    sent = f"{{method: 'POST', mode: 'no-cors', body: {json.dumps(json.dumps(typed))}}}"
    kind = page.evaluate(f"() => fetch('{served.site.url}{PATH}', {sent}).then(r => r.type)")
    assert (kind, state(served, "No Cors")) == ("opaque", ["registered"])
