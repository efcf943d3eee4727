"""Lets botocore read and work out once what is the same for each of the hundreds of clients that tests make.

Each session looks through the folders of all AWS services, each client parses its service's endpoint rules,
and each registration of a hook inspects the hook's signature. None of these depend on a test.
"""

from functools import cache
from typing import Any

import boto3
from botocore import hooks, loaders, regions, session
from botocore.compat import accepts_kwargs
from botocore.endpoint_provider import EndpointProvider, RuleSet
from moto.core import models


class _Shared(EndpointProvider):
    """A provider of endpoints whose rules are parsed once for all clients of a service."""

    _rules: dict[int, tuple[Any, RuleSet]] = {}  # noqa: RUF012 shared on purpose; holds the data, so that its id stays its own

    def __init__(self, ruleset_data: Any, partition_data: Any, excluded_params: Any = None) -> None:
        if id(ruleset_data) not in self._rules:
            super().__init__(ruleset_data, partition_data, excluded_params)
            self._rules[id(ruleset_data)] = (ruleset_data, self.ruleset)
        self.ruleset = self._rules[id(ruleset_data)][1]
        self._excluded_params = excluded_params or frozenset()


_KWARGS: dict[Any, Any] = {}


def _accepts_kwargs(hook: Any) -> Any:
    code = getattr(hook, "__code__", None)
    if code is None:
        return accepts_kwargs(hook)
    if code not in _KWARGS:
        _KWARGS[code] = accepts_kwargs(hook)
    return _KWARGS[code]


@cache
def share_descriptions() -> None:
    """Have every session and client of this process share AWS's descriptions from now on."""
    session.create_loader = cache(loaders.create_loader)
    regions.EndpointProvider = _Shared  # type: ignore[attr-defined] # imported there
    hooks.accepts_kwargs = _accepts_kwargs  # type: ignore[assignment] # the same, remembered
    models.RESPONSES_METHODS.clear()  # thousands of patterns for `requests`, which nothing here uses


@cache
def one_session() -> boto3.Session:
    """Return the session of all tests that play AWS with moto; no test changes it."""
    return boto3.Session()
