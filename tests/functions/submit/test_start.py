"""What Lambda loads: it answers requests, and is only started by the schedule that keeps it warm."""

import importlib
import sys

import pytest

from functions.submit.services import services as submit_services
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.functions.submit.posts import json_post


def test_a_wake_up_starts_the_function_and_does_nothing_more(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.delitem(sys.modules, "functions.submit.start", raising=False)
    submit_services.cache_clear()
    start = importlib.import_module("functions.submit.start")
    assert start.handler({"time": "2023-03-20T06:05:00Z"}, None) == {}
    assert (table.registrations(plg.id), capsys.readouterr().out) == ((), "")
    assert start.handler(json_post(), None)["statusCode"] == 201
    submit_services.cache_clear()
