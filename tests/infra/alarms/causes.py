"""What raises each alarm: first what must wake nobody yet, then, after the `yield`, the cause itself."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import boto3

from cli.probe_network import PROBE_NETWORK
from shared.domain.registration.registration import Registration
from tests.engines import Around
from tests.faults.answers import hangs, says
from tests.faults.people import People
from tests.faults.settle import QUARTER
from tests.infra.alarms.watched import WatchedWorld
from tests.people import someone

Cause = Callable[[People], Iterator[None]]
CAUSES: dict[str, Cause] = {}
_HOUR = timedelta(hours=1)
_SENDS, _WRITES = ("SendEmail",), ("PutItem", "UpdateItem", "TransactWriteItems")


def raises(alarm: str) -> Callable[[Cause], Cause]:
    """Say which alarm a cause raises."""

    def keep(cause: Cause) -> Cause:
        CAUSES[alarm] = cause
        return cause

    return keep


def fails(people: People, fault: Around, operations: tuple[str, ...]) -> None:
    """Have AWS fail at these operations from now on."""
    people.world.always.append(lambda site: fault if site.operation in operations else None)


def stores(people: People, person: Registration) -> None:
    """Store somebody as the function that takes posts does."""
    with people.world.running("submit"):
        people.world.table.register([person])


def waits(people: People, quarters: int) -> None:
    """Let quarters pass, each with its sweep."""
    for _ in range(quarters):
        people.world.now += QUARTER
        people.sweeps()


@raises("UnhandledAlarm")
def what_ses_tells_cannot_be_stored(people: People) -> Iterator[None]:
    people.registers("Anna Bos")
    mail = people.world.mailbox.sent[-1].id
    yield
    fails(people, says("InternalServerError", 500), _WRITES)
    people.world.publish_ses_event(mail, "bounce")


@raises("ErrorsAlarm")
def the_check_crashes_once(people: People) -> Iterator[None]:
    people.world.now = datetime.fromisoformat("2023-03-21T07:00:00+01:00")
    people.checks()
    people.registers("Anna Bos")
    yield
    people.world.now += timedelta(days=1)
    fails(people, hangs, ("Query",))
    people.checks()


@raises("ApiFailingAlarm")
def the_table_takes_no_registration(people: People) -> Iterator[None]:
    people.registers("Anna Bos", emailadres="anna@berg")  # a page says what is wrong with that
    yield
    fails(people, says("ThrottlingException"), _WRITES)
    assert not people.registers("Anna Bos")


@raises("MailDelayedAlarm")
def nobody_reads_the_stream_for_eleven_minutes(people: People) -> Iterator[None]:
    for minutes in (9, 11):
        stores(people, someone("Anna Bos", f"anna{minutes}@berg.example"))
        people.world.pump(most=0)  # the stream has it, and no function reads it
        people.world.now += timedelta(minutes=minutes)
        people.world.pump()
        if minutes < 10:
            yield


@raises("MailStuckAlarm")
def ses_fails_for_two_hours(people: People) -> Iterator[None]:
    waits(people, 4)
    fails(people, says("InternalServiceErrorException", 500), _SENDS)
    people.registers("Anna Bos")
    waits(people, 4)
    yield
    waits(people, 4)


@raises("MailBlockedAlarm")
def ses_suspends_the_account(people: People) -> Iterator[None]:
    fails(people, says("TooManyRequestsException", 429, message="Maximum sending rate exceeded."), _SENDS)
    people.registers("Anna Bos")
    people.world.always.clear()
    yield
    fails(people, says("AccountSuspendedException"), _SENDS)
    people.registers("Bram Kuipers")


@raises("FirstMailsHeldBackAlarm")
def ten_first_mails_of_one_place_bounce(people: People) -> Iterator[None]:
    for number in range(12):
        name = "echt" if number in (9, 11) else "bounce"
        stores(
            people, someone("Anna Bos", f"{name}{number}@x{number}.example", posted_from="2023-03-20-3f9a")
        )
        people.world.pump()
        if number in (9, 11):
            waits(people, 1)
        if number == 9:
            yield


@raises("PostsKeptAlarm")
def a_web_master_renames_a_field(people: People) -> Iterator[None]:
    for number in range(6):
        if number == 5:
            yield
        people.registers("Anna Bos", emailadres="", contactveld=f"anna{number}@berg.example")


@raises("PostsRefusedAlarm")
def a_forms_own_script_empties_a_field(people: People) -> Iterator[None]:
    for number in range(31):
        if number == 30:
            yield
        people.registers("Anna Bos", emailadres="anna@berg", opmerkingen=f"{number}")


@raises("BounceRateAlarm")
def one_mail_in_fifty_bounces(people: People) -> Iterator[None]:
    yield from _rates(people, "Reputation.BounceRate", 1 / 51, 1 / 50)


@raises("ComplaintRateAlarm")
def one_reader_in_two_thousand_complains(people: People) -> Iterator[None]:
    yield from _rates(people, "Reputation.ComplaintRate", 1 / 2001, 1 / 2000)


def _rates(people: People, name: str, low: float, high: float) -> Iterator[None]:
    """Have SES itself say these rates, an hour apart."""
    world = people.world
    assert isinstance(world, WatchedWorld)
    world.count("AWS/SES", name, low)
    yield
    world.now += _HOUR
    world.count("AWS/SES", name, high)


@raises("OrganiserUnreachableAlarm")
def a_code_to_an_organiser_bounces(people: People) -> Iterator[None]:
    people.registers("Bounce Bos")
    _is_asked_for_a_code(people)
    yield
    people.world.publish_ses_event(people.world.mailbox.sent[-1].id, "bounce")


@raises("SignInFailedAlarm")
def somebody_guesses_codes(people: People) -> Iterator[None]:
    for number in range(11):
        if number % 5 == 0:  # so often may a code be typed
            people.world.now += timedelta(minutes=1)
            _is_asked_for_a_code(people)
        if number == 10:
            yield
        code = next(iter({"000000", "000001"} - {_code(people)}))
        people.posts(people.path("info@", "/organiser/"), people.browser, code=code)


def _is_asked_for_a_code(people: People) -> None:
    if not people.texts("info@", "report"):
        people.registers("Anna Bos")
        people.world.now = datetime.fromisoformat("2023-03-21T07:00:00+01:00")
        people.checks()
    assert people.asks_a_code()


def _code(people: People) -> str:
    return people.texts("info@", "code")[-1]


@raises("ReportMissingAlarm")
def the_check_requests_no_report(people: People) -> Iterator[None]:
    people.registers("Anna Bos")
    people.world.now = datetime.fromisoformat("2023-03-21T07:00:00+01:00")
    people.checks()
    waits(people, 5)
    yield
    people.world.now = datetime.fromisoformat("2023-03-22T07:45:00+01:00")
    waits(people, 1)


@raises("ProbeAlarm")
def the_mail_of_the_probe_does_not_arrive(people: People) -> Iterator[None]:
    people.world.apply_network(PROBE_NETWORK)
    for day in range(1, 5):
        people.world.now = datetime.fromisoformat(f"2023-04-0{day}T06:00:00+02:00")
        if day == 3:
            yield
            fails(people, says("SendingPausedException"), _SENDS)
        people.world.probe()
    people.world.now += 2 * _HOUR


@raises("UnknownVersionAlarm")
def a_release_meets_an_item_of_a_later_one(people: People) -> Iterator[None]:
    people.registers("Anna Bos")
    (item,) = people.stored()
    waits(people, 1)
    yield
    table = people.world.template.table["TableName"]
    boto3.client("dynamodb").put_item(TableName=table, Item={**item, "v": {"N": "99"}})
    waits(people, 1)


@raises("CheckMissedAlarm")
def no_check_runs_for_a_day(people: People) -> Iterator[None]:
    people.world.now = datetime.fromisoformat("2023-10-28T07:00:00+02:00")
    people.checks()
    people.world.now = datetime.fromisoformat(
        "2023-10-29T07:05:00+01:00"
    )  # 25 hours later: summer time ended
    yield
    people.world.now += _HOUR
