"""`tweetal doctor`: looks at everything that must be right, and says of each what to do."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

import typer

from cli.dns_records import CheckedRecord, check_records, judge_records, wanted_records
from cli.finding import Colour, Finding, look, show_findings, worst
from cli.mail_findings import judge_account, judge_identities
from cli.network_findings import (
    NetworkHealth,
    judge_files,
    judge_network,
    judge_versions,
    judge_waiting,
    read_files,
)
from cli.shell import AsJson, StackName, now, stack_named, table_named
from cli.stack_findings import (
    CHECK_WITHIN,
    judge_alarms,
    judge_check,
    judge_keys,
    judge_queues,
    judge_schedules,
    judge_status,
    judge_streams,
    judge_subscriptions,
)
from functions.mail.missing_reports import missing_reports
from shared.aws import ses_account as ses
from shared.aws import stack as aws
from shared.aws.secrets import link_keys
from shared.aws.stack import StackDescription
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network

app = typer.Typer()


@app.command("doctor")
def examine(
    stack: StackName = "tweetal",
    as_json: AsJson = False,
) -> None:
    """Look whether everything works, and say what to do. Changes nothing; exit code 1 if anything is red."""
    description = stack_named(stack)
    sender = description.parameters.get("SenderEmail", "")
    records = _records(sender)
    findings = [judge_status(description.status)]
    findings += look("sending", ses.ses_account, judge_account)
    findings += look("identity", lambda: ses.identities(sender), partial(judge_identities, sender))
    findings += judge_records(records)
    findings += _stack(description, now())
    findings += _networks(description.outputs.get("TableName", ""), now())
    show_findings(findings, as_json, records=_as_rows(records))
    if not as_json:
        _print_records(records)
    if worst(findings) is Colour.RED:
        raise typer.Exit(1)


def _records(sender: str) -> list[CheckedRecord]:
    """Return the records that the DNS of our domain must have; none if SES does not know it."""
    try:
        domains = [identity for identity in ses.identities(sender) if identity.is_domain]
    except UnavailableError:  # the finding about the identity says so
        return []
    return [each for domain in domains for each in check_records(wanted_records(domain, ses.ses_region()))]


def _stack(stack: StackDescription, at: datetime) -> Iterator[Finding]:
    for name, own in stack.of_type(aws.SECRET).items():
        yield from look(name, partial(link_keys, own), partial(judge_keys, name))
    yield from look("schedules", lambda: aws.schedule_states(stack), judge_schedules)
    yield from look("stream", lambda: aws.stream_states(stack), judge_streams)
    yield from look("dead letters", lambda: aws.queue_lengths(stack), judge_queues)
    email, topic = stack.parameters.get("AlarmEmail", "none"), stack.id_of("Alarms")
    yield from look(
        "alarm mails",
        lambda: aws.are_subscriptions_confirmed(topic) if topic else [],
        lambda confirmed: judge_subscriptions(email, topic, confirmed),
    )
    count = len(stack.of_type(aws.ALARM))
    yield from look("alarms", lambda: aws.raised_alarms(stack), lambda raised: judge_alarms(raised, count))
    yield from look(
        "last check",
        lambda: aws.last_invocation(stack.id_of("Check"), at, CHECK_WITHIN),
        lambda last: judge_check(last, stack.created_at, at),
    )


def _networks(name: str, at: datetime) -> list[Finding]:
    table = table_named(name)
    return look("network files", table.networks, lambda files: list(_judge_networks(table, files, at)))


def _judge_networks(table: Table, files: dict[str, str], at: datetime) -> Iterator[Finding]:
    networks, unreadable = read_files(files)
    yield judge_files(len(networks), unreadable)
    healths = [_health(table, network, at) for network in networks if not network.is_probe]
    for health in healths:
        yield from judge_network(health, at)
    yield judge_versions(healths)
    yield judge_waiting(healths, at)


def _health(table: Table, network: Network, at: datetime) -> NetworkHealth:
    return NetworkHealth(
        network,
        table.mails(network.id),
        max((request.day for request in table.reports(network.id)), default=""),
        bool(missing_reports(table, [network], at)),
        table.whole(network.id).unreadable_count,
    )


def _print_records(records: Sequence[CheckedRecord]) -> None:
    if records:
        typer.echo("\nDNS records, to paste:\n")
    width = max((len(each.record.name) for each in records), default=0)  # no line is folded: it is pasted
    for record, state in records:
        typer.echo(f"{state:8} {record.kind:6} {record.name:{width}}  {record.value}")


def _as_rows(records: Iterable[CheckedRecord]) -> list[dict[str, str]]:
    return [
        {"type": record.kind, "name": record.name, "value": record.value, "now": state}
        for record, state in records
    ]
