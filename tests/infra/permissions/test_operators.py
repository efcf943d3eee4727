"""The policies of operators allow what their commands do, and nothing else."""

import copy
import fnmatch
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
import typer.main
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.model import OperationModel
from typer.testing import CliRunner

from cli import deploy, doctor, restore
from cli.main import app
from infra.translate import translated
from shared.aws.exports import Exports
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptPost, KeptReason
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from tests.conftest import PLG, ROOT
from tests.infra.conftest import Resources
from tests.infra.permissions.calls import arn
from tests.infra.permissions.deploying import (
    UNUSED,
    documented,
    documented_actions,
    of_access_logs,
    of_sam,
)
from tests.infra.permissions.operating import ANSWERS, EXPORTS, SECRET, operator_needs
from tests.infra.permissions.policy import Grant, Need, allows, grants
from tests.infra.permissions.proof import RoleNeed, excess, unmet
from tests.people import AT, colleagues, someone
from tests.shared.domain.schools.matching.sample import DUO

POLICIES = ROOT / "infra" / "policies"


def granted(*names: str) -> tuple[Grant, ...]:
    documents = [json.loads((POLICIES / f"{name}.json").read_text()) for name in names]
    return tuple(
        grant
        for document in documents
        for statement in document["Statement"]
        for grant in grants({key: value for key, value in statement.items() if key != "Sid"})
    )


def test_each_policy_fits_in_what_iam_takes() -> None:
    for path in POLICIES.glob("*.json"):
        assert len("".join(path.read_text().split())) <= 6144, (
            path.name
        )  # IAM, "IAM and STS character limits"


@pytest.fixture
def recorded(table: Table) -> Iterator[list[Need]]:
    """What commands need, on a table that is named as CloudFormation names it."""
    calls: list[Need] = []
    earlier = [""]

    def record(params: Mapping[str, Any], model: OperationModel, **_: Any) -> None:
        calls.extend(operator_needs(model.service_model.service_name, model.name, params))

    def answer(model: OperationModel, **_: Any) -> Any:
        told = ANSWERS.get(model.name)
        if model.name == earlier[-1] == "ReceiveMessage":
            told = {}  # whoever asks on sees no message twice
        earlier.append(model.name)
        return None if told is None else (AWSResponse("", 200, HTTPHeaders(), None), copy.deepcopy(told))

    boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION
    boto3.DEFAULT_SESSION.events.register("provide-client-params", record)
    boto3.DEFAULT_SESSION.events.register("before-call", answer)
    yield calls
    boto3.DEFAULT_SESSION.events.unregister("provide-client-params", record)
    boto3.DEFAULT_SESSION.events.unregister("before-call", answer)


def tweetal(*words: str) -> None:
    result = CliRunner().invoke(app, words, env={"TABLE": "tweetal"}, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_whoever_applies_networks_can_do_that_and_read_no_people(
    recorded: list[Need], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnavailableError("AccessDeniedException")

    # To say who is mailed, `apply` would read people; where it may not, it asks for nothing else.
    monkeypatch.setattr(Table, "registrations", refuse)
    changed = tmp_path / "changed.toml"
    changed.write_text(PLG.read_text().replace("min_per_school = 2", "min_per_school = 3"))
    tweetal("network", "apply", str(PLG))
    tweetal("network", "apply", str(changed), "--dry-run")
    tweetal("network", "apply", str(changed))
    for command in (["list"], ["counts"], ["show", "plg-2023"], ["pull", "plg-2023"]):
        tweetal("network", *command)
    needed = [RoleNeed("networks", need, "a command") for need in recorded]
    assert needed
    assert unmet({"networks": granted("networks")}, needed) == []
    assert excess({"networks": granted("networks")}, needed) == []


# --- the operator


def every_command(command: Any, *path: str) -> Iterator[str]:
    """Yield every command that has a table or a stack to ask about; the others ask AWS nothing."""
    if {"table", "stack"} & {option.name for option in command.params}:
        yield " ".join(path)
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, *path, name)


EVERY = set(every_command(typer.main.get_command(app)))

WORD = ("--by", "Els", "--why", "gebeld")
# What `sam logs` asks (its puller_factory.py and cw_log_group_provider.py).
LOGS = (
    Need("lambda:GetFunctionConfiguration", arn("lambda", "function:tweetal-Submit-ABC")),
    Need("apigateway:GET", "arn:aws:apigateway:eu-west-1::/apis/abc/stages"),
    Need("logs:DescribeLogStreams", arn("logs", "log-group:tweetal-SubmitLogs-ABC:log-stream:")),
    Need("logs:FilterLogEvents", arn("logs", "log-group:tweetal-SubmitLogs-ABC:log-stream:")),
)


@pytest.fixture
def people(table: Table, plg: Network) -> list[Registration]:
    """Four people of two schools, and a post that was kept."""
    everybody = colleagues("Bergcollege", "Anna Bram") + colleagues("Dalcollege", "Carla Dirk")
    for person in everybody:
        table.register([person])
    told = {"naam": "Sanne Visser", "e-mail": "sanne@berg.example", "school": "Bergcollege"}
    answers = tuple(Answer(((name,),), (text,)) for name, text in told.items())
    table.kept_posts.keep(KeptPost("plg-2023", answers, KeptReason.CHANGED_FORM, AT))
    return everybody


@pytest.fixture
def backup(people: list[Registration], monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that AWS restored, with Eva, whom the stack's own lacks; and an export of the day after."""
    client: Any = boto3.client("dynamodb")
    own = client.describe_table(TableName="tweetal")["Table"]
    shape = {key: own[key] for key in ("AttributeDefinitions", "KeySchema")}
    client.create_table(TableName="tweetal-restored", BillingMode="PAY_PER_REQUEST", **shape)
    restored = Table(Store("tweetal-restored"))
    restored.apply_network(PLG.read_text(), PLG.name, AT)
    restored.register([someone("Eva Vos", "eva@zee.example")])
    s3: Any = boto3.client("s3")
    s3.create_bucket(Bucket=EXPORTS, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    Exports(EXPORTS, b"key").write_export(Store("tweetal"), ["plg-2023"], AT + timedelta(days=1))
    monkeypatch.setattr(restore, "_LONGEST_RUN", timedelta(0))
    monkeypatch.setattr(restore, "_AT_ONCE", 1)  # moto loses writes otherwise


def a_day_of(people: list[Registration], duo: Path) -> Iterator[tuple[str, ...]]:
    """Yield every command that asks AWS anything."""
    anna, bram, carla, dirk = (person.reference for person in people)
    yield "network", "apply", str(PLG)
    yield from (("network", each) for each in ("list", "counts"))
    yield from (("network", each, "plg-2023") for each in ("show", "pull"))
    yield "schools", "import", str(duo)
    yield "schools", "same", "plg-2023", anna, carla, *WORD
    yield "schools", "different", "plg-2023", anna, carla, *WORD
    yield "schools", "is", "plg-2023", anna, "90AA00", *WORD
    yield "schools", "words"
    yield "schools", "undo", Table(Store("tweetal")).school_rulings()[0].id
    yield "registration", "list", "plg-2023"
    yield "registration", "export", "plg-2023", "--by", "Els"
    eva = ("--name", "Eva Bos", "--email", "eva@berg.example", "--school", "Bergcollege")
    yield "registration", "add", "plg-2023", *eva, *WORD
    yield "registration", "set", "plg-2023", bram, "cancelled", *WORD
    yield "registration", "replace", "plg-2023", carla, "Gijs Pol", "gijs@dal.example", *WORD
    yield "registration", "revoke", "plg-2023", anna
    yield "mail", "list", "plg-2023"
    yield "mail", "resend", "plg-2023", anna, *WORD
    yield "form", "secret", "plg-2023", "--secret", SECRET
    yield "form", "misfits", "plg-2023"
    yield "form", "release", "plg-2023"
    yield "form", "try", str(duo), "--network", "plg-2023"
    yield "standing", "plg-2023"
    yield "why", "plg-2023", "berg"
    yield "waive", "plg-2023", dirk, *WORD
    yield "unwaive", "plg-2023", dirk
    yield "closing", "plg-2023", "hold"
    yield "person", "export", "anna@11.example", "--by", "Els"
    yield "person", "erase", "anna@11.example", "--by", "Els", "--yes"
    yield "person", "audit"
    yield "redrive", "--dry-run"
    yield "redrive", "--yes"
    yield ("doctor",)
    yield "restore", "--at", "2023-03-20T09:00:00Z", "--yes", "--from", "tweetal-restored"
    yield "check", "plg-2023"  # at last: by now its network is over, and everybody is deleted


@pytest.mark.slow  # it gives every command once
@pytest.mark.usefixtures("backup")
def test_an_operator_can_give_every_command_and_has_no_right_that_none_needs(
    recorded: list[Need], people: list[Registration], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duo = tmp_path / "duo.csv"
    duo.write_bytes(DUO.encode("windows-1252"))
    monkeypatch.setattr("cli.registration.now", lambda: AT)
    monkeypatch.setattr(doctor, "check_records", lambda _: [])
    given = set()
    for words in a_day_of(people, duo):
        result = CliRunner().invoke(app, words, env={"TABLE": "tweetal"}, catch_exceptions=False)
        assert result.exit_code == (words[0] == "doctor"), (words, result.output)
        given.add(next(each for each in EVERY if " ".join(words).startswith(each)))
    assert given == EVERY
    needed = [RoleNeed("operator", need, "a command") for need in (*recorded, *LOGS)]
    assert unmet({"operator": granted("operator")}, needed) == []
    assert excess({"operator": granted("operator")}, needed) == []


# --- the deployer

GRADUAL = {"AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup"}  # not there by default
DEPLOYER = ("deployer", "deployer-more")


@pytest.mark.slow  # it looks up what CloudFormation documents of thirty types
def test_a_deployer_can_do_what_is_documented_for_every_type_of_the_template_and_nothing_else(
    recorded: list[Need], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "samconfig.toml"
    config.write_text((ROOT / "samconfig.toml").read_text().replace("voorbeeld.example", "school.nl"))
    monkeypatch.setattr(deploy, "_CONFIG", config)
    CliRunner().invoke(app, ["deploy", "production", "--dry-run"], catch_exceptions=False)
    assert "dynamodb:ListTables" in {need.action for need in recorded}
    kinds = {resource["Type"] for resource in translated(GradualDeployment="on")["Resources"].values()}
    needed = [
        RoleNeed("deployer", need, "a deployment")
        for need in (*recorded, *documented(kinds), *of_sam(), *of_access_logs())
    ]
    assert unmet({"deployer": granted(*DEPLOYER)}, needed) == []
    assert excess({"deployer": granted(*DEPLOYER)}, needed) == []


def test_what_a_deployer_need_not_do_is_documented_of_some_type_of_ours(made: Resources) -> None:
    actions = set(documented_actions({resource["Type"] for resource in made.values()} | GRADUAL))
    for patterns in UNUSED.values():
        for pattern in patterns:
            assert fnmatch.filter(actions, pattern), pattern


def test_a_deployer_reads_no_people_and_makes_no_user() -> None:
    table = arn("dynamodb", "table/tweetal-Table-ABC")
    for action in ("GetItem", "Query", "Scan", "PutItem", "DeleteItem"):
        assert not any(allows(grant, Need(f"dynamodb:{action}", table)) for grant in granted(*DEPLOYER))
    assert not [grant for grant in granted(*DEPLOYER) if "User" in grant.action or grant.action.endswith("*")]
