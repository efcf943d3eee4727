"""The mail function against moto: each of SES's answers, and records that come twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from functions.mail import handler as mail
from functions.mail.send import Sender
from shared.access.sign_in import SignIn
from shared.access.sign_ins import SignIns
from shared.aws import items, keys
from shared.aws.data_subject import DataSubject
from shared.aws.mail_limits import MailLimits
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError, to_wire
from shared.domain.actions.registrant import add_invitation, request_links
from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.colleague import with_mailbox_key
from shared.domain.registration.erasure import erased
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration, State
from shared.domain.report.report import Report
from shared.mails import report as report_module
from shared.mails.owed.context import OwedMail
from tests.conftest import PLG
from tests.people import AT, colleagues, someone

SENDER = "aanmelden@tweetal.example"
JAN = someone()


def connect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the function what it talks to, and its settings."""
    boto3.client("secretsmanager").create_secret(Name="links", SecretString='["old", "new"]')
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    settings = {"TABLE": "tweetal", "SENDER": SENDER, "CONFIGURATION_SET": "set", "LINK_SECRET": "links"}
    settings |= {"BASE_URL": "https://tweetal.example", "METRICS_NAMESPACE": "tweetal"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    connect(monkeypatch)
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


class Time(NamedTuple):
    """How long a function may still take, as Lambda tells it."""

    left: int = 300_000

    def get_remaining_time_in_millis(self) -> int:
        return self.left


def handle(*records: Any, left: int = 300_000) -> list[str]:
    answer = mail.handler({"Records": list(records)}, Time(left))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def sweep(at: datetime) -> dict[str, Any]:
    return mail.handler({"time": at.isoformat()}, Time())


def states(table: Table) -> list[tuple[str, MailState, str]]:
    return [(m.kind, m.state, m.reason) for m in table.mails("plg-2023")]


def fails_with(error: Exception) -> Callable[[], None]:
    """Let SES fail from now on, at the point where an answer would come back; return how to mend it."""

    def fail(**_: Any) -> None:
        raise error

    events = mail.services().mailer._client.meta.events  # the seam that botocore offers
    events.register_first("before-send.sesv2.SendEmail", fail)
    return lambda: events.unregister("before-send.sesv2.SendEmail", fail)


def ses_says(code: str, status: int, message: str = "") -> ClientError:
    answer: Any = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, "SendEmail")


def test_a_record_that_comes_twice_sends_one_mail(kept: Table) -> None:
    assert handle(inserted(JAN)) == handle(inserted(JAN), inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_a_mail_that_ses_refuses_for_good_has_failed_and_is_not_offered_again(kept: Table) -> None:
    fails_with(ses_says("MessageRejected", 400))
    assert handle(inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.FAILED, "MessageRejected")]


@pytest.mark.parametrize(
    ("error", "minutes"),
    [
        (ses_says("TooManyRequestsException", 429), 15),
        (ConnectTimeoutError(endpoint_url="https://ses.example"), 15),
        (ses_says("TooManyRequestsException", 429, "Daily message quota exceeded."), 75),
        (ses_says("SendingPausedException", 400), 75),
        (ses_says("MessageRejected", 400, "Email address is not verified. The following …"), 75),
    ],
)
def test_a_mail_that_ses_surely_did_not_take_waits_for_its_turn(
    kept: Table, error: Exception, minutes: int
) -> None:
    works = fails_with(error)
    assert handle(inserted(JAN, "7")) == []
    (record,) = kept.mails("plg-2023")
    assert record.state is MailState.PENDING
    sweep(AT + timedelta(seconds=30))
    assert [m.state for m in kept.mails("plg-2023")] == [MailState.PENDING]
    works()
    sweep(AT + timedelta(minutes=minutes))
    assert states(kept) == [("confirmation", MailState.SENT, "")]


@pytest.mark.parametrize(
    "error",
    [
        ses_says("InternalServiceErrorException", 500),
        ReadTimeoutError(endpoint_url="https://ses.example"),
        ValueError("an answer that cannot be read"),
    ],
)
def test_a_mail_whose_answer_was_lost_is_sent_again_only_when_ses_stays_silent(
    kept: Table, error: Exception
) -> None:
    works = fails_with(error)
    assert handle(inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.SENDING, "")]
    assert handle(inserted(JAN)) == []
    works()
    for quarters in (1, 2):  # the first sweep starts the lease, on its own clock
        sweep(AT + timedelta(minutes=15 * quarters))
        assert states(kept) == [("confirmation", MailState.SENDING, "")]
    sweep(AT + timedelta(minutes=45))
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_sess_send_event_settles_a_mail_whose_answer_was_lost(kept: Table) -> None:
    fails_with(ReadTimeoutError(endpoint_url="https://ses.example"))
    handle(inserted(JAN))
    (record,) = kept.mails("plg-2023")
    sweep(AT + timedelta(minutes=15))
    kept.set_mail_state("plg-2023", record.id, MailState.SENT)
    sweep(AT + timedelta(hours=2))
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_the_sweep_sends_what_a_stream_that_was_off_for_a_day_left(kept: Table) -> None:
    kept.register([someone("Bram Kok", "bram@berg.example", at=AT + timedelta(hours=1))])
    kept.request_report("plg-2023", "2023-03-20", AT)
    kept.request_report("plg-2023", "2023-03-21", AT + timedelta(days=1))
    sweep(AT + timedelta(days=1, hours=1))
    assert sorted((m.kind, m.reference or m.id) for m in kept.mails("plg-2023")) == [
        *sorted(("confirmation", r.reference) for r in kept.registrations("plg-2023")),
        ("report", "report-2023-03-21-1"),
    ]
    before = states(kept)
    sweep(AT + timedelta(days=1, hours=2))
    assert states(kept) == before


def test_what_an_unsent_report_would_have_told_stands_in_the_next_one(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    render, reports = report_module.report, list[Report]()

    def noted(network: Network, report: Report, pages: str) -> Mail:
        reports.append(report)
        return render(network, report, pages)

    monkeypatch.setattr(report_module, "report", noted)
    kept.request_report("plg-2023", "2023-03-21", AT + timedelta(days=1))
    kept.request_report("plg-2023", "2023-03-22", AT + timedelta(days=2))
    sweep(AT + timedelta(days=2, minutes=30))
    kept.request_report("plg-2023", "2023-03-23", AT + timedelta(days=3))
    sweep(AT + timedelta(days=3, minutes=30))
    assert [[r.name for r in report.changes.new] for report in reports] == [[JAN.name], []]


def test_what_something_else_overtook_ends(kept: Table) -> None:
    fails_with(ReadTimeoutError(endpoint_url="https://ses.example"))
    handle(inserted(JAN))
    now = kept.registration("plg-2023", JAN.person_key)
    assert now
    kept.save(now.become(State.CANCELLED, AT, "person", ""))
    for quarters in (1, 3):
        sweep(AT + timedelta(minutes=15 * quarters))
    assert ("confirmation", MailState.UNKNOWN, "") in states(kept)


def test_a_waiting_mail_that_nobody_is_owed_any_longer_is_forgotten(kept: Table) -> None:
    fails_with(ses_says("SendingPausedException", 400))
    handle(inserted(JAN))
    now = kept.registration("plg-2023", JAN.person_key)
    assert now
    kept.save(now.become(State.CANCELLED, AT, "person", ""))
    sweep(AT + timedelta(minutes=15))
    assert [m.kind for m in kept.mails("plg-2023")] == ["cancelled"]


@pytest.mark.parametrize(("error", "count"), [("SendingPausedException", 1), ("ThrottlingException", 0)])
def test_the_operator_hears_at_once_that_ses_does_not_send_for_us(
    kept: Table, capsys: pytest.CaptureFixture[str], error: str, count: int
) -> None:
    fails_with(ses_says(error, 400))
    handle(inserted(JAN))
    assert capsys.readouterr().out.count('"MailBlocked":[') == count


def test_a_mail_that_ses_fails_to_take_is_as_old_as_its_first_try(kept: Table) -> None:
    (jan,) = kept.registrations("plg-2023")
    assert kept.save(jan.become(State.ADMITTED, AT, "els@leren.example", ""))
    sweep(AT + timedelta(minutes=1))
    hour = timedelta(hours=1)
    kept.apply_network(PLG.read_text().replace("2023-05-10", "2023-05-11"), "x", AT + hour)
    mail.services.cache_clear()
    fails_with(ses_says("InternalServiceErrorException", 500))
    oldest = {datetime.fromisoformat(sweep(AT + hours * hour)["oldest"]) for hours in (2, 3, 4)}
    assert ("moved", MailState.SENDING, "") in states(kept)
    assert oldest == {AT + 2 * hour}


def test_what_time_does_not_allow_is_left_for_later(kept: Table) -> None:
    assert handle(inserted(JAN, "1"), left=10_000) == ["1"]
    assert states(kept) == []


def test_a_network_that_fails_leaves_the_others_swept(kept: Table, plg: Network) -> None:
    other = kept.networks()["plg-2023"].replace('id = "plg-2023"', 'id = "abc-2023"')
    kept.apply_network(other, "x", AT)
    boto3.client("dynamodb").put_item(
        TableName="tweetal",
        Item=to_wire({"pk": "REGISTRATION#abc-2023", "sk": "x", "v": 1, "state": "nonsense"}),
    )
    with pytest.raises(mail.SweepFailedError):
        sweep(AT + timedelta(hours=1))
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_a_poison_record_holds_up_no_other(kept: Table) -> None:
    poison = record({**items.from_registration(JAN), "v": 99}, number="1")
    unknown = record({**items.from_registration(replace(JAN, network="nergens"))}, number="2")
    assert handle(poison, unknown, inserted(JAN, "3")) == ["1", "2"]
    assert states(kept) == [("confirmation", MailState.SENT, "")]


def test_what_ttl_or_retention_deletes_sends_nothing(kept: Table) -> None:
    assert handle(record(None, items.from_registration(JAN))) == []
    assert states(kept) == []


def test_a_change_that_another_overtook_is_left_to_the_other(kept: Table) -> None:
    now = kept.registration("plg-2023", JAN.person_key)
    assert now is not None
    kept.save(now.become(State.CANCELLED, AT, "person", ""))
    assert handle(inserted(JAN)) == []
    assert states(kept) == [("cancelled", MailState.SENT, "")]


def test_a_report_goes_to_each_of_its_readers_once(kept: Table, plg: Network) -> None:
    two = kept.networks()["plg-2023"].replace(
        'report_to = ["info@voortgezetleren.nl"]', 'report_to = ["a@x.example", "b@x.example"]'
    )
    kept.apply_network(two, "x", AT)
    kept.request_report("plg-2023", "2023-03-21", AT)
    report_item = {"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)}
    for _ in range(2):
        assert handle(record(report_item)) == []
    reports = [m.id for m in kept.mails("plg-2023", "report-")]
    assert reports == ["report-2023-03-21-1", "report-2023-03-21-2"]


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The readers for whom a report was rendered with its sheets, in order."""
    rendered: list[str] = []
    render = report_module.report

    def counted(network: Network, facts: Report, link: str) -> Mail:
        rendered.append(link)
        return render(network, facts, link)

    monkeypatch.setattr(report_module, "report", counted)
    return rendered


def code_record(table: Table, network: Network) -> Any:
    """Request a code, and return what the stream tells of it."""
    organiser = address_key(network.id, network.organiser.report_to[0])
    code = SignIn(network.id, organiser, "id", AT)
    assert SignIns(Store("tweetal")).save(code)
    return record(dict(next(Store("tweetal").query(keys.codes_of(network.id)))))


def test_a_sign_in_mails_a_code_and_renders_no_report(
    kept: Table, plg: Network, renderings: list[str]
) -> None:
    kept.request_report("plg-2023", "2023-03-21", AT)
    code = code_record(kept, plg)
    assert handle(code, code) == []
    assert [m.kind for m in kept.mails("plg-2023")] == ["code"]
    assert renderings == []


def test_a_report_is_rendered_once_however_often_it_is_found(kept: Table, renderings: list[str]) -> None:
    kept.request_report("plg-2023", "2023-03-21", AT)
    request = record({"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)})
    assert handle(request, request) == []
    sweep(AT + timedelta(minutes=15))
    assert len(renderings) == 1


def test_a_mail_that_another_run_claimed_is_not_rendered(kept: Table, plg: Network) -> None:
    rendered: list[str] = []
    claimed = MailRecord("plg-2023", "x-1", "code", "", MailState.SENDING, AT)
    assert kept.claim_mail(claimed, AT)
    _, _, limits, _, mailer, *_ = mail.services()
    sender = Sender(kept, limits, limits.first_mails(), mailer, AT, lambda: False, "tweetal")
    write = partial(_render_and_note, rendered)
    sender.send([OwedMail("sanne@x.example", plg, claimed, write)], [])
    assert rendered == []
    other = replace(claimed, id="x-2")
    sender.send([OwedMail("sanne@x.example", plg, other, write)], [])
    assert len(rendered) == 1


def _render_and_note(rendered: list[str]) -> Mail:
    rendered.append("once")
    return Mail("code", "Onderwerp", "Tekst", "<p>Tekst</p>")


def test_a_mail_that_cannot_be_rendered_is_released_and_sent_by_the_next_try(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.request_report("plg-2023", "2023-03-21", AT)
    request = record({"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)}, number="5")
    with monkeypatch.context() as broken:
        broken.setattr(report_module, "report", _fail)
        assert handle(request) == ["5"]
        released = kept.mails("plg-2023", "report-")
        assert [(m.state, m.reason, m.due) for m in released] == [(MailState.PENDING, "LookupError", AT)]
        with pytest.raises(mail.SweepFailedError):
            sweep(AT + timedelta(minutes=15))
    assert handle(request) == []
    assert [m.state for m in kept.mails("plg-2023", "report-")] == [MailState.PENDING]  # due after the sweep
    sweep(AT + timedelta(minutes=30))
    assert [m.state for m in kept.mails("plg-2023", "report-")] == [MailState.SENT]


def test_a_stream_that_tries_again_sends_what_it_could_not_render(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.request_report("plg-2023", "2023-03-21", AT)
    request = record({"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)}, number="5")
    with monkeypatch.context() as broken:
        broken.setattr(report_module, "report", _fail)
        assert handle(request) == ["5"]
    assert handle(request) == []
    assert [m.state for m in kept.mails("plg-2023", "report-")] == [MailState.SENT]


def test_a_process_that_dies_while_it_renders_leaves_its_claim_to_the_sweep(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.request_report("plg-2023", "2023-03-21", AT)
    request = record({"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)})
    with monkeypatch.context() as broken:
        broken.setattr(report_module, "report", _die)
        with pytest.raises(SystemExit):
            handle(request)
    assert handle(request) == []
    for quarters, state in ((1, MailState.SENDING), (2, MailState.SENDING), (3, MailState.SENT)):
        sweep(AT + timedelta(minutes=15 * quarters))
        assert [m.state for m in kept.mails("plg-2023", "report-")] == [state]


def _fail(*_: Any) -> Mail:
    raise LookupError("on purpose")


def _die(*_: Any) -> Mail:
    raise SystemExit


def test_before_a_report_everything_owed_goes_out(kept: Table) -> None:
    kept.request_report("plg-2023", "2023-03-21", AT)
    assert handle(record({"pk": "REPORT#plg-2023", "sk": "2023-03-21", "at": items.stamp(AT)})) == []
    assert [m.kind for m in kept.mails("plg-2023")] == ["confirmation", "report"]


def test_who_comes_when_the_room_is_full_hears_so(kept: Table, plg: Network) -> None:
    small = kept.networks()["plg-2023"].replace('late = "keep"', 'late = "keep"\nmax_participants = 2')
    kept.apply_network(small, "x", AT)
    mail.services.cache_clear()
    post = mail.services().mailer
    texts: list[str] = []
    events = post._client.meta.events
    events.register("provide-client-params.sesv2.SendEmail", lambda params, **_: texts.append(_text(params)))
    late = someone("Petra Bos", "petra@dal.example", school="Dalcollege", at=AT + timedelta(minutes=1))
    kept.register([late])
    assert handle(inserted(JAN, "1"), inserted(late, "2")) == []
    assert ["wachtlijst" in text for text in texts] == [False, True]


def _text(params: Any) -> str:
    text: str = params["Content"]["Simple"]["Body"]["Text"]["Data"]
    return text


def variants(count: int) -> list[Registration]:
    """One mailbox, written in many ways, of people with different names at schools of their own."""
    boxes = [
        ("vic.tim", "victim", "VICTIM", "v.i.c.t.i.m")[i % 4] + f"+{i}@berg.example" for i in range(count)
    ]
    return [
        someone(f"Naam{i:04} Achter{i:04}", box, at=AT + timedelta(seconds=i), school=f"School {i}")
        for i, box in enumerate(boxes)
    ]


def test_a_thousand_posts_in_a_victims_name_are_at_most_three_mails(kept: Table) -> None:
    victims = variants(40)
    for each in victims:
        kept.register([each])
        assert handle(inserted(each)) == []
    victim_states = [m.state for m in kept.mails("plg-2023") if m.reference != JAN.reference]
    assert [victim_states.count(state) for state in (MailState.SENT, MailState.PENDING)] == [3, 37]
    for day in range(1, 12):  # each of the forty ways to write it is another mailbox, as far as we are sure
        sweep(AT + timedelta(days=day))
    victim_mails = [m for m in kept.mails("plg-2023") if m.reference != JAN.reference]
    assert sum(m.state is MailState.SENT for m in victim_mails) == 10
    silent = next(m for m in victim_mails if m.state is MailState.WITHHELD)
    stored = next(r for r in kept.registrations("plg-2023") if r.reference == silent.reference)
    kept.save(replace(stored, reminded=14, reminded_at=AT + timedelta(days=11)))
    sweep(AT + timedelta(days=11))
    assert len(kept.mails("plg-2023", f"{silent.reference}-")) == 1


def test_who_was_held_back_is_mailed_when_an_organiser_asks_for_it(kept: Table) -> None:
    last = variants(4)[-1]
    for each in variants(4):
        kept.register([each])
        handle(inserted(each))
    stored = kept.registration("plg-2023", last.person_key)
    assert stored
    kept.save(replace(stored, resent_at=AT + timedelta(hours=1)))
    sweep(AT + timedelta(hours=1))
    mine = kept.mails("plg-2023", f"{last.reference}-")
    assert [m.state for m in mine] == [MailState.SENT]  # the first one is no longer owed


def test_nobody_who_complained_is_mailed_again(kept: Table) -> None:
    MailLimits(Store("tweetal")).record_complaint("J.AN+leernetwerk@berg.example")
    handle(inserted(JAN))
    assert states(kept) == [("confirmation", MailState.WITHHELD, "complained")]


def test_a_flood_waits_for_the_next_hour_and_loses_nobody(kept: Table) -> None:
    few = kept.networks()["plg-2023"] + "\n[abuse]\nmails_an_hour = 2\n"
    kept.apply_network(few, "x", AT)
    mail.services.cache_clear()
    people = colleagues("Dalcollege", "Carla Dirk Emma")
    kept.register(people)
    handle(*(inserted(person, str(number)) for number, person in enumerate(people)))
    assert [m.state for m in kept.mails("plg-2023")].count(MailState.PENDING) == 1
    sweep(AT + timedelta(hours=2))
    assert {m.state for m in kept.mails("plg-2023") if m.kind == "confirmation"} == {MailState.SENT}


def offered() -> list[dict[str, Any]]:
    """Note the tags of each mail that SES is offered from now on."""
    tags: list[dict[str, Any]] = []
    events = mail.services().mailer._client.meta.events
    events.register(
        "provide-client-params.sesv2.SendEmail",
        lambda params, **_: tags.append({tag["Name"]: tag["Value"] for tag in params["EmailTags"]}),
    )
    return tags


def test_what_the_check_decides_of_people_on_one_mailbox_waits_for_the_sweep(kept: Table) -> None:
    anna, bram = (with_mailbox_key(someone(name, "box@dal.example")) for name in ("Anna Vos", "Bram Vos"))
    kept.register([anna, bram])
    handle(inserted(anna), inserted(bram))
    tags = offered()
    for person in (anna, bram):  # the check saves one person at a time, and the stream may bring them apart
        stored = kept.registration("plg-2023", person.person_key)
        assert stored
        decided = stored.become(State.ADMITTED, AT + timedelta(days=1), "check", "")
        assert kept.save(decided)
        assert handle(record(items.from_registration(decided), items.from_registration(stored))) == []
    assert tags == []
    sweep(AT + timedelta(days=1))
    names = {f"{person.reference}-admitted-2" for person in (anna, bram)}
    (sent,) = (each for each in tags if each["kind"] == "admitted")
    assert {sent["mail"], sent["also0"]} == names
    admitted = [m for m in kept.mails("plg-2023") if m.kind == "admitted"]
    assert {(m.id, m.state) for m in admitted} == {(name, MailState.SENT) for name in names}


def test_a_mail_to_several_people_that_ses_defers_is_offered_again_to_all_of_them(kept: Table) -> None:
    anna, bram = (with_mailbox_key(someone(name, "box@dal.example")) for name in ("Anna Vos", "Bram Vos"))
    kept.register([anna, bram])
    mend = fails_with(ses_says("TooManyRequestsException", 429))
    handle(inserted(anna))
    assert {m.state for m in kept.mails("plg-2023")} == {MailState.PENDING}
    mend()
    tags = offered()
    sweep(AT + timedelta(hours=1))
    assert [each["kind"] for each in tags].count("confirmation") == 2  # theirs together, and that of Jan
    assert {m.state for m in kept.mails("plg-2023") if m.kind == "confirmation"} == {MailState.SENT}


def at_the_claim(act: Callable[[], object]) -> None:
    """Have something happen once: when a mail, of a batch that was read before, is about to be claimed."""
    events = mail.services().table._store._client.meta.events

    def happen(params: Any, **_: Any) -> None:
        if b"MAIL#" in params["body"]:
            events.unregister("before-call.dynamodb.PutItem", happen)
            act()

    events.register("before-call.dynamodb.PutItem", happen)


def test_who_is_erased_after_their_batch_was_read_is_not_mailed_again(kept: Table) -> None:
    handle(inserted(JAN))
    tags, subject = offered(), DataSubject(Store("tweetal"), JAN.email)
    at_the_claim(lambda: subject.erase(AT))
    jan = request_links(kept.registrations("plg-2023")[0], AT, by_owner=True)
    assert kept.save(jan)
    assert handle(record(items.from_registration(jan), items.from_registration(JAN))) == []
    assert (tags, kept.mails("plg-2023")) == ([], ())
    sweep(AT + timedelta(hours=1))
    assert (tags, kept.mails("plg-2023")) == ([], ())


def test_who_erases_themselves_hears_nothing_of_a_batch_that_was_read_before(kept: Table) -> None:
    tags = offered()
    at_the_claim(lambda: kept.save(erased(kept.registrations("plg-2023")[0], AT)))
    assert handle(inserted(JAN)) == []
    assert (tags, kept.mails("plg-2023")) == ([], ())


def test_an_invited_colleague_who_is_erased_meanwhile_is_not_mailed(kept: Table) -> None:
    handle(inserted(JAN))
    tags, subject = offered(), DataSubject(Store("tweetal"), "bram@berg.example")
    at_the_claim(lambda: subject.erase(AT))
    jan = add_invitation(kept.registrations("plg-2023")[0], "bram@berg.example", AT)
    assert kept.save(jan)
    handle(record(items.from_registration(jan), items.from_registration(JAN)))
    assert tags == []
    assert [m.kind for m in kept.mails("plg-2023")] == ["confirmation"]


def test_a_report_does_not_name_who_was_erased_while_other_mails_went_out(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    render, reports = report_module.report, list[Report]()

    def noted(network: Network, report: Report, pages: str) -> Mail:
        reports.append(report)
        return render(network, report, pages)

    monkeypatch.setattr(report_module, "report", noted)
    kept.request_report("plg-2023", "2023-03-20", AT)
    handle()  # connects
    at_the_claim(lambda: DataSubject(Store("tweetal"), JAN.email).erase(AT))
    sweep(AT + timedelta(hours=1))
    assert "Jan de Vries" not in str(reports)
    assert len(reports) == 1


def test_a_person_who_cannot_be_read_anew_is_mailed_by_the_next_try(
    kept: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = offered()

    def fail(*_: object) -> None:
        raise UnavailableError("on purpose")

    handle()  # connects
    with monkeypatch.context() as patch:
        patch.setattr(Table, "registration", fail)
        assert handle(inserted(JAN)) == ["1"]
    assert tags == []
    assert handle(inserted(JAN)) == []
    assert states(kept) == [("confirmation", MailState.SENT, "")]
