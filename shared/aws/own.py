"""Whose page a token opens, and all that the page and its forms need of the table."""

from datetime import datetime
from typing import NamedTuple

from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network import Network
from shared.domain.registration import Registration
from shared.domain.school import School, school_of
from shared.links import Bearer, Links

# Any token asks the table the same, so that neither the answer nor its time tells which tokens we signed.
_NOBODY = Bearer("-", "-")


class Own(NamedTuple):
    """Somebody who opened their own page, and the network and school that they are of."""

    network: Network
    me: Registration
    school: School
    everyone: tuple[Registration, ...]


def own(
    table: Table, networks: Networks, links: Links, schools: Schools, token: str, at: datetime
) -> Own | None:
    """Return who a token is of; None for any token that opens nothing, and for who had their data erased."""
    bearer = links.read_me(token, at) or _NOBODY
    network = networks.at(at).get(bearer.network)
    me = table.registration(bearer.network, bearer.person)
    if not network or not me or not me.email:
        return None
    everyone = table.registrations(network.id)
    return Own(network, me, school_of(me.person, everyone, schools.at(at)), everyone)
