"""The deployed stack as AWS describes it, for the operator's command line: no function imports this."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

import boto3

from shared.aws.clients import CONFIG
from shared.aws.wire import UnavailableError, translating_errors

SCHEDULE, STREAM = "AWS::Scheduler::Schedule", "AWS::Lambda::EventSourceMapping"
QUEUE, ALARM, SECRET = "AWS::SQS::Queue", "AWS::CloudWatch::Alarm", "AWS::SecretsManager::Secret"


class StackDescription(NamedTuple):
    """What CloudFormation says of a stack; `resources` has, by logical id, each one's type and own id."""

    status: str
    created_at: datetime
    parameters: Mapping[str, str]
    outputs: Mapping[str, str]
    resources: Mapping[str, tuple[str, str]]

    def of_type(self, kind: str) -> dict[str, str]:
        """Return the ids of the resources of a type, by logical id."""
        return {name: own for name, (type_, own) in self.resources.items() if type_ == kind}

    def id_of(self, logical: str) -> str:
        """Return the id of a resource; empty if the stack has no such resource."""
        return self.resources.get(logical, ("", ""))[1]


class StreamState(NamedTuple):
    """Whether the table's stream starts the function, and how that went last."""

    state: str
    last_result: str


def describe_stack(name: str) -> StackDescription:
    """Return what CloudFormation says of a stack."""
    client = client_of("cloudformation")
    with translating_errors():
        (stack,) = client.describe_stacks(StackName=name)["Stacks"]
        pages = client.get_paginator("list_stack_resources").paginate(StackName=name)
        resources = [each for page in pages for each in page["StackResourceSummaries"]]
    return StackDescription(
        stack["StackStatus"],
        stack["CreationTime"].astimezone(UTC),  # botocore gives this machine's own time
        {each["ParameterKey"]: each["ParameterValue"] for each in stack.get("Parameters", ())},
        {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", ())},
        {
            each["LogicalResourceId"]: (each["ResourceType"], each.get("PhysicalResourceId", ""))
            for each in resources
        },
    )


def find_stack(name: str) -> StackDescription | None:
    """Return what CloudFormation says of a stack; None if there is none of this name."""
    try:
        return describe_stack(name)
    except UnavailableError as error:
        if str(error) != "ValidationError":  # so CloudFormation calls it
            raise
        return None


def schedule_states(stack: StackDescription) -> dict[str, str]:
    """Return the state of each schedule: ENABLED or DISABLED."""
    client = client_of("scheduler")
    with translating_errors():
        return {
            name: client.get_schedule(Name=own.split("/")[-1])["State"]
            for name, own in stack.of_type(SCHEDULE).items()
        }


def stream_states(stack: StackDescription) -> dict[str, StreamState]:
    """Return the state of each stream that starts a function."""
    client = client_of("lambda")
    with translating_errors():
        mappings = {
            name: client.get_event_source_mapping(UUID=own) for name, own in stack.of_type(STREAM).items()
        }
    return {
        name: StreamState(mapping["State"], mapping.get("LastProcessingResult", ""))
        for name, mapping in mappings.items()
    }


def queue_lengths(stack: StackDescription) -> dict[str, int]:
    """Return how many messages wait in each queue, also those that somebody reads at this moment."""
    client = client_of("sqs")
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    with translating_errors():
        answers = {
            name: client.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
            for name, url in stack.of_type(QUEUE).items()
        }
    return {name: sum(map(int, answer.values())) for name, answer in answers.items()}


def are_subscriptions_confirmed(topic: str) -> list[bool]:
    """Return for each subscription to a topic whether its receiver confirmed it."""
    with translating_errors():
        pages = client_of("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
        arns = [each["SubscriptionArn"] for page in pages for each in page["Subscriptions"]]
    return [arn.startswith("arn:") for arn in arns]  # else it is the word "PendingConfirmation"


def raised_alarms(stack: StackDescription) -> list[str]:
    """Return the logical ids of the alarms that are raised now."""
    alarms = {own: name for name, own in stack.of_type(ALARM).items()}
    if not alarms:  # AWS would take no names for every alarm of the account
        return []
    with translating_errors():
        answer = client_of("cloudwatch").describe_alarms(AlarmNames=list(alarms))
    return sorted(
        alarms[each["AlarmName"]] for each in answer["MetricAlarms"] if each["StateValue"] == "ALARM"
    )


def last_invocation(function: str, now: datetime, within: timedelta) -> datetime | None:
    """Return the hour in which a function last ran, by its metric; None if it did not within some time."""
    with translating_errors():
        answer = client_of("cloudwatch").get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="Invocations",
            Dimensions=[{"Name": "FunctionName", "Value": function}],
            StartTime=now - within,
            EndTime=now,
            Period=3600,
            Statistics=["Sum"],
        )
    hours = [each["Timestamp"].astimezone(UTC) for each in answer["Datapoints"] if each["Sum"]]
    return max(hours, default=None)


def concurrency() -> int:
    """Return how many functions Lambda runs at once for this account, in this region."""
    with translating_errors():
        return int(client_of("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"])


def tables_of(stack: str) -> list[str]:
    """Return the names of the tables that a stack of this name made, also before it was removed."""
    with translating_errors():
        pages = client_of("dynamodb").get_paginator("list_tables").paginate()
        return [name for page in pages for name in page["TableNames"] if name.startswith(f"{stack}-Table-")]


def restored_to(table: str) -> datetime | None:
    """Return the moment to which AWS restored a table; None for a table that was made in another way."""
    with translating_errors():
        described = client_of("dynamodb").describe_table(TableName=table)["Table"]
    moment: datetime | None = described.get("RestoreSummary", {}).get("RestoreDateTime")
    return moment.astimezone(UTC) if moment else None


def stop_function(function: str) -> None:
    """Have a function start no more."""
    with translating_errors():
        client_of("lambda").put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)


def let_function_run(function: str) -> None:
    """Have a function start again."""
    with translating_errors():
        client_of("lambda").delete_function_concurrency(FunctionName=function)


def client_of(service: str) -> Any:
    """Return a client of any service, for what an operator looks at and does."""
    # The stubs have a type for each service, which nothing else needs.
    return cast("Any", boto3).client(service, config=CONFIG)
