"""Schools that are kept as people change are those that all people together make."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, EarlierTyping, Registration, State
from shared.domain.schools import growing
from shared.domain.schools.current import CurrentSchools
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, group_by_school
from tests.people import AT, someone
from tests.shared.domain.schools.matching.sample import register

KNOWN = SchoolKnowledge(register())
TYPED = [
    ("St. Vituscollege", "Bussum"), ("vitus-college", "Bussem"), ("Vitus", "Bussum"), ("Vitusmavo", "Bussum"),
    ("Ichthus College", "Kampen"), ("Ichthus", ""), ("Ichthus College", ""), ("Bergcollege", "Ede"),
    ("bergcolege", "Ede"), ("Berg", "Ede"), ("Stichting Zoom", "Amsterdam"), ("-", ""),
]  # fmt: skip
KEYS = range(8)


def someone_at(number: int, minutes: int, typed: tuple[str, str], **other: str) -> Registration:
    (school, place), domain = typed, other.pop("domain", "gmail.com")
    return someone(
        f"P{number} X{number}", f"p{number}@{domain}", AT + timedelta(minutes=minutes),
        school=school, place=place, reference=f"PLG-{number:08}", person_key=f"key-{number}", **other,
    )  # fmt: skip


@st.composite
def changes(draw: st.DrawFn) -> list[list[tuple[int, str, int]]]:
    kinds = st.sampled_from(
        ["comes", "comes", "comes", "aside", "retypes", "leaves", "reminded", "gone", "late"]
    )
    one = st.tuples(st.sampled_from(KEYS), kinds, st.integers(0, 40))
    return draw(st.lists(st.lists(one, min_size=1, max_size=4), min_size=1, max_size=8))


def changed(
    people: Mapping[str, Registration], number: int, kind: str, chance: int, minutes: int
) -> Registration | None:
    """Return what becomes of a person, who came or not."""
    key, typed = f"key-{number}", TYPED[chance % len(TYPED)]
    old, at = people.get(key), AT + timedelta(minutes=minutes)
    if old is None or kind in ("comes", "aside"):
        way = {"via": f"PLG-{chance % 8:08}"} if chance > 30 else {}
        way = {"invited_by": f"PLG-{chance % 8:08}"} if 20 < chance <= 30 else way
        domain = "ichthuskampen.example" if chance % 3 else "gmail.com"
        new = someone_at(number, minutes - 5 * (kind == "late"), typed, domain=domain, **way)
        if kind != "aside":
            return new
        aside = Change(new.received_at, State.QUARANTINED, "person", reason=Reason(ReasonCode.TOO_MANY))
        return replace(new, state=State.QUARANTINED, history=(aside,))
    if kind == "retypes":
        until = EarlierTyping(old.school, old.place, old.brin, at)
        return replace(old, school=typed[0], place=typed[1], earlier_typings=(*old.earlier_typings, until))
    if kind in ("leaves", "late"):
        state = State.CANCELLED if old.state is not State.CANCELLED else State.REGISTERED
        return replace(old, state=state, history=(*old.history, Change(at, state, "person")))
    return None if kind == "gone" else replace(old, reminded=chance)


def grouped(people: Mapping[str, Registration], knowledge: SchoolKnowledge) -> dict[str, School]:
    everyone = group_by_school(without_aside(people.values()), knowledge).schools
    return {r.person_key: school for school in everyone for r in school.registrations}


@given(changes(), st.sampled_from([KNOWN, NOTHING]))
def test_whatever_changes_everybody_is_of_the_school_that_all_together_make(
    steps: list[list[tuple[int, str, int]]], knowledge: SchoolKnowledge
) -> None:
    people: dict[str, Registration] = {}
    current = CurrentSchools((), knowledge)
    for number, step in enumerate(steps):
        now: dict[str, Registration | None] = {}
        for person, kind, chance in step:
            now[f"key-{person}"] = changed(people, person, kind, chance, 10 * number + len(now))
        left = people | {key: new for key, new in now.items() if new}
        people = {key: person for key, person in left.items() if now.get(key, person)}
        earlier = grouped({r.person_key: r for r in current.everyone}, knowledge)
        moved = current.change(now)
        assert dict(current) == grouped(people, knowledge)
        for key, school in moved.items():
            assert school.people == tuple(r.person_key for r in earlier[key].registrations)
        assert {s.key for s in current.each()} == {s.key for s in dict(current).values()}


def test_a_hundred_who_come_one_by_one_are_compared_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = [someone_at(number, number, TYPED[number % 9]) for number in range(130)]
    current = CurrentSchools(everybody[:100], KNOWN)
    assert len(current) == 100
    built = []
    monkeypatch.setattr(growing, "add_bystanders", lambda *_: built.append(1))
    monkeypatch.setattr(growing.GrowingSchools, "__init__", lambda *_: built.append(1))
    for person in everybody[100:]:
        current.change({person.person_key: person})
        current.change({person.person_key: replace(person, reminded=7)})
        assert current[person.person_key].registrations[-1].reminded == 7
    assert built == []
    assert dict(current) == grouped({r.person_key: r for r in current.everyone}, KNOWN)
