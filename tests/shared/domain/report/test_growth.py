"""What strangers post makes an overview and a report work in proportion, and never more than that."""

from typing import Any

import pytest

from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from shared.domain.report.report import Report
from shared.domain.schools import spelling
from shared.domain.schools.comparing import compare_spellings
from shared.domain.schools.knowledge import SchoolKnowledge
from tests.people import AT, colleagues, someone

REAL = colleagues("Bergcollege", "Anna Bram")
MOST = 20  # spellings that one is compared with


def strangers(number: int, state: State) -> list[Registration]:
    """Return people whose schools all look alike."""
    return [
        someone(f"Naam {i}", f"n{i}@robot.example", school=f"Bergcollege {i}", place="Utrecht", state=state)
        for i in range(number)
    ]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count the spellings that are read and the pairs that are compared."""
    done = {"read": 0, "compared": 0}
    read, compare = spelling._read_spelling, compare_spellings

    def reading(*given: Any) -> Any:
        done["read"] += 1
        return read(*given)

    def comparing(*given: Any) -> Any:
        done["compared"] += 1
        return compare(*given)

    monkeypatch.setattr(spelling, "_read_spelling", reading)
    monkeypatch.setattr("shared.domain.schools.grouping.compare_spellings", comparing)
    return done


@pytest.mark.parametrize("number", [0, 200, 2000])
def test_who_is_aside_is_compared_with_nobody(network: Network, work: dict[str, int], number: int) -> None:
    people = (*strangers(number, State.QUARANTINED), *REAL)
    report = Report(network, people, (), None, AT)
    assert [len(standing.school.counted) for standing in report.standings] == [2]
    assert work["compared"] == 0
    assert work["read"] <= number + 1


def test_whoever_shows_the_same_people_again_compares_nothing_again(
    network: Network, work: dict[str, int]
) -> None:
    knowledge = SchoolKnowledge()
    people = (*strangers(50, State.REGISTERED), *REAL)
    first = Report(network, people, (), None, AT, knowledge=knowledge).standings
    done = dict(work)
    assert done["compared"] > 0
    assert Report(network, people, (), None, AT, knowledge=knowledge).standings == first
    assert work == done


@pytest.mark.parametrize("number", [0, 200, 1000])
def test_who_counts_is_compared_with_at_most_twenty_however_alike(
    network: Network, work: dict[str, int], number: int
) -> None:
    people = (*strangers(number, State.REGISTERED), *REAL)
    report = Report(network, people, (), None, AT)
    assert sum(len(standing.school.counted) for standing in report.standings) == number + 2
    assert work["compared"] <= MOST * (number + 1)
    assert work["read"] <= number + 1
