import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from typing import Any

import boto3
import pytest

from functions.delivery import handler as delivery
from shared.aws.mail_limits import MailLimits
from shared.aws.ses_tags import ids_in, tags_of
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.outbox import MailRecord, MailState
from shared.log import FailedError
from tests.people import AT

RECORD = MailRecord("plg-2023", "PLG-1-confirmation-1", "confirmation", "PLG-1", MailState.SENDING, AT, 1)


@pytest.fixture
def kept(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("METRICS_NAMESPACE", "tweetal")
    delivery.services.cache_clear()
    table.claim_mail(RECORD, AT)
    yield table
    delivery.services.cache_clear()


def happens(kind: str, mail: str = RECORD.id, **more: Any) -> dict[str, Any]:
    event = {"eventType": kind, "mail": {"tags": {"mail": [mail], "network": ["plg-2023"]}}, **more}
    return delivery.handler({"Records": [{"Sns": {"Message": json.dumps(event)}}]}, None)


def state(table: Table) -> tuple[MailState, str]:
    (record,) = table.mails("plg-2023")
    return record.state, record.reason


@pytest.mark.parametrize(("timestamp", "kept_at"), [(AT.isoformat(), AT), ("gisteren", None), (None, None)])
def test_a_bounce_is_kept_with_its_instant_if_ses_says_so(
    kept: Table, timestamp: str | None, kept_at: datetime | None
) -> None:
    happens("Bounce", bounce={"bounceType": "Permanent", "timestamp": timestamp})
    (record,) = kept.mails("plg-2023")
    assert (record.state, record.bounced_at) == (MailState.BOUNCED, kept_at)


def test_a_bounce_is_kept_with_sess_own_reason(kept: Table) -> None:
    happens("Bounce", bounce={"bounceType": "Permanent", "bounceSubType": "General"})
    assert state(kept) == (MailState.BOUNCED, "Permanent/General")


def test_a_complaint_is_kept_after_delivery(kept: Table) -> None:
    happens("Delivery")
    whom = [{"emailAddress": "jan@berg.example"}]
    happens("Complaint", complaint={"complaintFeedbackType": "abuse", "complainedRecipients": whom})
    assert state(kept) == (MailState.COMPLAINED, "abuse")
    assert MailLimits(Store("tweetal")).ledger("Jan@berg.example").complained


@pytest.mark.parametrize(("mail", "count"), [("report-2023-03-20-1", 1), ("code-00aa-1", 1), (RECORD.id, 0)])
def test_the_operator_hears_at_once_that_an_organiser_cannot_be_reached(
    kept: Table, capsys: pytest.CaptureFixture[str], mail: str, count: int
) -> None:
    kept.claim_mail(replace(RECORD, id=mail), AT)
    happens("Bounce", mail, bounce={"bounceType": "Permanent"})
    assert capsys.readouterr().out.count('"OrganiserUnreachable":[') == count


@pytest.mark.parametrize("order", list(permutations(["Send", "Delivery", "Bounce"])))
def test_events_in_any_order_and_twice_end_the_same(kept: Table, order: tuple[str, ...]) -> None:
    for kind in (*order, *order):
        happens(kind)
    assert state(kept)[0] is MailState.BOUNCED


def test_the_send_event_settles_a_mail_whose_answer_was_lost(kept: Table) -> None:
    assert happens("Send") == {"kept": 1, "ignored": 0}
    assert state(kept)[0] is MailState.SENT


def test_a_robots_answer_is_no_bounce_where_the_mail_arrived(kept: Table) -> None:
    out_of_office = {"bounceType": "Transient", "bounceSubType": "General"}
    happens("Bounce", bounce=out_of_office)
    assert state(kept) == (MailState.SOFT_BOUNCED, "Transient/General")
    happens("Delivery")
    happens("Bounce", bounce=out_of_office)
    assert state(kept)[0] is MailState.DELIVERED


def test_a_delay_settles_that_ses_has_the_mail(kept: Table) -> None:
    happens("DeliveryDelay", deliveryDelay={"delayType": "MailboxFull"})
    happens("Send")
    assert state(kept) == (MailState.DELAYED, "MailboxFull")


@pytest.mark.parametrize("kind", ["Open", "Subscription"])
def test_events_that_settle_nothing_are_ignored(kept: Table, kind: str) -> None:
    assert happens(kind) == {"kept": 0, "ignored": 1}


def test_an_event_about_a_mail_that_is_not_ours_is_ignored(kept: Table) -> None:
    assert happens("Bounce", mail="unknown") == {"kept": 0, "ignored": 1}
    foreign = json.dumps({"eventType": "Bounce", "mail": {"tags": {}}})
    assert delivery.handler({"Records": [{"Sns": {"Message": foreign}}]}, None)["ignored"] == 1
    assert kept.mails("plg-2023") == (RECORD,)


def test_what_ses_tells_of_a_mail_of_a_later_release_fails_and_so_is_kept_for_that_release(
    kept: Table,
) -> None:
    boto3.client("dynamodb").update_item(
        TableName="tweetal",
        Key={"pk": {"S": "MAIL#plg-2023"}, "sk": {"S": RECORD.id}},
        UpdateExpression="SET v = :later",
        ExpressionAttributeValues={":later": {"N": "99"}},
    )
    with pytest.raises(FailedError, match="UnknownVersionError"):
        happens("Delivery")


def test_what_became_of_a_mail_to_several_people_is_kept_of_each_of_them(kept: Table) -> None:
    others = [f"PLG-{number}-confirmation-1" for number in range(2, 10)]
    for other in others:
        kept.claim_mail(replace(RECORD, id=other), AT)
    tags = {"network": ["plg-2023"], "mail": [RECORD.id]}
    tags |= {name: [value] for name, value in tags_of(others).items()}
    event = json.dumps({"eventType": "Delivery", "mail": {"tags": tags}})
    assert delivery.handler({"Records": [{"Sns": {"Message": event}}]}, None) == {"kept": 1, "ignored": 0}
    assert [mail.state for mail in kept.mails("plg-2023")] == [MailState.DELIVERED] * 9


def test_the_tags_of_fifty_people_are_as_short_as_ses_wants_them() -> None:
    ids = [f"NETWERK8-{number:08}-confirmation-{number}" for number in range(50)]
    tags = tags_of(ids)
    assert max(map(len, tags.values())) <= 256
    assert ids_in({"mail": ["first"], **{name: [value] for name, value in tags.items()}}) == ["first", *ids]
