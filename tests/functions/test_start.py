"""The modules that Lambda loads connect before anybody waits, and load even if AWS does not answer."""

import importlib
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from tests.conftest import ROOT

STARTS = sorted(path.parent.name for path in ROOT.glob("functions/*/start.py"))


@pytest.fixture(params=STARTS)
def function(
    request: pytest.FixtureRequest, table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    services = importlib.import_module(f"functions.{request.param}.handler").services
    services.cache_clear()
    yield request.param
    services.cache_clear()


def start(function: str) -> Any:
    sys.modules.pop(f"functions.{function}.start", None)
    return importlib.import_module(f"functions.{function}.start")


def test_a_function_that_people_wait_for_knows_the_networks_when_it_starts(function: str) -> None:
    started = start(function)
    assert started.services().networks.remembered("plg-2023")
    handler = importlib.import_module(f"functions.{function}.handler").handler
    assert started.handler is handler or function == "submit"  # which a schedule starts too


def test_a_function_starts_even_if_the_table_does_not_answer(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Table) -> dict[str, str]:
        raise UnavailableError("slow")

    monkeypatch.setattr(Table, "networks", fail)
    assert callable(start(function).handler)
