from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from functions.check import handler as check
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.knowledge import NOTHING
from tests.people import colleagues, someone


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    monkeypatch.setenv("TABLE", "tweetal")
    check.services.cache_clear()
    for person in colleagues("Bergcollege", "Anna Bram") + colleagues("Dalcollege", "Carla"):
        table.register([person])
    yield table
    check.services.cache_clear()


def run(at: str) -> dict[str, Any]:
    done: dict[str, Any] = check.handler({"time": f"{at}:00Z"}, None)["networks"]
    return done


def states(table: Table) -> dict[str, str]:
    return {r.name: r.state.value for r in table.registrations("plg-2023")}


def test_a_check_reminds_and_has_the_report_sent(kept: Table) -> None:
    assert run("2023-03-31T05:00") == {"plg-2023": {"reminded": 1, "reports": 1}}


def test_a_check_that_runs_twice_does_everything_once(kept: Table) -> None:
    run("2023-03-31T05:00")
    assert run("2023-03-31T05:00") == {"plg-2023": {}}


def test_after_three_missed_days_everything_is_done_once(kept: Table) -> None:
    run("2023-03-31T05:00")
    assert run("2023-04-11T05:00") == {"plg-2023": {"reminded": 1, "reports": 1}}
    assert run("2023-04-18T05:00") == {"plg-2023": {"admitted": 2, "held": 1, "reports": 1}}
    assert states(kept) == {"Anna": "admitted", "Bram": "admitted", "Carla": "held"}
    assert run("2023-04-19T05:00") == {"plg-2023": {"reports": 1}}


def test_after_retention_only_counts_are_left_and_what_comes_after_goes_too(kept: Table) -> None:
    assert run("2024-02-22T06:00") == {"plg-2023": {"forgotten": 3}}
    assert kept.registrations("plg-2023") == ()
    assert run("2024-02-23T06:00") == {"plg-2023": {"forgotten": 0}}
    kept.register([someone()])
    assert run("2024-02-24T06:00") == {"plg-2023": {"forgotten": 1}}


def test_one_network_that_fails_leaves_the_others_whole_and_is_reported(kept: Table) -> None:
    toml = kept.networks()["plg-2023"]
    kept.apply_network(toml.replace('"plg-2023"', '"abc-2023"'), "x", someone().received_at)
    broken = {"pk": "REGISTRATION#abc-2023", "sk": "x"}
    Store("tweetal").put(broken)
    with pytest.raises(check.CheckFailedError, match="abc-2023"):
        run("2023-04-18T05:00")
    assert states(kept)["Carla"] == "held"


class _Overtaken(Table):
    """A table on which somebody cancels just before the check writes, once."""

    def save(self, *registrations: Registration) -> bool:
        if not getattr(self, "cancelled", False):
            self.cancelled = True
            now = self.registration("plg-2023", registrations[0].person_key)
            assert now is not None
            super().save(now.become(State.CANCELLED, now.received_at, "person", "kan niet"))
        return super().save(*registrations)


def test_who_cancels_while_the_check_is_at_work_stays_cancelled(kept: Table, plg: Network) -> None:
    now = datetime.fromisoformat("2023-04-15T05:00:00+00:00")
    done = check.check(_Overtaken(Store("tweetal")), plg, now, NOTHING)
    assert done == {"admitted": 1, "held": 1, "reports": 1}
    assert sorted(states(kept).values()) == ["admitted", "cancelled", "held"]


def test_a_check_reads_each_item_once(kept: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    query = Store._pages

    def reading(store: Store, condition: str, values: Any, **more: Any) -> Any:
        read.append(values[":pk"])
        return query(store, condition, values, **more)

    monkeypatch.setattr(Store, "_pages", reading)
    run("2023-03-31T05:00")
    assert "REGISTRATION#plg-2023" in read
    assert len(read) == len(set(read))
