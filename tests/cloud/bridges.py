"""What MiniStack 1.5.33 does not do, done from outside: nothing of this is in the product.

docs/testing… lists each, with what proves the real thing instead.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3

from infra.translate import translated
from local import cfn, gateway, template
from local.web import RawRequest, Response

ROOT = Path(__file__).parents[2]
TEMPLATE = template.read(template.PATH, {})
ALIAS = "Aliaslive"  # SAM names it so, after the function


def without_metric_math(template: Path, code: str = "") -> Path:
    """Write a template in which an alarm that computes is a plain one: MiniStack refuses those.

    `code` is the one package of every function, in a release that has one.
    """
    document = cfn.read(template)
    for resource in document["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in properties:
            measured = next(m["MetricStat"] for m in properties.pop("Metrics") if "MetricStat" in m)
            metric = measured["Metric"]
            properties |= {key: metric[key] for key in ("Namespace", "MetricName", "Dimensions")}
            properties |= {"Statistic": measured["Stat"], "Period": measured["Period"]}
    bridged = template.with_name("bridged.json")
    if code:
        document["Globals"]["Function"]["CodeUri"] = code
    bridged.write_text(json.dumps(document))
    return bridged


def with_kept_secret(packaged: Path, secret: str) -> Path:
    """Write the template with a secret that stayed instead of its own: MiniStack does not import secrets."""
    document = json.loads(packaged.read_text())
    del document["Resources"]["LinkSecret"]
    kept = packaged.with_name("with-kept-secret.json")
    kept.write_text(json.dumps(document).replace('{"Ref": "LinkSecret"}', json.dumps(secret)))
    return kept


def make_routes(resources: Mapping[str, str]) -> int:
    """Make the routes in the API's OpenAPI body, which MiniStack does not import; return their number."""
    client, api = boto3.client("apigatewayv2"), resources["Api"]
    for route in client.get_routes(ApiId=api)["Items"]:
        client.delete_route(ApiId=api, RouteId=route["RouteId"])
    integrations: dict[str, str] = {}
    paths = translated()["Resources"]["Api"]["Properties"]["Body"]["paths"]
    routes = [(f"{m.upper()} {path}", operation) for path, ms in paths.items() for m, operation in ms.items()]
    for route, operation in routes:
        integration = operation["x-amazon-apigateway-integration"]
        (alias,) = re.findall(r"functions/\$\{(\w+)\}/", json.dumps(integration["uri"]))
        if alias not in integrations:
            integrations[alias] = client.create_integration(
                ApiId=api,
                IntegrationType="AWS_PROXY",
                IntegrationUri=_arn(alias, resources),
                PayloadFormatVersion=integration["payloadFormatVersion"],
            )["IntegrationId"]
        client.create_route(ApiId=api, RouteKey=route, Target=f"integrations/{integrations[alias]}")
    return len(routes)


def _arn(alias: str, resources: Mapping[str, str]) -> str:
    """Return the ARN of a function's alias, or of the function in a release without aliases."""
    if alias in resources:
        return resources[alias]
    function = resources[alias.removesuffix(ALIAS)]
    arn: str = boto3.client("lambda").get_function(FunctionName=function)["Configuration"]["FunctionArn"]
    return arn


def publish_delivery(topic: str, network: str, mail: str) -> None:
    """Publish on the stack's topic that a mail was delivered: MiniStack's SES publishes no events."""
    (record,) = json.loads((ROOT / "events" / "delivery-delivery.json").read_text())["Records"]
    event = json.loads(record["Sns"]["Message"])
    event["mail"]["tags"] |= {"network": [network], "mail": [mail]}
    boto3.client("sns").publish(TopicArn=topic, Message=json.dumps(event), Subject=record["Sns"]["Subject"])


def start_check(function: str, at: datetime) -> Any:
    """Start the check as its schedule does, with the time in the event, which MiniStack does not fill in."""
    return _invoke(function, {"time": at.isoformat()})


def send_by_event(request: RawRequest, resources: Mapping[str, str]) -> Response:
    """Start a function with API Gateway's event: MiniStack's has no cookies, nor any preflight."""
    route = gateway.match(TEMPLATE.routes, request.method, request.path)
    assert route, f"no route for {request.path}"
    event = gateway.event(request, route, datetime.now(UTC), request_id="by-event")
    answer = _invoke(_arn(route.route.function + ALIAS, resources), event)
    return gateway.response(answer)


def _invoke(function: str, event: object) -> Any:
    answer = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    document = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, f"{function} failed: {document}"
    return document


def expected_resources() -> set[str]:
    """Return the logical ids of what the template always makes; those of versions follow from the code."""
    return {
        name
        for name, resource in translated()["Resources"].items()
        if "Condition" not in resource and resource["Type"] != "AWS::Lambda::Version"
    }


def write_key(secret: str) -> None:
    """Write a key as AWS makes one: MiniStack puts punctuation in it, which may look like a list of keys."""
    client = boto3.client("secretsmanager")
    key = client.get_random_password(ExcludePunctuation=True, PasswordLength=64)["RandomPassword"]
    client.put_secret_value(SecretId=secret, SecretString=key)
