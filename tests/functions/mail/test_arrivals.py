"""Who posted and was not counted yet: judged by the stream or the sweep, and mailed only then."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.check.handler import check
from functions.mail import handler as mail
from shared.aws import items
from shared.aws.data_subject import DataSubject
from shared.aws.post_counter import PostCounter
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import to_wire
from shared.domain.network.network import Network
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.knowledge import NOTHING
from tests.engines import Engine, Send
from tests.faults.answers import operation
from tests.functions.mail.test_handler import connect, handle, inserted, record, sweep
from tests.people import AT, colleagues

BUCKET = "2023-03-20T08-3f9a"
CROWD = 59  # people of that address who were counted before


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    connect(monkeypatch)
    mail.services.cache_clear()
    yield table
    mail.services.cache_clear()


def arrive(table: Table, names: str, school: str = "Bergcollege") -> list[Registration]:
    """Store one post of these people, whom nobody has counted yet."""
    first, *brought = colleagues(school, names, unjudged=BUCKET)
    return list(table.register([first, *(replace(r, invited_by=first.reference) for r in brought)]))


def records(people: Sequence[Registration]) -> list[Any]:
    """Return the records of the stream for what was stored."""
    return [inserted(replace(person, revision=1), f"{number}") for number, person in enumerate(people, 1)]


def verdicts(table: Table, people: Sequence[Registration]) -> list[Any]:
    """Return the records of the stream for what became of them."""
    before = [items.from_registration(replace(person, revision=1)) for person in people]
    after = [table.registration("plg-2023", person.person_key) for person in people]
    return [record(items.from_registration(now), was) for now, was in zip(after, before, strict=True) if now]


def states(table: Table) -> list[str]:
    return sorted(r.state.value for r in table.registrations("plg-2023"))


def kinds(table: Table) -> list[str]:
    return sorted(m.kind for m in table.mails("plg-2023"))


def test_who_is_unjudged_is_counted_before_anybody_is_mailed(kept: Table) -> None:
    people = arrive(kept, "Anna Bram")
    assert kept.registrations("plg-2023") == ()
    assert handle(*records(people)) == []
    assert (states(kept), kinds(kept)) == (["registered"] * 2, [])
    handle(*verdicts(kept, people))
    assert kinds(kept) == ["confirmation", "invited"]


def test_a_post_is_judged_whole(kept: Table) -> None:
    PostCounter(Store("tweetal")).count("plg-2023", BUCKET, AT, CROWD)
    people = arrive(kept, "Anna Bram")
    handle(*records(people))
    handle(*verdicts(kept, people))
    assert (states(kept), kinds(kept)) == (["quarantined"] * 2, [])
    (why,) = {change.reason for r in kept.registrations("plg-2023") for change in r.history}
    assert why == Reason(ReasonCode.TOO_MANY)


def test_who_is_put_aside_costs_no_reading_of_the_network(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    PostCounter(Store("tweetal")).count("plg-2023", BUCKET, AT, CROWD)
    people = arrive(kept, "Anna Bram")
    handle(*records(people))
    later, calls = verdicts(kept, people), []

    def note(send: Send, request: Any) -> Any:
        calls.append(operation(request))
        return send(request)

    Engine().around(monkeypatch, note)
    handle(*later)
    assert calls == ["GetItem"]  # which process handles the stream


def test_who_was_erased_before_the_verdict_stays_so(kept: Table) -> None:
    PostCounter(Store("tweetal")).count("plg-2023", BUCKET, AT, CROWD)
    arrive(kept, "Anna Bram")
    DataSubject(Store("tweetal"), colleagues("Bergcollege", "Anna")[0].email).erase(AT)
    sweep(AT + timedelta(minutes=15))
    by_name = {r.name: r for r in kept.registrations("plg-2023")}
    assert (by_name["(gewist)"].state, by_name["(gewist)"].email) == (State.CANCELLED, "")
    assert (by_name["Bram"].state, kinds(kept)) == (State.QUARANTINED, [])


def test_a_record_that_comes_again_counts_nobody_again(kept: Table) -> None:
    people = arrive(kept, "Anna")
    for _ in range(70):
        assert handle(*records(people)) == []
    (other,) = arrive(kept, "Carla", "Dalcollege")
    handle(*records([other]))
    assert states(kept) == ["registered"] * 2


def test_the_sweep_judges_and_mails_whom_the_stream_missed(kept: Table) -> None:
    arrive(kept, "Anna Bram")
    sweep(AT + timedelta(minutes=15))
    assert (states(kept), kinds(kept)) == (["registered"] * 2, ["confirmation", "invited"])


def test_what_is_unjudged_is_in_nobody_elses_mail(kept: Table) -> None:
    (anna,) = kept.register(colleagues("Bergcollege", "Anna"))
    arrive(kept, "Bram")
    handle(inserted(anna))
    (told,) = kept.mails("plg-2023")
    assert (told.kind, told.missing) == ("confirmation", 1)


def test_who_was_erased_before_the_verdict_is_not_stored_again(kept: Table) -> None:
    people = arrive(kept, "Anna Bram")
    gone = {"pk": "REGISTRATION#plg-2023", "sk": people[1].person_key}
    kept._store._client.delete_item(TableName="tweetal", Key=to_wire(gone))
    assert handle(*records(people)) == []
    assert [r.name for r in kept.registrations("plg-2023")] == ["Anna"]


def test_a_record_that_cannot_be_read_fails_alone(kept: Table) -> None:
    people = arrive(kept, "Anna")
    poison = {"dynamodb": {"SequenceNumber": "9", "NewImage": {"pk": {"S": "REGISTRATION#plg-2023"}}}}
    assert handle(poison, *records(people)) == ["9"]
    assert states(kept) == ["registered"]


@pytest.mark.parametrize(("hours", "state"), [(2, State.REGISTERED), (0, State.HELD)])
def test_nothing_is_decided_while_somebody_waits_an_hour_for_a_verdict(
    table: Table, plg: Network, hours: int, state: State
) -> None:
    closed = plg.closes_at + timedelta(hours=7)
    table.register(colleagues("Bergcollege", "Anna"))
    (bram,) = colleagues("Bergcollege", "Bram", unjudged=BUCKET)
    table.register([replace(bram, received_at=closed - timedelta(hours=hours))])
    check(table, plg, closed, NOTHING)
    assert [r.state for r in table.registrations("plg-2023")] == [state]
