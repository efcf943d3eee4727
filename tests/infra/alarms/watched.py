"""The local stack, with the figures that AWS itself keeps of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.runtime import InvocationError
from local.web import RawRequest, Response
from shared.domain.network.network import PROBE
from tests.faults.world import FaultyWorld
from tests.infra.alarms.cloudwatch import CloudWatch, Figure, Metric


class WatchedWorld(FaultyWorld):
    """A local stack that knows which of its alarms are raised."""

    def __init__(self, patch: pytest.MonkeyPatch, file: Path) -> None:
        super().__init__(patch, file)
        patch.setattr("functions.probe.handler.post", self._post)

    def _post(self, _: str, day: str) -> int:
        """Register the person of the probe."""
        person = {"name": "Proef", "email": f"success+{day}@simulator.amazonses.com", "school": "Proefschool"}
        json_in_and_out = {"content-type": "application/json", "accept": "application/json"}
        return self.http(
            "POST", f"/networks/{PROBE}/registrations", json_in_and_out, json.dumps(person)
        ).status

    def start(self) -> None:
        """Forget all figures too."""
        super().start()
        self.figures: list[Figure] = []

    def run(self, name: str, event: Any) -> Any:
        """Run a function, of which Lambda counts the runs, the crashes and how old what it reads is."""
        function = self.template.named(name).name
        self.count("AWS/Lambda", "Invocations", 1, FunctionName=function)
        for record in event.get("Records", ())[-1:]:
            if created := record.get("dynamodb", {}).get("ApproximateCreationDateTime"):
                age = (self.now.timestamp() - created) * 1000
                self.count("AWS/Lambda", "IteratorAge", age, FunctionName=function)
        try:
            return super().run(name, event)
        except InvocationError:
            self.count("AWS/Lambda", "Errors", 1, FunctionName=function)
            raise

    def answer(self, request: RawRequest) -> Response:
        """Answer a request; the gateway counts errors."""
        response = super().answer(request)
        self.count("AWS/ApiGateway", "5xx", response.status >= 500, ApiId="Api")
        return response

    def count(self, namespace: str, name: str, value: float, **dimensions: str) -> None:
        """Have AWS give a figure of something."""
        metric = Metric(namespace, name, frozenset(dimensions.items()))
        self.figures.append(Figure(metric, float(value), self.now))

    def raised(self, cloudwatch: CloudWatch) -> set[str]:
        """Return the alarms that are raised now."""
        self.count(
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            len(self.given_up),
            QueueName="Unhandled.QueueName",
        )
        figures = [*self.figures, *cloudwatch.figures_of(self.log.lines)]
        return {name for name in cloudwatch.alarms if cloudwatch.is_raised(name, figures, self.now)}
