"""Events of AWS with any part of them gone or of another kind: one record never takes others along."""

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any

import boto3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.delivery import handler as delivery
from functions.mail import handler as mail
from shared.aws import items
from shared.aws.table import Table
from shared.aws.wire import to_wire
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from tests.conftest import ROOT
from tests.people import AT, someone

SENDER = "aanmelden@tweetal.example"
NUMBERS = count()
OTHER_KINDS: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", "\ud800", "x" * 5000, -1, 0, 1e300, float("nan"), True, [], [[]], [None], {}, {"S": 1}]
)


def read(name: str) -> Any:
    return json.loads((ROOT / "events" / f"{name}.json").read_text())["Records"][0]


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where every part of a document is."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from paths(each, (*here, key))


def changed(document: Any, path: tuple[Any, ...], other: Any, gone: bool) -> Any:
    """Return a document with one part of it gone, or something else."""
    if not path:
        return other
    copy = deepcopy(document)
    *way, last = path
    part = copy
    for key in way:
        part = part[key]
    if gone:
        del part[last]
    else:
        part[last] = other
    return copy


def mutations(*documents: Any) -> st.SearchStrategy[Any]:
    """Return documents that are wrong in one or two places."""

    def once(document: Any) -> st.SearchStrategy[Any]:
        where = st.sampled_from(list(paths(document)))
        return st.builds(changed, st.just(document), where, OTHER_KINDS, st.booleans())

    one = st.sampled_from(documents).flatmap(once)
    return one | one.flatmap(once)


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    variables = {
        "TABLE": "tweetal",
        "SENDER": SENDER,
        "CONFIGURATION_SET": "set",
        "LINK_SECRET": "links",
    }
    for name, value in {
        **variables,
        "BASE_URL": "https://x.example",
        "METRICS_NAMESPACE": "x",
    }.items():
        monkeypatch.setenv(name, value)
    for function in (mail, delivery):
        function.services.cache_clear()
    yield table
    for function in (mail, delivery):
        function.services.cache_clear()


class Time:
    """Time enough."""

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


STREAM = [
    read(f"stream-{name}") for name in ("insert", "modify", "report-insert", "code-insert", "ttl-remove")
]


def of(person: Any, number: str) -> dict[str, Any]:
    """Return the record of a registration that was stored."""
    change = {"SequenceNumber": number, "ApproximateCreationDateTime": AT.timestamp()}
    return {"dynamodb": {**change, "NewImage": to_wire(items.from_registration(person))}}


MUTATED: st.SearchStrategy[Any] = mutations(*STREAM)


@settings(max_examples=settings().max_examples // 2)  # each takes a third of a second
@given(broken=MUTATED)
def test_a_broken_record_of_the_stream_is_reported_and_the_others_are_mailed(
    kept: Table, broken: Any
) -> None:
    people = [someone(email=f"jan@berg-{next(NUMBERS)}.example") for _ in range(2)]
    kept.register(people)
    before, after = (of(person, f"good-{n}") for n, person in enumerate(people))
    answer = mail.handler({"Records": [before, broken, after]}, Time())
    failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
    assert failed in ([], [mail._sequence_number(broken)])
    sent = {record.reference for record in kept.mails("plg-2023") if record.state is MailState.SENT}
    assert {person.reference for person in people} <= sent
    kept.delete_people("plg-2023", {}, AT)  # for else every example is slower than the one before


def test_a_record_that_cannot_be_read_is_never_passed_over(kept: Table) -> None:
    records: list[Any] = [None, [], {}, {"dynamodb": None}, {"dynamodb": {"NewImage": {}}}, "x", 7]
    for broken in records:
        failed = mail.handler({"Records": [broken]}, Time())["batchItemFailures"]
        assert failed == [{"itemIdentifier": ""}]


SES = [read(f"delivery-{name}") for name in ("send", "delivery", "bounce", "complaint")]
TOLD = [json.loads(record["Sns"]["Message"]) for record in SES]


def sns(message: Any) -> dict[str, Any]:
    return {"Sns": {"Message": json.dumps(message)}}


BROKEN: st.SearchStrategy[Any] = mutations(*SES) | mutations(*TOLD).map(sns)


@given(broken=BROKEN)
def test_a_broken_event_of_ses_is_counted_and_the_others_are_kept(kept: Table, broken: Any) -> None:
    ids = [f"PLG-{next(NUMBERS)}-confirmation-1" for _ in range(2)]
    for id_ in ids:
        kept.claim_mail(MailRecord("plg-2023", id_, "confirmation", "PLG-1", MailState.SENDING, AT, 1), AT)
    before, after = (
        sns({"eventType": "Send", "mail": {"tags": {"mail": [id_], "network": ["plg-2023"]}}}) for id_ in ids
    )
    answer = delivery.handler({"Records": [before, broken, after]}, None)
    assert answer in ({"kept": 2, "ignored": 1}, {"kept": 3, "ignored": 0})
    states = {record.id: record.state for record in kept.mails("plg-2023")}
    assert [states[id_] for id_ in ids] == [MailState.SENT] * 2
    kept.delete_people("plg-2023", {}, AT)
