"""Every function that a visitor waits for answers by itself when its time is nearly over."""

import json

import pytest

from local.runtime import InvocationContext
from shared.aws.patience import ENOUGH
from tests.conftest import ROOT
from tests.journeys.conftest import Story

EVENTS = {
    "submit": ("submit-json", "submit-urlencoded-base64", "join-get"),
    "manage": ("manage-get",),
    "amend": ("amend-post",),
    "organise": ("organise-get",),
    "decide": ("decide-post",),
    "schools": ("schools-get",),
    "challenge": ("challenge-get",),
}


def test_every_route_is_of_a_function_that_is_tried_here(story: Story) -> None:
    template = story.world.template
    assert {template.functions[r.function].handler.split(".")[1] for r in template.routes} == set(EVENTS)


@pytest.mark.parametrize("function", EVENTS)
def test_a_visitor_hears_from_us_and_nothing_is_asked(
    story: Story, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InvocationContext, "get_remaining_time_in_millis", lambda _: ENOUGH - 1)
    for name in EVENTS[function]:
        event = json.loads((ROOT / "events" / f"{name}.json").read_text())
        answer = story.world.invoke(function, event)
        assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
    assert story.world.registrations() == []
