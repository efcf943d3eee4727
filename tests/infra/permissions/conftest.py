"""One recording of everything that people do, for all that is to be proven of it."""

from typing import Any

import pytest

from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.journeys import play
from tests.infra.permissions.proof import Granted, Wanted, wanted
from tests.infra.permissions.recording import Call, RecordingWorld


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--permissions-update", action="store_true", help="write docs/permissions.md again")


@pytest.fixture(scope="session")
def roles(made: dict[str, Any]) -> Deployed:
    """The template as CloudFormation gets it, with its references resolved."""
    return Deployed(made)


@pytest.fixture(scope="session")
def granted(roles: Deployed) -> Granted:
    """What each role may do."""
    return roles.granted()


@pytest.fixture(scope="session")
def recorded() -> list[Call]:
    """Every call of AWS that the functions make while everything is done that people do."""
    with RecordingWorld() as world:
        return play(world)


@pytest.fixture(scope="session")
def needed(roles: Deployed, recorded: list[Call]) -> set[Wanted]:
    """What the roles are needed for: by our calls, and by AWS in their name."""
    services = {Wanted(role, need, why) for role, why, need in roles.services()}
    return wanted(roles, recorded) | services
