"""The sites that may post besides those in a network's file: those that its organisers call theirs."""

from shared import cors
from shared.aws.table import Table
from shared.domain.decision import our_site
from shared.domain.network.network import Network
from shared.request import Request


def with_ruled_site(network: Network, request: Request, table: Table) -> Network:
    """Return the network with a request's site among its own, if an organiser said that it is theirs.

    Only a request from an unlisted site costs a call.
    """
    if cors.is_accepted_origin(request, [network]):
        return network
    site = request.headers["origin"]
    if not our_site(table.decisions(network.id), site, request.at):
        return network
    form = network.form.model_copy(update={"origins": (*network.form.origins, site)})
    return network.model_copy(update={"form": form})
