"""`tweetal redrive`: what it shows of events that were given up, and what it does with them."""

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner, Result

from cli import redrive
from cli.main import app
from shared.aws import dead_letters, stack
from shared.aws.stack import StackDescription
from shared.aws.table import Table
from shared.aws.wire import UnavailableError

NOW = datetime(2023, 3, 20, 12, tzinfo=UTC)
DELIVERY = "arn:aws:lambda:eu-west-1:123456789012:function:tweetal-Delivery-X:$LATEST"
CHECK = "arn:aws:lambda:eu-west-1:123456789012:function:tweetal-Check-Y"
BOUNCE = {"Records": [{"Sns": {"Message": '{"mail": {"destination": ["jan@school.example"]}}'}}]}
BY_LAMBDA = {
    "version": "1.0",
    "timestamp": "2023-03-20T05:00:00.000Z",
    "requestContext": {"functionArn": DELIVERY, "condition": "RetriesExhausted"},
    "requestPayload": BOUNCE,
    "responsePayload": {"errorType": "FailedError", "errorMessage": "ClientError at shared/aws/store.py:1"},
}
BY_STREAM = {
    "version": "1.0",
    "timestamp": "2023-03-20T06:00:00.000Z",
    "requestContext": {"functionArn": DELIVERY, "condition": "RetryAttemptsExhausted"},
    "DDBStreamBatchInfo": {"batchSize": 1, "streamArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/t"},
}
OF_SCHEDULE = {"time": "2023-03-20T06:00:00Z"}


class Queue:
    """The stack's queue of events that were given up, and the functions that were started again."""

    def __init__(self) -> None:
        self.client: Any = boto3.client("sqs")
        self.url = self.client.create_queue(QueueName="unhandled")["QueueUrl"]
        self.started: list[tuple[str, dict[str, Any]]] = []

    def put(self, body: dict[str, Any], **attributes: str) -> None:
        """Put a message in the queue, as Lambda or Scheduler does."""
        texts = {key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()}
        self.client.send_message(QueueUrl=self.url, MessageBody=json.dumps(body), MessageAttributes=texts)

    def invoke(self, **call: Any) -> None:
        """Note which function is started, as Lambda would."""
        self.started.append((call["FunctionName"], json.loads(call["Payload"])))

    def length(self) -> int:
        """Return how many messages anybody can see."""
        return len(
            self.client.receive_message(QueueUrl=self.url, VisibilityTimeout=0, MaxNumberOfMessages=10).get(
                "Messages", ()
            )
        )


@pytest.fixture
def queue(table: Table, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """A stack with an empty queue."""
    made = Queue()
    parameters, outputs = {"SenderEmail": "aanmelden@x.example"}, {"UnhandledQueueUrl": made.url}
    description = StackDescription("UPDATE_COMPLETE", NOW, parameters, outputs, {})
    monkeypatch.setattr(stack, "describe_stack", lambda _name: description)
    monkeypatch.setattr(redrive, "now", lambda: NOW)
    monkeypatch.setattr(
        dead_letters,
        "client_of",
        lambda name: made if name == "lambda" else stack.client_of(name),
    )
    return made


def tweetal(*words: str) -> Result:
    return CliRunner().invoke(app, ["redrive", *words], env={"COLUMNS": "200"})


def test_what_was_given_up_is_shown_without_what_people_typed(queue: Queue) -> None:
    queue.put(BY_LAMBDA)
    shown = tweetal("--dry-run").output
    assert "tweetal-Delivery-X" in shown
    assert "FailedError" in shown
    assert "jan@school.example" not in shown
    assert (queue.started, queue.length()) == ([], 1)


def test_an_event_of_ses_is_handled_once_more_and_leaves_the_queue(queue: Queue) -> None:
    queue.put(BY_LAMBDA)
    assert tweetal("--yes").exit_code == 0
    assert (queue.started, queue.length()) == ([(DELIVERY, BOUNCE)], 0)


def test_a_check_that_was_due_earlier_is_done_as_of_now(queue: Queue) -> None:
    queue.put(OF_SCHEDULE, TARGET_ARN=CHECK, ERROR_CODE="TooManyRequestsException")
    assert "TooManyRequestsException" in tweetal("--yes").output
    assert queue.started == [(CHECK, {"time": "2023-03-20T12:00:00+00:00"})]


def test_a_lost_batch_of_the_stream_is_only_removed_because_the_sweep_did_its_work(queue: Queue) -> None:
    queue.put(BY_STREAM)
    assert json.loads(tweetal("--yes", "--json").output)[0]["then"] == "remove"
    assert (queue.started, queue.length()) == ([], 0)


def test_what_somebody_else_put_in_the_queue_is_only_removed(queue: Queue) -> None:
    for body in ("a try", "[1]"):
        queue.client.send_message(QueueUrl=queue.url, MessageBody=body)
    shown = json.loads(tweetal("--yes", "--json").stdout)
    assert [(each["error"], each["then"]) for each in shown] == [("no event", "remove")] * 2
    assert (queue.started, queue.length()) == ([], 0)


def test_a_program_gets_its_document_before_the_question(queue: Queue) -> None:
    queue.put(BY_LAMBDA)
    answer = CliRunner().invoke(app, ["redrive", "--json"], input="y\n", env={"COLUMNS": "200"})
    assert '"tweetal-Delivery-X"' in answer.stdout
    assert "Do this for all 1?" not in answer.stdout
    assert "Do this for all 1?" in answer.stderr


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "'tweetal' is no stack of Tweetal: --stack names it"),
        ({"SenderEmail": "x@x.example"}, "the stack has no output UnhandledQueueUrl"),
    ],
)
def test_a_stack_of_something_else_or_without_outputs_is_a_sentence(
    parameters: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    description = StackDescription("ROLLBACK_COMPLETE", NOW, parameters, {}, {})
    monkeypatch.setattr(stack, "describe_stack", lambda _name: description)
    result = tweetal("--json")
    assert said in result.stderr
    assert (result.exit_code, result.stdout) == (1, "")


def test_whoever_says_no_changes_nothing(queue: Queue) -> None:
    queue.put(BY_LAMBDA)
    answer = CliRunner().invoke(app, ["redrive"], input="n\n", env={"COLUMNS": "200"})
    assert answer.exit_code == 0
    assert (queue.started, queue.length()) == ([], 1)


def test_a_function_that_cannot_be_started_leaves_its_event_in_the_queue(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise UnavailableError("AccessDeniedException")

    monkeypatch.setattr(redrive, "start_again", fails)
    queue.put(BY_LAMBDA)
    answer = tweetal("--yes")
    assert answer.exit_code == 1
    assert "AccessDeniedException" in answer.output
    assert queue.length() == 1


def test_whoever_goes_away_at_the_question_sees_the_events_again(queue: Queue) -> None:
    queue.put(BY_LAMBDA)
    assert CliRunner().invoke(app, ["redrive"], input="", env={"COLUMNS": "200"}).exit_code == 1
    assert (queue.started, queue.length()) == ([], 1)
