"""Events that were given up, in the stack's queue, for the command line: no function imports this."""

import json
from datetime import datetime
from typing import Any, NamedTuple, cast

from shared.aws.stack import client_of
from shared.aws.wire import translating_errors

_HIDDEN_FOR = 300  # seconds in which nobody else sees a message that we read
_AT_ONCE = 10  # messages; what SQS gives at most


class DeadLetter(NamedTuple):
    """An event that was given up. Its payload may hold personal data: print the other fields only."""

    receipt: str
    at: str  # ISO 8601, UTC; "" if the message does not say
    function: str  # ARN, or "" if nothing is to be started: the sweep reads what a stream lost
    error: str
    payload: dict[str, Any]


def receive_dead_letters(queue: str) -> list[DeadLetter]:
    """Return all messages of the queue at this URL; for five minutes nobody else gets them."""
    letters: dict[str, DeadLetter] = {}
    with translating_errors():
        while messages := _receive(queue):
            letters |= {message["MessageId"]: _letter(message) for message in messages}
    return list(letters.values())


def start_again(letter: DeadLetter, now: datetime) -> None:
    """Start the function of a message once more; one that was due at a time gets the present time.

    What a check or a sweep does is right for the instant it gets; an old one would undo later decisions.
    """
    payload = {"time": now.isoformat()} if "time" in letter.payload else letter.payload
    with translating_errors():
        client_of("lambda").invoke(
            FunctionName=letter.function, InvocationType="Event", Payload=json.dumps(payload)
        )


def delete_dead_letter(queue: str, letter: DeadLetter) -> None:
    """Delete a message that is dealt with."""
    with translating_errors():
        client_of("sqs").delete_message(QueueUrl=queue, ReceiptHandle=letter.receipt)


def release_dead_letter(queue: str, letter: DeadLetter) -> None:
    """Let everybody see a message again at once."""
    with translating_errors():
        client_of("sqs").change_message_visibility(
            QueueUrl=queue, ReceiptHandle=letter.receipt, VisibilityTimeout=0
        )


def _receive(queue: str) -> list[dict[str, Any]]:
    answer = client_of("sqs").receive_message(
        QueueUrl=queue,
        MaxNumberOfMessages=_AT_ONCE,
        VisibilityTimeout=_HIDDEN_FOR,
        MessageAttributeNames=["All"],
    )
    return cast("list[dict[str, Any]]", answer.get("Messages", []))


def _letter(message: dict[str, Any]) -> DeadLetter:
    """Read what Lambda's failure destinations and Scheduler's dead-letter queue write.

    Lambda Developer Guide, "Capturing records of asynchronous invocations" and "Retaining discarded batches
    for a DynamoDB event source"; EventBridge Scheduler User Guide, "Configuring a dead-letter queue".
    """
    receipt, body = message["ReceiptHandle"], _event(message["Body"])
    if body is None:
        return DeadLetter(receipt, "", "", "no event", {})
    context = body.get("requestContext")
    if context is None:  # of Scheduler: the body is what the function would have got
        attributes = {
            name: each.get("StringValue", "") for name, each in message.get("MessageAttributes", {}).items()
        }
        function, error = attributes.get("TARGET_ARN", ""), attributes.get("ERROR_CODE", "")
        return DeadLetter(receipt, body.get("time", ""), function, error, body)
    failure = body.get("responsePayload") or {}
    error = failure.get("errorType") or context.get("condition", "")
    is_stream = "DDBStreamBatchInfo" in body
    function = "" if is_stream else context.get("functionArn", "")
    return DeadLetter(receipt, body.get("timestamp", ""), function, error, body.get("requestPayload") or {})


def _event(body: str) -> dict[str, Any] | None:
    """Return an event; None for what somebody else put in the queue."""
    try:
        event = json.loads(body)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
