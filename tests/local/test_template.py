from datetime import datetime
from pathlib import Path

import pytest

from local import cfn, schedule, template
from local.template import Route, Schedule
from local.world import START
from shared.domain.rule.plan import next_check
from tests.local.conftest import TINY


def test_the_real_template_names_every_trigger() -> None:
    real = template.read(template.PATH, {"SenderEmail": "a@b.example", "BaseUrl": "http://127.0.0.1:1"})
    assert Route("POST", "/networks/{network}/registrations", "Submit") in real.routes
    assert [s.expression for s in real.schedules] == [
        "rate(5 minutes)",
        "cron(0 7 * * ? *)",
        "cron(0 9 * * ? *)",
        "cron(0 6 * * ? *)",
        "rate(15 minutes)",
    ]
    assert [s.function for s in real.streams] == ["Mail"]
    assert real.subscribers == ("Delivery",)
    assert real.named("mail").environment["BASE_URL"] == "http://127.0.0.1:1"
    assert real.named("mail").environment["SENDER"] == "a@b.example"


def test_a_template_is_read_with_its_own_defaults() -> None:
    tiny = template.read(TINY, {})
    assert tiny.named("desk").environment == {"TABLE": "Table", "BASE_URL": "https://Api.example"}
    assert tiny.table["StreamSpecification"] == {
        "StreamEnabled": True,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    }


def test_a_stream_without_a_retry_limit_cannot_be_played(tmp_path: Path) -> None:
    endless = tmp_path / "template.yaml"
    endless.write_text(TINY.read_text().replace("MaximumRetryAttempts: 2", ""))
    with pytest.raises(KeyError, match="MaximumRetryAttempts"):
        template.read(endless, {})


def test_a_condition_that_is_not_supported_is_an_error() -> None:
    resolver = cfn.Resolver(str, {"Odd": {"Fn::Or": []}})
    with pytest.raises(ValueError, match="Fn::Or"):
        resolver.resolve({"Fn::If": ["Odd", 1, 2]})


def test_a_function_that_is_not_supported_is_an_error() -> None:
    with pytest.raises(ValueError, match="Fn::Base64"):
        cfn.Resolver(str, {}).resolve([{"Fn::Base64": "text"}])


@pytest.mark.parametrize("day", ["2023-03-25", "2023-03-26", "2023-10-28", "2023-10-29", "2023-12-31"])
def test_the_preview_of_an_order_names_the_next_check_as_scheduled(day: str) -> None:
    real = template.read(template.PATH, {"SenderEmail": "a@b.example", "BaseUrl": "http://127.0.0.1:1"})
    daily = next(s for s in real.schedules if s.expression.startswith("cron"))
    noon = datetime.fromisoformat(f"{day}T11:00:00+00:00")
    assert next_check(noon) == schedule.next_day(daily, noon)


def test_only_a_daily_schedule_has_a_next_day() -> None:
    hourly = Schedule("Check", "rate(1 hour)", "Europe/Amsterdam", "{}")
    with pytest.raises(ValueError, match="rate"):
        schedule.next_day(hourly, START)
