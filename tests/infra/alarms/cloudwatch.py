"""CloudWatch, as far as our alarms use it: figures that come, and alarms that look at them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from local import cfn
from local.log import LogLine

_COMPARES = {
    "GreaterThanThreshold": float.__gt__,
    "GreaterThanOrEqualToThreshold": float.__ge__,
    "LessThanThreshold": float.__lt__,
}
_MESSAGE = re.compile(r'\(\$\.message = "([a-z-]+)"\)')


class Metric(NamedTuple):
    """Which figures belong together."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> "Metric":
        """Read a metric of an alarm."""
        dimensions = frozenset((each["Name"], each["Value"]) for each in properties.get("Dimensions", ()))
        return cls(properties["Namespace"], properties["MetricName"], dimensions)


class Figure(NamedTuple):
    """A value of a metric at a moment."""

    metric: Metric
    value: float
    at: datetime


class CloudWatch:
    """The alarms and log filters of a template."""

    def __init__(self, template: Mapping[str, Any], parameters: Mapping[str, str]) -> None:
        # A reference to a resource gives its logical id, as on the local stack.
        resolver = cfn.Resolver(lambda name: parameters.get(name, name), template["Conditions"])
        self.alarms: dict[str, Any] = {}
        self._filters: list[Any] = []
        for name, resource in template["Resources"].items():
            if resource["Type"] == "AWS::CloudWatch::Alarm":
                self.alarms[name] = resolver.resolve(resource["Properties"])
            if resource["Type"] == "AWS::Logs::MetricFilter":
                self._filters.append(resolver.resolve(resource["Properties"]))

    def figures_of(self, lines: Iterable[LogLine]) -> Iterator[Figure]:
        """Yield what log lines say: in the embedded metric format, or by a filter."""
        for line in lines:
            written = _json(line.text)
            for of in written.get("_aws", {}).get("CloudWatchMetrics", ()):
                dimensions = frozenset((key, written[key]) for keys in of["Dimensions"] for key in keys)
                for each in of["Metrics"]:
                    metric = Metric(of["Namespace"], each["Name"], dimensions)
                    yield Figure(metric, max(written[each["Name"]]), line.at)
            for each in self._filters:
                if each["LogGroupName"] == f"{line.function}Logs" and _matches(each, written):
                    (made,) = each["MetricTransformations"]
                    value = written["people"] if made["MetricValue"] == "$.people" else 1
                    yield Figure(Metric(made["MetricNamespace"], made["MetricName"]), value, line.at)

    def is_raised(self, name: str, figures: Iterable[Figure], now: datetime) -> bool:
        """Say whether an alarm is raised: beyond its threshold in each of the latest periods."""
        alarm = self.alarms[name]
        parts = [each["MetricStat"] for each in alarm.get("Metrics", ()) if "MetricStat" in each]
        summed = [(Metric.of(part["Metric"]), part["Stat"], part["Period"]) for part in parts]
        ((_, statistic, seconds), *_) = looked = summed or [
            (Metric.of(alarm), alarm["Statistic"], alarm["Period"])
        ]
        mine = [figure for figure in figures if figure.metric in {metric for metric, *_ in looked}]
        period = timedelta(seconds=seconds)
        for number in range(alarm["EvaluationPeriods"]):
            end = now - number * period
            values = [figure.value for figure in mine if end - period < figure.at <= end]
            if not _is_beyond(alarm, {"Sum": sum, "Maximum": max}[statistic], values):
                return False
        return True


def _is_beyond(alarm: Mapping[str, Any], statistic: Any, values: list[float]) -> bool:
    if not values:
        return bool(alarm["TreatMissingData"] == "breaching")
    value, threshold = float(statistic(values)), float(alarm["Threshold"])
    return bool(_COMPARES[alarm["ComparisonOperator"]](value, threshold))


def _matches(log_filter: Mapping[str, Any], written: Mapping[str, Any]) -> bool:
    pattern = log_filter["FilterPattern"]
    has_people = "($.people > 0)" not in pattern or written.get("people", 0) > 0
    is_real = written.get("network") != "probe"  # which each pattern says: tests/infra/test_watching.py
    return has_people and is_real and written.get("message") in _MESSAGE.findall(pattern)


def _json(text: str) -> dict[str, Any]:
    try:
        written = json.loads(text)
    except ValueError:
        return {}
    return written if isinstance(written, dict) else {}
