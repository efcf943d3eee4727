from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.registers import from_register
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.decision import Decision, Kind
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.domain.schools import spelling
from shared.domain.schools.matching import Register, Typed
from tests.people import AT, colleagues, someone
from tests.shared.domain.schools.matching.sample import register

REGISTER = register()
WORD = Decision(
    "plg-2023", "same-1", Kind.SAME, "berg|utrecht", "organiser", "gebeld", AT, value="dal|utrecht"
)


def test_a_register_comes_back_as_it_was_kept_and_fits_in_one_item(table: Table) -> None:
    assert table.register_of_schools() is None
    table.save_register(REGISTER, AT)
    kept = table.register_of_schools()
    assert kept is not None
    assert kept.rows == REGISTER.rows
    item = from_register(REGISTER, AT)
    assert (item["rows"], item["at"]) == (39, "2023-03-20T08:00:00.000Z")
    assert len(item["packed"]) < 100 * len(
        REGISTER
    )  # so that 1,600 rows stay far under the 400 KB of an item


def test_a_register_is_remembered_for_ten_minutes(table: Table) -> None:
    schools = Schools(table)
    assert schools.at(AT).register is None
    table.save_register(REGISTER, AT)
    assert schools.at(AT + timedelta(minutes=9)).register is None
    known = schools.at(AT + timedelta(minutes=10))
    assert known.find_vestiging(Typed("Vituscollege", "Bussum")) is not None
    table.save_register(Register(REGISTER.rows[:1]), AT)
    assert schools.at(AT + timedelta(minutes=19)) is known


def test_a_word_counts_at_once_for_every_network_and_until_it_is_undone(table: Table) -> None:
    schools = Schools(table)
    assert schools.at(AT).pair_rulings == {}
    table.save_decision(WORD)
    assert list(schools.at(AT).pair_rulings.values()) == [Kind.SAME]
    assert table.decisions("plg-2023") == ()
    assert table.undo_decision(WORD, AT + timedelta(minutes=2))
    assert not table.undo_decision(WORD, AT + timedelta(minutes=3))
    assert schools.at(AT + timedelta(minutes=3)).pair_rulings == {}
    assert table.school_rulings() == (replace(WORD, undone_at=AT + timedelta(minutes=2)),)


@pytest.mark.parametrize("number", [0, 200, 2000])
def test_who_is_aside_costs_nobodys_page_or_mail_a_reading(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    read, spelled = spelling._read_spelling, []

    def counted(*typed: Any) -> spelling.Spelling:
        spelled.append(typed)
        return read(*typed)

    monkeypatch.setattr(spelling, "_read_spelling", counted)
    real = colleagues("Bergcollege", "Anna Bram")
    aside = [
        someone(f"Robot {i}", f"r{i}@robot.example", school=f"Bergcollege {i}", state=State.QUARANTINED)
        for i in range(number)
    ]
    (school,) = Schools(table).of(plg, [*aside, *real], AT)
    assert {person.name for person in school.counted} == {"Anna", "Bram"}
    assert len(spelled) == 1
