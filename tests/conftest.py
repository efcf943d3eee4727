"""What the tests of the AWS side share: moto, and a table made from the template's own definition."""

import gc
import shutil
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, settings
from moto import mock_aws
from playwright.sync_api import Browser, Page, sync_playwright

from local import cfn
from local.dynamodb import speed_up
from local.template import PATH as TEMPLATE
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network, read_network
from tests.measured import measuring
from tests.spared import one_session, share_descriptions

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PLG = ROOT / "networks" / "plg-2023.toml"


# Every run tries the same cases, so that a test does not fail today for what it forgave yesterday; and
# none is timed, because others use this machine too. `make test-slow` tries ten times as many.
_SAME: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
settings.register_profile("quick", max_examples=30, **_SAME)
settings.register_profile("slow", max_examples=300, **_SAME)

# As on the local stack, which some tests start: so that no test depends on whether one did before.
speed_up()
share_descriptions()

# Readline says how wide a terminal is where there is one, and where there is none too; the command line, once
# imported, would believe that over what a test says.
pytest.MonkeyPatch().delenv("COLUMNS", raising=False)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many cases the property tests try."""
    settings.load_profile("slow" if _is_slow(config) else "quick")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Count the property tests among the slow ones as well, when these run."""
    for item in items:
        if _is_slow(config) and item.get_closest_marker("hypothesis"):
            item.add_marker("slow")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage where it means something."""
    with measuring(item.path.relative_to(TESTS)):
        return (yield)


def _is_slow(config: pytest.Config) -> bool:
    return bool(config.getoption("markexpr") == "slow")


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    """infra/template.yaml, as data."""
    return cfn.read(TEMPLATE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as it comes with the system."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as the smallest phone, for documents that are shown and looked at one after another."""
    with browser.new_page(viewport={"width": 320, "height": 800}) as page:
        yield page


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS as moto plays it, with credentials that open nothing else."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
    with mock_aws():
        boto3.DEFAULT_SESSION = one_session()
        yield


@pytest.fixture
def table(aws: None, template: dict[str, Any]) -> Table:
    """An empty table, as the template defines it."""
    definition = next(
        r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::DynamoDB::Table"
    )
    schema = {key: definition[key] for key in ("AttributeDefinitions", "KeySchema", "BillingMode")}
    boto3.client("dynamodb").create_table(TableName="tweetal", **schema)
    return Table(Store("tweetal"))


@pytest.fixture
def plg(table: Table) -> Network:
    """The first network, applied to the table."""
    at = datetime.fromisoformat("2023-01-15T12:00:00+00:00")
    return table.apply_network(PLG.read_text(), PLG.name, at)


@pytest.fixture
def fresh_submit(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The function that takes posts, as it starts, with the first network."""
    from functions.submit.services import services as submit_services

    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    submit_services.cache_clear()
    yield
    submit_services.cache_clear()


@pytest.fixture(scope="session")
def network() -> Network:
    """The first network, without a table."""
    return read_network(PLG.read_text(), PLG.name)


def pytest_collection_finish() -> None:
    """Leave what was imported out of the garbage collector's rounds: a tenth of the time of all tests."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
