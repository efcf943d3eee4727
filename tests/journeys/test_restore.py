"""A table that lost items gets them back from a restored one, and nobody is mailed twice or comes back."""

from datetime import timedelta

import pytest

from tests.drill.drill import Drill
from tests.journeys.conftest import Story
from tests.journeys.season import acts, at


@pytest.fixture
def drill(story: Story) -> Drill:
    """Anna, Bram and Carla registered, then the backup; later Anna and Carla were erased, and Dirk came."""
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    story.registers("Carla Smit", "Dalcollege", opmerkingen="samen met anna@berg.example")
    story.registers("Eva Vos", "Eikcollege", opmerkingen="bel anna@berg.example")
    drill = Drill(story.world)
    drill.copies()
    drill.erases("anna@berg.example")
    acts(story, "carla", "action=erase&sure=yes")
    story.registers("Dirk Mol", "Meercollege")
    at(story.world, "2023-04-15T07:00:00+02:00")
    story.world.check()
    story.world.export()
    return drill


def names(drill: Drill) -> set[str]:
    return {registration.name for registration in drill.world.registrations()}


def is_right(drill: Drill) -> None:
    """Find nobody lost or back, and no mail twice, today and tomorrow."""
    assert names(drill) == {"Bram Kuipers", "Eva Vos", "(gewist)"}
    stored = str(drill.items())
    assert not any(text in stored for text in ("Anna", "anna@", "Carla", "carla@"))
    drill.world.next_day()
    assert max(drill.mailed().values()) == 1


def test_a_lost_table_comes_back_without_a_second_mail_or_whoever_was_erased(drill: Drill) -> None:
    before = drill.mailed()
    drill.loses()
    told = drill.restores()
    (dirk,) = told["lost"]
    assert not dirk["came_back"]
    drill.world.sweep()
    assert drill.mailed() == before
    assert [act for act in drill.acts if act != "wait"] == [
        "stop mail",
        "stop check",
        "run mail",
        "run check",
    ]
    is_right(drill)


def test_a_run_that_was_interrupted_is_finished_by_the_next(drill: Drill) -> None:
    before = drill.mailed()
    drill.loses("REGISTRATION#", "MAIL#")
    for items in (1, 4):
        drill.stops_halfway(after=items)
    assert drill.acts[-1] != "run check"  # nothing acts on half a table
    drill.restores()
    assert drill.restores()["items"] == []
    drill.world.sweep()
    assert drill.mailed() == before
    is_right(drill)


def test_nothing_is_restored_unseen_or_from_something_else_or_without_an_export(
    drill: Drill,
) -> None:
    drill.loses()
    shown = drill.runs("--dry-run").stdout
    assert "nothing was changed" in shown
    assert drill.runs(typed="n\n").exit_code == 1
    missing = drill.runs("--from", "elsewhere")
    assert "aws dynamodb restore-table-to-point-in-time --source-table-name Table" in missing.stderr
    assert "--from is the stack's own table" in drill.runs("--from", drill.table).stderr
    drill.copied_at += timedelta(days=30)
    assert "there is no export" in drill.runs("--yes").stderr
    assert names(drill) == set()
    assert drill.runs("--yes", "--without-export").exit_code == 0
    assert "Bram Kuipers" in names(drill)
