"""Registrations after the deadline that replace a colleague who left."""

from dataclasses import replace

from functions.submit import refusals
from functions.submit.refusals import RequestRefusedError
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.entries import admit_repairs, expected_state
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State


def with_repairs(
    posted: tuple[Registration, ...], network: Network, table: Table, schools: Schools
) -> tuple[tuple[Registration, ...], State]:
    """Return a late post as on time if its school's repair window is open, and the state to answer with.

    The answer is that of strangers who post the same: it tells nobody whether somebody in the post is known.
    A post that is late for strangers is refused where the network takes nobody late.
    """
    if posted[0].state is not State.LATE:
        return posted, expected_state(network, posted[0].received_at)
    knowledge, stored = schools.at(posted[0].received_at), table.registrations(network.id)
    keys = [f"~{number}" for number in range(len(posted))]  # no key and no address of a person
    strangers = [replace(r, person_key=key, email=key) for r, key in zip(posted, keys, strict=True)]
    (answered, *_) = admit_repairs(strangers, stored, network, knowledge)
    if answered.state is State.LATE and network.registration.late == "refuse":
        raise RequestRefusedError(refusals.closed(network))
    return admit_repairs(posted, stored, network, knowledge), answered.state
