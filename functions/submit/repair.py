"""Who comes after the deadline, and may still replace a colleague who left."""

from functions.submit import refusals
from functions.submit.entries import mended
from functions.submit.refusals import RefusedError
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State


def in_time(
    posted: tuple[Registration, ...], network: Network, table: Table, schools: Schools
) -> tuple[Registration, ...]:
    """Return a post as it is stored: late, but for who takes the place of a colleague who left."""
    if posted[0].state is not State.LATE:
        return posted
    known = schools.at(posted[0].received_at)
    posted = mended(posted, table.registrations(network.id), network, known)
    if posted[0].state is State.LATE and network.registration.late == "refuse":
        raise RefusedError(refusals.closed(network))
    return posted
