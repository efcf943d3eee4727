"""Table changes (DynamoDB stream) and a sweep every quarter (Scheduler) become mails, each of them once."""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from functions.mail.arrivals import Arrivals
from functions.mail.copies import Copies
from functions.mail.gather import Batch
from functions.mail.missing_reports import measure_missing_reports
from functions.mail.organisers import OrganiserMails
from functions.mail.send import Sender
from functions.mail.sweep import sweep
from shared.access.links import Links
from shared.access.sign_ins import SignIns
from shared.aws import items, keys
from shared.aws.first_mails import FirstMails
from shared.aws.mail_limits import MailLimits
from shared.aws.networks import Networks
from shared.aws.patience import LambdaContext
from shared.aws.quiet_networks import QuietNetworks
from shared.aws.refusal_counts import RefusalCounts
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.ses import SesMailer
from shared.aws.store import Store
from shared.aws.stream_reader import StreamReader
from shared.aws.table import Table
from shared.aws.wire import from_wire
from shared.domain.network.network import Network
from shared.domain.outbox import MANY_BOUNCE
from shared.domain.registration.registration import Registration, State
from shared.log import FailedError, hides_error_text, logger, measure
from shared.mails.owed import owed
from shared.settings import read_settings

_LOG = logger("mail")
_ENOUGH = 30_000  # milliseconds for one more record; SES has ten seconds for each of its mails


class Services(NamedTuple):
    """The services that this function talks to."""

    table: Table
    sign_ins: SignIns
    limits: MailLimits
    networks: Networks
    mailer: SesMailer
    links: Links
    schools: Schools
    refusal_counts: RefusalCounts
    copies: Copies
    quiet: QuietNetworks
    metrics: str  # the namespace of this stack's metrics


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    store = Store(settings.table)
    table = Table(store)
    schools = Schools(table)
    return Services(
        table,
        SignIns(store),
        MailLimits(store),
        Networks(table),
        SesMailer(settings.sender, settings.configuration_set),
        Links(link_keys(settings.link_secret), settings.base_url),
        schools,
        RefusalCounts(store),
        Copies(table, schools, StreamReader(store, secrets.token_hex(8))),
        QuietNetworks(store),
        settings.metrics_namespace,
    )


@hides_error_text
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Send the mails that records of the stream cause or, on the schedule, that any network owes."""

    def is_time_short() -> bool:
        return context.get_remaining_time_in_millis() < _ENOUGH

    if "Records" in event:
        return _handle_records(event["Records"], is_time_short)
    return _sweep_all(event["time"], is_time_short)


def _handle_records(records: Sequence[dict[str, Any]], is_time_short: Callable[[], bool]) -> dict[str, Any]:
    try:
        services().copies.catch_up(records)
    except Exception as error:  # noqa: BLE001 as below; another process could not know that we began
        _LOG.error("batch failed", error=type(error).__name__)
        return {"batchItemFailures": [{"itemIdentifier": _sequence_number(record)} for record in records]}
    batch, arrivals, failed = _new_batch(), Arrivals(records, services().table), []
    first_mails = services().limits.first_mails()
    for record in records:
        try:
            _handle_record(record["dynamodb"], batch, arrivals, first_mails, is_time_short)
        except Exception as error:  # noqa: BLE001 a poison record must not stop the others
            number = _sequence_number(record)
            _LOG.error("record failed", error=type(error).__name__, sequence_number=number)
            failed.append({"itemIdentifier": number})
    return {"batchItemFailures": failed}


def _sequence_number(record: Any) -> str:
    """Return the id by which Lambda retries a record; empty if it has none, which retries the whole batch."""
    try:
        return str(record["dynamodb"]["SequenceNumber"])
    except (LookupError, TypeError):
        return ""


def _handle_record(
    record: dict[str, Any],
    batch: Batch,
    arrivals: Arrivals,
    first_mails: FirstMails,
    is_time_short: Callable[[], bool],
) -> None:
    """Send the mails that the change of one item causes."""
    if "NewImage" not in record:  # deleted, by TTL or by retention: nobody is mailed
        return
    item = from_wire(record["NewImage"])
    if not keys.may_cause_mail(item):  # that it came is enough: the next sweep reads the network
        return
    # The person whom a pointer points to was written with it; a request for a code precedes the code.
    if items.is_pointer(item) or (keys.is_about_codes(item) and not keys.is_code(item)):
        return
    at = datetime.fromtimestamp(record["ApproximateCreationDateTime"], UTC)
    table, limits, mailer = services().table, services().limits, services().mailer
    networks = services().networks.at(at, renew=keys.is_version(item))
    network = networks[keys.network_of(item)]
    sender = Sender(table, limits, first_mails, mailer, at, is_time_short, services().metrics)
    # A report is only true once everything owed has gone out; a network file may have moved sessions.
    if keys.is_report(item) or keys.is_version(item) or keys.is_message(item):
        sweep(network, batch, _organiser_mails(), sender)
        return
    if keys.is_code(item):
        sender.send(_organiser_mails().owed_codes(network, at), table.mails(network.id, "code-"))
        return
    earlier, person = from_wire(record.get("OldImage", {})), items.to_registration(item)
    if person.unjudged:  # nobody is mailed before the verdict, which is another change
        arrivals.judge(person, network, at)
        return
    if person.state is State.QUARANTINED:  # who is aside is in nobody's mail, so nothing is read for them
        return
    before = items.to_registration(earlier) if earlier else None
    _send_for_registration(None if before and before.unjudged else before, person, network, batch, sender)


def _send_for_registration(
    before: Registration | None, after: Registration, network: Network, batch: Batch, sender: Sender
) -> None:
    people = batch.affected_people(network, before, after, sender.now)
    batch.keep_memberships(network, before, after, people, sender.now)
    # A new person has no mail records yet; if this record comes twice, the claim stops a second mail.
    others = batch.mailbox_sharers(network, people, sender.now)
    context = batch.mail_context(network, sender.now, [*(people if before else people[1:]), *others])
    letters = ((person, mail) for person in people for mail in owed(person, context))
    at_once = [mail for person, mail in letters if not batch.waits_for_sweep(person, mail, sender.now)]
    sender.send(at_once, context.records)


def _sweep_all(time: str, is_time_short: Callable[[], bool]) -> dict[str, Any]:
    """Sweep networks from their opening until their data is deleted, except where nothing can be owed.

    One that fails leaves the others whole.
    """
    now = datetime.fromisoformat(time)
    table, limits, mailer = services().table, services().limits, services().mailer
    metrics, first_mails = services().metrics, limits.first_mails()
    sender = Sender(table, limits, first_mails, mailer, now, is_time_short, metrics, sweeps=True)
    waited, failed = [], []
    networks, quiet = services().networks.at(now).values(), services().quiet.read()
    for network in networks:
        try:
            if network.opens_at <= now < network.forgotten_at and not quiet.is_quiet(network.id, now):
                swept = sweep(network, _new_batch(), _organiser_mails(), sender)
                waited += swept.waiting
                if swept.quiet_until:
                    services().quiet.keep(network.id, quiet.until.get(network.id), swept.quiet_until, now)
        except Exception as error:  # noqa: BLE001 a failing network must not stop the others
            failed.append(network.id)
            _LOG.error("sweep failed", network=network.id, error=type(error).__name__)
    on_hold = [record for record in waited if record.waits_for_evening or record.is_held_back]
    oldest = min([now, *(record.open_since for record in waited if record not in on_hold)])
    held_back = sum(record.reason == MANY_BOUNCE for record in on_hold)
    measure(metrics, "OldestOpenMail", (now - oldest).total_seconds(), "Seconds", {"service": "mail"})
    measure(metrics, "FirstMailsHeldBack", held_back, "Count", {"service": "mail"})
    reported = measure_missing_reports(table, networks, quiet.reported, now, metrics)
    if reported != quiet.reported:
        services().quiet.keep_reported(reported)
    if failed:
        raise SweepFailedError(failed)
    return {"time": time, "oldest": oldest.isoformat()}


class SweepFailedError(FailedError):
    """The sweep failed for these networks: the next one tries again, and an alarm tells the operator."""


def _new_batch() -> Batch:
    return Batch(services().table, services().links, services().schools, services().copies)


def _organiser_mails() -> OrganiserMails:
    table, sign_ins, links = services().table, services().sign_ins, services().links
    return OrganiserMails(table, sign_ins, links, services().schools, services().refusal_counts)
