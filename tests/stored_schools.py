"""Of which school everybody is, stored as the mail function's sweep stores it."""

from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.registration.put_aside import without_aside
from shared.domain.schools.membership import memberships
from shared.domain.schools.school import schools
from tests.people import AT


def store_schools(table: Table, network: str = "plg-2023") -> None:
    """Store the memberships of everybody in a network."""
    knowledge, people = Schools(table).at(AT), without_aside(table.registrations(network))
    everybody = memberships(schools(people, knowledge))
    table.memberships.settle(network, table.memberships.read(network), everybody, knowledge.name)
