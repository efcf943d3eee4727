"""A school that is made of its stored members is the one that everybody in the network makes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decision import Decision, Kind
from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.matching import Register
from shared.domain.schools.membership import memberships, school_of_members
from shared.domain.schools.school import schools
from tests.people import AT, someone
from tests.shared.domain.schools.test_current import KNOWN, changed, changes


@given(changes(), st.sampled_from([KNOWN, NOTHING]))
def test_a_school_of_its_members_alone_is_as_it_is_among_all(
    steps: list[list[tuple[int, str, int]]], knowledge: SchoolKnowledge
) -> None:
    people: dict[str, Registration] = {}
    for number, step in enumerate(steps):
        for person, kind, chance in step:
            new = changed(people, person, kind, chance, 10 * number)
            people = {key: r for key, r in people.items() if key != f"key-{person}"}
            people |= {new.person_key: new} if new else {}
    everyone = without_aside(people.values())
    grouped = schools(everyone, knowledge)
    for school in grouped:
        assert replace(school_of_members(school.registrations, knowledge), key=school.key) == school
    stored = list(memberships(grouped))
    assert {each.person_key for each in stored} == {r.person_key for r in everyone}
    assert len({each.school for each in stored}) == len(grouped)
    assert all(each.is_of(people[each.person_key]) for each in stored)


@pytest.mark.parametrize(
    ("change", "may_move"),
    [
        ({"phone": "030 1", "remarks": "met de trein"}, False),
        ({"state": State.ADMITTED, "history": (*someone().history, Change(AT, State.ADMITTED, "x"))}, False),
        ({"school": "Dalcollege"}, True),
        ({"email": "jan@dal.example"}, True),
        ({"state": State.QUARANTINED}, True),
    ],
)
def test_a_membership_holds_until_something_changes_that_may_move_somebody(
    change: dict[str, object], *, may_move: bool
) -> None:
    jan = someone()
    (stored,) = memberships(schools([jan]))
    assert stored.is_of(replace(jan, **change)) is not may_move  # type: ignore[arg-type]


def test_knowledge_has_a_name_of_its_own_after_a_ruling_and_after_an_import() -> None:
    word = Decision("plg-2023", "same-1", Kind.SAME, "berg|ede", "sanne@x.example", "", AT, value="dal|ede")
    knowledge = [
        NOTHING,
        SchoolKnowledge(None, [word], AT),
        SchoolKnowledge(Register([], "2023-03-20")),
        SchoolKnowledge(Register([], "2023-04-20")),
    ]
    assert len({each.name for each in knowledge}) == 4
    undone = SchoolKnowledge(None, [replace(word, undone_at=AT)], AT)
    assert undone.name == NOTHING.name
