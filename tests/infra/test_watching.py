"""What an operator watches: the metrics that a log becomes, the page that shows them, and what they cost."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from functions.submit import handler as submit
from functions.submit import refusals, robots
from local import cfn
from local.template import PATH as TEMPLATE
from shared.domain.network.network import PROBE
from tests.conftest import ROOT
from tests.functions.submit.posts import JAN, OPEN, TOO_LATE, form_post, json_post
from tests.infra.conftest import Resources

ALARM, FILTER = "AWS::CloudWatch::Alarm", "AWS::Logs::MetricFilter"
FREE = 10  # metrics of our own, and metrics with an alarm, of an account: CloudWatch's pricing
DASHBOARD = 50  # metrics, on a dashboard that costs nothing


def of_type(resources: Resources, kind: str) -> Resources:
    return {name: each["Properties"] for name, each in resources.items() if each["Type"] == kind}


def transformed(log_filter: dict[str, Any]) -> dict[str, Any]:
    (transformation,) = log_filter["MetricTransformations"]
    found: dict[str, Any] = transformation
    return found


def counted(resources: Resources, lines: list[str]) -> dict[str, int]:
    """Return the sum of each metric that CloudWatch makes of log lines of Submit."""
    sums = {}
    for name, each in of_type(resources, FILTER).items():
        messages = re.findall(r'\(?\$\.message = "([a-z-]+)"\)?', each["FilterPattern"])
        counts_people = transformed(each)["MetricValue"] == "$.people"
        assert counts_people == ("&& ($.people > 0)" in each["FilterPattern"])
        real = [line for line in map(json.loads, lines) if line["network"] != PROBE]
        matching = [line for line in real if line["message"] in messages]
        sums[name] = sum(line["people"] for line in matching) if counts_people else len(matching)
    return sums


def written(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [robots._LOG.registered_formatter.format(record) for record in caplog.records]


@pytest.mark.usefixtures("fresh_submit")
def test_each_post_is_counted_by_what_became_of_it(
    resources: Resources, caplog: pytest.LogCaptureFixture
) -> None:
    two = JAN | {"colleague_name": "Ann Bos", "colleague_email": "ann@berg.example"}
    for post in (
        form_post(two),
        form_post(JAN, at=TOO_LATE),
        form_post(JAN | {"website": "x"}),
        form_post({"email": "jan@berg"}),
        form_post(JAN, network="unknown"),
        json_post(JAN | {"email": "x"}, origin=""),
    ):
        submit.handler(post, None)
    assert counted(resources, written(caplog)) == {
        "PeopleRegistered": 2,
        "PeopleLate": 1,
        "PeoplePutAside": 1,
        "PostsKept": 0,
        "PostsRefused": 2,
    }


def test_a_visitor_who_came_too_early_or_too_late_is_no_refusal_that_counts(resources: Resources) -> None:
    pattern = of_type(resources, FILTER)["PostsRefused"]["FilterPattern"]
    refused = (refusals.TOO_LARGE, refusals.UNREADABLE, refusals.FOREIGN_ORIGIN, refusals.too_many(OPEN))
    codes = {each.code for each in (*refused, refusals.not_valid((), kept=False))} | {PROBE}
    assert set(re.findall(r'"([a-z-]+)"', pattern)) == codes


def test_no_metric_has_a_network_and_each_filter_reads_the_log_of_submit(resources: Resources) -> None:
    for name, each in of_type(resources, FILTER).items():
        assert each["LogGroupName"] == {"Ref": "SubmitLogs"}
        assert transformed(each)["MetricName"] == name
        assert each["FilterPattern"].endswith(f' && ($.network != "{PROBE}") }}')
        assert "Dimensions" not in transformed(each)
        assert "DefaultValue" not in transformed(each)  # it would cost money in hours in which nobody comes


# --- posts that are kept or refused


def is_raised(resources: Resources, alarm: str, lines: list[str]) -> bool:
    """Say whether what an hour logged raises an alarm, as CloudWatch compares it."""
    properties = of_type(resources, ALARM)[alarm]
    assert (properties["Statistic"], properties["Period"]) == ("Sum", 3600)
    assert properties["ComparisonOperator"] == "GreaterThanThreshold"
    count: int = counted(resources, lines)[properties["MetricName"]]
    return count > int(properties["Threshold"])


@pytest.mark.usefixtures("fresh_submit")
@pytest.mark.parametrize(
    ("alarm", "harmless", "name"),
    [
        ("PostsKeptAlarm", 5, {"field_7": "Jan de Vries"}),  # the web master renamed a field
        ("PostsRefusedAlarm", 30, {"name": ""}),  # the form's own script empties it
    ],
)
def test_a_form_that_was_changed_and_a_form_that_is_broken_wake_somebody(
    alarm: str, harmless: int, name: dict[str, str], resources: Resources, caplog: pytest.LogCaptureFixture
) -> None:
    broken = name | {"email": "jan@berg.example", "school": "Bergcollege"}
    for number in range(harmless):
        submit.handler(form_post(broken | {"remarks": f"{number}"}, visitor=f"1.2.3.{number}"), None)
    assert not is_raised(resources, alarm, written(caplog))
    submit.handler(form_post(broken, visitor="1.2.4.1"), None)
    assert is_raised(resources, alarm, written(caplog))


# --- the probe


def test_the_probe_reaches_its_own_network_only_and_silence_of_it_is_no_alarm_while_it_is_off(
    resources: Resources,
) -> None:
    (policy,) = resources["ProbeRole"]["Properties"]["Policies"]
    conditions = [each["Condition"] for each in policy["PolicyDocument"]["Statement"] if "Condition" in each]
    keys = [each["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] for each in conditions]
    assert keys == [[f"MAIL#{PROBE}", f"REGISTRATION#{PROBE}"]]
    (daily,) = resources["Probe"]["Properties"]["Events"].values()
    assert daily["Properties"]["State"] == {"Fn::If": ["HasProbe", "ENABLED", "DISABLED"]}
    alarm = of_type(resources, ALARM)["ProbeAlarm"]
    assert alarm["TreatMissingData"] == {"Fn::If": ["HasProbe", "breaching", "notBreaching"]}
    assert alarm["Period"] * alarm["EvaluationPeriods"] > 25 * 3600  # the day on which summer time ends


# --- the budget


def test_a_budget_is_mailed_to_somebody_and_there_is_none_by_default(resources: Resources) -> None:
    template = cfn.read(TEMPLATE)
    assert template["Parameters"]["MonthlyBudget"]["Default"] == 0
    assert resources["Budget"]["Condition"] == "HasBudget"
    (rule,) = template["Rules"]["BudgetReachesSomebody"]["Assertions"]
    assert rule["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmEmail"}, "none"]}]}
    budget = resources["Budget"]["Properties"]
    assert budget["Budget"]["BudgetLimit"] == {"Amount": {"Ref": "MonthlyBudget"}, "Unit": "USD"}
    warnings = budget["NotificationsWithSubscribers"]
    assert {each["Notification"]["NotificationType"] for each in warnings} == {"ACTUAL", "FORECASTED"}
    for each in warnings:
        assert each["Subscribers"] == [{"SubscriptionType": "EMAIL", "Address": {"Ref": "AlarmEmail"}}]


# --- the dashboard


@pytest.fixture(scope="module")
def widgets(resources: Resources) -> list[dict[str, Any]]:
    """What the dashboard shows."""
    text = of_type(resources, "AWS::CloudWatch::Dashboard")["Overview"]["DashboardBody"]["Fn::Sub"]
    found: list[dict[str, Any]] = json.loads(text)["widgets"]
    return found


def metrics(widgets: list[dict[str, Any]]) -> list[list[Any]]:
    return [metric for each in widgets for metric in each["properties"].get("metrics", ())]


def own_metrics() -> set[str]:
    """Return the metrics that code writes to its log."""
    files = [*ROOT.glob("functions/**/*.py"), *ROOT.glob("shared/**/*.py")]
    return {name for path in files for name in re.findall(r'\bmeasure\([^"]*"(\w+)"', path.read_text())}


def test_the_dashboard_is_off_unless_the_operator_turns_it_on(resources: Resources) -> None:
    assert resources["Overview"]["Condition"] == "HasDashboard"
    assert re.search(r'Dashboard:\n    Type: String\n    Default: "off"', TEMPLATE.read_text())


def test_the_dashboard_shows_only_metrics_that_something_writes(
    resources: Resources, widgets: list[dict[str, Any]]
) -> None:
    own = {metric[1] for metric in metrics(widgets) if metric[0] == "${AWS::StackName}"}
    assert own <= own_metrics() | set(of_type(resources, FILTER))
    assert own >= set(of_type(resources, FILTER)) | {"OldestOpenMail", "MissingReports"}
    assert {metric[0] for metric in metrics(widgets) if isinstance(metric[0], str)} == {
        "${AWS::StackName}",
        *(f"AWS/{service}" for service in ("Lambda", "ApiGateway", "DynamoDB", "SES", "SQS")),
    }


def test_the_dashboard_shows_every_alarm_and_the_crashes_of_every_function(
    resources: Resources, functions: Resources, widgets: list[dict[str, Any]]
) -> None:
    (alarms,) = (each["properties"]["alarms"] for each in widgets if each["type"] == "alarm")
    assert set(alarms) == {f"${{{name}.Arn}}" for name in of_type(resources, ALARM)}
    crashes = {metric[3] for metric in metrics(widgets) if metric[1:2] == ["Errors"]}
    assert crashes == {f"${{{name}}}" for name in functions}


def test_each_widget_has_a_place_of_its_own(widgets: list[dict[str, Any]]) -> None:
    cells = [
        (x, y)
        for each in widgets
        for x in range(each["x"], each["x"] + each["width"])
        for y in range(each["y"], each["y"] + each["height"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


# --- what it costs
WAKING = 2  # cents a month at most, see `wakes_a_month` in bench/prices.toml


def test_what_stands_costs_less_than_three_dollars_a_month_as_the_documents_say(
    resources: Resources, widgets: list[dict[str, Any]]
) -> None:
    alarms = of_type(resources, ALARM).values()
    watched = sum(sum("MetricStat" in m for m in each.get("Metrics", ())) or 1 for each in alarms)
    own = len(own_metrics() | set(of_type(resources, FILTER)))
    assert len(metrics(widgets)) <= DASHBOARD
    cents = 40 + 10 * (watched - FREE) + 30 * (own - FREE) + WAKING
    assert cents <= 300
    costs = _costs(ROOT / "docs" / "deploy.md")
    assert (
        f"| {len(alarms)} alarms, which look at {watched} metrics | ${(watched - FREE) / 10:.2f} |" in costs
    )
    assert f"| {own} metrics of our own | at most ${(own - FREE) * 0.3:.2f} |" in costs
    assert f"| `KeepWarm`: waking the form each five minutes | $0.01 to {WAKING / 100:.2f} |" in costs
    assert f"| together | at most ${cents / 100:.2f} |" in costs
    assert f"at most ${cents / 100:.2f} a month" in (ROOT / "README.md").read_text()


def _costs(document: Path) -> str:
    return document.read_text().partition("## What it costs\n")[2].partition("\n## ")[0]
