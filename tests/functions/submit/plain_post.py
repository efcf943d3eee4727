"""Sends one plain post of the organisation's form, and prints what Python had imported when it was stored.

It runs in a process of its own, without what plays AWS, for that imports nearly everything.
"""

import os
import sys
from types import SimpleNamespace
from typing import Any

os.environ["TABLE"] = "tweetal"
os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"

from functions.submit import handler as submit  # noqa: E402 reads the environment
from shared.domain.network.network import read_network  # noqa: E402
from tests.functions.submit.posts import JAN, SITE, form_post  # noqa: E402

network = read_network(sys.argv[1], "network")
services: Any = SimpleNamespace(
    table=SimpleNamespace(register=tuple),
    networks=SimpleNamespace(one=lambda *_: network),
    counter=lambda: SimpleNamespace(count=lambda *_: 1),
    links=None,
    schools=None,
)
submit.services = lambda: services
typed = JAN | {"role": "docent", "place": "Ede", "remarks": "Tot dan", "colleague_name": "Bo Smit"}
answer = submit.handler(form_post(typed, origin=SITE, visitor="1.2.3.4"), None)
sys.exit(f"{answer}") if answer["statusCode"] != 303 else print(*sorted(sys.modules))
