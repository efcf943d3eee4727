"""What an operator does: each step is one function, and its docstring is the line that is printed."""

import json
import re
from collections import Counter

import boto3

from tests.cloud import bridges
from tests.cloud.cloud import Cloud, Items, items_of
from tests.cloud.journey import BARLAEUS, ORGANISER, VOSSIUS
from tests.cloud.site import expect
from tests.cloud.stack import FOLDER, NAME, ROOT, SENDER, CommandFailedError, tweetal

_NEW_ADDRESS = "https://aanmelden.voorbeeld.example"


def pack(cloud: Cloud) -> None:
    """Every function is packed with what it imports, by sam build."""
    cloud.stack.build()
    packed = {path.parent.parent.name for path in (FOLDER / "built").glob("*/functions/__init__.py")}
    folders = {path.name for path in (FOLDER / "built").iterdir() if path.is_dir()}
    assert packed == folders
    assert len(folders) == len(list((ROOT / "functions").glob("*/handler.py")))


def deploy(cloud: Cloud) -> None:
    """Sam deploy makes every resource of the template, with the routes of its API."""
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    cloud.stack.package()
    cloud.stack.deploy()
    assert cloud.stack.described["StackStatus"] == "CREATE_COMPLETE"
    absent = bridges.expected_resources() - set(cloud.stack.resources)
    assert not absent, f"not made: {absent}"
    bridges.write_key(cloud.stack.outputs["LinkSecretArn"])
    bridges.make_routes(cloud.stack.resources)


def apply_network(cloud: Cloud) -> None:
    """An operator applies a trial network and imports the register of schools."""
    trial = FOLDER / "trial.toml"
    trial.write_text(tweetal("network", "trial", ORGANISER))
    tweetal("network", "apply", str(trial), TABLE=cloud.table_name)
    tweetal("schools", "import", "local/schools-sample.csv", TABLE=cloud.table_name)
    (network,) = cloud.command("network", "list")
    cloud.network = network["id"]
    register = cloud.table.register_of_schools()
    assert register
    assert len(register.rows) == 40


def answer_everywhere(cloud: Cloud) -> None:
    """A function answers on every route of the template."""
    routes = [(route.method, re.sub(r"{.*?}", "x", route.path)) for route in bridges.TEMPLATE.routes]
    silent = [route for route in routes if not cloud.visitor().is_answered(*route)]
    assert not silent, f"nothing answers: {silent}"


def look(cloud: Cloud) -> None:
    """The operator's command line shows people, mails, standing and the doctor's findings."""
    people = cloud.command("registration", "list", cloud.network)
    assert {row["reference"] for row in people} == {
        r.reference for r in cloud.table.registrations(cloud.network)
    }
    mails = cloud.command("mail", "list", cloud.network, "--state", "delivered")
    assert [row["kind"] for row in mails] == ["confirmation"], mails
    standing = cloud.command("standing", cloud.network)
    assert len(standing) == 2, standing
    findings = _examine()
    red = {name for name, colour in findings.items() if colour == "red"}
    assert red <= {"DKIM in the DNS"}, findings  # nobody has that domain, so this is really absent
    assert findings["stream"] == findings["alarms"] == findings["last check"] == "green", findings


def _examine() -> dict[str, str]:
    try:
        printed = tweetal("doctor", "--json", "--stack", NAME)
    except CommandFailedError as error:
        printed = error.printed
    return {finding["name"]: finding["colour"] for finding in json.loads(printed)["findings"]}


def read_logs(cloud: Cloud) -> None:
    """Sam logs has the line of a registration, and nothing of a person."""
    lines = cloud.stack.logs("Submit")
    assert f'"network": "{cloud.network}"' in lines
    everything = lines + cloud.stack.logs("Mail")
    personal = ("jip@berg.example", "Jip", "Jansen", "noor@dal.example")
    assert not [word for word in personal if word in everything]


def update(cloud: Cloud) -> None:
    """An update with an own domain leaves every item; new mails link to it, and earlier links still open."""
    before = cloud.items()
    earlier = cloud.mailbox.wait_for("jip@berg.example", "Je bent aangemeld").link("me")
    cloud.stack.deploy({"BaseUrl": _NEW_ADDRESS, "Dashboard": "on", "DailyProbe": "on"})
    assert cloud.stack.described["StackStatus"] == "UPDATE_COMPLETE"
    _assert_same(before, cloud.items())
    bridges.make_routes(cloud.stack.resources)
    cloud.register("Sam Visser", "sam@berg.example", BARLAEUS)
    letter = cloud.mailbox.wait_for("sam@berg.example", "Je bent aangemeld")
    assert f"{_NEW_ADDRESS}{letter.link('me')}" in letter.text
    expect(200, cloud.visitor().opens(earlier))
    assert cloud.stack.outputs["ApiUrl"] == _NEW_ADDRESS
    _looks_at_the_dashboard(cloud)


def _looks_at_the_dashboard(cloud: Cloud) -> None:
    client = boto3.client("cloudwatch")
    body = client.get_dashboard(DashboardName=cloud.stack.resources["Overview"])["DashboardBody"]
    (alarms,) = (
        each["properties"]["alarms"] for each in json.loads(body)["widgets"] if each["type"] == "alarm"
    )
    assert set(alarms) == {each["AlarmArn"] for each in client.describe_alarms()["MetricAlarms"]}


def go_back(cloud: Cloud) -> None:
    """An earlier release is deployed: it registers Rik, and neither changes nor mails what is newer."""
    before, letters = cloud.items(), cloud.mailbox.letters()
    cloud.stack.deploy_earlier()
    bridges.make_routes(cloud.stack.resources)
    cloud.register("Rik Bos", "rik@duin.example", VOSSIUS)
    cloud.mailbox.wait_for("rik@duin.example", "")
    now = cloud.items()
    _assert_same(before, {key: now[key] for key in before.keys() & now.keys()})
    assert {letter.to for letter in cloud.mailbox.letters()[len(letters) :]} == {"rik@duin.example"}
    assert cloud.person("rik@duin.example")
    assert "UnknownVersion" in cloud.stack.logs("Mail")  # the alarm's metric


def go_forward(cloud: Cloud) -> None:
    """The present release is deployed on that: Noor and Rik hear once that their school is complete."""
    before = cloud.items()
    cloud.stack.deploy()
    bridges.make_routes(cloud.stack.resources)
    _assert_same(before, cloud.items())
    link = cloud.mailbox.letters("rik@duin.example")[0].link("me")
    expect(200, cloud.visitor().opens(link))
    cloud.register("Mo Visser", "mo@duin.example", VOSSIUS)
    cloud.mailbox.wait_for("mo@duin.example", "Je bent aangemeld")
    for person in ("noor@dal.example", "rik@duin.example"):
        cloud.mailbox.wait_for(person, "Je school is compleet")
    again = Counter((letter.to, letter.subject) for letter in cloud.mailbox.letters())
    assert max(again.values()) == 1, again


def delete(cloud: Cloud) -> None:
    """Sam delete removes the stack and its functions; the table with everybody in it and the secret stay."""
    before, table, secret = cloud.items(), cloud.table_name, cloud.stack.outputs["LinkSecretArn"]
    cloud.stack.delete()
    assert not boto3.client("lambda").list_functions()["Functions"]
    _assert_same(before, items_of(table))
    assert boto3.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"]


def adopt(cloud: Cloud) -> None:
    """A new stack adopts the table that stayed: nothing is lost, nobody is mailed twice, links still open."""
    (table,) = boto3.client("dynamodb").list_tables()["TableNames"]
    (secret,) = boto3.client("secretsmanager").list_secrets()["SecretList"]
    before, letters = items_of(table), cloud.mailbox.letters()
    cloud.stack.adopt({"Table": {"TableName": table}})
    cloud.stack.package()  # sam delete took away what was uploaded
    cloud.stack.deploy(kept_secret=secret["ARN"])
    bridges.make_routes(cloud.stack.resources)
    assert cloud.table_name == table
    _assert_same(before, cloud.items())
    expect(200, cloud.visitor().opens(letters[0].link("me")))
    cloud.register("Ties Mulder", "ties@dal.example", VOSSIUS)
    letter = cloud.mailbox.wait_for("ties@dal.example", "Je bent aangemeld")
    expect(200, cloud.visitor().opens(letter.link("me")))
    assert {letter.to for letter in cloud.mailbox.letters()[len(letters) :]} == {"ties@dal.example"}


def _assert_same(before: Items, now: Items) -> None:
    keys = before.keys() | now.keys()
    changed = {key: (before.get(key), now.get(key)) for key in keys if before.get(key) != now.get(key)}
    assert not changed, changed  # people are invented, so their items may be printed
