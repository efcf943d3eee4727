"""Judges the networks: their files, what is mailed about them, and items that this release cannot read."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from cli.finding import Finding, amber, green, red
from shared.domain.network.network import Network, NetworkError, read_network
from shared.domain.outbox import OPEN, MailRecord

_LATE, _STUCK = timedelta(minutes=20), timedelta(hours=1)  # a sweep and some time; as MailStuckAlarm


class NetworkHealth(NamedTuple):
    """What the table says of a network: its latest report, and how many items only a later release reads."""

    network: Network
    mails: tuple[MailRecord, ...]
    report: str
    is_report_missing: bool
    unreadable: int


def read_files(files: Mapping[str, str]) -> tuple[list[Network], list[str]]:
    """Return the networks of these files, and the names of the files that this release cannot read."""
    networks, unreadable = [], []
    for name, toml in files.items():
        try:
            networks.append(read_network(toml, name))
        except NetworkError:
            unreadable.append(name)
    return networks, unreadable


def judge_files(count: int, unreadable: Iterable[str]) -> Finding:
    """Say whether every network file can be used."""
    if names := ", ".join(unreadable):
        advice = "deploy the latest release, or apply the file again (docs/runbook.md#unknownversionalarm)"
        return red("network files", f"this release cannot read {names}", advice)
    if not count:
        return amber("network files", "no network was applied", "tweetal network apply FILE")
    return green("network files", f"{count} can be read")


def judge_network(health: NetworkHealth, now: datetime) -> Iterator[Finding]:
    """Yield how a network is, until its personal data is deleted."""
    network = health.network
    if now >= network.forgotten_at:
        return
    yield _judge_report(health)
    if not network.is_closed(now):
        yield _judge_origins(network)


def _judge_report(health: NetworkHealth) -> Finding:
    name, last = f"{health.network.id}: report", health.report or "none"
    if health.is_report_missing:
        return red(
            name,
            f"it has not gone out; the latest that was requested is {last}",
            f"tweetal check {health.network.id} (docs/runbook.md#reportmissingalarm)",
        )
    return green(name, f"the latest is {last}; none is missing")


def _judge_origins(network: Network) -> Finding:
    name = f"{network.id}: origins"
    if network.form.origins:
        return green(name, f"scripts of {', '.join(network.form.origins)} may post")
    return amber(
        name,
        "no site is listed: a form that posts with JavaScript is refused by the browser",
        "list the site in [form] origins of the network's file; a plain form needs none",
    )


def judge_versions(healths: Iterable[NetworkHealth]) -> Finding:
    """Say whether this release can read every item."""
    counts = [f"{health.unreadable} of {health.network.id}" for health in healths if health.unreadable]
    if counts:
        sentence = f"a later release wrote items ({', '.join(counts)}), so no check decides about them"
        return red("versions", sentence, "deploy the latest release (docs/runbook.md#unknownversionalarm)")
    return green("versions", "this release can read every item")


def judge_waiting(healths: Iterable[NetworkHealth], now: datetime) -> Finding:
    """Say since when the oldest mail waits that should have gone."""
    name = "oldest unsent mail"
    waiting = [m for h in healths for m in h.mails if m.state in OPEN]
    waiting = [m for m in waiting if not m.waits_for_evening and not m.is_held_back]
    if not waiting:
        return green(name, "none waits")
    oldest = min(waiting, key=lambda mail: mail.open_since)
    age, why = now - oldest.open_since, oldest.reason or "no answer of SES yet"
    sentence = f"{oldest.id} of {oldest.network} waits for {int(age.total_seconds() // 60)} minutes: {why}"
    if age > _STUCK:
        return red(name, sentence, "read the log of Mail (docs/runbook.md#mailstuckalarm)")
    if age > _LATE:
        return amber(name, sentence, "look again after the next sweep, within a quarter of an hour")
    return green(name, sentence)
