"""How many people the forward links of a school free from proof of work: its colleagues, but no robot."""

from functions.submit.robots import RobotGuard
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.registration.registration import Registration, State
from shared.log import logger

MOST_FREED = 10  # people by link of one school, over all its links; beyond them the ordinary checks apply
_LOG = logger("submit")


def frees(inviter: Registration | None, people: int, guard: RobotGuard, table: Table) -> bool:
    """Count the people of one more post by somebody's link, and say whether it frees them.

    Whoever comes by a link gets a link too, so they are counted for the school that is stored of the inviter.
    """
    if inviter is None or inviter.state is State.QUARANTINED:
        return False
    network = guard.network
    try:
        school = table.memberships.find_school(network.id, inviter.person_key)
        name, until = f"LINK-{school or inviter.reference}", network.forgotten_at
        return guard.counter().count_until(network.id, name, until, people) <= MOST_FREED
    except UnavailableError:  # better a robot too many than a teacher too few
        _LOG.warning("uncounted link", network=network.id)
        return True
