"""What operators' calls need of IAM, and what AWS answers them where moto plays no deployed stack."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tests.infra.permissions.calls import arn, needs
from tests.infra.permissions.policy import Need

STACK, SENDER = "tweetal", "aanmelden@voorbeeld.example"
_QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/tweetal-Unhandled-ABC"
_TOPIC = arn("sns", "tweetal-Alarms-ABC")
SECRET = arn("secretsmanager", "secret:LinkSecret-ABC")
EXPORTS = "tweetal-exports-abc"
_CHECK = arn("lambda", "function:tweetal-Check-ABC")
_RESOURCES = {
    "Alarms": ("AWS::SNS::Topic", _TOPIC),
    "ApiFailingAlarm": ("AWS::CloudWatch::Alarm", "tweetal-ApiFailingAlarm"),
    "Check": ("AWS::Lambda::Function", "tweetal-Check-ABC"),
    "CheckDaily": ("AWS::Scheduler::Schedule", "tweetal-CheckDaily-ABC"),
    "LinkSecret": ("AWS::SecretsManager::Secret", SECRET),
    "OriginSecret": ("AWS::SecretsManager::Secret", SECRET.replace("Link", "Origin")),
    "Mail": ("AWS::Lambda::Function", "tweetal-Mail-ABC"),
    "MailChanges": ("AWS::Lambda::EventSourceMapping", "11111111-2222-3333-4444-555555555555"),
    "Unhandled": ("AWS::SQS::Queue", _QUEUE),
}
_OUTPUTS = {
    "ExportsBucket": EXPORTS,
    "LinkSecretArn": SECRET,
    "TableName": "tweetal",
    "UnhandledQueueUrl": _QUEUE,
}
_LETTER = {
    "MessageId": "1",
    "ReceiptHandle": "1",
    "Body": '{"time": "2023-03-20T06:00:00Z"}',
    "MessageAttributes": {"TARGET_ARN": {"StringValue": _CHECK}},
}
# What a call answers; an operation that is not here is played by moto.
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "DescribeStacks": {
        "Stacks": [
            {
                "StackStatus": "UPDATE_COMPLETE",
                "CreationTime": datetime(2023, 1, 1, tzinfo=UTC),
                "Parameters": [
                    {"ParameterKey": "SenderEmail", "ParameterValue": SENDER},
                    {"ParameterKey": "AlarmEmail", "ParameterValue": "beheer@voorbeeld.example"},
                ],
                "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in _OUTPUTS.items()],
            }
        ]
    },
    "ListStackResources": {
        "StackResourceSummaries": [
            {"LogicalResourceId": name, "ResourceType": kind, "PhysicalResourceId": own}
            for name, (kind, own) in _RESOURCES.items()
        ]
    },
    "GetAccount": {},
    "GetEmailIdentity": {},
    "GetSchedule": {"State": "ENABLED"},
    "GetEventSourceMapping": {"State": "Enabled"},
    "GetQueueAttributes": {"Attributes": {}},
    "ListSubscriptionsByTopic": {"Subscriptions": []},
    "DescribeAlarms": {"MetricAlarms": []},
    "GetMetricStatistics": {"Datapoints": []},
    "GetSecretValue": {"SecretString": "k" * 64},
    "GetAccountSettings": {"AccountLimit": {"ConcurrentExecutions": 1000}},
    "ReceiveMessage": {"Messages": [_LETTER]},
    "DeleteMessage": {},
    "ChangeMessageVisibility": {},
    "Invoke": {},
    "PutFunctionConcurrency": {},
    "DeleteFunctionConcurrency": {},
}


class _Right(NamedTuple):
    """The action that a call needs, and how its parameters name the resource."""

    action: str
    resource: Callable[[Mapping[str, Any]], str]


def _of_all(_: Mapping[str, Any]) -> str:
    return "*"


def _function(params: Mapping[str, Any]) -> str:
    name = params["FunctionName"]
    return name if name.startswith("arn:") else arn("lambda", f"function:{name}")


def _queue(params: Mapping[str, Any]) -> str:
    return arn("sqs", params["QueueUrl"].rpartition("/")[2])


def _table(params: Mapping[str, Any]) -> str:
    return arn("dynamodb", f"table/{params['TableName']}")


def _stack(params: Mapping[str, Any]) -> str:
    return arn("cloudformation", f"stack/{params['StackName']}/11111111-2222-3333-4444-555555555555")


# Service Authorization Reference: which resource each action is about; "*" where IAM knows none.
_RIGHTS = {
    "DescribeStacks": _Right("cloudformation:DescribeStacks", _stack),
    "ListStackResources": _Right("cloudformation:ListStackResources", _stack),
    "GetAccount": _Right("ses:GetAccount", _of_all),
    "GetEmailIdentity": _Right(
        "ses:GetEmailIdentity", lambda p: arn("ses", f"identity/{p['EmailIdentity']}")
    ),
    "GetSchedule": _Right(
        "scheduler:GetSchedule", lambda p: arn("scheduler", f"schedule/default/{p['Name']}")
    ),
    "GetEventSourceMapping": _Right(
        "lambda:GetEventSourceMapping", lambda p: arn("lambda", f"event-source-mapping:{p['UUID']}")
    ),
    "GetQueueAttributes": _Right("sqs:GetQueueAttributes", _queue),
    "ReceiveMessage": _Right("sqs:ReceiveMessage", _queue),
    "DeleteMessage": _Right("sqs:DeleteMessage", _queue),
    "ChangeMessageVisibility": _Right("sqs:ChangeMessageVisibility", _queue),
    "ListSubscriptionsByTopic": _Right("sns:ListSubscriptionsByTopic", lambda p: p["TopicArn"]),
    "DescribeAlarms": _Right("cloudwatch:DescribeAlarms", lambda _: arn("cloudwatch", "alarm:")),
    "GetMetricStatistics": _Right("cloudwatch:GetMetricStatistics", _of_all),
    "GetSecretValue": _Right("secretsmanager:GetSecretValue", lambda p: p["SecretId"]),
    "GetAccountSettings": _Right("lambda:GetAccountSettings", _of_all),
    "Invoke": _Right("lambda:InvokeFunction", _function),
    "PutFunctionConcurrency": _Right("lambda:PutFunctionConcurrency", _function),
    "DeleteFunctionConcurrency": _Right("lambda:DeleteFunctionConcurrency", _function),
    "DescribeTable": _Right("dynamodb:DescribeTable", _table),
    "ListTables": _Right("dynamodb:ListTables", _of_all),
    "Scan": _Right("dynamodb:Scan", _table),
    "ListObjectsV2": _Right("s3:ListBucket", lambda p: f"arn:aws:s3:::{p['Bucket']}"),
    "GetObject": _Right("s3:GetObject", lambda p: f"arn:aws:s3:::{p['Bucket']}/{p['Key']}"),
}


def operator_needs(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what a call of an operator must be allowed; CloudFormation names the table of the tests anew."""
    right = _RIGHTS.get(operation)
    called = [Need(right.action, right.resource(params))] if right else needs(service, operation, params)
    for need in called:
        yield need._replace(resource=need.resource.replace("table/tweetal", "table/tweetal-Table-ABC"))
