"""The DNS records that receiving servers check: what they must be, and what a resolver answers."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

import dns.exception
import dns.resolver

from cli.finding import Finding, amber, green, red
from shared.aws.ses_account import SesIdentity

_SECONDS = 3.0
Resolve = Callable[[str, str], list[str] | None]


class RecordState(StrEnum):
    """What the DNS says of a record; `UNSEEN` if no resolver answered."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSEEN = "unseen"


class DnsRecord(NamedTuple):
    """A record to paste in the DNS; an answer that has every word of `mark` will do as well."""

    subject: str
    kind: str
    name: str
    value: str
    mark: tuple[str, ...]


class CheckedRecord(NamedTuple):
    """A record, and what the DNS says of it."""

    record: DnsRecord
    state: RecordState


def wanted_records(identity: SesIdentity, region: str) -> Iterator[DnsRecord]:
    """Yield the records of a domain from which SES sends (SES Developer Guide, DKIM, MAIL FROM and DMARC)."""
    domain = identity.name
    for token in identity.dkim_tokens:
        target = f"{token}.dkim.amazonses.com"
        yield DnsRecord("DKIM", "CNAME", f"{token}._domainkey.{domain}", target, (target,))
    mail_from, server = identity.mail_from or f"bounce.{domain}", f"feedback-smtp.{region}.amazonses.com"
    yield DnsRecord("MAIL FROM", "MX", mail_from, f"10 {server}", (server,))
    spf = "v=spf1 include:amazonses.com ~all"
    yield DnsRecord("SPF", "TXT", mail_from, f'"{spf}"', ("v=spf1", "include:amazonses.com"))
    yield DnsRecord("DMARC", "TXT", f"_dmarc.{domain}", '"v=DMARC1; p=none"', ("v=dmarc1",))


def look_up(kind: str, name: str) -> list[str] | None:
    """Return what the DNS has of a kind under a name; None if no resolver answers."""
    try:
        return [answer.to_text() for answer in dns.resolver.resolve(name, kind, lifetime=_SECONDS)]
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        return None


def check_records(records: Iterable[DnsRecord], resolve: Resolve = look_up) -> list[CheckedRecord]:
    """Return what the DNS says of each record; after one that no resolver answers, none is tried."""
    checked: list[CheckedRecord] = []
    for record in records:
        is_silent = any(before.state is RecordState.UNSEEN for before in checked)
        state = RecordState.UNSEEN if is_silent else _state(record, resolve)
        checked.append(CheckedRecord(record, state))
    return checked


def _state(record: DnsRecord, resolve: Resolve) -> RecordState:
    for name in _names(record):
        answers = resolve(record.kind, name)
        if answers is None:
            return RecordState.UNSEEN
        if any(all(word in answer.casefold() for word in record.mark) for answer in answers):
            return RecordState.PRESENT
    return RecordState.ABSENT


def _names(record: DnsRecord) -> Iterator[str]:
    """Yield where a record may stand: the DMARC of a domain above counts too (RFC 7489, 6.6.3)."""
    yield record.name
    above = record.name.removeprefix("_dmarc.").split(".")[1:] if record.subject == "DMARC" else []
    while len(above) > 1:
        yield f"_dmarc.{'.'.join(above)}"
        above = above[1:]


def judge_records(checked: Iterable[CheckedRecord]) -> Iterator[Finding]:
    """Yield a finding for each subject of these records."""
    states: dict[str, set[RecordState]] = {}
    for record, state in checked:
        states.setdefault(record.subject, set()).add(state)
    for subject, all_states in states.items():
        name, paste = f"{subject} in the DNS", "put the records below in the DNS of the domain"
        if RecordState.UNSEEN in all_states:
            yield amber(
                name, "no resolver answers here, so it was not looked at", f"look elsewhere, or {paste}"
            )
        elif RecordState.ABSENT in all_states:
            judge = red if subject == "DKIM" else amber
            yield judge(name, "receiving servers do not find it, and may take mails for spam", paste)
        else:
            yield green(name, "receiving servers find it")
