"""What each outcome looks like: JSON for a program, a page or a redirect for a person."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit, urlunsplit

from shared import pages
from shared.domain.form.draft import Draft
from shared.domain.network.network import Network
from shared.domain.network.parts import Language
from shared.domain.registration.registration import State
from shared.http import Problem, Response, answer, page, problem, redirect, retrying, spoken
from shared.request import Request

# With these the form is shown again, so that nobody has to type anything twice.
_KEEP_TYPED = frozenset({422, 429, 503})


def stored(asked: Request, network: Network, reference: str, state: State) -> Response:
    """Confirm; a browser goes to the organisation's own thank-you page, where there is one."""
    if asked.wants_json:
        message = _message(network, state)
        said = answer(201, {"reference": reference, "status": state.value, "message": message})
        return spoken(said, network.language)
    if network.form.thanks_url:
        return redirect(_with_reference(str(network.form.thanks_url), reference))
    return page(201, pages.thanks_page(network, reference, state is State.LATE))


def refused(
    asked: Request, why: Problem, network: Network | None = None, typed: Draft | None = None
) -> Response:
    """Say what is wrong; a person gets the form back with what they typed where that helps."""
    if asked.wants_json:
        response = problem(why.said_in(network.language if network else "nl"))
    elif network and typed and why.status in _KEEP_TYPED:
        response = form(asked, network, typed, why)
    else:
        response = page(why.status, pages.problem_page(why, network))
    return retrying(response, why)


def again(asked: Request, why: Problem, sent: Sequence[tuple[str, object]]) -> Response:
    """Say that it is our fault; a person can send the same again, of whatever network it is."""
    if asked.wants_json or not sent:
        return refused(asked, why)
    # Where its thanks are we do not know at this moment, and Chrome holds that redirect to the policy too.
    return retrying(page(why.status, pages.problem_page(why, sent=sent), form_to="https:"), why)


def form(asked: Request, network: Network, typed: Draft, why: Problem | None = None) -> Response:
    """Show our own form, to begin with or to go on with."""
    html = pages.form_page(network, asked.at, typed, why)
    return page(why.status if why else 200, html, _leads_to(network))


def _leads_to(network: Network) -> str:
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
