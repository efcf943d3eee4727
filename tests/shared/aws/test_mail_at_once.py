"""Two of the same function at one moment, on an engine that judges writes one by one: each mail goes once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.check.handler import check
from functions.mail import handler as mail
from functions.mail.copies import Copies
from shared.access.links import Links
from shared.access.sign_ins import SignIns
from shared.aws import items
from shared.aws.mail_limits import MailLimits
from shared.aws.networks import Networks
from shared.aws.quiet_networks import QuietNetworks
from shared.aws.refusal_counts import RefusalCounts
from shared.aws.schools import Schools
from shared.aws.ses import SesMailer
from shared.aws.store import Store
from shared.aws.stream_reader import StreamReader
from shared.aws.table import Table
from shared.aws.wire import to_wire
from shared.domain.actions.registrant import cancelled
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.schools.knowledge import NOTHING
from tests.at_once import at_once
from tests.engines import SERVERS
from tests.people import AT, colleagues, someone

pytestmark = pytest.mark.parametrize("engine", SERVERS, indirect=True)

SENDER = "aanmelden@tweetal.example"
N = "plg-2023"
DAY = datetime(2023, 3, 31, 5, tzinfo=UTC)  # fourteen days before the deadline
OFTEN = 6


@pytest.fixture
def sent(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The mail function as it is after its cold start; what SES was offered, by the ids of the mails."""
    offered: list[str] = []

    def note(params: Any, **_: Any) -> None:
        offered.append(next(tag["Value"] for tag in params["EmailTags"] if tag["Name"] == "mail"))

    with mock_aws():  # plays SES; the table has an address of its own
        boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
        mailer = SesMailer(SENDER, "set")
        mailer._client.meta.events.register("provide-client-params.sesv2.SendEmail", note)
        store, links = Store("tweetal"), Links(["key"], "https://tweetal.example")
        schools = Schools(table)
        others = MailLimits(store), Networks(table), mailer, links, schools
        copies = Copies(table, schools, StreamReader(store, "this"))
        services = mail.Services(
            table, SignIns(store), *others, RefusalCounts(store), copies, QuietNetworks(store), "tweetal"
        )
        monkeypatch.setattr(mail, "services", lambda: services)
        yield offered


class Time:
    """There is enough of it."""

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


def record(after: dict[str, Any], before: dict[str, Any] | None = None) -> Any:
    images = {"NewImage": after, "OldImage": before}
    wired = {name: to_wire(image) for name, image in images.items() if image}
    return {"dynamodb": {"SequenceNumber": "1", "ApproximateCreationDateTime": AT.timestamp(), **wired}}


def handle(*records: Any) -> None:
    """Run the mail function for records of the stream."""
    answer = mail.handler({"Records": list(records)}, Time())
    assert answer == {"batchItemFailures": []}


def swept(at: datetime) -> None:
    mail.handler({"time": at.isoformat()}, Time())


def came(person: Registration) -> Any:
    return record(items.from_registration(person))


def leaves(table: Table, person: Registration) -> Any:
    """Have somebody leave, and return what the stream tells of it."""
    gone = cancelled(person, AT)
    assert table.save(gone)
    return record(items.from_registration(gone), items.from_registration(person))


def test_one_record_that_comes_to_many_at_once_is_mailed_about_once(table: Table, sent: list[str]) -> None:
    (jan,) = table.register([someone()])
    at_once(*[partial(handle, came(jan))] * OFTEN)
    assert sent == [f"{jan.reference}-confirmation-1"]


def test_a_record_and_a_sweep_at_once_mail_once(table: Table, sent: list[str]) -> None:
    people = table.register(colleagues("Bergcollege", "Anna Bram"))
    at_once(
        *(partial(handle, came(person)) for person in people),
        *[partial(swept, AT + timedelta(minutes=15))] * 3,
    )
    assert sorted(sent) == sorted(f"{person.reference}-confirmation-1" for person in people)


def test_many_checks_at_once_remind_and_report_once(table: Table, sent: list[str], plg: Network) -> None:
    (jan,) = table.register([someone()])
    handle(came(jan))
    at_once(*[partial(check, table, plg, DAY, NOTHING)] * 4)
    assert [report.day for report in table.reports(N)] == ["2023-03-31"]
    at_once(*[partial(swept, DAY)] * 4)
    names = [
        f"{jan.reference}-confirmation-1",
        f"{jan.reference}-reminder-20230414-14",
        "report-2023-03-31-1",
    ]
    assert sorted(sent) == sorted(names)


def test_who_is_left_when_two_of_three_leave_at_once_is_told_once(table: Table, sent: list[str]) -> None:
    for person in table.register(colleagues("Bergcollege", "Anna Bram Carla")):
        handle(came(person))
    sent.clear()
    anna, bram, carla = sorted(table.registrations(N), key=lambda r: r.name)
    gone = at_once(partial(leaves, table, anna), partial(leaves, table, bram))
    at_once(*[partial(handle, one) for one in gone for _ in range(3)])
    swept(AT + timedelta(minutes=15))
    names = {person.name: person.reference for person in (anna, bram, carla)}
    assert sorted(sent) == sorted(
        [f"{names['Anna']}-cancelled-2", f"{names['Bram']}-cancelled-2", f"{names['Carla']}-changed-2"]
    )
