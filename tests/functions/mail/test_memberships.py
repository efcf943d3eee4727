"""The mail function stores of which school each person is, and a page that goes by it says what is so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from functions.mail import handler as mail
from shared.aws import keys, memberships
from shared.aws.memberships import Memberships
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.decision import Decision, Kind
from shared.domain.network.network import Network
from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.registration import EarlierTyping, Registration
from shared.domain.schools.matching import Typed, alias_key
from shared.domain.schools.membership import Membership
from shared.domain.schools.membership import memberships as memberships_of
from shared.domain.schools.school import schools
from tests.functions.mail.test_copies import cancelled, changes, registers
from tests.functions.mail.test_handler import connect, handle, inserted, sweep
from tests.people import AT, colleagues, someone

N = "plg-2023"


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    connect(monkeypatch)
    mail.services.cache_clear()
    yield table
    mail.services.cache_clear()


def shown(table: Table) -> Counter[str]:
    """Return how an own page would find each school: by what is stored, or from everybody.

    What is stored must be what everybody makes.
    """
    knowledge, ways = Schools(table).at(AT), Counter[str]()
    people = without_aside(table.registrations(N))
    for school in schools(people, knowledge):
        for person in school.registrations:
            stored = table.memberships.read_school(person, knowledge)
            ways["stored" if stored else "everybody"] += 1
            if stored:
                assert replace(stored.school, key=school.key) == school
    return ways


def named(name: str, table: Table) -> Registration:
    return next(r for r in table.registrations(N) if r.name == name)


def test_from_the_first_sweep_on_a_page_needs_nobody_else(kept: Table) -> None:
    registers(kept, "Anna Bram")
    assert shown(kept) == {"everybody": 2}
    sweep(AT)
    assert shown(kept) == {"stored": 2}
    registers(kept, "Cas")
    registers(kept, "Dirk Els", "Zeecollege")
    assert shown(kept) == {"stored": 5}


def test_who_types_another_school_sends_a_page_to_everybody_until_the_stream_knows(kept: Table) -> None:
    registers(kept, "Anna Bram")
    registers(kept, "Dirk Els", "Zeecollege")
    sweep(AT)
    change = changes(kept, named("Dirk", kept), school="Bergcollege", email="dirk@11.example")
    knowledge = Schools(kept).at(AT)
    assert kept.memberships.read_school(named("Dirk", kept), knowledge) is None
    assert kept.memberships.read_school(named("Els", kept), knowledge) is None  # whom he left
    assert handle(change) == []
    assert shown(kept) == {"stored": 4}


def test_a_ruling_sends_every_page_to_everybody_until_the_next_sweep(kept: Table) -> None:
    registers(kept, "Anna Bram")
    registers(kept, "Dirk Els", "Zeecollege")
    sweep(AT)
    about, value = (
        alias_key(Typed(r.school, r.place, r.email.partition("@")[2], r.brin))
        for r in (named("Anna", kept), named("Dirk", kept))
    )
    kept.save_decision(Decision(N, "same-1", Kind.SAME, about, "sanne@x.example", "", AT, value=value))
    assert shown(kept) == {"everybody": 4}
    registers(kept, "Cas")  # with the new knowledge: what is stored by the old is not to be taken for it
    assert shown(kept) == {"everybody": 5}
    sweep(AT)
    assert shown(kept) == {"stored": 5}
    (school,) = schools(kept.registrations(N), Schools(kept).at(AT))
    assert len(school.registrations) == 5


def test_what_the_stream_lost_the_sweep_mends(kept: Table) -> None:
    registers(kept, "Anna")
    sweep(AT)
    kept.register(colleagues("Bergcollege", "Bram"))  # its record is lost
    sweep(AT + timedelta(minutes=15))
    assert shown(kept) == {"stored": 2}


def test_a_large_network_takes_several_sweeps(kept: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memberships, "_MOST_AT_ONCE", 2)
    kept.register([*colleagues("Bergcollege", "Anna Bram"), *colleagues("Zeecollege", "Cas")])
    sweep(AT)
    assert shown(kept) == {"everybody": 3}
    sweep(AT)
    assert shown(kept) == {"stored": 3}


def test_a_colleague_who_is_gone_sends_a_page_to_everybody(kept: Table) -> None:
    registers(kept, "Anna Bram")
    sweep(AT)
    anna, bram = named("Anna", kept), named("Bram", kept)
    Store("tweetal").delete(keys.registrations_of(N), bram.person_key)
    assert kept.memberships.read_school(anna, Schools(kept).at(AT)) is None


def test_an_own_page_reads_its_school_and_nobody_else(kept: Table) -> None:
    registers(kept, "Anna Bram")
    sweep(AT)
    few = items_read(kept, named("Anna", kept))
    registers(kept, "Dirk Els", "Zeecollege")
    assert items_read(kept, named("Anna", kept)) == few


def items_read(table: Table, person: Registration) -> int:
    store, read = Store("tweetal"), []
    whole: Any = store._client.batch_get_item

    def note(**request: Any) -> Any:
        answer = whole(**request)
        read.extend(answer["Responses"]["tweetal"])
        return answer

    store._client.batch_get_item = note
    assert Memberships(store).read_school(person, Schools(table).at(AT))
    return len(read)


# --- two processes at once


def of(person: Registration, key: str, **change: Any) -> Membership:
    (made,) = memberships_of(schools([replace(person, **change)]))
    return made._replace(school=key)


def stored(table: Table) -> dict[str, str]:
    return {sk: item.get("school", "") for sk, item in table.memberships.read(N).items() if sk != "KNOWLEDGE"}


def test_who_has_not_changed_stays_where_a_later_batch_put_them(table: Table) -> None:
    anna, bram = someone("Anna", "anna@x.example"), someone("Bram", "bram@x.example")
    later = of(bram, "dal", school="Dalcollege")
    table.memberships.keep(N, [later], "k", {bram.person_key})
    table.memberships.keep(N, [of(anna, "berg"), of(bram, "berg")], "k", {anna.person_key})
    assert stored(table) == {anna.person_key: "berg", bram.person_key: "dal"}
    table.memberships.keep(N, [of(bram, "berg")], "k", {bram.person_key})
    assert stored(table)[bram.person_key] == "berg"


def test_a_sweep_writes_nothing_over_what_came_after_its_look(table: Table) -> None:
    jan = someone()
    table.memberships.settle(N, table.memberships.read(N), [of(jan, "berg")], "old")
    looked = table.memberships.read(N)
    table.memberships.keep(N, [of(jan, "dal", school="Dalcollege")], "new", {jan.person_key})
    table.memberships.settle(N, looked, [of(jan, "zee")], "old")
    table.memberships.settle(N, looked, [of(jan, "zee")], "other")
    assert stored(table) == {jan.person_key: "dal"}
    assert table.memberships.read(N)["KNOWLEDGE"]["knowledge"] == ""
    table.memberships.add_members(N, [of(jan, "zee")])
    assert stored(table) == {jan.person_key: "dal"}


def test_a_batch_tries_again_where_another_came_first(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    jan, other = someone(), [of(someone(), "dal")]
    read: Any = table.memberships._store.get_each

    def late(*request: Any) -> Iterator[Any]:
        answer = list(read(*request))
        if other:
            table.memberships.add_members(N, [other.pop()])
        return iter(answer)

    monkeypatch.setattr(table.memberships._store, "get_each", late)
    table.memberships.keep(N, [of(jan, "berg")], "k", {jan.person_key})
    assert stored(table) == {jan.person_key: "berg"}


def test_a_retried_record_changes_nothing(kept: Table) -> None:
    registers(kept, "Anna Bram")
    sweep(AT)
    before = kept.memberships.read(N)
    assert handle(inserted(named("Anna", kept))) == []
    assert kept.memberships.read(N) == before


@pytest.mark.slow  # half a minute
@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_order_people_come_and_go_what_is_stored_is_so(kept: Table, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 no secret
    typed = [("Bergcollege", "Ede"), ("bergcolege", "Ede"), ("Berg", ""), ("Zeecollege", "Den Haag")]
    typed += [("zee college", "'s-Gravenhage"), ("Sint Jan", "Ede"), ("St. Jan", ""), ("-", "")]
    for number in range(30):
        school, place = chance.choice(typed)
        people = kept.registrations(N)
        match chance.choice(["comes", "comes", "brings", "retypes", "cancels", "ruling", "sweep"]):
            case "comes":
                new = someone(f"P{number} Bos", f"p{number}@x.example", school=school, place=place)
                assert handle(*map(inserted, kept.register([replace(new, received_at=later(number))]))) == []
            case "brings" if people:
                by = chance.choice(people)
                new = someone(f"P{number} Bos", f"p{number}@x.example", school=by.school, place=by.place)
                came = replace(new, received_at=later(number), invited_by=by.reference)
                assert handle(*map(inserted, kept.register([came]))) == []
            case "retypes" if people:
                person = chance.choice(people)
                until = EarlierTyping(person.school, person.place, person.brin, later(number))
                now = {"school": school, "place": place, "earlier_typings": (*person.earlier_typings, until)}
                assert handle(changes(kept, person, **now)) == []
            case "cancels" if people:
                person = chance.choice(people)
                assert handle(changes(kept, person, **cancelled(person))) == []
            case "ruling" if len(people) > 1:
                about, value = (alias_key(Typed(r.school, r.place)) for r in chance.sample(people, 2))
                kind = chance.choice([Kind.SAME, Kind.DIFFERENT])
                word = Decision(N, f"{kind}-{number}", kind, about, "x@x.example", "", AT, value=value)
                kept.save_decision(word)
            case _:
                sweep(later(number))
        shown(kept)
    sweep(later(30))
    assert shown(kept).keys() <= {"stored"}


def later(number: int) -> datetime:
    return AT + timedelta(minutes=number)
