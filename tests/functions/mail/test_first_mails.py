"""First mails: twenty at once for each place, the rest within the hour, and none while many bounce."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from functions.delivery import handler as delivery
from functions.mail import handler as mail
from shared.aws import items
from shared.aws.table import Table
from shared.domain.actions.registrant import request_links
from shared.domain.network.network import Network
from shared.domain.outbox import FROM_ONE_PLACE, MANY_BOUNCE, MailState
from shared.domain.registration.registration import Registration, State
from tests.functions.mail.test_handler import connect, handle, inserted, offered, record, sweep
from tests.people import AT, someone

PLACE = "2023-03-20-3f9a"
QUARTER = timedelta(minutes=15)
SENT, PENDING = MailState.SENT, MailState.PENDING


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    connect(monkeypatch)
    mail.services.cache_clear()
    delivery.services.cache_clear()
    yield table
    mail.services.cache_clear()
    delivery.services.cache_clear()


def crowd(table: Table, number: int, place: str = PLACE, domain: str = "x{}.example") -> list[Registration]:
    """Store people whom one place brought, and let the stream tell it."""
    people = [
        someone(f"P {i}", f"p{i}@{domain.format(i)}", school=f"School {i}", posted_from=place)
        for i in range(number)
    ]
    stored = [person for one in people for person in table.register([one])]
    assert handle(*(inserted(person, f"{i}") for i, person in enumerate(stored))) == []
    return stored


def tell(kind: str, tags: dict[str, Any], to: str = "jan@x.example", **more: Any) -> None:
    """Play what SES tells of a mail with these tags."""
    about = {"tags": {name: [value] for name, value in tags.items()}, "destination": [to]}
    event = {"eventType": kind, "mail": about, **more}
    delivery.handler({"Records": [{"Sns": {"Message": json.dumps(event)}}]}, None)


def bounce(tags: dict[str, Any], subtype: str = "General") -> None:
    at = items.stamp(AT)
    tell("Bounce", tags, bounce={"bounceType": "Permanent", "bounceSubType": subtype, "timestamp": at})


def waiting(table: Table) -> list[str]:
    return [m.reason for m in table.mails("plg-2023") if m.state is PENDING]


def counted() -> list[dict[str, Any]]:
    answer = boto3.client("dynamodb").query(
        TableName="tweetal",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "FIRST"}},
    )
    return answer["Items"]


@pytest.mark.parametrize("place", ["one client", "one school"])
def test_of_one_place_twenty_go_at_once_and_the_rest_within_the_hour(kept: Table, place: str) -> None:
    tags = offered()
    if place == "one client":
        crowd(kept, 23)
    else:
        crowd(kept, 23, place="", domain="berg.example")
    assert (len(tags), waiting(kept)) == (20, [FROM_ONE_PLACE] * 3)
    for quarter in range(1, 5):
        sweep(AT + quarter * QUARTER)
    assert (len(tags), waiting(kept)) == (23, [])


def test_people_of_several_places_wait_for_nobody(kept: Table) -> None:
    tags = offered()
    crowd(kept, 22, place="")
    assert len(tags) == 22


def test_new_people_wait_while_many_bounce_and_decisions_go(
    kept: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    tags = offered()
    people = crowd(kept, 23)
    for each in list(tags):
        bounce(each)
    sweep(AT + 4 * QUARTER)
    assert waiting(kept) == [MANY_BOUNCE] * 3
    sweep(AT + 5 * QUARTER)
    assert '"FirstMailsHeldBack":3' in capsys.readouterr().out.replace(" ", "").replace("[", "").replace(
        "]", ""
    )
    assert len(tags) == 20
    (stored,) = (r for r in kept.registrations("plg-2023") if r.person_key == people[-1].person_key)
    admitted = stored.become(State.ADMITTED, AT + timedelta(hours=2), "els@leren.example", "")
    assert kept.save(admitted)
    handle(record(items.from_registration(admitted), items.from_registration(stored)))
    assert tags[-1]["kind"] == "admitted"
    assert "first" not in tags[-1]


def test_it_ends_by_itself_and_nobody_is_forgotten(kept: Table) -> None:
    tags = offered()
    crowd(kept, 23)
    for each in list(tags):
        bounce(each)
    sweep(AT + 4 * QUARTER)
    sweep(AT + timedelta(hours=23))
    assert len(tags) == 20
    sweep(AT + timedelta(hours=25))
    assert (len(tags), waiting(kept)) == (23, [])


def test_only_the_place_that_bounces_waits(kept: Table) -> None:
    tags = offered()
    crowd(kept, 12)
    for each in list(tags):
        bounce(each)
    jan = kept.register([someone("Jan Smit", "jan@dal.example", posted_from="2023-03-20-0000")])
    more = kept.register([someone("Piet Smit", "piet@bos.example", posted_from=PLACE)])
    assert handle(inserted(jan[0], "1"), inserted(more[0], "2")) == []
    assert [each["mail"] for each in tags[12:]] == [f"{jan[0].reference}-confirmation-1"]


def test_a_bounce_is_counted_once_however_often_it_is_told(kept: Table) -> None:
    tags = offered()
    crowd(kept, 2)
    for _ in range(3):
        bounce(tags[0])
    bounce(tags[1], "OnAccountSuppressionList")  # SES never sent this one, and does not count it
    (hour,) = counted()
    assert (hour["sent"], len(hour["bounced"]["SS"])) == ({"N": "2"}, 1)


def test_a_mail_where_one_arrived_before_is_no_first_mail(kept: Table) -> None:
    tags = offered()
    (jan,) = crowd(kept, 1)
    tell("Delivery", tags[0], jan.email)
    again = request_links(replace(jan, revision=1), AT + QUARTER, by_owner=False)
    assert kept.save(again)
    handle(record(items.from_registration(again), items.from_registration(jan)))
    assert [("first" in each, each["kind"]) for each in tags] == [(True, "confirmation"), (False, "links")]
    assert counted()[0]["sent"] == {"N": "1"}


def test_where_a_network_mails_much_the_suspicious_wait_first(kept: Table) -> None:
    few = kept.networks()["plg-2023"] + "\n[abuse]\nmails_an_hour = 12\n"
    kept.apply_network(few, "x", AT)
    mail.services.cache_clear()
    tags = offered()
    crowd(kept, 8)
    assert (len(tags), waiting(kept)) == (6, [FROM_ONE_PLACE] * 2)
    jan = kept.register([someone("Jan Smit", "jan@dal.example", posted_from="2023-03-20-0000")])
    handle(inserted(jan[0]))
    assert (len(tags), len(waiting(kept))) == (7, 2)
    sweep(AT + timedelta(hours=1))
    assert (len(tags), waiting(kept)) == (9, [])


def test_the_counts_cost_a_new_person_one_query_for_a_batch_and_no_more(kept: Table) -> None:
    calls: Counter[str] = Counter()
    (jan,) = kept.register([someone(posted_from=PLACE)])
    events = mail.services().limits._store._client.meta.events  # the seam that botocore offers
    events.register("before-call.dynamodb", lambda model, **_: calls.update([model.name]))
    handle(inserted(jan))
    # Who handles the stream, and the claim; the first again, the register, the ledger twice, and Jan anew;
    # the ledger, the hour and the outcome. The second item that is put is of which school Jan is.
    assert (calls["PutItem"], calls["GetItem"], calls["UpdateItem"]) == (2, 5, 4)
