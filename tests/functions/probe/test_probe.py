"""The daily probe: what it says of the one before, what it leaves, and what nothing else counts."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError, URLError

import pytest

from cli.probe_network import PROBE_NETWORK
from functions.check import handler as check
from functions.mail.missing_reports import missing_reports
from functions.probe import handler as probe
from functions.probe import post as module
from shared.aws.table import Table
from shared.domain.network.network import PROBE, NetworkError, read_network
from shared.domain.outbox import MailRecord, MailState
from shared.log import FailedError
from tests.functions.submit.posts import JAN, json_post
from tests.people import someone

SIX = datetime(2023, 3, 20, 5, tzinfo=UTC)


class Api:
    """Our API, as the probe reaches it."""

    def __init__(self) -> None:
        self.status, self.posts = 201, [("", "")]

    def __call__(self, base_url: str, day: str) -> int:
        self.posts.append((base_url, day))
        return self.status


@pytest.fixture
def api(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("BASE_URL", "https://api.example")
    monkeypatch.setenv("METRICS_NAMESPACE", "tweetal-test")
    table.apply_network(PROBE_NETWORK, "probe.toml", SIX)
    outside = Api()
    monkeypatch.setattr(probe, "post", outside)
    probe.services.cache_clear()
    yield outside
    probe.services.cache_clear()


def run() -> dict[str, Any]:
    return probe.handler({"time": "2023-03-20T05:00:00Z"}, None)


def leaves(table: Table, state: MailState) -> None:
    """Have a probe in the table, and its mail in a state."""
    person = someone(network=PROBE)
    table.register([person])
    mail = MailRecord(PROBE, f"{person.reference}-received-0", "received", person.reference, state, SIX)
    table.claim_mail(mail, SIX)


def measured(capsys: pytest.CaptureFixture[str]) -> list[float]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [value for line in lines for value in line.get("ProbeDelivered", ())]


def test_the_first_probe_registers_somebody_and_measures_nothing(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run()["delivered"] is None
    assert api.posts[-1] == ("https://api.example", "2023-03-20")
    assert measured(capsys) == []


@pytest.mark.parametrize(
    ("state", "figure"), [(MailState.DELIVERED, 1), (MailState.SENT, 0), (MailState.BOUNCED, 0)]
)
def test_the_next_probe_measures_whether_the_mail_arrived_and_deletes_the_one_before(
    state: MailState, figure: int, api: Api, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    other = someone()
    table.register([other])
    leaves(table, state)
    run()
    assert measured(capsys) == [figure]
    assert (table.everybody(PROBE), table.mails(PROBE)) == ((), ())
    assert len(table.everybody(other.network)) == 1


def test_a_probe_that_is_not_registered_fails_and_leaves_no_figure_for_the_next(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    api.status = 503
    with pytest.raises(FailedError, match="503"):
        run()
    api.status = 201
    run()
    assert measured(capsys) == []


def test_nothing_is_checked_or_reported_of_the_probe(
    api: Api, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaves(table, MailState.DELIVERED)
    check.services.cache_clear()
    assert check.handler({"time": "2023-03-21T06:00:00Z"}, None)["networks"] == {}
    check.services.cache_clear()
    network = read_network(PROBE_NETWORK, "probe.toml")
    assert missing_reports(table, [network], SIX + timedelta(days=2)) == []


def test_nobody_makes_a_network_of_that_name_whose_people_would_be_deleted() -> None:
    real = PROBE_NETWORK.replace(
        'report_to = ["success@simulator.amazonses.com"]', 'report_to = ["els@x.example"]'
    )
    with pytest.raises(NetworkError, match="tweetal network probe"):
        read_network(real, "probe.toml")


# --- from outside


@pytest.mark.usefixtures("fresh_submit")
def test_our_own_api_registers_what_is_posted(
    api: Api, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    from functions.submit import handler as submit

    def urlopen(request: Any, timeout: int) -> Any:
        sent = json_post(json.loads(request.data), network=request.full_url.split("/")[4])
        answer = submit.handler(sent, None)
        response = io.BytesIO(answer["body"].encode())
        response.status = answer["statusCode"]  # type: ignore[attr-defined]
        return response

    monkeypatch.setattr(module, "urlopen", urlopen)
    assert module.post("https://api.example", "2023-03-20") == 201
    (person,) = table.everybody(PROBE)
    assert person.email == "success+2023-03-20@simulator.amazonses.com"
    assert JAN["name"] != person.name


def test_a_refusal_is_a_status_and_no_answer_at_all_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Exception] = [HTTPError("https://api.example", 403, "", {}, None), URLError("no route")]  # type: ignore[arg-type]

    def urlopen(request: Any, timeout: int) -> Any:
        raise answers.pop(0)

    monkeypatch.setattr(module, "urlopen", urlopen)
    assert module.post("https://api.example", "2023-03-20") == 403
    with pytest.raises(URLError):
        module.post("https://api.example", "2023-03-20")
    with pytest.raises(ValueError, match="https"):
        module.post("http://api.example", "2023-03-20")
