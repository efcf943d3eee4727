"""Registrations after the deadline that replace a colleague who left."""

from functions.submit import refusals
from functions.submit.refusals import RequestRefusedError
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.entries import admit_repairs
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State


def with_repairs(
    posted: tuple[Registration, ...], network: Network, table: Table, schools: Schools
) -> tuple[Registration, ...]:
    """Return a late post as on time if its school's repair window is open; otherwise late, or refused."""
    if posted[0].state is not State.LATE:
        return posted
    knowledge = schools.at(posted[0].received_at)
    posted = admit_repairs(posted, table.registrations(network.id), network, knowledge)
    if posted[0].state is State.LATE and network.registration.late == "refuse":
        raise RequestRefusedError(refusals.closed(network))
    return posted
