"""The stack: packed, deployed, read and removed with the commands that an operator uses."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from infra.adoption import Identifiers, adoption
from infra.translate import translated
from local import cfn
from tests.cloud import bridges

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "cloud"
EARLIER = "694e6fe"  # of 24 November 2026: registrations of version 1, and one package for all functions
_PACKAGED = FOLDER / "packaged.json"
NAME = "tweetal"
SENDER = "aanmelden@voorbeeld.example"
_SAM = (ROOT / ".venv-sam" / "bin" / "python", "-m", "samcli")
_TWEETAL = (ROOT / ".venv" / "bin" / "python", "-m", "cli")
_PARAMETERS = {"SenderEmail": SENDER, "AlarmEmail": "beheer@voorbeeld.example"}


class CommandFailedError(Exception):
    """A command failed; `printed` is what it printed until then."""

    def __init__(self, log: str, printed: str, errors: str) -> None:
        super().__init__(f"{log} ends with: {printed[-1500:]}{errors[-1500:]}")
        self.printed = printed


def run(*command: str | Path, log: str, **environment: str) -> str:
    """Run a command in the checkout, and return what it prints; a log keeps that too."""
    done = subprocess.run(  # noqa: S603 our own commands
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    with (FOLDER / log).open("a") as file:
        file.write(f"$ {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    if done.returncode:
        raise CommandFailedError(log, done.stdout, done.stderr)
    return done.stdout


def tweetal(*words: str, **environment: str) -> str:
    """Run the operator's command line, and return what it prints."""
    return run(*_TWEETAL, *words, log="tweetal.log", COLUMNS="200", **environment)


def has_history() -> bool:
    """Say whether this checkout has the earlier release: a shallow clone has not."""
    try:
        run("git", "cat-file", "-e", f"{EARLIER}^{{commit}}", log="earlier.log")
    except (CommandFailedError, OSError):
        return False
    return True


class Stack:
    """The stack of one checkout in the emulator."""

    def __init__(self, version: str) -> None:
        self._version = version
        self.machine = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())

    def build(self) -> None:
        """Pack every function for this machine and the emulator's Python."""
        architecture = f"Architecture={self.machine}"
        options = ("--template", "infra/template.yaml", "--build-dir", FOLDER / "built")
        run(
            *(*_SAM, "build", *options, "--parameter-overrides", architecture),
            log="sam-build.log",
            ARCH=self.machine,
            FOR_PYTHON=self._version,
        )

    def package(self) -> None:
        """Upload the packed functions once, for every deployment: sam zips them anew each time otherwise."""
        bridged = bridges.without_metric_math(FOLDER / "built" / "template.yaml")
        options = ("--template-file", bridged, "--output-template-file", _PACKAGED, "--use-json")
        run(*_SAM, "package", *options, "--resolve-s3", "--no-progressbar", log="sam-package.log")

    def deploy(self, parameters: Mapping[str, str] = {}, kept_secret: str = "") -> None:
        """Deploy what is packed; on an earlier deployment, this updates it."""
        template = bridges.with_kept_secret(_PACKAGED, kept_secret) if kept_secret else _PACKAGED
        self._deploy(template, parameters)

    def deploy_earlier(self) -> None:
        """Pack and deploy an earlier release, when all functions were one package, from the history."""
        folder = FOLDER / EARLIER
        folder.mkdir()
        run("git", "archive", "--output", folder / "release.tar", EARLIER, log="earlier.log")
        run("tar", "-xf", folder / "release.tar", "-C", folder, log="earlier.log")
        words = (f"MACHINE={platform.machine()}", f"VERSION={self._version}", "ARTIFACTS_DIR=../package")
        run("make", "--directory", folder / "infra", "build-here", *words, log="earlier.log")
        code = shutil.make_archive(str(folder / "package"), "zip", folder / "package")
        self._deploy(bridges.without_metric_math(folder / "infra" / "template.yaml", code), {})
        shutil.rmtree(folder)  # whoever looks through this checkout must not find an earlier one in it

    def _deploy(self, template: Path, parameters: Mapping[str, str]) -> None:
        takes = cfn.read(template)["Parameters"]
        values = {**_PARAMETERS, "Architecture": self.machine, **parameters}
        options = (
            "--template-file",
            template,
            "--stack-name",
            NAME,
            "--resolve-s3",
            "--no-confirm-changeset",
            "--no-progressbar",
        )
        overrides = (f"{name}={value}" for name, value in values.items() if name in takes)
        run(
            *(*_SAM, "deploy", *options),
            *("--parameter-overrides", *overrides),
            log="sam-deploy.log",
        )
        self.__dict__.pop("resources", None)

    def logs(self, function: str) -> str:
        """Return the log lines of a function."""
        return run(*_SAM, "logs", "--stack-name", NAME, "--name", function, log="sam-logs.log")

    def delete(self) -> None:
        """Remove the stack, as an operator does."""
        run(*_SAM, "delete", "--stack-name", NAME, "--no-prompts", log="sam-delete.log")

    def adopt(self, kept: Identifiers) -> None:
        """Make a stack of resources that stayed, as docs/deploy.md does."""
        client, made = boto3.client("cloudformation"), translated()["Resources"]
        template, resources = adoption(made, kept)
        change = {"StackName": NAME, "ChangeSetName": "adopt"}
        client.create_change_set(
            **change,
            ChangeSetType="IMPORT",
            TemplateBody=json.dumps(template),
            ResourcesToImport=resources,
        )
        client.get_waiter("change_set_create_complete").wait(**change)
        client.execute_change_set(**change)
        client.get_waiter("stack_import_complete").wait(StackName=NAME)

    @cached_property
    def resources(self) -> Mapping[str, str]:
        """The physical id of each resource, by its logical id."""
        rows = boto3.client("cloudformation").describe_stack_resources(StackName=NAME)["StackResources"]
        return {row["LogicalResourceId"]: row["PhysicalResourceId"] for row in rows}

    @property
    def outputs(self) -> Mapping[str, str]:
        """The outputs that the deployment prints."""
        return {output["OutputKey"]: output["OutputValue"] for output in self.described["Outputs"]}

    @property
    def described(self) -> Mapping[str, Any]:
        """What CloudFormation says about the stack."""
        described: Mapping[str, Any] = boto3.client("cloudformation").describe_stacks(StackName=NAME)[
            "Stacks"
        ][0]
        return described
