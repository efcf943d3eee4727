"""What visitors wait for: a version for each release, an alias that leads to it, and the way back."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from cfnlint.api import ManualArgs, lint

from infra.translate import translated
from tests.infra.conftest import Resources

VISITED = {"Submit", "Manage", "Schools", "Challenge", "Amend", "Organise", "Decide"}
GROUP, ALIAS = "AWS::CodeDeploy::DeploymentGroup", "AWS::Lambda::Alias"


@pytest.fixture(scope="module")
def gradual() -> Resources:
    """What CloudFormation creates when releases come little by little."""
    resources: Resources = translated(GradualDeployment="on")["Resources"]
    return resources


def of_type(resources: Resources, kind: str) -> Resources:
    return {name: each for name, each in resources.items() if each["Type"] == kind}


def test_every_route_leads_to_an_alias_and_the_gateway_may_call_no_other_version(made: Resources) -> None:
    paths = json.dumps(made["Api"]["Properties"]["Body"]["paths"])
    aliases = {f"{name}Aliaslive" for name in VISITED}
    assert set(re.findall(r"functions/\$\{([\w.]+)\}", paths)) == set(of_type(made, ALIAS)) == aliases
    permissions = of_type(made, "AWS::Lambda::Permission").values()
    gateway = [p["Properties"] for p in permissions if p["Properties"]["Principal"].startswith("apigateway")]
    assert {permission["FunctionName"]["Ref"] for permission in gateway} == aliases


def test_each_alias_leads_to_the_version_of_this_release_and_only_that_is_kept(made: Resources) -> None:
    for name in VISITED:
        version = made[f"{name}Aliaslive"]["Properties"]["FunctionVersion"]["Fn::GetAtt"][0]
        assert made[version]["Properties"]["FunctionName"] == {"Ref": name}
        assert made[version]["DeletionPolicy"] == "Delete"


def parameters_in(node: Any, written: dict[str, Any]) -> Iterator[str]:
    """Yield the parameters that a part of the template depends on, also by way of a condition."""
    if isinstance(node, dict) and "Fn::If" in node:
        yield from parameters_in(written["Conditions"][node["Fn::If"][0]], written)
    names = re.findall(r'"Ref": "(\w+)"|\$\{(\w+)\}', json.dumps(node))
    yield from (name for pair in names for name in pair if name in written["Parameters"])
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parameters_in(inner, written)


def test_a_parameter_that_reaches_a_function_publishes_a_version_of_it_and_no_other_does(
    written: dict[str, Any], made: Resources
) -> None:
    # SAM does not see that a parameter changes, and visitors would stay with the old value; a new description
    # is a new version. If nothing else is new that fails: Lambda publishes no second version of the same.
    for name in VISITED:
        version = made[f"{name}Aliaslive"]["Properties"]["FunctionVersion"]["Fn::GetAtt"][0]
        described = set(parameters_in(made[version]["Properties"]["Description"], written))
        assert described == set(parameters_in(made[name]["Properties"], written)), name
        assert {"Version", "CertificateArn"} < described


@pytest.mark.slow
def test_lint_finds_nothing_in_what_sam_makes_of_it() -> None:
    document = translated(GradualDeployment="on")
    assert lint(json.dumps(document), config=ManualArgs(regions=["eu-west-1"])) == []


def test_a_changed_setting_of_a_function_publishes_a_version(functions: Resources) -> None:
    for name in VISITED:
        assert functions[name]["AutoPublishAliasAllProperties"] is True


def test_nothing_of_codedeploy_is_there_unless_the_operator_turns_it_on(
    written: dict[str, Any], made: Resources
) -> None:
    assert written["Parameters"]["GradualDeployment"]["Default"] == "off"
    assert not [name for name, each in made.items() if "CodeDeploy" in each["Type"] or "UpdatePolicy" in each]


def test_a_release_comes_in_ten_minutes_and_goes_back_when_visitors_see_error_pages(
    gradual: Resources,
) -> None:
    alarm = gradual["ApiFailingAlarm"]["Properties"]
    groups = of_type(gradual, GROUP)
    assert set(groups) == {f"{name}DeploymentGroup" for name in VISITED}
    for name, group in groups.items():
        properties = group["Properties"]
        assert properties["AlarmConfiguration"] == {
            "Enabled": True,
            "Alarms": [{"Name": alarm["AlarmName"]}],
        }
        assert "DEPLOYMENT_STOP_ON_ALARM" in properties["AutoRollbackConfiguration"]["Events"]
        assert "Linear10PercentEvery1Minute" in json.dumps(properties["DeploymentConfigName"])
        alias = gradual[name.replace("DeploymentGroup", "Aliaslive")]
        assert alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["DeploymentGroupName"] == {"Ref": name}


def test_codedeploy_moves_only_what_visitors_wait_for(gradual: Resources) -> None:
    (policy,) = gradual["DeploymentRole"]["Properties"]["Policies"]
    moved, *_ = policy["PolicyDocument"]["Statement"]
    assert moved["Action"] == ["lambda:GetAlias", "lambda:UpdateAlias"]
    assert {resource["Fn::GetAtt"][0] for resource in moved["Resource"]} == VISITED
