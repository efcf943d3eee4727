"""Each alarm is raised by what it is for, played on the real functions, and by nothing less."""

from collections.abc import Iterator

import pytest

from local import cfn
from local.template import PATH
from tests.faults.people import People
from tests.infra.alarms.causes import CAUSES
from tests.infra.alarms.cloudwatch import CloudWatch
from tests.infra.alarms.watched import WatchedWorld

CLOUDWATCH = CloudWatch(cfn.read(PATH), {"AlarmEmail": "beheer@voorbeeld.example", "DailyProbe": "on"})


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """Everybody, on one local stack."""
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("alarms") / "network.toml"
        with WatchedWorld(patch, file) as world:
            world.keep("quiet")
            yield People(world, patch)


@pytest.mark.parametrize("alarm", CLOUDWATCH.alarms)
def test_each_alarm_is_raised_by_its_cause_and_by_nothing_less(alarm: str, people: People) -> None:
    world = people.world
    assert isinstance(world, WatchedWorld)
    world.back_to("quiet")
    cause = CAUSES[alarm](people)
    next(cause)
    assert alarm not in world.raised(CLOUDWATCH)
    next(cause, None)
    assert alarm in world.raised(CLOUDWATCH)
