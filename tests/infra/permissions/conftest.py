"""One recording of everything that people do, for all tests of permissions."""

import pytest

from infra.translate import translated
from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.journeys import play
from tests.infra.permissions.proof import Granted, RoleNeed, role_needs
from tests.infra.permissions.recording import Call, RecordingWorld


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--permissions-update", action="store_true", help="write docs/permissions.md again")


@pytest.fixture(scope="session")
def roles() -> Deployed:
    """The template as CloudFormation gets it with everything on, with its references resolved."""
    return Deployed(translated(GradualDeployment="on")["Resources"])


@pytest.fixture(scope="session")
def granted(roles: Deployed) -> Granted:
    """What each role may do."""
    return roles.granted()


@pytest.fixture(scope="session")
def recorded() -> list[Call]:
    """Every call of AWS that the functions make during the journeys."""
    with RecordingWorld() as world:
        return play(world)


@pytest.fixture(scope="session")
def needed(roles: Deployed, recorded: list[Call]) -> set[RoleNeed]:
    """What the roles need: for our calls, and for what AWS does in their name."""
    services = {RoleNeed(role, need, why) for role, why, need in roles.services()}
    return role_needs(roles, recorded) | services
