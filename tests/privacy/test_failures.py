"""What AWS or a bad item makes us say when something fails names nobody either, although AWS quotes it."""

import json

import boto3
import pytest

from local.runtime import InvocationError
from tests.conftest import PLG
from tests.privacy.conftest import Canary


def test_what_ses_tells_of_a_mail(canary: Canary) -> None:
    canary.registers(**{"e-mail": f"bounce-{canary.bird('weg')}@kanarie.example"})
    record = canary.world.mailbox.sent[0].tags
    text = canary.bird("diagnose")
    mail = {
        "tags": {name: [value] for name, value in record.items()},
        "destination": [text],
        "headers": [{"name": "To", "value": text}],
    }
    events: list[dict[str, object]] = [
        {
            "eventType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [{"diagnosticCode": text}],
            },
        },
        {"eventType": "Complaint", "complaint": {"complaintFeedbackType": "abuse", "userAgent": text}},
        {"eventType": "DeliveryDelay", "deliveryDelay": {"delayedRecipients": [{"emailAddress": text}]}},
        {"eventType": text},
    ]
    for event in events:
        canary.world.invoke(
            "delivery", {"Records": [{"Sns": {"Message": json.dumps({**event, "mail": mail})}}]}
        )
    for broken in (
        f'{{"{text}',
        json.dumps([text]),
        json.dumps({"eventType": "Bounce", "bounce": text, "mail": mail}),
    ):
        with_error(canary, "delivery", {"Records": [{"Sns": {"Message": broken}}]})


def with_error(canary: Canary, function: str, event: object) -> None:
    """Run a function that may fail; only what it then says matters here."""
    try:
        canary.world.invoke(function, event)
    except InvocationError:
        canary.bird("failed")


def test_a_record_that_nobody_can_read(canary: Canary) -> None:
    canary.registers()
    bird = canary.bird("gif")
    table = canary.world.template.table["TableName"]
    items = [
        {"v": {"N": "1"}, "state": {"S": bird}},
        {"v": {"N": "1"}, "state": {"S": "registered"}, "received_at": {"S": bird}},
    ]
    for number, item in enumerate(items):
        key = {"pk": {"S": "REGISTRATION#plg-2023"}, "sk": {"S": f"poison-{number}"}}
        boto3.client("dynamodb").put_item(TableName=table, Item={**key, **item, "name": {"S": bird}})
        canary.world.pump()
        canary.registers(f"na{number}")
        with pytest.raises(InvocationError):
            canary.world.check()
        boto3.client("dynamodb").delete_item(TableName=table, Key=key)
    key = {"pk": {"S": "REGISTRATION#plg-2023"}, "sk": {"S": "later"}}
    boto3.client("dynamodb").put_item(TableName=table, Item={**key, "v": {"N": "99"}, "name": {"S": bird}})
    canary.world.pump()
    canary.world.check()
    assert canary.world.given_up != []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("MessageRejected", 400),
        ("BadRequestException", 400),
        ("TooManyRequestsException", 429),
        ("InternalFailure", 500),
    ],
)
def test_ses_refuses_a_mail_and_quotes_the_address(canary: Canary, code: str, status: int) -> None:
    quoted = f"Address {canary.address('mailnaam')} of {canary.name('naam')} is not allowed"
    with canary.world.failing("SendEmail", code=code, message=quoted, status=status):
        assert canary.registers().status == 303
        canary.posts("/links/plg-2023", {"email": canary.address("mailnaam")})
    canary.world.next_day()


@pytest.mark.parametrize(
    "operation", ["GetItem", "Query", "PutItem", "TransactWriteItems", "UpdateItem", "DeleteItem"]
)
def test_the_table_refuses_and_quotes_the_item(canary: Canary, operation: str) -> None:
    canary.registers()
    canary.world.next_day()
    me, home = canary.link(canary.bird("mailnaam"), "/me/"), canary.link("info@", "/organiser/")
    quoted = f"One or more values of {canary.name('naam')} are invalid: {me} {canary.bird('functie')}"
    with canary.world.failing(operation, code="ValidationException", message=quoted):
        extra = {"collega_naam": canary.name("twee"), "collega_email": canary.address("mailtwee")}
        canary.registers("ander", **extra)
        for path in (
            me,
            home,
            "/schools?q=berg",
            canary.link(canary.bird("mailnaam"), "/join/") if operation != "Query" else me,
        ):
            canary.sends("GET", path)
        canary.posts(me, {"action": "cancel", "sure": "yes"})
        canary.posts(home, {"do": "ask", "sure": "yes"})
        with_error(canary, "check", {"time": "2024-03-01T06:00:00Z"})


@pytest.mark.parametrize("secret", ["", "[broken", "refused"])
def test_the_secret_is_unreadable(canary: Canary, secret: str) -> None:
    canary.registers()
    me = canary.link(canary.bird("mailnaam"), "/me/")
    key = canary.bird("geheim")
    message = f"User may not read {key}, for {me}"
    client = boto3.client("secretsmanager")
    name = canary.world.template.named("mail").environment["LINK_SECRET"]
    client.put_secret_value(SecretId=name, SecretString=f"{secret}{key}")
    failing = ("GetSecretValue",) if secret == "refused" else ()
    with canary.world.failing(*failing, code="AccessDeniedException", message=message):
        for path in (me, canary.link(canary.bird("mailnaam"), "/join/")):
            canary.sends("GET", path)
        canary.posts(me, {"action": "cancel", "sure": "yes"})
        canary.registers("later")


def test_a_network_file_that_nobody_can_read(canary: Canary) -> None:
    canary.registers()
    bird = canary.bird("toml")
    table = canary.world.template.table["TableName"]
    for toml in (
        f"{bird} = {bird}",
        PLG.read_text().replace('id = "plg-2023"', f'id = "plg-2023"\n{bird} = 1'),
        f'id = "{bird}',
    ):
        kept = {"pk": "NETWORKS", "sk": "plg-2023", "toml": toml}
        boto3.client("dynamodb").put_item(TableName=table, Item={k: {"S": v} for k, v in kept.items()})
        canary.world.set_clock(canary.world.now)
        canary.registers("later")
        with_error(canary, "check", {"time": "2023-03-21T06:00:00Z"})
