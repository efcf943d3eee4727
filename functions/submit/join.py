"""GET /join/{token}: our form for a colleague, with the school of whoever sent the link."""

from functions.submit import responses
from functions.submit.logged_responses import logged_response, refused
from functions.submit.refusals import RequestRefusedError, refuse_outside_window
from functions.submit.services import services
from shared.aws.wire import UnavailableError
from shared.domain.form.draft import Draft
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.rule.repair import may_repair
from shared.domain.schools.school import school_of
from shared.http_function import LoggedResponse
from shared.pages.problems import UNKNOWN_LINK
from shared.phrases.language import phrases_of
from shared.request import Request


def join(request: Request) -> LoggedResponse:
    """Show our form with the school filled in; refuse a link that brings nobody, or comes too late."""
    token = request.parameters["token"]
    network = None
    try:
        inviter = services().inviter(token, request)
        network = services().networks.one(inviter.network if inviter else "", request.at)
        if not inviter or not network:
            raise RequestRefusedError(UNKNOWN_LINK)
        refuse_outside_window(network, request.at, _may_repair(inviter, network, request))
    except (RequestRefusedError, UnavailableError) as error:
        return refused(request, error, network)
    filled_in = Draft({"school": inviter.school, "place": inviter.place, "forward": token})
    shown = services().guard(request, network).with_time_shown(filled_in)
    form = responses.form(request, network, shown, inviter=_first_name(inviter, network))
    return logged_response(form, "form", network)


def _first_name(inviter: Registration, network: Network) -> str:
    """Return the first name of whoever sent the link; empty if no word is certain to be one."""
    from shared.mails.wording import first_name  # no other request needs it

    phrases = phrases_of(network)
    name = first_name(inviter, phrases)
    return "" if name == phrases.COLLEAGUE else name


def _may_repair(inviter: Registration, network: Network, request: Request) -> bool:
    if not network.is_closed(request.at):
        return False
    table, knowledge = services().table, services().schools.at(request.at)
    stored = table.memberships.read_school(inviter, knowledge)
    if stored:
        return may_repair(network, stored.school, request.at)
    school = school_of(inviter.person_key, table.registrations(network.id), knowledge)
    return may_repair(network, school, request.at)
