"""The functions, routes, schedules, streams and the table of infra/template.yaml."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local import cfn

Properties = Mapping[str, Any]
PATH = Path(__file__).parent.parent / "infra" / "template.yaml"


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function: its logical id, its dotted handler and its environment."""

    name: str
    handler: str
    environment: Mapping[str, str]

    @property
    def folder(self) -> str:
        """The folder of its handler, by which people call it."""
        return self.handler.split(".")[-3]


@dataclass(frozen=True, slots=True)
class Route:
    """A route of the HTTP API, such as POST /networks/{network}/registrations."""

    method: str
    path: str
    function: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule of EventBridge Scheduler, and the input of its function."""

    function: str
    expression: str
    time_zone: str
    input: str


@dataclass(frozen=True, slots=True)
class StreamMapping:
    """How Lambda reads the table's stream for a function."""

    function: str
    batch_size: int
    retries: int
    bisect: bool
    partial: bool
    patterns: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """Everything in the template that the local stack uses; `table` has the parameters of CreateTable."""

    functions: Mapping[str, Function]
    routes: tuple[Route, ...]
    schedules: tuple[Schedule, ...]
    streams: tuple[StreamMapping, ...]
    subscribers: tuple[str, ...]
    table: Properties
    secrets: tuple[str, ...]

    def named(self, name: str) -> Function:
        """Return the function with this logical id or folder; raise `KeyError` with all folders."""
        for function in self.functions.values():
            if name in (function.name, function.folder):
                return function
        folders = ", ".join(function.folder for function in self.functions.values())
        raise KeyError(f"no function {name!r}; there are: {folders}")


def read(path: Path, parameters: Mapping[str, str]) -> Template:
    """Read a template with these values of parameters; other parameters keep their defaults."""
    document = cfn.read(path)
    defaults = {name: str(p.get("Default", "")) for name, p in document.get("Parameters", {}).items()}
    values = {**defaults, **parameters}
    # A reference to a resource gives its logical id, which is its name on the local stack.
    resolver = cfn.Resolver(lambda name: values.get(name, name), document.get("Conditions", {}))
    shared = document.get("Globals", {}).get("Function", {})
    functions = tuple(_of_type(document, "AWS::Serverless::Function"))
    events = [
        (function, event["Type"], resolver.resolve(event["Properties"]))
        for function, properties in functions
        for event in properties.get("Events", {}).values()
    ]
    return Template(
        functions={name: _function(name, p, shared, resolver) for name, p in functions},
        routes=tuple(Route(e["Method"].upper(), e["Path"], f) for f, kind, e in events if kind == "HttpApi"),
        schedules=tuple(_schedule(f, e) for f, kind, e in events if kind == "ScheduleV2"),
        streams=tuple(_stream(f, e) for f, kind, e in events if kind == "DynamoDB"),
        subscribers=tuple(f for f, kind, _ in events if kind == "SNS"),
        table=next(_table(name, p) for name, p in _of_type(document, "AWS::DynamoDB::Table")),
        secrets=tuple(name for name, _ in _of_type(document, "AWS::SecretsManager::Secret")),
    )


def _of_type(document: Properties, kind: str) -> Iterator[tuple[str, Properties]]:
    for name, resource in document["Resources"].items():
        if resource["Type"] == kind:
            yield name, resource["Properties"]


def _function(name: str, properties: Properties, defaults: Properties, resolver: cfn.Resolver) -> Function:
    variables = [part.get("Environment", {}).get("Variables", {}) for part in (defaults, properties)]
    # The local stack begins anew for each world, where a function connects on first use.
    handler = properties["Handler"].replace(".start.", ".handler.")
    return Function(name, handler, resolver.resolve({**variables[0], **variables[1]}))


def _schedule(function: str, event: Properties) -> Schedule:
    zone = event.get("ScheduleExpressionTimezone", "UTC")
    return Schedule(function, event["ScheduleExpression"], zone, event.get("Input", "{}"))


def _stream(function: str, event: Properties) -> StreamMapping:
    filters = event.get("FilterCriteria", {}).get("Filters", [])
    return StreamMapping(
        function=function,
        batch_size=event.get("BatchSize", 100),  # Lambda's own default
        retries=event["MaximumRetryAttempts"],  # required: Lambda's default is to retry for ever
        bisect=event.get("BisectBatchOnFunctionError", False),
        partial="ReportBatchItemFailures" in event.get("FunctionResponseTypes", []),
        patterns=tuple(json.loads(f["Pattern"]) for f in filters),
    )


def _table(name: str, properties: Properties) -> Properties:
    keys = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")
    stream = {"StreamEnabled": True} | properties["StreamSpecification"]
    return {key: properties[key] for key in keys if key in properties} | {
        "TableName": name,
        "StreamSpecification": stream,
    }
