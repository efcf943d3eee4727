"""What each outcome looks like: JSON for a program, a page or a redirect for a person."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

from functions.submit.client import Client
from shared import pages
from shared.domain.form.answers import Answer
from shared.domain.form.draft import Draft
from shared.domain.network.network import Network
from shared.domain.network.parts import Language
from shared.domain.registration.registration import State
from shared.http import Problem, Response, answer, page, problem, redirect, with_language, with_retry_after
from shared.request import Request

# With these the form is shown again, so that nobody has to type anything twice.
_KEEP_TYPED = frozenset({422, 429, 503})


class Receipt(NamedTuple):
    """What we tell about a stored post; of a quarantined one only that we received it."""

    reference: str
    state: State
    is_quarantined: bool = False
    without_address: tuple[str, ...] = ()


def stored(client: Client, network: Network, receipt: Receipt) -> Response:
    """Confirm; a browser goes to the organisation's own thank-you page, where there is one."""
    if client is not Client.BROWSER:
        document = {
            "reference": receipt.reference,
            "status": receipt.state.value,
            "message": _message(network, receipt),
        }
        return with_language(answer(200 if client is Client.SERVER else 201, document), network.language)
    if network.form.thanks_url:
        return redirect(_with_reference(str(network.form.thanks_url), receipt.reference))
    late = receipt.state is State.LATE
    return page(
        201,
        pages.thanks_page(network, receipt.reference, late, receipt.is_quarantined, receipt.without_address),
    )


def kept(network: Network, reference: str) -> Response:
    """Tell a server that we have what it sent, and that somebody has to look at it."""
    document = {"reference": reference, "status": "kept", "message": _KEPT[network.language]}
    return with_language(answer(200, document), network.language)


def pinged(network: Network) -> Response:
    """Answer a builder that tests its connection: all is well, and nothing was kept."""
    return answer(200, {"status": "ok", "message": _PING[network.language]})


def refused(
    client: Client,
    why: Problem,
    network: Network | None = None,
    typed: Draft | None = None,
    request: Request | None = None,
) -> Response:
    """Say what is wrong; a person gets the form back with what they typed where that helps."""
    if client is not Client.BROWSER:
        response = problem(why.in_language(network.language if network else "nl"))
    elif network and typed and request and why.status in _KEEP_TYPED:
        response = form(request, network, typed, why)
    else:
        response = page(why.status, pages.problem_page(why, network))
    return with_retry_after(response, why)


def again(client: Client, why: Problem, answers: tuple[Answer, ...]) -> Response:
    """Say that it is our fault; a person can send the same again, of whatever network it is."""
    if client is not Client.BROWSER or not answers:
        return refused(client, why)
    sent = [(each.name, text) for each in answers for text in each.texts]
    # Where its thanks are we do not know at this moment, and Chrome holds that redirect to the policy too.
    return with_retry_after(page(why.status, pages.problem_page(why, sent=sent), form_to="https:"), why)


def form(
    request: Request, network: Network, typed: Draft, why: Problem | None = None, inviter: str = ""
) -> Response:
    """Show our own form, to begin with or to go on with; `inviter` is who sent the link to it."""
    html = pages.form_page(network, request.at, typed, why, inviter)
    return page(why.status if why else 200, html, _leads_to(network))


def _leads_to(network: Network) -> str:
    url = urlsplit(str(network.form.thanks_url or ""))
    return f"{url.scheme}://{url.netloc}" if url.netloc else ""


def _with_reference(url: str, reference: str) -> str:
    split = urlsplit(url)
    query = "&".join(filter(None, (split.query, urlencode({"reference": reference}))))
    return urlunsplit(split._replace(query=query))


def _message(network: Network, receipt: Receipt) -> str:
    if receipt.is_quarantined:
        return _RECEIVED[network.language]
    on_time, late = _MESSAGES[network.language]
    said = late.format(organiser=network.organiser.name) if receipt.state is State.LATE else on_time
    lacking = [_WITHOUT_ADDRESS[network.language].format(name=name) for name in receipt.without_address]
    return " ".join((said, *lacking))


_MESSAGES: Mapping[Language, tuple[str, str]] = {
    "nl": (
        "Je aanmelding is binnen. Je krijgt een mail met de bevestiging.",
        (
            "Je aanmelding is na de deadline binnengekomen. We bewaren hem. "
            "{organiser} beslist of je mee kunt doen. Was je al aangemeld? Dan verandert er niets."
        ),
    ),
    "en": (
        "We have your registration. You will get an email to confirm it.",
        (
            "Your registration came in after the deadline. We keep it. "
            "{organiser} decides if you can take part. Were you registered already? Then nothing changes."
        ),
    ),
}
_RECEIVED: Mapping[Language, str] = {
    "nl": "We hebben je bericht ontvangen. De organisatie kijkt ernaar.",
    "en": "We have received your message. The organisers will look at it.",
}
_KEPT: Mapping[Language, str] = {
    "nl": "We hebben het bericht bewaard. Er klopt iets niet, dus de organisatie kijkt ernaar.",
    "en": "We have kept the message. Something in it is not right, so the organisers will look at it.",
}
_PING: Mapping[Language, str] = {
    "nl": "De verbinding werkt. Er is niets bewaard.",
    "en": "The connection works. Nothing was kept.",
}
_WITHOUT_ADDRESS: Mapping[Language, str] = {
    "nl": "We missen het e-mailadres van {name}.",
    "en": "We lack the email address of {name}.",
}
