"""infra/template.yaml as it is written, and as SAM makes it."""

from typing import Any

import pytest

from infra.translate import translated
from local import cfn
from local.template import PATH

Resources = dict[str, dict[str, Any]]


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
def deployed() -> dict[str, Any]:
    """What CloudFormation gets: SAM's own resources replaced by those that they stand for."""
    return translated()


@pytest.fixture(scope="session")
def made(deployed: dict[str, Any]) -> Resources:
    """The resources that CloudFormation makes."""
    found: Resources = deployed["Resources"]
    return found
