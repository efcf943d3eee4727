"""Table changes (DynamoDB stream) and a sweep every quarter (Scheduler) become mails, each of them once."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, Protocol

from functions.mail.gather import Batch
from functions.mail.send import Sender
from functions.mail.sweep import sweep
from shared.access.links import Links
from shared.aws import items, keys
from shared.aws.mail_limits import MailLimits
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.ses import SesMailer
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import from_wire
from shared.log import FailedError, hides_error_text, logger, measure
from shared.mails.owed import owed
from shared.settings import read_settings

_LOG = logger("mail")
_HURRY = 30_000  # milliseconds: what one record may still take; SES has ten seconds for each of its mails


class Context(Protocol):
    """What Lambda tells of an invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Return how long it may still take."""


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    limits: MailLimits
    networks: Networks
    post: SesMailer
    links: Links
    schools: Schools
    metrics: str  # the namespace of this stack's metrics


@cache
def services() -> Services:
    """Connect on first use."""
    told = read_settings()
    store = Store(told.table)
    table = Table(store)
    post = SesMailer(told.sender, told.configuration_set)
    links = Links(link_keys(told.link_secret), told.base_url)
    known = Networks(table), post, links, Schools(table)
    return Services(table, MailLimits(store), *known, told.metrics_namespace)


@hides_error_text
def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Send what is owed: around each record of the stream, or, woken by the clock, in every network."""

    def hurry() -> bool:
        return context.get_remaining_time_in_millis() < _HURRY

    return _follow(event["Records"], hurry) if "Records" in event else _sweep(event["time"], hurry)


def _follow(records: Iterable[dict[str, Any]], hurry: Callable[[], bool]) -> dict[str, Any]:
    batch, failed = _batch(), []
    for record in records:
        try:
            _settle(record["dynamodb"], batch, hurry)
        except Exception as error:  # noqa: BLE001 a poison record must not stop the others
            number = _number(record)
            _LOG.error("record failed", error=type(error).__name__, sequence_number=number)
            failed.append({"itemIdentifier": number})
    return {"batchItemFailures": failed}


def _number(record: Any) -> str:
    """Return what Lambda knows a record by; empty for one without, and then the whole batch comes again."""
    try:
        return str(record["dynamodb"]["SequenceNumber"])
    except (LookupError, TypeError):
        return ""


def _settle(record: dict[str, Any], batch: Batch, hurry: Callable[[], bool]) -> None:
    """Send what is owed around the item that a record of the stream is of."""
    if "NewImage" not in record:  # deleted, by TTL or because its time had come: nobody is mailed
        return
    item = from_wire(record["NewImage"])
    at = datetime.fromtimestamp(record["ApproximateCreationDateTime"], UTC)
    networks = services().networks.at(at, renew=keys.is_version(item))
    network = networks[keys.network_of(item)]
    sender = Sender(services().table, services().limits, services().post, at, hurry)
    # A report is only true once everything owed has gone out; a network file may have moved sessions.
    if keys.is_report(item) or keys.is_version(item):
        sweep(network, batch, sender)
    elif keys.is_code(item):
        sender.send(batch.of_organisers(network, at), services().table.mails(network.id, "code-"))
    else:
        old = from_wire(record.get("OldImage", {}))
        change = items.to_registration(old) if old else None, items.to_registration(item)
        people = batch.touched(network, *change, at)
        # Who is new was mailed nothing yet; where this record comes a second time, the claims say so.
        scene = batch.scene(network, at, people if old else people[1:])
        letters = (letter for person in people for letter in owed(person, scene))
        sender.send(letters, scene.records)


def _sweep(time: str, hurry: Callable[[], bool]) -> dict[str, Any]:
    """Sweep every network that is alive; one that fails leaves the others whole."""
    now, batch = datetime.fromisoformat(time), _batch()
    sender = Sender(services().table, services().limits, services().post, now, hurry, sweeps=True)
    open_since, failed = [now], []
    for network in services().networks.at(now).values():
        try:
            if network.opens_at <= now < network.forgotten_at:
                open_since += sweep(network, batch, sender)
        except Exception as error:  # noqa: BLE001 whatever one network does, the others are swept
            failed.append(network.id)
            _LOG.error("sweep failed", network=network.id, error=type(error).__name__)
    oldest = (now - min(open_since)).total_seconds()
    measure(services().metrics, "OldestOpenMail", oldest, "Seconds", {"service": "mail"})
    if failed:
        raise SweepFailedError(failed)
    return {"time": time, "oldest": min(open_since).isoformat()}


class SweepFailedError(FailedError):
    """A sweep that could not be finished for these networks: the next one tries again, an alarm tells."""


def _batch() -> Batch:
    return Batch(services().table, services().links, services().schools)
