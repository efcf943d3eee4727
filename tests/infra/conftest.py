"""infra/template.yaml as it is written, and as SAM makes it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from local import cfn

Resources = dict[str, dict[str, Any]]
PATH = Path(__file__).parents[2] / "infra" / "template.yaml"


class _NoManagedPolicies:
    """What SAM asks for the ARNs of AWS managed policies; there are none to ask for."""

    def load(self) -> dict[str, str]:
        return {}


@pytest.fixture(scope="session")
def written() -> dict[str, Any]:
    """The template as data, short tags as the functions that they stand for."""
    return cfn.read(PATH)


@pytest.fixture(scope="session")
def resources(written: dict[str, Any]) -> Resources:
    """The resources as they are written."""
    found: Resources = written["Resources"]
    return found


@pytest.fixture(scope="session")
def functions(resources: Resources) -> Resources:
    """The properties of each function as they are written."""
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


@pytest.fixture(scope="session")
def deployed(written: dict[str, Any]) -> dict[str, Any]:
    """What CloudFormation gets: SAM's own resources replaced by those that they stand for."""
    packaged = copy.deepcopy(written)
    packaged["Globals"]["Function"]["CodeUri"] = "s3://example/artifact.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        made = transform(packaged, {}, _NoManagedPolicies())
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain


@pytest.fixture(scope="session")
def made(deployed: dict[str, Any]) -> Resources:
    """The resources that CloudFormation makes."""
    found: Resources = deployed["Resources"]
    return found
