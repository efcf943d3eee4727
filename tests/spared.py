"""Lets botocore read and work out once what is the same for each of the hundreds of clients that tests make.

Each session looks through the folders of all AWS services, each client parses its service's endpoint rules,
makes a context of TLS and looks for old names of hooks, and each registration of a hook inspects the hook's
signature. None of these depend on a test. Nor does what moto never looks at: a request's signature.
"""

import string
from functools import cache
from typing import Any

import boto3
from botocore import hooks, httpsession, loaders, regions, session, useragent
from botocore.auth import SigV4Auth
from botocore.compat import accepts_kwargs
from botocore.endpoint_provider import EndpointProvider, RuleSet
from botocore.hooks import EventAliaser
from moto.core import models
from moto.moto_api._internal.moto_random import MotoRandom


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


_ALIASES: dict[tuple[int, str], str] = {}
_ALIASER: Any = EventAliaser  # the stubs leave out what is its own
_ALIAS = _ALIASER._alias_event_name  # botocore's, which remembers them for one client


def _alias(self: Any, event_name: str) -> str:
    key = (id(self._event_aliases), event_name)
    if key not in _ALIASES:
        _ALIASES[key] = _ALIAS(self, event_name)
    return _ALIASES[key]


_SIGN = SigV4Auth.add_auth  # botocore's own


def _sign(self: Any, request: Any) -> None:
    if self.credentials is None or ".amazonaws.com/" not in request.url:
        _SIGN(self, request)  # to a server that may look
        return
    scope = f"{self.credentials.access_key}/20230320/{self._region_name}/{self._service_name}/aws4_request"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"


def _random_string(self: MotoRandom, length: int = 20, *_: bool, **__: bool) -> str:
    return "".join(self.choices(string.ascii_letters, k=length))


@cache
def share_descriptions() -> None:
    """Have every session and client of this process share AWS's descriptions from now on."""
    session.create_loader = cache(loaders.create_loader)
    regions.EndpointProvider = _Shared  # type: ignore[attr-defined] # imported there
    hooks.accepts_kwargs = _accepts_kwargs  # type: ignore[assignment] # the same, remembered
    httpsession.create_urllib3_context = cache(httpsession.create_urllib3_context)
    useragent.sanitize_user_agent_string_component = cache(useragent.sanitize_user_agent_string_component)
    _ALIASER._alias_event_name = _alias
    SigV4Auth.add_auth = _sign  # type: ignore[method-assign] # a seventh of a request's time
    MotoRandom.get_random_string = _random_string  # type: ignore[method-assign] # one call for all letters
    models.RESPONSES_METHODS.clear()  # thousands of patterns for `requests`, which nothing here uses


@cache
def one_session() -> boto3.Session:
    """Return the session of all tests that play AWS with moto; no test changes it."""
    return boto3.Session()
