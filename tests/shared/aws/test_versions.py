"""What earlier releases wrote is read, and what later ones wrote is left alone and reported."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zlib import decompress

import boto3
import pytest

from functions.check.handler import check
from shared.access.code_requests import CodeRequest, CodeRequests
from shared.access.ended_sessions import EndedSessions
from shared.access.sign_in import SignIn
from shared.access.sign_ins import SignIns
from shared.aws import audit, keys
from shared.aws.networks import Networks
from shared.aws.store import Store
from shared.aws.stream_reader import StreamReader
from shared.aws.table import Table
from shared.aws.versions import UnknownVersionError, newest
from shared.aws.wire import UnavailableError
from shared.domain.decision import Decision, Kind
from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptPost, KeptReason
from shared.domain.message import Audience, Message, MessageGroup
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.identity import address_key
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, EarlierTyping, Invitation, Registration, State
from shared.domain.schools.knowledge import NOTHING
from shared.domain.schools.matching import Register, Vestiging
from shared.domain.schools.membership import Membership
from tests.people import AT, someone

FIXTURES = Path(__file__).parents[2] / "fixtures" / "items"
N = "plg-2023"
DAY = "2023-03-20"
CLOSED = datetime(2023, 4, 15, 5, tzinfo=UTC)
TOML = """id = "plg-2023"
title = "Leernetwerk"
[organiser]
name = "Voortgezet Leren"
email = "info@leren.example"
phone = "030 1234567"
report_to = ["info@leren.example"]
[registration]
opens = 2023-02-01
deadline = 2023-04-14
[[sessions]]
date = 2023-05-10
start = 12:00:00
end = 17:00:00
place = "Utrecht"
"""

SMALL = someone()
LATER = AT + timedelta(hours=1)
FULL = someone(
    role="docent",
    phone="030 1234567",
    place="Utrecht",
    brin="00AA",
    remarks="Ik eet geen vlees.",
    invited_by="PLG-00000001",
    via="PLG-00000002",
    extra={"kleur": "blauw"},
    again={"role": "rector"},
    reminded=7,
    reminded_at=LATER,
    again_at=LATER,
    links_at=LATER,
    data_at=LATER,
    resent_at=LATER,
    links_version=2,
    session_reminded=AT.date(),
    invitations=(Invitation("kim@berg.example", AT),),
    history=(
        *SMALL.history,
        Change(LATER, State.REGISTERED, "person", reason=Reason(ReasonCode.CHANGED, fields=("role",))),
    ),
)
# What came with forms of any kind; the shape of the earlier attributes stayed.
FORM = someone(
    questions={"dieet": "vegetarisch"},
    consents={"foto": "ja"},
    without_address=("Bo Smit",),
    origin="https://oud.example",
)
# What came when deadlines could move.
REMINDED = someone(reminded=7, reminded_at=LATER, reminded_of=date(2023, 4, 14))
# What came with the order of arrival.
RETYPED = someone(
    earlier_typings=(
        EarlierTyping("Bergcolege", "Ede", "00AA", AT + timedelta(hours=1)),
        EarlierTyping("Bergcollege", "", "", AT + timedelta(hours=2)),
    )
)
# What came when an earlier typing kept the link with which it came.
LINKED = someone(earlier_typings=(EarlierTyping("Bergcolege", "Ede", "", LATER, "PLG-00000002"),))
# What came when addresses could be corrected.
ADDRESS = someone(
    new_email="jan@dal.example",
    new_email_at=LATER,
    former_email="jan@breg.example",
    links_by_owner=True,
)
# What came when networks could ask to confirm an address; version 4 is of who did not.
CONFIRMED = someone(unconfirmed_since=AT, confirmed_at=LATER)
UNCONFIRMED = someone(
    state=State.UNCONFIRMED,
    unconfirmed_since=AT,
    history=(
        *SMALL.history,
        Change(AT + timedelta(days=3), State.UNCONFIRMED, "check", reason=Reason(ReasonCode.UNCONFIRMED)),
    ),
)
# What came when people were counted after the visitor had gone.
UNJUDGED = someone(unjudged="2023-03-20T08-3f9a")
# What came when first mails were counted by where people posted from.
POSTED = someone(posted_from="2023-03-20-3f9a")
# What came when the domain of a school outlived an address.
DOMAIN = someone(mail_domain="berg.example")
_ORGANISER = "sanne@x.example"
# The reasons that version 1 had, with their particulars.
_REASONS = (
    Reason(ReasonCode.REGISTERED),
    Reason(ReasonCode.REGISTERED_BY_COLLEAGUE),
    Reason(ReasonCode.AFTER_DEADLINE),
    Reason(ReasonCode.REPAIRS_SCHOOL),
    Reason(ReasonCode.CHANGED, fields=("name", "role", "phone", "school", "place", "brin")),
    Reason(ReasonCode.MOVED_WITH_COLLEAGUE, fields=("school", "place")),
    Reason(ReasonCode.CANCELLED),
    Reason(ReasonCode.CAME_BACK),
    Reason(ReasonCode.GAVE_PLACE),
    Reason(ReasonCode.TOOK_PLACE, reference="PLG-7K3MQ2XD"),
    Reason(ReasonCode.ERASED),
    Reason(ReasonCode.FORM_CHANGED),
    Reason(ReasonCode.HONEYPOT),
    Reason(ReasonCode.TOO_FAST),
    Reason(ReasonCode.NO_WORK),
    Reason(ReasonCode.TOO_MANY),
    Reason(ReasonCode.NOBODY_COUNTS),
    Reason(ReasonCode.COMPLETE, people=2),
    Reason(ReasonCode.SHORT, people=1),
    Reason(ReasonCode.MAY_REPLACE, until=date(2023, 4, 27)),
    Reason(ReasonCode.NETWORK_FULL),
    Reason(ReasonCode.SCHOOL_FULL),
)
REASONS = someone(
    history=(
        *(Change(AT, State.REGISTERED, "person", reason=reason) for reason in _REASONS),
        Change(AT, State.REGISTERED, "check", "kleine school"),
        Change(AT, State.REGISTERED, _ORGANISER, reason=Reason(ReasonCode.REMINDED)),
        Change(AT, State.REGISTERED, _ORGANISER, reason=Reason(ReasonCode.MAILED_AGAIN)),
        Change(AT, State.REGISTERED, _ORGANISER, "belde: komt later", Reason(ReasonCode.MAILED_AGAIN)),
        Change(AT, State.REGISTERED, _ORGANISER, reason=Reason(ReasonCode.FORM_MENDED)),
        Change(AT, State.REGISTERED, _ORGANISER, "heeft zich afgemeld"),
    )
)
# The reasons that came in version 3.
DAY_LOST, DAY_ENDED = date(2023, 4, 20), date(2023, 4, 27)
LATER_REASONS = someone(
    history=(
        Change(AT, State.QUARANTINED, "person", reason=Reason(ReasonCode.UNLISTED_SITE)),
        Change(AT, State.CANCELLED, _ORGANISER, reason=Reason(ReasonCode.REJECTED)),
        Change(AT, State.REGISTERED, _ORGANISER, reason=Reason(ReasonCode.RESTORED)),
        Change(AT, State.REGISTERED, _ORGANISER, reason=Reason(ReasonCode.RELEASED)),
        Change(AT, State.ADMITTED, "check", "klein", Reason(ReasonCode.WAIVED, by=_ORGANISER, day=DAY_LOST)),
        Change(
            AT,
            State.HELD,
            "check",
            reason=Reason(ReasonCode.REPAIR_ENDED, "PLG-7K3MQ2XD", people=1, until=DAY_ENDED, day=DAY_LOST),
        ),
    ),
    state=State.HELD,
)
RULED = someone(
    history=(
        Change(AT, State.REGISTERED, "person", reason=Reason(ReasonCode.REGISTERED)),
        Change(
            AT,
            State.ADMITTED,
            "check",
            reason=Reason(ReasonCode.COMPLETE, people=2, minimum=2, repair_days=7),
        ),
    ),
    state=State.ADMITTED,
)
WAIVER = Decision(N, "waive-1", Kind.WAIVE, "PLG-1", "sanne@x.example", "klein", AT, until=AT, undone_at=AT)
WORD = Decision(N, "same-1", Kind.SAME, "berg|utrecht", "organiser", "gebeld", AT, value="dal|utrecht")
SITE = Decision(N, "our_site-1", Kind.OUR_SITE, "https://oud.example", "sanne@x.example", "", AT)
CODE = SignIn(N, "sanne", "id", AT, tries=1, used=False)
CODE_REQUESTS = CodeRequests(
    N, "sanne", (CodeRequest(AT, DAY, "2023-03-20T08-3f9a"), CodeRequest(AT, "", ""))
)
REGISTER = Register([Vestiging("00AA", "00", "Bergcollege", "Utrecht", "berg.example", (), "Utrecht")])
MEMBERS = [Membership(SMALL.person_key, "school", "evidence")]
MAIL = MailRecord(N, "PLG-1-confirmation-1", "confirmation", "PLG-1", MailState.SENDING, AT, 1, "x")
KEPT_POST = KeptPost(
    N,
    (Answer((("naam",),), ("Jan",)), Answer((("mail",),), ("jan@berg.example",))),
    KeptReason.CHANGED_FORM,
    AT,
)
POINTER = address_key(N, "jan@dal.example")
AUDIT = audit.AuditEntry(AT, "els", "erase", ("PLG-1",), {"registrations": 1})

MESSAGE = Message(
    N,
    date(2023, 4, 12),
    1,
    AT,
    "sanne@x.example",
    "0f" * 16,
    "Programma",
    "Tot 10 mei!",
    "https://x.example/a.pdf",
    Audience((MessageGroup.COMING,), "PLG-1", "2023-05-10"),
    ("PLG-1", "PLG-2"),
)


class Shape(NamedTuple):
    """One thing that is kept: how it is written, and how it is read."""

    write: Callable[[Table, Store], Any]
    read: Callable[[Table, Store], Any]


def _change_network(table: Table, _: Store) -> bool:
    network, stored = table.apply_network(TOML, "x", AT), table.network_files.now(N)
    assert stored
    return table.network_files.save_over(stored, network, TOML, LATER, "organiser-key")


SHAPES: Mapping[str, Shape] = {
    "registration-small": Shape(lambda t, _: t.register([SMALL]), lambda t, _: t.registrations(N)),
    "registration-full": Shape(lambda t, _: t.register([FULL]), lambda t, _: t.registrations(N)),
    "registration-form": Shape(lambda t, _: t.register([FORM]), lambda t, _: t.registrations(N)),
    "registration-reminded": Shape(lambda t, _: t.register([REMINDED]), lambda t, _: t.registrations(N)),
    "registration-typings": Shape(lambda t, _: t.register([RETYPED]), lambda t, _: t.registrations(N)),
    "registration-linked": Shape(lambda t, _: t.register([LINKED]), lambda t, _: t.registrations(N)),
    "registration-reasons": Shape(lambda t, _: t.register([REASONS]), lambda t, _: t.registrations(N)),
    "registration-decided": Shape(lambda t, _: t.register([LATER_REASONS]), lambda t, _: t.registrations(N)),
    "registration-ruled": Shape(lambda t, _: t.register([RULED]), lambda t, _: t.registrations(N)),
    "registration-address": Shape(lambda t, _: t.register([ADDRESS]), lambda t, _: t.registrations(N)),
    "registration-unjudged": Shape(lambda t, _: t.register([UNJUDGED]), lambda t, _: t.everybody(N)),
    "registration-confirmed": Shape(lambda t, _: t.register([CONFIRMED]), lambda t, _: t.registrations(N)),
    "registration-unconfirmed": Shape(
        lambda t, _: t.register([UNCONFIRMED]), lambda t, _: t.registrations(N)
    ),
    "registration-posted": Shape(lambda t, _: t.register([POSTED]), lambda t, _: t.registrations(N)),
    "registration-domain": Shape(lambda t, _: t.register([DOMAIN]), lambda t, _: t.registrations(N)),
    "registration-pointer": Shape(lambda t, _: _correct_address(t), lambda t, _: t.registration(N, POINTER)),
    "network": Shape(lambda t, _: t.apply_network(TOML, "x", AT), lambda t, _: t.network_at(N, AT)),
    "network-organiser": Shape(_change_network, lambda t, _: t.network_files.versions(N)),
    "decision": Shape(lambda t, _: t.save_decision(WAIVER), lambda t, _: t.decisions(N)),
    "decision-site": Shape(lambda t, _: t.save_decision(SITE), lambda t, _: t.decisions(N)),
    "word": Shape(lambda t, _: t.save_decision(WORD), lambda t, _: t.school_rulings()),
    "code": Shape(lambda _, s: SignIns(s).save(CODE), lambda _, s: SignIns(s).all_of(N)),
    "code-requests": Shape(
        lambda _, s: SignIns(s).save_requests(CODE_REQUESTS), lambda _, s: SignIns(s).requests(N, "sanne")
    ),
    "session": Shape(
        lambda _, s: EndedSessions(s).end(N, "session", AT), lambda _, s: EndedSessions(s).has(N, "session")
    ),
    "report": Shape(lambda t, _: t.request_report(N, DAY, AT), lambda t, _: t.reports(N)),
    "report-first": Shape(lambda t, _: t.request_report(N, DAY, AT), lambda t, _: t.reports(N)),
    "membership": Shape(
        lambda t, _: t.memberships.settle(N, {}, MEMBERS, "knowledge"), lambda t, _: t.memberships.read(N)
    ),
    "mail": Shape(lambda t, _: t.claim_mail(MAIL, AT), lambda t, _: t.mails(N)),
    "mail-due": Shape(lambda t, _: t.claim_mail(replace(MAIL, due=LATER), AT), lambda t, _: t.mails(N)),
    "mail-sessions": Shape(
        lambda t, _: t.claim_mail(replace(MAIL, sessions=("2023-05-10",)), AT), lambda t, _: t.mails(N)
    ),
    "mail-deadline": Shape(
        lambda t, _: t.claim_mail(replace(MAIL, deadline=CLOSED), AT), lambda t, _: t.mails(N)
    ),
    "mail-waits": Shape(lambda t, _: t.claim_mail(replace(MAIL, waits=True), AT), lambda t, _: t.mails(N)),
    "mail-uids": Shape(
        lambda t, _: t.claim_mail(replace(MAIL, sessions=("2023-05-10",), has_own_uids=True), AT),
        lambda t, _: t.mails(N),
    ),
    "mail-bounced": Shape(
        lambda t, _: t.claim_mail(replace(MAIL, bounced_at=LATER), AT), lambda t, _: t.mails(N)
    ),
    "message": Shape(lambda t, _: t.messages.put_message(MESSAGE), lambda t, _: t.messages.messages_since(N)),
    "register": Shape(lambda t, _: t.save_register(REGISTER, AT), lambda t, _: _rows(t)),
    "misfit": Shape(lambda t, _: t.kept_posts.keep(KEPT_POST), lambda t, _: t.kept_posts.unexpired(N, AT)),
    "counts": Shape(lambda t, _: t.delete_people(N, {"registered": 2}, AT), lambda t, _: t.counts(N)),
    "stream": Shape(
        lambda _, s: StreamReader(s, "this").begin(), lambda _, s: s.get(keys.STREAM, keys.STREAM)
    ),
    "audit": Shape(lambda _, s: audit.save(s, AUDIT), lambda _, s: audit.entries(s)),
}
EXPIRED = FIXTURES / "v1" / "code.json"  # codes became of one browser, and an earlier one is in none
FILES = sorted(set(FIXTURES.glob("*/*.json")) - {EXPIRED})


def _correct_address(table: Table) -> bool:
    table.register([SMALL])
    return table.save_address(replace(SMALL, email="jan@dal.example", revision=1))


def _rows(table: Table) -> Any:
    register = table.register_of_schools()
    return register and register.rows


def _unpacked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return items with what was packed in them as it was before: not every zlib packs alike."""
    packed = ({k: decompress(b64decode(v["B"])) for k, v in item.items() if "B" in v} for item in items)
    return [{**item, **unpacked} for item, unpacked in zip(items, packed, strict=True)]


@pytest.fixture
def store(table: Table) -> Store:
    return Store("tweetal")


def kept() -> list[dict[str, Any]]:
    """Return everything in the table, as DynamoDB keeps it."""
    scanned = boto3.client("dynamodb").scan(TableName="tweetal", ConsistentRead=True)["Items"]
    return sorted(map(_plain, scanned), key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def put(item: Mapping[str, Any]) -> None:
    """Put an item there as another release may have written it."""
    boto3.client("dynamodb").put_item(TableName="tweetal", Item=_bytes(item))


def clear() -> None:
    for item in kept():
        boto3.client("dynamodb").delete_item(TableName="tweetal", Key={"pk": item["pk"], "sk": item["sk"]})


def _plain(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: {"B": b64encode(value["B"]).decode()} if "B" in value else value for key, value in item.items()
    }


def _bytes(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, **{key: {"B": b64decode(value["B"])} for key, value in item.items() if "B" in value}}


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_written_has_the_newest_released_shape(table: Table, store: Store, name: str) -> None:
    SHAPES[name].write(table, store)
    released = [json.loads(path.read_text()) for path in FILES if path.stem == name]
    # A shape that changed on purpose is one more file, in a folder of its own; what was released stays.
    assert [_unpacked(items) for items in released[-1:]] == [_unpacked(kept())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_released_shape_is_read(table: Table, store: Store, path: Path) -> None:
    shape = SHAPES[path.stem]
    shape.write(table, store)
    expected = shape.read(table, store)
    clear()
    for item in json.loads(path.read_text()):
        put(item)
    assert shape.read(table, store) == expected


def test_a_code_of_before_codes_were_of_one_browser_is_left_to_expire(table: Table, store: Store) -> None:
    for item in json.loads(EXPIRED.read_text()):
        put(item)
    sign_ins = SignIns(store)
    assert sign_ins.all_of(N) == ()
    assert sign_ins.requests(N, "sanne") == CodeRequests(N, "sanne")
    assert sign_ins.save(CODE)
    assert sign_ins.all_of(N) == (replace(CODE, revision=1),)


@pytest.mark.parametrize("name", SHAPES)
def test_what_was_written_before_there_were_versions_is_read(table: Table, store: Store, name: str) -> None:
    shape = SHAPES[name]
    shape.write(table, store)
    expected = shape.read(table, store)
    for item in kept():
        put({key: value for key, value in item.items() if key != "v"})
    read = shape.read(table, store)
    assert _unmarked(read) == _unmarked(expected)


def _unmarked(read: Any) -> Any:
    if not isinstance(read, dict):
        return read
    return {key: _unmarked(value) for key, value in read.items() if key != "v"}


def test_the_shapes_are_of_everything_that_a_registration_holds() -> None:
    plain = {field.name: field.default for field in fields(Registration)}
    shapes = (FULL, FORM, REMINDED, RETYPED, ADDRESS, CONFIRMED, UNJUDGED, POSTED, DOMAIN)
    empty = [
        name
        for name, default in plain.items()
        if all(getattr(written, name) in (default, {}) for written in shapes)
    ]
    assert empty == ["revision"]


# --- what a later release wrote


def from_a_later_release(table: Table) -> Registration:
    """Have a later release change somebody's registration, and return it as it was before."""
    (stored,) = table.register([someone()])
    (item,) = (item for item in kept() if item["sk"]["S"] == stored.person_key)
    put({**item, "v": {"N": "99"}, "state": {"S": "in a state of its own"}})
    return replace(stored, revision=1)


def reported_to_operator(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int]]:
    """Return the items reported to the operator: of which kind, and how many."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [
        (line["kind"], int(line["UnknownVersion"][0])) for line in lines if line.get("table") == "tweetal"
    ]


def test_it_is_left_out_of_lists_and_told(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    from_a_later_release(table)
    table.register([someone("Petra Bos", "petra@berg.example")])
    whole = table.whole(N)
    assert [r.name for r in whole.registrations] == ["Petra Bos"]
    assert whole.unreadable_count == 1
    assert reported_to_operator(capsys) == [("REGISTRATION", 1)]


def test_it_cannot_be_read_alone(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnknownVersionError, match="REGISTRATION of a later release"):
        table.registration(N, from_a_later_release(table).person_key)
    assert reported_to_operator(capsys) == [("REGISTRATION", 1)]


def test_it_is_never_written_over(table: Table, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    stored = from_a_later_release(table)
    table.save_decision(WAIVER)
    table.claim_mail(MAIL, AT)
    for item in kept():
        put({**item, "v": {"N": "99"}})
    before = kept()
    with pytest.raises(UnknownVersionError):
        table.register([someone()])
    assert not table.save(stored.become(State.CANCELLED, AT, "person", "kan toch niet"))
    with pytest.raises(UnknownVersionError):
        table.undo_decision(WAIVER, AT)
    assert not table.save_decision(WAIVER)
    assert not table.claim_mail(MAIL, LATER)
    with pytest.raises(UnknownVersionError):  # what SES tells of it is not taken for done
        table.set_mail_state(N, MAIL.id, MailState.SENT)
    assert kept() == before
    assert {kind for kind, _ in reported_to_operator(capsys)} == {"REGISTRATION", "DECISION", "MAIL"}


def test_retention_takes_it_along(table: Table) -> None:
    from_a_later_release(table)
    assert table.delete_people(N, {"registered": 1}, AT) == 1
    assert [item["pk"]["S"] for item in kept()] == [f"COUNTS#{N}"]


def test_a_network_of_a_later_release_stays_as_it_was_last_read(
    table: Table, plg: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    networks = Networks(table)
    networks.at(AT)
    for item in kept():
        put({**item, "v": {"N": "99"}, "toml": {"S": "from the future"}})
    assert networks.at(AT + timedelta(minutes=2)) == {N: plg}
    with pytest.raises(UnavailableError):
        Networks(table).one(N, AT)
    assert reported_to_operator(capsys) == [("NETWORKS", 1)] * 2


def test_while_something_cannot_be_read_the_check_decides_nothing_and_has_the_report_sent(
    table: Table, plg: Network
) -> None:
    stored = from_a_later_release(table)
    table.register([someone("Petra Bos", "petra@berg.example")])
    assert check(table, plg, CLOSED, NOTHING) == {"reports": 1}
    (item,) = (item for item in kept() if item["sk"]["S"] == stored.person_key)
    put({**item, "v": {"N": str(newest(item["pk"]["S"]))}, "state": {"S": "registered"}})
    assert check(table, plg, CLOSED + timedelta(days=1), NOTHING) == {"admitted": 2, "reports": 1}


def test_while_something_cannot_be_read_who_takes_part_is_reminded_of_a_session_all_the_same(
    table: Table, plg: Network
) -> None:
    from_a_later_release(table)
    petra = someone("Petra Bos", "petra@berg.example").become(State.ADMITTED, AT, "organiser", "")
    table.register([petra])
    reminding = plg.model_copy(update={"rule": plg.rule.model_copy(update={"remind_session_days_before": 7})})
    day_before = datetime(2023, 5, 9, 5, tzinfo=UTC)
    assert check(table, reminding, day_before, NOTHING) == {"reminded": 1, "reports": 1}
    (after,) = table.registrations(N)
    assert after.session_reminded == reminding.sessions[0].date
