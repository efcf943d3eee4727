"""The sites that may post besides those in a network's file: those that its organisers call theirs."""

from datetime import timedelta
from typing import TYPE_CHECKING

from shared import cors
from shared.aws.post_counter import PostCounter
from shared.aws.table import Table
from shared.domain.decision import our_site
from shared.domain.form.client_bucket import day_bucket
from shared.domain.network.network import Network
from shared.request import Request

if TYPE_CHECKING:
    from shared.aws.refusal_counts import RefusalCounts

_MOST_NAMED = 3  # requests of one place in a day that may name a site: a form that moved is posted from many


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


def count_site(network: Network, request: Request, counter: PostCounter, counts: "RefusalCounts") -> None:
    """Count that a script of an unlisted site asked in vain; one place names few sites."""
    place = day_bucket(request.visitor, network.id, request.at)
    until = request.at + timedelta(days=1)
    may_name = not place or counter.count_until(network.id, f"{place}-sites", until) <= _MOST_NAMED
    counts.count_origin(network.id, request.headers.get("origin", ""), request.at, may_name=may_name)
