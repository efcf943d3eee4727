"""The mail function against moto: each of SES's answers, and records that come twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from functions.mail import handler as mail
from shared.aws import items
from shared.aws.store import to_wire
from shared.aws.table import Table
from shared.domain.network import Network
from shared.domain.outbox import MailState
from shared.domain.registration import Registration, State
from tests.people import AT, someone

SENDER = "aanmelden@tweetal.example"
JAN = someone()


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString='["old", "new"]')
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    settings = {"TABLE": "tweetal", "SENDER": SENDER, "CONFIGURATION_SET": "set", "LINK_SECRET": "links"}
    for name, value in {**settings, "BASE_URL": "https://tweetal.example"}.items():
        monkeypatch.setenv(name, value)
    mail.services.cache_clear()
    table.register([JAN])
    yield table
    mail.services.cache_clear()


def record(after: dict[str, Any] | None, before: dict[str, Any] | None = None, number: str = "1") -> Any:
    images = {"NewImage": after, "OldImage": before}
    wired = {name: to_wire(image) for name, image in images.items() if image}
    return {"dynamodb": {"SequenceNumber": number, "ApproximateCreationDateTime": AT.timestamp(), **wired}}


def inserted(registration: Registration, number: str = "1") -> Any:
    return record(items.from_registration(registration), number=number)


def handle(*records: Any) -> list[str]:
    return [f["itemIdentifier"] for f in mail.handler({"Records": list(records)}, None)["batchItemFailures"]]


def states(table: Table) -> list[tuple[str, MailState, str]]:
    return [(m.kind, m.state, m.reason) for m in table.mails("plg-2023")]


def fails_with(error: Exception) -> None:
    """Let SES fail from now on, at the point where an answer would come back."""

    def fail(**_: Any) -> None:
        raise error

    events = mail.services().post._client.meta.events  # the seam that botocore offers
    events.register_first("before-send.sesv2.SendEmail", fail)


def ses_says(code: str, status: int) -> ClientError:
    answer: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendEmail")


def test_a_record_that_comes_twice_sends_one_mail(kept: Table) -> None:
    assert handle(inserted(JAN)) == handle(inserted(JAN), inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_a_mail_that_ses_refuses_for_good_has_failed_and_is_not_offered_again(kept: Table) -> None:
    fails_with(ses_says("MessageRejected", 400))
    assert handle(inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.FAILED, "MessageRejected")]


@pytest.mark.parametrize(
    "error",
    [ses_says("TooManyRequestsException", 429), ConnectTimeoutError(endpoint_url="https://ses.example")],
)
def test_a_mail_that_ses_surely_did_not_take_is_offered_again(kept: Table, error: Exception) -> None:
    fails_with(error)
    assert handle(inserted(JAN, "7")) == ["7"]
    assert states(kept) == []


@pytest.mark.parametrize(
    "error",
    [ses_says("InternalServiceErrorException", 500), ReadTimeoutError(endpoint_url="https://ses.example")],
)
def test_a_mail_whose_answer_was_lost_is_not_sent_a_second_time(kept: Table, error: Exception) -> None:
    fails_with(error)
    assert handle(inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.SENDING, "")]
    assert handle(inserted(JAN)) == []


def test_a_poison_record_holds_up_no_other(kept: Table) -> None:
    poison = record({**items.from_registration(JAN), "v": 99}, number="1")
    unknown = record({**items.from_registration(replace(JAN, network="nergens"))}, number="2")
    assert handle(poison, unknown, inserted(JAN, "3")) == ["1", "2"]
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_what_ttl_or_retention_deletes_sends_nothing(kept: Table) -> None:
    assert handle(record(None, items.from_registration(JAN))) == []
    assert states(kept) == []


def test_a_change_that_another_overtook_is_left_to_the_other(kept: Table) -> None:
    now = kept.registration("plg-2023", JAN.person)
    assert now is not None
    kept.save(now.become(State.CANCELLED, AT, "person", ""))
    assert handle(inserted(JAN)) == []
    assert states(kept) == []


def test_a_report_goes_to_each_of_its_readers_once(kept: Table, plg: Network) -> None:
    two = kept.networks()["plg-2023"].replace(
        'report_to = ["info@voortgezetleren.nl"]', 'report_to = ["a@x.example", "b@x.example"]'
    )
    kept.apply_network(two, "x", AT)
    asked = {"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)}
    for _ in range(2):
        assert handle(record(asked)) == []
    assert [m.id for m in kept.mails("plg-2023")] == ["report-2023-03-21-1", "report-2023-03-21-2"]
    assert handle(record(asked, asked)) == []


def test_who_comes_when_the_room_is_full_hears_so(kept: Table, plg: Network) -> None:
    small = kept.networks()["plg-2023"].replace('late = "keep"', 'late = "keep"\nmax_participants = 2')
    kept.apply_network(small, "x", AT)
    mail.services.cache_clear()
    post = mail.services().post
    seen: list[str] = []
    events = post._client.meta.events
    events.register("provide-client-params.sesv2.SendEmail", lambda params, **_: seen.append(_text(params)))
    late = someone("Petra Bos", "petra@dal.example", school="Dalcollege", at=AT + timedelta(minutes=1))
    kept.register([late])
    assert handle(inserted(JAN, "1"), inserted(late, "2")) == []
    assert ["wachtlijst" in text for text in seen] == [False, True]


def _text(params: Any) -> str:
    text: str = params["Content"]["Simple"]["Body"]["Text"]["Data"]
    return text
