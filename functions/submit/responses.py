"""The response for each outcome of a post: JSON for a program, a page or a redirect for a person."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit, urlunsplit

from shared import pages
from shared.domain.form.draft import Draft
from shared.domain.network.network import Network
from shared.domain.network.parts import Language
from shared.domain.registration.registration import State
from shared.http import Problem, Response, answer, page, problem, redirect, with_language, with_retry_after
from shared.request import Request

# With these statuses the page has the form again, so that nobody has to type anything twice.
_SHOWS_FORM = frozenset({422, 429, 503})


def stored(request: Request, network: Network, reference: str, state: State) -> Response:
    """Confirm a registration; a browser goes to the organisation's own thank-you page, if there is one."""
    if request.wants_json:
        message = _message(network, state)
        document = {"reference": reference, "status": state.value, "message": message}
        return with_language(answer(201, document), network.language)
    if network.form.thanks_url:
        return redirect(_with_reference(str(network.form.thanks_url), reference))
    return page(201, pages.thanks_page(network, reference, state is State.LATE))


def refused(
    request: Request, refusal: Problem, network: Network | None = None, draft: Draft | None = None
) -> Response:
    """Answer with a refusal; a person gets the form back, filled in, if they can correct or repeat it."""
    if request.wants_json:
        response = problem(refusal.in_language(network.language if network else "nl"))
    elif network and draft and refusal.status in _SHOWS_FORM:
        response = form(request, network, draft, refusal)
    else:
        response = page(refusal.status, pages.problem_page(refusal, network))
    return with_retry_after(response, refusal)


def resendable(request: Request, refusal: Problem, sent: Sequence[tuple[str, object]]) -> Response:
    """Refuse a post of an unknown network; a person gets a button that sends the same fields again."""
    if request.wants_json or not sent:
        return refused(request, refusal)
    # The thank-you page is unknown at this moment, and Chrome applies the policy to that redirect too.
    html = pages.problem_page(refusal, sent=sent)
    return with_retry_after(page(refusal.status, html, form_to="https:"), refusal)


def form(request: Request, network: Network, draft: Draft, refusal: Problem | None = None) -> Response:
    """Show our own form, empty or with what was typed and why it is refused."""
    html = pages.form_page(network, request.at, draft, refusal)
    return page(refusal.status if refusal else 200, html, _thanks_origin(network))


def _thanks_origin(network: Network) -> str:
    url = urlsplit(str(network.form.thanks_url or ""))
    return f"{url.scheme}://{url.netloc}" if url.netloc else ""


def _with_reference(url: str, reference: str) -> str:
    split = urlsplit(url)
    query = "&".join(filter(None, (split.query, urlencode({"reference": reference}))))
    return urlunsplit(split._replace(query=query))


def _message(network: Network, state: State) -> str:
    on_time, late = _MESSAGES[network.language]
    return late.format(organiser=network.organiser.name) if state is State.LATE else on_time


_MESSAGES: Mapping[Language, tuple[str, str]] = {
    "nl": (
        "Je aanmelding is binnen. Je krijgt een mail met de bevestiging.",
        (
            "Je aanmelding is na de deadline binnengekomen. We bewaren hem. "
            "{organiser} beslist of je mee kunt doen."
        ),
    ),
    "en": (
        "We have your registration. You will get an email to confirm it.",
        "Your registration came in after the deadline. We keep it. {organiser} decides if you can take part.",
    ),
}
