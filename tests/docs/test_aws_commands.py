"""Every command of the AWS CLI in the documents and in the advice of `tweetal` is one that AWS describes."""

import re
from collections.abc import Iterator

import botocore.session
import pytest
from botocore import xform_name
from botocore.model import OperationModel

from tests.conftest import ROOT

_GLOBAL = {"query", "output", "region", "cli-binary-format"}
_RENAMED = {"notification-endpoint": "endpoint"}  # by the CLI
_DOCUMENTS, _ADVICE = (ROOT / "docs").glob("*.md"), (ROOT / "cli").glob("*.py")
_SESSION = botocore.session.get_session()


def commands(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the service, the operation and the options of each command, also over several lines."""
    joined = re.sub(r'\\+\n\s*|"\n\s*f?"', " ", text)
    yield from re.findall(r"(?<![.\w])aws ([a-z][a-z0-9-]+) ([a-z][a-z0-9-]+)((?: [^\n`]*)?)", joined)


WHOLE = {command for path in _DOCUMENTS for command in commands(path.read_text())}
COMMANDS = sorted(WHOLE | {command for path in _ADVICE for command in commands(path.read_text())})


def _described(service: str, operation: str) -> OperationModel:
    model = _SESSION.get_service_model(service)
    (name,) = (name for name in model.operation_names if xform_name(name, "-") == operation)
    return model.operation_model(name)


def test_the_commands_are_these_and_more() -> None:
    names = {f"{service} {operation}" for service, operation, _ in COMMANDS}
    assert {
        "cloudformation wait",
        "iam create-policy",
        "sesv2 create-email-identity",
        "sns subscribe",
    } <= names
    assert len(WHOLE) >= 25


@pytest.mark.parametrize(
    ("service", "operation", "options"), COMMANDS, ids=[f"{s} {o}" for s, o, _ in COMMANDS]
)
def test_a_command_of_aws_exists_with_its_options(service: str, operation: str, options: str) -> None:
    if service == "s3":  # commands of the CLI itself
        assert operation in ("ls", "rb")
        return
    if (service, operation) in (("sso", "login"), ("configure", "list-profiles")):
        return
    if operation == "wait":
        waiters = _SESSION.get_waiter_model(service).waiter_names
        assert options.split()[0] in {xform_name(name, "-") for name in waiters}
        return
    shape = _described(service, operation).input_shape
    members = {xform_name(name, "-"): member for name, member in shape.members.items()} if shape else {}
    given = {_RENAMED.get(name, name) for name in re.findall(r"--([a-z][a-z0-9-]+)", options)}
    for name in given - _GLOBAL:
        assert name in members or name.removeprefix("no-") in members, name
    if given and (service, operation, options) in WHOLE:
        required = {xform_name(name, "-") for name in (shape.required_members if shape else ())}
        assert required <= given
