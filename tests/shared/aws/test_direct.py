"""The client without boto3: where it asks, what it makes of answers, and that it is asked like boto3's."""

from typing import Any

import boto3
import pytest

from infra.runtime_api import RuntimeApi
from shared.aws import direct
from shared.aws.patience import HASTY, wait_before_next
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from tests.engines import Engine
from tests.faults.answers import Faults, garbled, hangs
from tests.people import someone

WITHOUT_ACCESS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}  # opens nothing
THROTTLED = {"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}
FAILED = {"Error": {"Code": "InternalServerError"}, "ResponseMetadata": {"HTTPStatusCode": 500}}
WRONG = {"Error": {"Code": "ValidationException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}


@pytest.fixture
def own(table: Table) -> Table:
    """The table, as the client without boto3 asks it."""
    return Table(Store("tweetal", connect=direct.dynamodb))


@pytest.mark.parametrize("service", ["dynamodb", "secretsmanager"])
def test_it_asks_where_botocore_would_in_every_region(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    session: Any = boto3.Session()
    resolver = session._session._get_internal_component("endpoint_resolver")
    regions = [
        region
        for partition in ("aws", "aws-cn", "aws-us-gov", "aws-eusc")
        for region in session.get_available_regions(service, partition)
    ]
    assert {"eu-west-1", "eu-central-1", "cn-north-1", "us-gov-west-1"} <= set(regions)
    for name, value in WITHOUT_ACCESS.items():
        monkeypatch.setenv(name, value)
    for region in regions:
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        client = direct.DirectClient(service, "", "1.0", HASTY)
        assert client._url == f"https://{resolver.construct_endpoint(service, region)['hostname']}/"


def test_it_asks_over_http_and_reads_what_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    api = RuntimeApi([{"pk": {"S": "NETWORKS"}, "sk": {"S": "plg-2023"}, "toml": {"S": "id = 1"}}])
    for name, value in api.environment("", "").items():
        monkeypatch.setenv(name, value)
    assert Table(Store("tweetal", connect=direct.dynamodb)).networks() == {"plg-2023": "id = 1"}
    assert link_keys("secret", direct.secrets_manager) == ["example"]
    assert api.calls == ["Query", "GetSecretValue"]
    api.close()


def test_every_page_of_a_query_is_read(own: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def answer(_client: Any, operation: str, **request: Any) -> Any:
        asked.append((operation, request.get("ExclusiveStartKey")))
        return {"Items": [], "LastEvaluatedKey": "a"} if len(asked) == 1 else {"Items": []}

    monkeypatch.setattr(direct.DirectClient, "_call", answer)
    assert own.networks() == {}
    assert asked == [("Query", None), ("Query", "a")]


def test_bytes_come_back_as_they_were_stored(own: Table) -> None:
    item = {"pk": "REGISTER", "sk": "REGISTER", "packed": bytes(range(256))}
    own._store.put(item)
    assert own._store.get("REGISTER", "REGISTER") == {**item, "v": 1}


def test_an_answer_that_is_no_json_is_no_answer(
    own: Table, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.aws.direct.time.sleep", lambda _: None)
    faults = Faults([garbled, hangs])
    engine.around(monkeypatch, faults)
    (jan,) = own.register([someone()])
    assert (faults.happened, [r.reference for r in own.registrations(jan.network)]) == (2, [jan.reference])


@pytest.mark.parametrize(("answer", "most"), [(None, 0.05), (FAILED, 0.05), (THROTTLED, 1)])
def test_what_may_go_well_the_next_time_is_tried_again_after_a_while(answer: Any, most: float) -> None:
    first, second = wait_before_next(1, 3, answer), wait_before_next(2, 3, answer)
    assert first is not None
    assert second is not None
    assert (0 <= first < most, 0 <= second < 2 * most) == (True, True)
    assert wait_before_next(3, 3, answer) is None


def test_what_aws_calls_wrong_is_not_tried_again() -> None:
    assert wait_before_next(1, 3, WRONG) is None
