"""`tweetal deploy`: judges a stage of samconfig.toml, and has SAM deploy it if nothing is red."""

import shutil
import subprocess  # nosec B404 # to run SAM
import sys
import tomllib
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from cli.finding import Colour, look, show_findings, worst
from cli.mail_findings import judge_account, judge_identities
from cli.release import version
from cli.shell import AsJson, fail, text_of
from cli.stage import Stage, judge_before, judge_concurrency, judge_parameters, judge_region, read_stages
from shared.aws import ses_account as ses
from shared.aws import stack as aws

app = typer.Typer()
_CONFIG = Path(__file__).parents[1] / "samconfig.toml"
_BUILT = _CONFIG.parent / ".aws-sam" / "build" / "template.yaml"


@app.command("deploy")
def deploy(
    stage: Annotated[str, typer.Argument(help="A stage in samconfig.toml: trial or production.")],
    is_trial: Annotated[
        bool, typer.Option("--dry-run", help="Only look whether it can be deployed; change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Deploy a stage, if everything is ready for it.

    Stops before any change if anything is red; a trial may be in SES's sandbox.
    """
    try:
        stages = read_stages(text_of(_CONFIG))
    except tomllib.TOMLDecodeError as error:
        fail(f"samconfig.toml is not valid TOML: {error}")
    except KeyError as error:
        fail(f"samconfig.toml: each stage needs {error} under [STAGE.deploy.parameters]")
    if stage not in stages:
        fail(f"samconfig.toml has no stage {stage!r}; it has: {', '.join(stages)}")
    chosen = stages[stage]
    sender, deployed = chosen.sender, aws.find_stack(chosen.stack)
    status = deployed.status if deployed else ""
    findings = [*judge_parameters(chosen), judge_region(chosen, ses.ses_region())]
    findings += look("sending", ses.ses_account, judge_account)
    findings += look("identity", lambda: ses.identities(sender), partial(judge_identities, sender))
    findings += look("concurrency", aws.concurrency, judge_concurrency)
    findings += look(
        "stack",
        lambda: aws.tables_of(chosen.stack),
        lambda tables: judge_before(chosen.stack, status, tables),
    )
    show_findings(findings, as_json)
    harmless = () if stage == "production" else ("sandbox",)
    if worst(finding for finding in findings if finding.name not in harmless) is Colour.RED:
        raise typer.Exit(1)
    if is_trial:
        return
    screen = sys.stderr if as_json else sys.stdout
    if not status:  # AWS could not clean up a protected table if the first deployment failed
        _run_sam(chosen, screen, Protection="off")
    _run_sam(chosen, screen, Protection="on")


def _run_sam(stage: Stage, screen: TextIO, **parameters: str) -> None:
    """Deploy what was built; SAM prints what it does."""
    sam = shutil.which("sam")
    if sam is None or not _BUILT.exists():
        fail(f"there is nothing built, or no SAM: make deploy STAGE={stage.name} sees to both")
    given = dict(stage.parameters) | {"Version": version("+")} | parameters
    command = [sam, "deploy", "--config-file", str(_CONFIG), "--config-env", stage.name]
    command += ["--template-file", str(_BUILT), "--parameter-overrides"]
    command += [f"{name}={value}" for name, value in given.items()]
    if subprocess.run(command, check=False, stdout=screen).returncode:  # noqa: S603 our own words # nosec B603
        fail("the deployment failed, and CloudFormation went back to what was there; its events say why")
