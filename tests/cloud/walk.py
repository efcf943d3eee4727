"""`python -m tests.cloud.walk` follows docs/deploy.md in MiniStack, block by block, in a fresh copy of this.

It needs the AWS CLI. What the emulator does not do is bridged as in `make cloud-test`, or left out, with why.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

import boto3

from shared.aws.stack import describe_stack
from tests import ministack
from tests.cloud import bridges
from tests.cloud.__main__ import ENVIRONMENT, emulator_version
from tests.cloud.stack import FOLDER, ROOT

_MACHINE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
_COPY = FOLDER.with_name("walk") / "checkout"
# What a reader fills in or answers, and what their own files and people are.
_READER = {
    "voorbeeld.example": "school.nl",
    "FILE.csv": "local/schools-sample.csv",
    "person erase jan@school.example": "person erase jan@school.example --yes",
    "sam delete": "sam delete --no-prompts",
    "tweetal doctor": "tweetal doctor || [ $? = 1 ]",  # the domain is not in the DNS
}
# What MiniStack does not know of AWS.
_UNKNOWN = ("aws sesv2 put-email-identity-mail-from-attributes", "aws sesv2 put-account-details")
# A block with this in it is not followed, and why.
_LEFT_OUT = {
    "git pull": "there is no later release",
    "plg-2022": "nobody has a season of last year here",
    "schools same": "its people are an example",
    "registration revoke": "its person is an example",
    "infra.adoption": "MiniStack does not import secrets; make cloud-test plays it with a bridge",
}
# The emulator needs routes and a key once the stack is there, and its API has an address of its own.
_BRIDGES = {
    "make deploy": '.venv/bin/python -m tests.cloud.walk bridge "$STACK"',
    "curl": 'curl() { command curl --fail-with-body -H "Host: $(echo "$API_URL" | cut -d/ -f3 | cut -d. -f1)'
    '.execute-api.localhost" "${@/#$API_URL/$AWS_ENDPOINT_URL}"; }',
    "form secret": ".venv/bin/tweetal network apply networks/plg-2023.toml",
}


class Block(NamedTuple):
    """A block of commands, and the heading that it stands under."""

    heading: str
    commands: str


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a document, indented by four spaces, or more in a list."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        for lines in re.findall(r"(?:^(?: {4,}|\n(?= {4})).*\n)+", body, re.MULTILINE):
            yield Block(heading, re.sub(r"^ {4,7}(?=\S)", "", lines.strip("\n"), flags=re.MULTILINE))


def reason_to_skip(block: Block) -> str:
    """Say why a block is not followed; "" if it is."""
    return next((why for part, why in _LEFT_OUT.items() if part in block.commands), "")


def script() -> str:
    """Return what bash runs: every block with its bridges, and the seconds that each takes."""
    parts = ["set -eu -o pipefail"]
    for block in blocks((ROOT / "docs" / "deploy.md").read_text()):
        first = block.commands.partition("\n")[0]
        if why := reason_to_skip(block):
            parts.append(f"echo {_quoted(f'- left out: {first}: {why}')}")
            continue
        commands = block.commands
        for theirs, own in _READER.items():
            commands = commands.replace(theirs, own)
        for command in _UNKNOWN:
            commands = commands.replace(
                command, f"echo - left out, because MiniStack does not know it: {command}"
            )
        before = [bridge for part, bridge in _BRIDGES.items() if part in commands and part != "make deploy"]
        after = [_BRIDGES["make deploy"]] if "make deploy" in commands else []
        parts += ["began=$SECONDS", *before, commands, *after]
        parts.append(f'echo "✓ $((SECONDS - began)) s  "{_quoted(f"{block.heading}: {first}")}')
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def bridge(stack: str) -> None:
    """Do what MiniStack leaves undone when a stack is deployed."""
    description = describe_stack(stack)
    resources = {name: own for name, (_, own) in description.resources.items()}
    bridges.write_key(resources["LinkSecret"])
    bridges.make_routes(resources)


def _clone() -> None:
    """Copy what git has, with addresses filled in and without the alarm that MiniStack refuses."""
    shutil.rmtree(_COPY, ignore_errors=True)
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 our own
    for name in listed.stdout.rstrip("\0").split("\0"):
        target = _COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    for name in (".venv", ".venv-sam"):
        (_COPY / name).symlink_to((ROOT / name).resolve())
    for path in (_COPY / "requirements").iterdir():
        os.utime(path, (0, 0))  # what they ask for is installed
    bridges.without_metric_math(_COPY / "infra" / "template.yaml").replace(_COPY / "infra" / "template.yaml")
    config = _COPY / "samconfig.toml"
    filled = config.read_text().replace("voorbeeld.example", _READER["voorbeeld.example"])
    config.write_text(filled.replace('    "AlarmEmail=', f'    "Architecture={_MACHINE}",\n    "AlarmEmail='))


def main() -> None:
    """Follow the document; stop at the first command that fails."""
    if shutil.which("aws") is None:
        sys.exit("This needs the AWS CLI.")
    _clone()
    with (_COPY.parent / "ministack.log").open("wb") as log, ministack.running(log) as url:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        path = f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
        environment = {**os.environ, **ENVIRONMENT, "AWS_ENDPOINT_URL": url, "PATH": path}
        environment |= {"PYTHONPATH": str(_COPY), "ARCH": _MACHINE, "FOR_PYTHON": emulator_version()}
        began = time.monotonic()
        done = subprocess.run(("bash",), input=script(), text=True, cwd=_COPY, env=environment, check=False)  # noqa: S607
        print(f"{time.monotonic() - began:.0f} s")
        sys.exit(done.returncode)


if __name__ == "__main__":
    if sys.argv[1:2] == ["bridge"]:
        boto3.setup_default_session(region_name=ENVIRONMENT["AWS_DEFAULT_REGION"])
        bridge(sys.argv[2])
    else:
        main()
