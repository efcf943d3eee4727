"""An order about a whole group, while others change the same people."""

from functions.decide.people import save_people
from shared.aws.table import Table
from shared.domain.registration.registration import State
from tests.people import AT, someone


def test_who_changed_meanwhile_stops_nobody_else_of_a_group(table: Table) -> None:
    people = [someone(f"Naam{n} Bos", f"n{n}@berg.example", state=State.QUARANTINED) for n in range(103)]
    stored = [table.register([person])[0] for person in people]
    before = list(table.registrations("plg-2023"))
    assert len(before) == len(stored)
    left = before[50]
    assert table.save(left.become(State.CANCELLED, AT, "person"))
    after = [person.become(State.REGISTERED, AT, "sanne") for person in before]
    assert len(save_people(after, table)) == 102
    states = {r.person_key: r.state for r in table.registrations("plg-2023")}
    assert states.pop(left.person_key) is State.CANCELLED
    assert set(states.values()) == {State.REGISTERED}
    assert not save_people(after, table)
