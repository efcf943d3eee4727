"""Every test of the table runs on each engine that plays DynamoDB here; some run with each client."""

from collections.abc import Iterator

import pytest

from shared.aws import direct
from shared.aws.table import Table
from tests.engines import ENGINES, Engine, Engines


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """The engines, stopped when all tests are done."""
    with Engines() as started:
        yield started


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, engines: Engines) -> Engine:
    """One of the engines."""
    return engines.named(request.param)


@pytest.fixture
def aws(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An engine in the place of AWS."""
    with engine.playing(monkeypatch):
        yield


@pytest.fixture(params=["boto3", "direct"])
def each_client(request: pytest.FixtureRequest, table: Table) -> None:
    """Have the table be asked by each of our clients."""
    if request.param == "direct":
        table._store._client = direct.dynamodb()
