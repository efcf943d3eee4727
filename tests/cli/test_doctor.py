"""`tweetal doctor` against what moto plays of AWS: what it reads, prints, and says by its exit code."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from typer.testing import CliRunner, Result

from cli import dns_records, doctor
from cli.main import app
from shared.aws import ses_account, stack
from shared.aws.ses_account import SesAccount, SesIdentity
from shared.aws.stack import StackDescription, StreamState
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network

NOW = datetime(2023, 3, 20, 5, tzinfo=UTC)  # before the day's check: the last report is of the day before
DOMAIN = SesIdentity("x.example", True, "SUCCESS", ("aaa",), "bounce.x.example", "SUCCESS")
LOOKED_AT = (
    *("deployment", "reputation", "sandbox", "sending quota", "identity", "DKIM", "MAIL FROM"),
    *("DKIM in the DNS", "MAIL FROM in the DNS", "SPF in the DNS", "DMARC in the DNS", "LinkSecret"),
    *("schedules", "stream", "dead letters", "alarm mails", "alarms", "last check", "network files"),
    *("plg-2023: report", "plg-2023: origins", "versions", "oldest unsent mail"),
)


def client(service: str) -> Any:
    return boto3.client(service)  # type: ignore[call-overload] # as in shared/aws/stack.py


def deploys() -> StackDescription:
    """Make what a stack has with the services that moto plays, and return how CloudFormation tells it."""
    queue = client("sqs").create_queue(QueueName="unhandled")["QueueUrl"]
    topic = client("sns").create_topic(Name="alarms")["TopicArn"]
    client("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="els@x.example")
    secret = client("secretsmanager").create_secret(Name="links", SecretString="k" * 64)["ARN"]
    alarm = {"Namespace": "AWS/SQS", "MetricName": "Visible", "Statistic": "Maximum", "Period": 300}
    alarm |= {"EvaluationPeriods": 1, "Threshold": 0.0, "ComparisonOperator": "GreaterThanThreshold"}
    client("cloudwatch").put_metric_alarm(AlarmName="tweetal-unhandled", **alarm)
    client("scheduler").create_schedule(
        Name="daily",
        ScheduleExpression="rate(1 day)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": queue, "RoleArn": "arn:aws:iam::123456789012:role/scheduler"},
    )
    ran = {"Dimensions": [{"Name": "FunctionName", "Value": "check"}], "Value": 1.0}
    data = [{"MetricName": "Invocations", "Timestamp": NOW - timedelta(hours=23), **ran}]
    client("cloudwatch").put_metric_data(Namespace="AWS/Lambda", MetricData=data)
    return StackDescription(
        "UPDATE_COMPLETE",
        NOW - timedelta(days=40),
        {"SenderEmail": "aanmelden@x.example", "AlarmEmail": "els@x.example"},
        {"TableName": "tweetal"},
        {
            "Unhandled": (stack.QUEUE, queue),
            "Alarms": ("AWS::SNS::Topic", topic),
            "LinkSecret": (stack.SECRET, secret),
            "UnhandledAlarm": (stack.ALARM, "tweetal-unhandled"),
            "CheckDaily": (stack.SCHEDULE, "daily"),
            "Check": ("AWS::Lambda::Function", "check"),
        },
    )


@pytest.fixture
def deployed(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> StackDescription:
    """A stack on which everything is right; SES, DNS and the stream as far as moto does not play them."""
    description = deploys()
    account = SesAccount(True, True, "HEALTHY", 50_000, 12, 14)
    monkeypatch.setattr(doctor, "now", lambda: NOW)
    monkeypatch.setattr(stack, "describe_stack", lambda _name: description)
    monkeypatch.setattr(stack, "stream_states", lambda _stack: {"MailChange": StreamState("Enabled", "OK")})
    monkeypatch.setattr(ses_account, "ses_account", lambda: account)
    monkeypatch.setattr(ses_account, "identities", lambda _sender: [DOMAIN])
    monkeypatch.setattr(doctor, "check_records", lambda records: _all_present(records))
    monkeypatch.setattr(doctor, "missing_reports", lambda *_: [])
    return description


def _all_present(records: Any) -> list[dns_records.CheckedRecord]:
    return [dns_records.CheckedRecord(record, dns_records.RecordState.PRESENT) for record in records]


def runs(*words: str) -> Result:
    command = ("doctor", *words)
    return CliRunner().invoke(app, command, env={"COLUMNS": "300"}, catch_exceptions=False)


def findings(result: Result) -> dict[str, str]:
    return {each["name"]: each["colour"] for each in json.loads(result.stdout)["findings"]}


def test_a_stack_on_which_everything_is_right_is_green_and_exits_with_0(deployed: StackDescription) -> None:
    result = runs("--json")
    assert set(findings(result).values()) == {"green"}, result.stdout
    assert result.exit_code == 0
    assert sorted(findings(result)) == sorted(LOOKED_AT)


@pytest.fixture
def in_tokyo() -> Iterator[None]:
    """The clock of a machine on which botocore gives times of Tokyo."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


def test_its_times_are_utc_wherever_the_operators_machine_is(
    deployed: StackDescription, in_tokyo: None
) -> None:
    (last,) = (each for each in json.loads(runs("--json").stdout)["findings"] if each["name"] == "last check")
    assert last["sentence"] == "in the hour of 2023-03-19 06:00Z"


def test_what_is_broken_is_red_says_what_to_do_and_exits_with_1(deployed: StackDescription) -> None:
    client("sqs").send_message(QueueUrl=deployed.id_of("Unhandled"), MessageBody="{}")
    client("cloudwatch").set_alarm_state(
        AlarmName="tweetal-unhandled", StateValue="ALARM", StateReason="one message"
    )
    target = client("scheduler").get_schedule(Name="daily")
    kept = {key: target[key] for key in ("Name", "ScheduleExpression", "FlexibleTimeWindow", "Target")}
    client("scheduler").update_schedule(**kept, State="DISABLED")
    client("secretsmanager").delete_secret(SecretId="links", ForceDeleteWithoutRecovery=True)
    result = runs("--json")
    red = {name for name, colour in findings(result).items() if colour == "red"}
    assert red == {"dead letters", "UnhandledAlarm", "schedules", "LinkSecret"}
    assert result.exit_code == 1
    assert all(each["advice"] for each in json.loads(result.stdout)["findings"] if each["colour"] == "red")


def test_what_aws_does_not_show_is_amber_and_the_rest_is_looked_at(
    deployed: StackDescription, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnavailableError("AccessDeniedException")

    monkeypatch.setattr(ses_account, "identities", refuse)
    monkeypatch.setattr(stack, "schedule_states", refuse)
    result = runs("--json")
    amber = {name for name, colour in findings(result).items() if colour == "amber"}
    assert amber == {"identity", "schedules"}
    assert json.loads(result.stdout)["records"] == []
    assert result.exit_code == 0


def test_a_table_shows_each_finding_and_the_records_to_paste(deployed: StackDescription) -> None:
    printed = runs().stdout
    assert "SES mails everybody" in printed
    assert "aaa._domainkey.x.example" in printed
    assert 'present  TXT    _dmarc.x.example          "v=DMARC1; p=none"\n' in printed  # never folded


def answers(monkeypatch: pytest.MonkeyPatch, module: Any, service: str) -> Stubber:
    """Play a service, of which moto lacks what we call, by its own description."""
    played = client(service)
    name = "client_of" if module is stack else "_client"
    monkeypatch.setattr(module, name, lambda *_: played)
    return Stubber(played)


def test_a_stack_that_is_not_there_is_a_sentence_and_exit_code_1(
    aws: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answers(monkeypatch, stack, "cloudformation") as cloudformation:
        cloudformation.add_client_error("describe_stacks", "ValidationError")
        result = runs("--stack", "twetal")
    assert result.exit_code == 1
    assert "there is no stack 'twetal' here" in result.stderr


def test_cloudformation_tells_what_a_stack_has(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    described = {
        "StackName": "tweetal",
        "StackStatus": "CREATE_COMPLETE",
        "CreationTime": NOW,
        "Parameters": [{"ParameterKey": "AlarmEmail", "ParameterValue": "none"}],
        "Outputs": [{"OutputKey": "TableName", "OutputValue": "tweetal-1"}],
    }
    summary = {"LastUpdatedTimestamp": NOW, "ResourceStatus": "CREATE_COMPLETE"}
    queue = {"LogicalResourceId": "Unhandled", "ResourceType": stack.QUEUE, "PhysicalResourceId": "https://q"}
    with answers(monkeypatch, stack, "cloudformation") as cloudformation:
        cloudformation.add_response("describe_stacks", {"Stacks": [described]}, {"StackName": "tweetal"})
        resources = {"StackResourceSummaries": [{**summary, **queue}]}
        cloudformation.add_response("list_stack_resources", resources, {"StackName": "tweetal"})
        description = stack.describe_stack("tweetal")
    assert (description.status, description.created_at) == ("CREATE_COMPLETE", NOW)
    assert (description.parameters, description.outputs) == (
        {"AlarmEmail": "none"},
        {"TableName": "tweetal-1"},
    )
    assert (description.of_type(stack.QUEUE), description.id_of("Alarms")) == ({"Unhandled": "https://q"}, "")
    assert (stack.raised_alarms(description), stack.schedule_states(description)) == ([], {})


def test_ses_tells_of_a_paused_account_in_the_sandbox(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    quota = {"Max24HourSend": 200.0, "MaxSendRate": 1.0, "SentLast24Hours": 3.0}
    account = {"ProductionAccessEnabled": False, "SendingEnabled": True, "EnforcementStatus": "SHUTDOWN"}
    with answers(monkeypatch, ses_account, "sesv2") as ses:
        ses.add_response("get_account", {**account, "SendQuota": quota}, {})
        assert ses_account.ses_account() == SesAccount(False, True, "SHUTDOWN", 200, 3, 1)


def test_a_stream_is_enabled_or_not(aws: None) -> None:
    client("iam").create_role(RoleName="mail", AssumeRolePolicyDocument="{}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("handler.py", "")
    client("lambda").create_function(
        FunctionName="mail",
        Runtime="python3.13",
        Role="arn:aws:iam::123456789012:role/mail",
        Handler="handler.handler",
        Code={"ZipFile": packed.getvalue()},
    )
    queue = client("sqs").create_queue(QueueName="changes")["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    made = client("lambda").create_event_source_mapping(
        FunctionName="mail", EventSourceArn=arn["QueueArn"], Enabled=False
    )
    resources = {"MailChange": (stack.STREAM, made["UUID"])}
    description = StackDescription("CREATE_COMPLETE", NOW, {}, {}, resources)
    assert stack.stream_states(description)["MailChange"].state == "Disabled"


def test_ses_tells_of_our_domain_and_of_nothing_that_it_does_not_hold(aws: None) -> None:
    assert ses_account.identities("aanmelden@x.example") == []
    client("sesv2").create_email_identity(EmailIdentity="x.example")
    (domain,) = ses_account.identities("aanmelden@x.example")
    assert (domain.name, domain.is_domain) == ("x.example", True)
    assert ses_account.ses_region() == "eu-west-1"
