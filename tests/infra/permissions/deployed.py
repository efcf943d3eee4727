"""The rights that the translated template grants to each role, and what AWS does in a role's name."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from local.cfn import Resolver
from local.world import SENDER
from tests.infra.permissions.calls import ACCOUNT, arn
from tests.infra.permissions.policy import Grant, Need, grants

_REGION, _ACCOUNT_ID = ACCOUNT.split(":")
_NAMES = {
    "AWS::Partition": "aws",
    "AWS::Region": _REGION,
    "AWS::AccountId": _ACCOUNT_ID,
    "SenderEmail": SENDER,
}
# The value of Ref and GetAtt for each type of resource, by logical id as on the local stack.
_REFS = {
    "AWS::SecretsManager::Secret": arn("secretsmanager", "secret:{}"),
    "AWS::DynamoDB::Table": "{}",
    "AWS::Lambda::Function": "{}",
    "AWS::Logs::LogGroup": "{}",
    "AWS::SES::ConfigurationSet": "{}",
}
_ARNS = {
    ("AWS::DynamoDB::Table", "Arn"): arn("dynamodb", "table/{}"),
    ("AWS::DynamoDB::Table", "StreamArn"): arn("dynamodb", "table/{}/stream/first"),
    ("AWS::IAM::Role", "Arn"): "{}",
    ("AWS::Lambda::Function", "Arn"): arn("lambda", "function:{}"),
    ("AWS::Logs::LogGroup", "Arn"): arn("logs", "log-group:{}:*"),
    ("AWS::SQS::Queue", "Arn"): arn("sqs", "{}"),
    ("AWS::S3::Bucket", "Arn"): "arn:aws:s3:::{}",
}


_CONDITIONS = {"IsTraced": {"Fn::Equals": ["on", "on"]}}  # so that no right stays unproven


class Service(NamedTuple):
    """Something that AWS does in the name of a role, and why."""

    role: str
    why: str
    need: Need


class Deployed:
    """The translated template; `resolve` returns a part of it with the references resolved."""

    def __init__(self, resources: Mapping[str, Any]) -> None:
        self._resources = resources
        self.resolve = Resolver(self._value_of, _CONDITIONS).resolve

    def of_type(self, kind: str) -> dict[str, Any]:
        """Return the properties of every resource of a type."""
        return {name: r["Properties"] for name, r in self._resources.items() if r["Type"] == kind}

    def granted(self) -> dict[str, tuple[Grant, ...]]:
        """Return what each role may do."""
        return {
            name: tuple(
                grant
                for policy in role["Policies"]
                for statement in policy["PolicyDocument"]["Statement"]
                for grant in grants(self.resolve(statement))
            )
            for name, role in self.of_type("AWS::IAM::Role").items()
        }

    def folders(self) -> dict[str, str]:
        """Return, for each function, the folder that holds its code."""
        functions = self.of_type("AWS::Lambda::Function")
        return {name: function["Handler"].split(".")[1] for name, function in functions.items()}

    def role_of(self, function: str) -> str:
        """Return the role that a function has."""
        return str(self.resolve(self.of_type("AWS::Lambda::Function")[function]["Role"]))

    def services(self) -> Iterator[Service]:
        """Yield what AWS does in the name of each role; no call of ours shows these."""
        yield from self._logs()
        yield from self._streams()
        yield from self._given_up()
        yield from self._schedules()
        yield from self._deployments()
        yield from self._traces()

    def _logs(self) -> Iterator[Service]:
        for name, function in self.of_type("AWS::Lambda::Function").items():
            log = self.resolve(function["LoggingConfig"]["LogGroup"])
            stream = arn("logs", f"log-group:{log}:log-stream:{name}")
            for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
                yield Service(self.role_of(name), "Lambda writes the function's log", Need(action, stream))

    def _streams(self) -> Iterator[Service]:
        for mapping in self.of_type("AWS::Lambda::EventSourceMapping").values():
            role, stream = self._caller(mapping), self.resolve(mapping["EventSourceArn"])
            for action in ("DescribeStream", "GetRecords", "GetShardIterator"):
                need = Need(f"dynamodb:{action}", stream)
                yield Service(role, "Lambda reads the table's stream for the function", need)
            yield Service(role, "Lambda looks for the table's stream", Need("dynamodb:ListStreams", "*"))

    def _given_up(self) -> Iterator[Service]:
        kinds = ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig")
        for config in (config for kind in kinds for config in self.of_type(kind).values()):
            if destination := config.get("DestinationConfig", {}).get("OnFailure"):
                need = Need("sqs:SendMessage", self.resolve(destination["Destination"]))
                yield Service(self._caller(config), "Lambda keeps what the function gave up", need)

    def _schedules(self) -> Iterator[Service]:
        for schedule in self.of_type("AWS::Scheduler::Schedule").values():
            target = self.resolve(schedule["Target"])
            role = target["RoleArn"]
            yield Service(role, "Scheduler starts the function", Need("lambda:InvokeFunction", target["Arn"]))
            if "DeadLetterConfig" in target:
                need = Need("sqs:SendMessage", target["DeadLetterConfig"]["Arn"])
                yield Service(role, "Scheduler keeps what it could not start", need)

    def _deployments(self) -> Iterator[Service]:
        for name, group in self.of_type("AWS::CodeDeploy::DeploymentGroup").items():
            role = self.resolve(group["ServiceRoleArn"])
            function = arn("lambda", f"function:{name.removesuffix('DeploymentGroup')}")
            for action in ("lambda:GetAlias", "lambda:UpdateAlias"):
                yield Service(role, "CodeDeploy moves visitors to a new release", Need(action, function))
            need = Need("lambda:GetProvisionedConcurrencyConfig", f"{function}:live")
            yield Service(role, "CodeDeploy looks whether containers are kept ready", need)
            need = Need("cloudwatch:DescribeAlarms", arn("cloudwatch", "alarm:"))
            yield Service(role, "CodeDeploy looks whether an alarm is raised", need)

    def _traces(self) -> Iterator[Service]:
        for name, function in self.of_type("AWS::Lambda::Function").items():
            assert "TracingConfig" in function
            for action in ("xray:PutTelemetryRecords", "xray:PutTraceSegments"):
                yield Service(
                    self.role_of(name), "Lambda traces the function, if Tracing is Active", Need(action, "*")
                )

    def _caller(self, config: Mapping[str, Any]) -> str:
        return self.role_of(self.resolve(config["FunctionName"]))

    def _value_of(self, name: str) -> str:
        if name in _NAMES:
            return _NAMES[name]
        resource, _, attribute = name.partition(".")
        kind = self._resources[resource]["Type"]
        if kind == "AWS::Lambda::Alias":
            alias = self._resources[resource]["Properties"]
            return arn("lambda", f"function:{self.resolve(alias['FunctionName'])}:{alias['Name']}")
        return (_ARNS[kind, attribute] if attribute else _REFS[kind]).format(resource)
