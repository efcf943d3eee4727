"""What a deployer must be allowed: what CloudFormation documents for each type, and what SAM does besides."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from tests.infra.permissions.calls import arn
from tests.infra.permissions.policy import Need

# Rights that the documentation of a type names for what our template does not use. What only looks at
# something of ours stays: CloudFormation may look at all of it.
UNUSED = {
    "no key of our own encrypts anything": ("kms:*", "logs:*KmsKey"),
    "no network, disk or stream of another service": (
        *("ec2:*", "elasticfilesystem:*", "s3files:*", "kinesis:*", "firehose:*", "s3tables:*"),
        *("dynamodb:*Kinesis*", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
    ),
    "roles have policies of their own": (
        *("iam:*tachRolePolicy", "iam:*Boundary", "iam:CreateServiceLinkedRole"),
    ),
    "one table, which nobody reads while deploying": (
        *("dynamodb:*Import*", "dynamodb:*TableReplica", "dynamodb:*ContributorInsights"),
        *(
            "dynamodb:*ResourcePolicy",
            "dynamodb:Scan",
            "dynamodb:Query",
            "dynamodb:*Item",
            "s3:GetObjectMetadata",
        ),
    ),
    "functions are files without layers that run when they are called": (
        *("lambda:*ProvisionedConcurrencyConfig", "lambda:*ScalingConfig", "lambda:*CodeSigning*"),
        *("lambda:*LayerVersion", "lambda:PassCapacityProvider", "lambda:AssociateRuntimeAlias"),
        "lambda:*FunctionConcurrency",
    ),
    "a bucket that only keeps objects": (
        *("s3:*Analytics*", "s3:*C[Oo][Rr][Ss]", "s3:*Inventory*", "s3:*Metrics*", "s3:*Notification"),
        *("s3:*Replication*", "s3:*Website", "s3:*Accelerate*", "s3:*ObjectLock*", "s3:*Logging"),
        *("s3:*Versioning", "s3:*Intelligent*", "s3:*Metadata*", "s3:*Abac", "s3:*Acl", "s3:REST*"),
        *("s3:DeleteObject", "s3:DeleteBucketEncryption", "s3:DeleteBucketLifecycle"),
    ),
    "a secret of one region": ("secretsmanager:*Replica*", "secretsmanager:*Replication"),
    "logs that only expire": (
        *("logs:*DataProtection*", "logs:*IndexPol*", "logs:*Bearer*", "logs:*DeletionProtection"),
        *("logs:DeleteResourcePolicy", "logs:DeleteRetentionPolicy"),
    ),
    "topics and mails that are plain": (
        *("sns:*DataProtection*", "ses:*Tracking*", "ses:*Archiving*", "ses:*Vdm*"),
    ),
    "one distribution, of one API": (
        "cloudfront:*ConnectionGroup",
        "cloudfront:*Vpc*",
        "cloudfront:*Staging*",
    ),
    "nothing of ours runs on a server": ("codedeploy:*OnPremises*",),
    "no tag is taken away": ("*:Untag*",),
    "a name that IAM does not know": (
        *("apigateway:TagResource", "billing:GetBillingViewData"),
        *("cloudfront:CreateDistributionWithTags", "s3:getObject"),
    ),
}
# They look at something else than the things that the template makes.
_OF_OTHERS = {
    *(
        "cloudfront:GetConnectionGroup",
        "cloudfront:GetVpcOrigin",
        "dynamodb:GetItem",
        "dynamodb:DescribeImport",
    ),
    *("lambda:GetCodeSigningConfig", "lambda:GetLayerVersion", "s3:GetObjectMetadata"),
}
# Who takes the role that is passed.
_PASSED_TO = {
    "AWS::CodeDeploy::DeploymentGroup": "codedeploy.amazonaws.com",
    "AWS::Lambda::Function": "lambda.amazonaws.com",
    "AWS::Scheduler::Schedule": "scheduler.amazonaws.com",
}
# What IAM cannot tie to one thing (Service Authorization Reference).
_FREE = {
    "codedeploy:StopDeployment",
    "lambda:CreateEventSourceMapping",
    "logs:CreateLogDelivery",
    "logs:DescribeIndexPolicies",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
    "secretsmanager:GetRandomPassword",
    "ses:CreateConfigurationSet",
    "ses:DescribeConfigurationSet",
    "sns:GetSubscriptionAttributes",
    "sns:SetSubscriptionAttributes",
    "sns:Unsubscribe",
}
# Something of each service, as CloudFormation names it in a stack; and what other actions are about.
_THINGS = {
    "apigateway": "arn:aws:apigateway:eu-west-1::/apis/abc/stages",
    "budgets": "arn:aws:budgets::123456789012:budget/tweetal-Budget-ABC",
    "cloudfront": "arn:aws:cloudfront::123456789012:distribution/ABC",
    "cloudwatch": arn("cloudwatch", "alarm:tweetal-UnhandledAlarm-ABC"),
    "codedeploy": arn(
        "codedeploy", "deploymentgroup:tweetal-ServerlessDeploymentApplication-A/tweetal-Submit-A"
    ),
    "dynamodb": arn("dynamodb", "table/tweetal-Table-ABC"),
    "iam": "arn:aws:iam::123456789012:role/tweetal-SubmitRole-ABC",
    "lambda": arn("lambda", "function:tweetal-Submit-ABC"),
    "logs": arn("logs", "log-group:tweetal-SubmitLogs-ABC:log-stream:"),
    "s3": "arn:aws:s3:::tweetal-exports-abc",
    "scheduler": arn("scheduler", "schedule/default/tweetal-CheckDaily-ABC"),
    "secretsmanager": arn("secretsmanager", "secret:LinkSecret-ABC"),
    "ses": arn("ses", "configuration-set/ConfigurationSet-ABC"),
    "sns": arn("sns", "tweetal-Alarms-ABC"),
    "sqs": arn("sqs", "tweetal-Unhandled-ABC"),
}
_APPLICATION = arn("codedeploy", "application:tweetal-ServerlessDeploymentApplication-A")
_MAPPING = arn("lambda", "event-source-mapping:11111111-2222-3333-4444-555555555555")
_OBJECT = "arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-abc/tweetal/abc"
_OTHERS = {
    "cloudfront:*OriginRequestPolicy": "arn:aws:cloudfront::123456789012:origin-request-policy/ABC",
    "cloudwatch:*Dashboard*": "arn:aws:cloudwatch::123456789012:dashboard/Overview-ABC",
    "codedeploy:*Application*": _APPLICATION,
    "codedeploy:GetDeploymentConfig": arn("codedeploy", "deploymentconfig:CodeDeployDefault.LambdaAllAtOnce"),
    "lambda:*EventSourceMapping": _MAPPING,
    "s3:GetObject*": _OBJECT,
}


def documented(kinds: set[str]) -> Iterator[Need]:
    """Yield what making, changing, reading and removing resources of these types needs."""
    for kind in sorted(kinds):
        for action in sorted(set(documented_actions({kind}))):
            if not _is_unused(action) and (action != "iam:PassRole" or kind in _PASSED_TO):
                thing = _thing(action, kind)
                yield Need(action, thing, _context(action, kind))
                if ":secret:LinkSecret" in thing:
                    yield Need(action, thing.replace("LinkSecret", "OriginSecret"))


def documented_actions(kinds: set[str]) -> Iterator[str]:
    """Yield every action that CloudFormation's registry names for these types, as cfn-lint has it."""
    for kind in kinds:
        schema: Any = PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-west-1", kind).schema
        for name, handler in schema["handlers"].items():
            if name != "list":
                yield from handler["permissions"]


def _is_unused(action: str) -> bool:
    service, _, verb = action.partition(":")
    if service in _THINGS and verb.startswith(("Describe", "Get", "List")) and action not in _OF_OTHERS:
        return False
    return any(fnmatchcase(action, each) for patterns in UNUSED.values() for each in patterns)


def of_sam() -> Iterator[Need]:
    """Yield what `sam deploy` does itself: packages in a bucket, and a change set of CloudFormation."""
    stacks = [arn("cloudformation", f"stack/{name}/1") for name in ("tweetal", "tweetal-trial")]
    stacks.append(arn("cloudformation", "stack/aws-sam-cli-managed-default/1"))
    for action in (
        *(
            "CreateChangeSet",
            "DescribeChangeSet",
            "ExecuteChangeSet",
            "DescribeStacks",
            "DescribeStackEvents",
        ),
        *("GetTemplateSummary", "ListStackResources"),
    ):
        yield from (Need(f"cloudformation:{action}", stack) for stack in stacks)
    macro = "arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31"
    yield Need("cloudformation:CreateChangeSet", macro)
    bucket = _OBJECT.partition("/")[0]
    for need in documented({"AWS::S3::Bucket", "AWS::S3::BucketPolicy"}):
        yield need._replace(resource=bucket)
    yield Need("s3:PutBucketVersioning", bucket)
    yield Need("s3:PutObject", _OBJECT)


def of_access_logs() -> Iterator[Need]:
    """Yield what an HTTP API with a log needs (API Gateway Developer Guide, "Configure logging")."""
    for action in ("DeleteLogDelivery", "GetLogDelivery", "ListLogDeliveries", "UpdateLogDelivery"):
        yield Need(f"logs:{action}", "*")


def _thing(action: str, kind: str) -> str:
    if action in _FREE:
        return "*"
    if "Tag" in action and kind in ("AWS::Lambda::EventSourceMapping", "AWS::CodeDeploy::Application"):
        return {"lambda": _MAPPING, "codedeploy": _APPLICATION}[action.partition(":")[0]]
    others = (thing for pattern, thing in _OTHERS.items() if fnmatchcase(action, pattern))
    return next(others, _THINGS[action.partition(":")[0]])


def _context(action: str, kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("iam:PassedToService", (_PASSED_TO[kind],)),) if action == "iam:PassRole" else ()
