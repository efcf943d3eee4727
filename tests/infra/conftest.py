"""infra/template.yaml as written, and as SAM translates it."""

from typing import Any

import pytest

from infra.translate import translated
from local import cfn
from local.template import PATH

Resources = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def written() -> dict[str, Any]:
    """The template as written, as data."""
    return cfn.read(PATH)


@pytest.fixture(scope="session")
def resources(written: dict[str, Any]) -> Resources:
    """The resources as they are written."""
    resources: Resources = written["Resources"]
    return resources


@pytest.fixture(scope="session")
def functions(resources: Resources) -> Resources:
    """The properties of each function as they are written."""
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


@pytest.fixture(scope="session")
def deployed() -> dict[str, Any]:
    """The template that CloudFormation gets."""
    return translated()


@pytest.fixture(scope="session")
def made(deployed: dict[str, Any]) -> Resources:
    """The resources that CloudFormation creates."""
    resources: Resources = deployed["Resources"]
    return resources
