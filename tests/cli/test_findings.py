"""What `tweetal doctor` judges, with plain values: every colour, and that each but green says what to do."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from cli.dns_records import (
    CheckedRecord,
    DnsRecord,
    RecordState,
    check_records,
    judge_records,
    wanted_records,
)
from cli.finding import Colour, Finding, amber, green, red, unseen, worst
from cli.mail_findings import judge_account, judge_identities
from cli.network_findings import (
    NetworkHealth,
    judge_files,
    judge_network,
    judge_versions,
    judge_waiting,
    read_files,
)
from cli.stack_findings import (
    judge_alarms,
    judge_check,
    judge_keys,
    judge_queues,
    judge_schedules,
    judge_status,
    judge_streams,
    judge_subscriptions,
)
from shared.aws.ses_account import SesAccount, SesIdentity
from shared.aws.stack import StreamState
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from tests.conftest import PLG

NOW = datetime(2023, 3, 20, 8, tzinfo=UTC)
ACCOUNT = SesAccount(True, True, "HEALTHY", 50_000, 12, 14)
DOMAIN = SesIdentity(
    "voorbeeld.example", True, "SUCCESS", ("aaa", "bbb"), "bounce.voorbeeld.example", "SUCCESS"
)
SENDER = "aanmelden@voorbeeld.example"
MAIL = MailRecord("plg-2023", "PLG-1-confirmation-1", "confirmation", "PLG-1", MailState.PENDING, NOW)

Judge = Callable[[], Finding | Iterable[Finding]]


def colours(judge: Judge) -> str:
    """Return the first letters of the colours of findings; each that is not green says what to do."""
    judged = judge()
    findings = [judged] if isinstance(judged, Finding) else list(judged)
    for finding in findings:
        assert finding.sentence
        assert bool(finding.advice) == (finding.colour is not Colour.GREEN), finding
    return "".join(finding.colour[0] for finding in findings)


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (ACCOUNT, "ggg"),
        (ACCOUNT._replace(enforcement="PROBATION"), "agg"),
        (ACCOUNT._replace(enforcement="SHUTDOWN"), "rgg"),
        (ACCOUNT._replace(is_sending=False), "rgg"),
        (ACCOUNT._replace(is_out_of_sandbox=False), "grg"),
        (ACCOUNT._replace(sent=40_000), "gga"),
        (ACCOUNT._replace(sent=50_000), "ggr"),
        (ACCOUNT._replace(quota=-1), "ggg"),
    ],
)
def test_an_account_of_ses_has_a_reputation_a_sandbox_and_a_quota(account: SesAccount, expected: str) -> None:
    assert colours(lambda: judge_account(account)) == expected


@pytest.mark.parametrize(
    ("identities", "expected"),
    [
        ([DOMAIN], "ggg"),
        ([DOMAIN._replace(is_verified=False, dkim="PENDING")], "rag"),
        ([DOMAIN._replace(mail_from="", mail_from_status="")], "gga"),
        ([DOMAIN._replace(mail_from_status="PENDING")], "gga"),
        ([DOMAIN._replace(name=SENDER)], "ga"),
        ([], "ra"),
    ],
)
def test_an_identity_is_verified_signs_and_has_its_own_mail_from(
    identities: list[SesIdentity], expected: str
) -> None:
    assert colours(lambda: judge_identities(SENDER, identities)) == expected


def test_the_records_to_paste_are_those_of_ses_for_the_domain_and_region() -> None:
    assert [(record.kind, record.name, record.value) for record in wanted_records(DOMAIN, "eu-west-1")] == [
        ("CNAME", "aaa._domainkey.voorbeeld.example", "aaa.dkim.amazonses.com"),
        ("CNAME", "bbb._domainkey.voorbeeld.example", "bbb.dkim.amazonses.com"),
        ("MX", "bounce.voorbeeld.example", "10 feedback-smtp.eu-west-1.amazonses.com"),
        ("TXT", "bounce.voorbeeld.example", '"v=spf1 include:amazonses.com ~all"'),
        ("TXT", "_dmarc.voorbeeld.example", '"v=DMARC1; p=none"'),
    ]


def resolver(zone: dict[tuple[str, str], str]) -> Callable[[str, str], list[str] | None]:
    """Return a resolver that knows these records only."""
    return lambda kind, name: [zone[kind, name]] if (kind, name) in zone else []


def states(records: Iterable[CheckedRecord]) -> list[str]:
    return [f"{checked.record.subject} {checked.state}" for checked in records]


def test_a_record_counts_however_its_owner_wrote_it() -> None:
    zone = {
        ("CNAME", "aaa._domainkey.voorbeeld.example"): "AAA.dkim.amazonses.com.",
        ("MX", "bounce.voorbeeld.example"): "10 feedback-smtp.eu-west-1.amazonses.com.",
        ("TXT", "bounce.voorbeeld.example"): '"v=spf1 include:amazonses.com -all"',
        ("TXT", "_dmarc.voorbeeld.example"): '"v=DMARC1; p=reject; rua=mailto:dmarc@voorbeeld.example"',
    }
    checked = check_records(wanted_records(DOMAIN, "eu-west-1"), resolver(zone))
    assert states(checked) == [
        "DKIM present",
        "DKIM absent",
        "MAIL FROM present",
        "SPF present",
        "DMARC present",
    ]
    assert colours(lambda: judge_records(checked)) == "rggg"


def test_the_dmarc_of_the_domain_above_counts_and_its_absence_is_amber() -> None:
    sub = DnsRecord("DMARC", "TXT", "_dmarc.mail.school.voorbeeld.example", "", ("v=dmarc1",))
    above = resolver({("TXT", "_dmarc.voorbeeld.example"): '"v=DMARC1; p=none"'})
    assert states(check_records([sub], above)) == ["DMARC present"]
    assert colours(lambda: judge_records(check_records([sub], resolver({})))) == "a"


def test_without_a_resolver_it_says_that_it_could_not_look_and_tries_once() -> None:
    tried: list[str] = []

    def silent(_kind: str, name: str) -> None:
        tried.append(name)

    checked = check_records(wanted_records(DOMAIN, "eu-west-1"), silent)
    assert {record.state for record in checked} == {RecordState.UNSEEN}
    assert len(tried) == 1
    assert colours(lambda: judge_records(checked)) == "aaaa"


ON = StreamState("Enabled", "OK")


@pytest.mark.parametrize(
    ("judge", "expected"),
    [
        (partial(judge_status, "UPDATE_COMPLETE"), "g"),
        (partial(judge_status, "UPDATE_ROLLBACK_COMPLETE"), "a"),
        (partial(judge_status, "UPDATE_IN_PROGRESS"), "a"),
        (partial(judge_status, "ROLLBACK_COMPLETE"), "r"),
        (partial(judge_keys, "LinkSecret", ["k" * 64, "l" * 64]), "g"),
        (partial(judge_keys, "LinkSecret", ["short"]), "r"),
        (partial(judge_keys, "LinkSecret", []), "r"),
        (partial(judge_schedules, {"CheckDaily": "ENABLED"}), "g"),
        (partial(judge_schedules, {"CheckDaily": "ENABLED", "ProbeDaily": "DISABLED"}), "g"),
        (partial(judge_schedules, {"CheckDaily": "ENABLED", "SubmitWake": "DISABLED"}), "g"),
        (partial(judge_schedules, {"CheckDaily": "DISABLED"}), "r"),
        (partial(judge_schedules, {"CheckDaily": "ENABLED", "ExportDaily": "DISABLED"}), "a"),
        (partial(judge_schedules, {}), "r"),
        (partial(judge_streams, {"MailChange": ON}), "g"),
        (partial(judge_streams, {"MailChange": ON._replace(state="Updating")}), "a"),
        (
            partial(judge_streams, {"MailChange": ON._replace(last_result="PROBLEM: Function call failed")}),
            "a",
        ),
        (partial(judge_streams, {"MailChange": ON._replace(state="Disabled")}), "r"),
        (partial(judge_streams, {}), "r"),
        (partial(judge_queues, {"Unhandled": 0}), "g"),
        (partial(judge_queues, {"Unhandled": 2}), "r"),
        (partial(judge_subscriptions, "els@x.example", "arn:topic", [True]), "g"),
        (partial(judge_subscriptions, "none", "", []), "a"),
        (partial(judge_subscriptions, "els@x.example", "arn:topic", []), "r"),
        (partial(judge_subscriptions, "els@x.example", "arn:topic", [False]), "r"),
        (partial(judge_alarms, [], 11), "g"),
        (partial(judge_alarms, ["ErrorsAlarm", "UnhandledAlarm"], 11), "rr"),
        (partial(judge_check, NOW, NOW - timedelta(days=9), NOW), "g"),
        (partial(judge_check, None, NOW - timedelta(hours=3), NOW), "a"),
        (partial(judge_check, None, NOW - timedelta(days=9), NOW), "r"),
        (partial(judge_files, 2, []), "g"),
        (partial(judge_files, 0, []), "a"),
        (partial(judge_files, 2, ["plg-2023"]), "r"),
        (partial(unseen, "queue", "AccessDeniedException"), "a"),
        (partial(unseen, "queue", "AWS.SimpleQueueService.NonExistentQueue"), "r"),
    ],
)
def test_each_part_of_a_stack_is_green_amber_or_red(judge: Judge, expected: str) -> None:
    assert colours(judge) == expected


def health(network: Network, *mails: MailRecord, is_report_missing: bool = False) -> NetworkHealth:
    return NetworkHealth(network, mails, "2023-03-19", is_report_missing, unreadable=0)


def test_a_network_is_red_without_its_report_and_amber_if_no_site_may_post(network: Network) -> None:
    bare = network.model_copy(update={"form": network.form.model_copy(update={"origins": ()})})
    assert colours(lambda: judge_network(health(network), NOW)) == "gg"
    assert colours(lambda: judge_network(health(bare), NOW)) == "ga"
    assert colours(lambda: judge_network(health(network, is_report_missing=True), NOW)) == "rg"
    assert colours(lambda: judge_network(health(bare), network.closes_at)) == "g"  # nobody posts any longer
    assert colours(lambda: judge_network(health(bare), network.forgotten_at)) == ""


def test_items_of_a_later_release_are_red(network: Network) -> None:
    assert colours(lambda: judge_versions([health(network)])) == "g"
    assert colours(lambda: judge_versions([health(network)._replace(unreadable=2)])) == "r"


def test_a_file_that_cannot_be_read_is_named() -> None:
    networks, unreadable = read_files({"plg-2023": PLG.read_text(), "later": ""})
    assert [network.id for network in networks] == ["plg-2023"]
    assert unreadable == ["later"]


@pytest.mark.parametrize(("minutes", "colour"), [(5, "g"), (30, "a"), (90, "r")])
def test_the_oldest_mail_that_waits_is_named_with_its_age(
    network: Network, minutes: int, colour: str
) -> None:
    done = replace(MAIL, id="PLG-0-links-1", state=MailState.SENT, at=NOW - timedelta(days=3))
    waiting = [health(network, MAIL, done)]
    finding = judge_waiting(waiting, NOW + timedelta(minutes=minutes))
    assert colours(lambda: finding) == colour
    assert f"PLG-1-confirmation-1 of plg-2023 waits for {minutes} minutes" in finding.sentence


def test_a_mail_that_waits_for_the_evening_is_not_late(network: Network) -> None:
    evening = replace(MAIL, reason="too many today")
    assert colours(lambda: judge_waiting([health(network, evening)], NOW + timedelta(hours=9))) == "g"


def test_the_worst_colour_decides() -> None:
    findings = [green("a", "well"), amber("b", "hm", "look"), red("c", "no", "mend")]
    assert [worst(findings[:n]) for n in range(4)] == ["green", "green", "amber", "red"]
