"""Table changes (DynamoDB stream) become mails, each of them once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from functions.mail.gather import Batch
from functions.mail.owed import Change, Letter, owed
from shared.aws import codes, items, keys
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.ses import LaterError, Post, RefusedError, UnknownError
from shared.aws.store import Store, from_wire
from shared.aws.table import Table
from shared.domain.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.person import address_key
from shared.domain.registration import Registration
from shared.domain.report import make_report
from shared.domain.sign_in import SignIn
from shared.links import Links
from shared.log import discreet, logger
from shared.mails.code import code_mail
from shared.settings import settings

_LOG = logger("mail")


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    networks: Networks
    post: Post
    links: Links
    schools: Schools


@cache
def services() -> Services:
    """Connect on first use."""
    told = settings()
    table = Table(Store(told.table))
    post = Post(told.sender, told.configuration_set)
    links = Links(link_keys(told.link_secret), told.base_url)
    return Services(table, Networks(table), post, links, Schools(table))


@discreet
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Send what each record owes; a record that fails holds up no other and is offered again."""
    batch = Batch(services().table, services().links, services().schools)
    failed = []
    for record in event["Records"]:
        try:
            for letter in _owed(record["dynamodb"], batch):
                _send(letter)
        except Exception as error:  # noqa: BLE001 a poison record must not stop the others
            number = record["dynamodb"]["SequenceNumber"]
            _LOG.error("record failed", error=type(error).__name__, sequence_number=number)
            failed.append({"itemIdentifier": number})
    return {"batchItemFailures": failed}


def _owed(record: dict[str, Any], batch: Batch) -> Iterator[Letter]:
    if "NewImage" not in record:  # deleted, by TTL or because its time had come: nobody is mailed
        return
    item, old = from_wire(record["NewImage"]), from_wire(record.get("OldImage", {}))
    at = datetime.fromtimestamp(record["ApproximateCreationDateTime"], UTC)
    network = services().networks.at(at)[keys.network_of(item)]
    if keys.is_report(item) and not old:
        yield from _report(network, item, batch.around(network, at).registrations)
    if keys.is_code(item) and item["nonce"] != old.get("nonce"):
        yield from _code(network, codes.to_sign_in(item))
    if keys.is_registration(item):
        change = Change(items.to_registration(old) if old else None, items.to_registration(item))
        scene = batch.scene(network, change, at)
        yield from owed(change, scene) if scene else ()


def _report(network: Network, item: dict[str, Any], everyone: tuple[Registration, ...]) -> Iterator[Letter]:
    from shared.mails.report import report  # only a report needs the sheets

    at = items.instant(item["at"])
    previous = items.instant(item["previous"]) if "previous" in item else None
    table = services().table
    before = table.network_at(network.id, previous) if previous else None
    known, decisions = services().schools.at(at), table.decisions(network.id)
    facts = make_report(network, everyone, table.mails(network.id), previous, at, decisions, before, known)
    for number, to in enumerate(network.organiser.report_to, 1):
        mail = report(network, facts, services().links.organiser(network, to))
        name = f"report-{item['sk']}-{number}"
        yield Letter(
            to, network.organiser, mail, MailRecord(network.id, name, mail.kind, "", MailState.SENDING, at)
        )


def _code(network: Network, sign_in: SignIn) -> Iterator[Letter]:
    """Yield the code to the organiser who asked for it, where they still are one."""
    at, code = sign_in.asked[-1], services().links.code(sign_in)
    for to in network.organiser.report_to:
        if address_key(network.id, to) == sign_in.organiser:
            mail = code_mail(network, code, sign_in.ends)
            name = f"code-{sign_in.organiser[:8]}-{at:%Y%m%dT%H%M%S}"
            record = MailRecord(network.id, name, mail.kind, "", MailState.SENDING, at)
            yield Letter(to, network.organiser, mail, record)


def _send(letter: Letter) -> None:
    """Send a letter that was not sent before: claimed first, marked after."""
    table, record = services().table, letter.record
    if not table.claim(record):
        return
    try:
        services().post.send(letter.mail, letter.to, letter.organiser, record)
    except RefusedError as refused:
        table.mark(record.network, record.id, MailState.FAILED, str(refused))
    except LaterError:
        table.unclaim(record)
        raise
    except UnknownError as unknown:  # SES's Send event tells; until then it is not sent a second time
        _LOG.warning("answer lost", mail=record.id, error=str(unknown))
    else:
        table.mark(record.network, record.id, MailState.SENT)
        _LOG.info("sent", mail=record.id, kind=record.kind, network=record.network)
