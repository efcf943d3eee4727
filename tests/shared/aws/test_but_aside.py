from dataclasses import replace
from typing import Any

import pytest

from shared.aws.table import Table
from shared.domain.registration.registration import Registration, State
from tests.people import someone


def aside(name: str, **others: Any) -> Registration:
    return someone(name, f"{name.lower()}@x.example", state=State.QUARANTINED, **others)


def names(table: Table) -> set[str]:
    return {person.name for person in table.everybody_but_aside("plg-2023")}


def test_who_is_aside_is_left_out_and_who_is_not_yet_judged_is_not(table: Table) -> None:
    for person in (someone("Jan"), aside("Ann"), aside("Bob", unjudged="2023-03-20T08-3f9a")):
        table.save(person)
    assert names(table) == {"Jan", "Bob"}


def test_who_is_aside_and_registered_somebody_who_is_not_is_there(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.aws.but_aside._OPERANDS", 1)
    inviters = [aside("Ann"), aside("Bob")]
    brought = [
        replace(someone(f"Jan {n}", f"jan{n}@x.example"), invited_by=inviter.reference)
        for n, inviter in enumerate(inviters)
    ]
    for person in (*inviters, *brought, aside("Cor")):
        table.save(person)
    assert names(table) == {"Ann", "Bob", "Jan 0", "Jan 1"}
    keys = [person.person_key for person in table.everybody_but_aside("plg-2023")]
    assert keys == sorted(keys)
