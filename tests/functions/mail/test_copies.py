"""What the mail function remembers of a network between batches is true, and saves it reading the network."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.mail import handler as mail
from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.school import schools
from tests.engines import Engine, Send
from tests.faults.answers import operation
from tests.functions.mail.test_handler import connect, handle, inserted, record, sweep
from tests.people import AT, colleagues

N = "plg-2023"
Call = tuple[str, str]


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    connect(monkeypatch)
    mail.services.cache_clear()
    yield table
    mail.services.cache_clear()


@pytest.fixture
def calls(kept: Table, monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What is called from now on: each operation, with the partition."""
    noted: list[Call] = []

    def note(send: Send, request: Any) -> Any:
        text = (request.body or b"").decode()
        noted.append((operation(request), next((pk for pk in _PARTITIONS if pk in text), "")))
        return send(request)

    Engine().around(monkeypatch, note)
    return noted


_PARTITIONS = ("STREAM", "REGISTRATION#", "MAIL#", "WORDS", "NETWORKS", "ADDRESS#", "COUNTS#", "REGISTER")


def registers(table: Table, names: str, school: str = "Bergcollege", **other: Any) -> list[str]:
    """Have people register, and the function hear of it."""
    people = table.register(colleagues(school, names, **other))
    return handle(*(inserted(person, f"{n}") for n, person in enumerate(people)))


def changes(table: Table, person: Registration, **to: Any) -> Any:
    """Change somebody, and return the record of it, of which nobody has heard yet."""
    before = table.registration(N, person.person_key)
    assert before
    assert table.save(replace(before, **to))
    after = table.registration(N, person.person_key)
    assert after
    return record(items.from_registration(after), items.from_registration(before))


def cancelled(person: Registration) -> dict[str, Any]:
    history = (*person.history, Change(AT, State.CANCELLED, "person"))
    return {"state": State.CANCELLED, "history": history}


def missing(table: Table) -> dict[str, int]:
    """Return how many people the school of each mail lacked, by the name in it."""
    names = {r.reference: r.name for r in table.registrations(N)}
    return {f"{names[m.reference]} {m.kind}": m.missing for m in table.mails(N)}


def is_true(table: Table, network: Network) -> bool:
    """Say whether the function would now tell what is so."""
    known = mail.services().copies.copy(network, AT).schools
    stored = schools(table.registrations(N))
    return {r.person_key: school for school in stored for r in school.registrations} == dict(known)


def test_a_mail_costs_the_same_reads_in_a_large_network_as_in_a_small_one(
    kept: Table, calls: list[Call]
) -> None:
    costs = []
    for number, crowd in enumerate((2, 40)):
        for each in range(crowd):
            kept.register(colleagues(f"Dal{number}x{each}college", f"Kim{number}x{each}"))
        mail.services().copies._copies.clear()
        registers(kept, f"Anna{number}", f"Zee{number}college")
        calls.clear()
        registers(kept, f"Bram{number}", f"Zee{number}college")
        costs.append(calls[1:])  # without that of registering
    assert costs[0] == costs[1]
    assert ("GetItem", "STREAM") in costs[1]
    assert ("Query", "REGISTRATION#") not in costs[1]


def test_a_new_person_is_read_only_after_the_verdict_on_them(
    kept: Table, plg: Network, calls: list[Call]
) -> None:
    registers(kept, "Anna")
    calls.clear()
    registers(kept, "Bram", unjudged="2023-03-20T09-0000")
    assert ("BatchGetItem", "REGISTRATION#") not in calls
    (bram,) = (person for person in kept.registrations(N) if person.name.startswith("Bram"))
    before, after = (
        items.from_registration(each) for each in (replace(bram, unjudged="2023-03-20T09-0000"), bram)
    )
    assert handle(record(after, before)) == []
    assert ("BatchGetItem", "REGISTRATION#") in calls
    assert is_true(kept, plg)


def test_two_processes_that_take_turns_each_know_what_the_other_heard(kept: Table, plg: Network) -> None:
    with pytest.MonkeyPatch.context() as patch:
        one = mail.services()
        mail.services.cache_clear()
        other = mail.services()
        for services, name in ((one, "Anna"), (other, "Bram"), (one, "Cas"), (one, "Dirk"), (other, "Eva")):
            patch.setattr(mail, "services", lambda services=services: services)
            assert registers(kept, name) == []
            assert is_true(kept, plg)
    assert missing(kept)["Anna confirmation"] == 1
    assert missing(kept)["Bram confirmation"] == 0


def test_after_a_batch_that_another_process_began_everything_is_read_again(kept: Table, plg: Network) -> None:
    registers(kept, "Anna Bram")
    anna = kept.registrations(N)[0]
    lost = changes(kept, anna, **cancelled(anna))
    registers(kept, "Cas", "Zeecollege")
    assert not is_true(kept, plg)  # for nobody has heard of it
    Store("tweetal").put({"pk": keys.STREAM, "sk": keys.STREAM, "reader": "another"})
    registers(kept, "Dirk", "Zeecollege")
    assert is_true(kept, plg)
    assert handle(lost) == []


def test_whom_a_record_is_about_is_read_as_they_are_now_and_an_older_record_changes_nothing(
    kept: Table, plg: Network
) -> None:
    registers(kept, "Anna Bram")
    anna = kept.registrations(N)[0]
    first = changes(kept, anna, phone="030 1")
    second = changes(kept, anna, **cancelled(anna))
    for each in (second, first):
        assert handle(each) == []
        assert is_true(kept, plg)


def test_who_is_deleted_is_forgotten(kept: Table, plg: Network) -> None:
    registers(kept, "Anna Bram")
    anna = kept.registrations(N)[0]
    Store("tweetal").delete(keys.registrations_of(N), anna.person_key)
    assert handle(record(None, items.from_registration(anna))) == []
    assert is_true(kept, plg)
    left = mail.services().copies.copy(plg, AT).registrations
    assert {r.name for r in left} == {"Anna", "Bram"} - {anna.name}


def test_a_crowd_is_told_of_whoever_waits_behind_it(kept: Table, plg: Network) -> None:
    registers(kept, "Anna")
    kept.register(colleagues("Bergcollege", "Bram"))  # in the next batch
    assert registers(kept, " ".join(f"Naam{number}" for number in range(25)), "Zeecollege") == []
    assert is_true(kept, plg)


def test_after_an_hour_everything_is_read_again(kept: Table, plg: Network) -> None:
    registers(kept, "Anna Bram")
    changes(kept, kept.registrations(N)[0], phone="030 1")  # its record is lost
    registers(kept, "Cas")
    assert not is_true(kept, plg)
    (dirk,) = kept.register(colleagues("Zeecollege", "Dirk"))
    late = inserted(dirk)
    late["dynamodb"]["ApproximateCreationDateTime"] += timedelta(hours=1).total_seconds()
    assert handle(late) == []
    assert is_true(kept, plg)


def test_the_sweep_depends_on_nothing_that_the_stream_may_have_lost(kept: Table) -> None:
    registers(kept, "Anna")
    kept.register(colleagues("Bergcollege", "Bram"))  # its record is lost
    sweep(AT)
    assert missing(kept) == {"Anna confirmation": 1, "Anna complete": 0, "Bram confirmation": 0}


@pytest.mark.parametrize("what", ["GetItem", "BatchGetItem"])
def test_a_batch_of_which_we_cannot_say_that_it_began_comes_again(
    kept: Table, plg: Network, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    registers(kept, "Anna")
    failing = [what]

    def fail(send: Send, request: Any) -> Any:
        if operation(request) in failing:
            raise ConnectionError
        return send(request)

    with monkeypatch.context() as patch:
        Engine().around(patch, fail)
        assert registers(kept, "Bram Cas") == ["0", "1"]
    assert set(missing(kept)) == {"Anna confirmation"}
    for person in kept.registrations(N):
        assert handle(inserted(person)) == []
    assert is_true(kept, plg)
    assert len(missing(kept)) == 4


def test_keys_that_are_left_out_of_an_answer_are_read_again(kept: Table) -> None:
    people = kept.register(colleagues("Bergcollege", "Anna Bram Cas"))
    store, answers = Store("tweetal"), [2, 1, 3]
    whole: Callable[..., Any] = store._client.batch_get_item

    def some(RequestItems: Any) -> Any:  # noqa: N803 as botocore has it
        wanted = RequestItems["tweetal"]
        number = answers.pop(0)
        now, later = wanted["Keys"][:number], wanted["Keys"][number:]
        answer = whole(RequestItems={"tweetal": {**wanted, "Keys": now}})
        left = {"tweetal": {**wanted, "Keys": later}} if later else {}
        return json.loads(json.dumps({"Responses": answer["Responses"], "UnprocessedKeys": left}))

    store._client.batch_get_item = some
    keys_of = sorted(person.person_key for person in people)
    assert sorted(item["sk"] for item in store.get_each(keys.registrations_of(N), keys_of)) == keys_of
