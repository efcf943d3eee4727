"""A stage of samconfig.toml, and whether it can be deployed: judged before anything changes."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cli.finding import Finding, amber, green, red

_REQUIRED = ("SenderEmail", "AlarmEmail")
_AT_ONCE = 100  # visitors that a form in a newsletter can bring in one second; a new account may have 10


class Stage(NamedTuple):
    """What samconfig.toml says of one deployment: `trial` or `production`."""

    name: str
    stack: str
    region: str
    parameters: Mapping[str, str]

    @property
    def sender(self) -> str:
        """The address that mails come from; "" if the file does not say."""
        return self.parameters.get("SenderEmail", "")


def read_stages(toml: str) -> dict[str, Stage]:
    """Return the stages of a samconfig.toml by name."""
    tables = {name: table for name, table in tomllib.loads(toml).items() if isinstance(table, dict)}
    stages = {name: table["deploy"] for name, table in tables.items() if "deploy" in table}
    return {name: _stage(name, stage["parameters"]) for name, stage in stages.items()}


def _stage(name: str, values: Mapping[str, object]) -> Stage:
    overrides = values.get("parameter_overrides", ())
    pairs = [str(each).partition("=") for each in overrides] if isinstance(overrides, list) else []
    parameters = {key: value for key, _, value in pairs}
    return Stage(name, str(values["stack_name"]), str(values["region"]), parameters)


def judge_parameters(stage: Stage) -> Iterator[Finding]:
    """Yield whether the stage says what only its operator knows."""
    missing = [name for name in _REQUIRED if not stage.parameters.get(name)]
    invented = [name for name, value in stage.parameters.items() if value.endswith(".example")]
    advice = f"fill it in under [{stage.name}.deploy.parameters] in samconfig.toml"
    if missing:
        yield red("parameters", f"{', '.join(missing)} is missing", advice)
    if invented:
        yield red("parameters", f"{', '.join(invented)} is still the invented address of the example", advice)
    if not missing and not invented:
        yield green("parameters", ", ".join(f"{name}={value}" for name, value in stage.parameters.items()))
    if stage.parameters.get("AlarmEmail") == "none":
        yield amber("alarms", "nobody will hear of it when something breaks", "name an address in AlarmEmail")


def judge_region(stage: Stage, region: str) -> Finding:
    """Say whether the commands of this terminal speak of the region that the stage is deployed to."""
    if region != stage.region:
        advice = f"export AWS_DEFAULT_REGION={stage.region}, or change region in samconfig.toml"
        return red("region", f"it is {region} here, and {stage.region} in samconfig.toml", advice)
    return green("region", region)


def judge_concurrency(count: int) -> Finding:
    """Say whether Lambda lets as many functions run at once as visitors may come at once."""
    sentence = f"Lambda runs {count} functions at once in this account and region"
    if count < _AT_ONCE:
        return amber(
            "concurrency",
            f"{sentence}; who comes above that gets an error",
            "aws service-quotas request-service-quota-increase --service-code lambda "
            "--quota-code L-B99A9384 --desired-value 1000",
        )
    return green("concurrency", sentence)


def judge_before(stack: str, status: str, tables: Sequence[str]) -> Finding:
    """Say whether a stack may be made or changed now; `status` is "" if there is none.

    `tables` are those of a stack of this name that was removed: its registrations are still in them.
    """
    name = "stack"
    if status in ("ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "DELETE_FAILED"):
        advice = f"aws cloudformation delete-stack --stack-name {stack}, then deploy again"
        return red(name, f"what was left of a deployment that failed stands in the way ({status})", advice)
    if status.endswith(("_IN_PROGRESS", "_FAILED")):
        return red(
            name, f"CloudFormation is not ready with it ({status})", "look at its events in the console"
        )
    if not status and tables:
        advice = 'adopt it first (docs/deploy.md, "Going back, and going away"); a new stack starts empty'
        return amber(name, f"{', '.join(tables)} is left of an earlier {stack}", advice)
    return green(name, f"{stack} will be changed" if status else f"{stack} will be made")
