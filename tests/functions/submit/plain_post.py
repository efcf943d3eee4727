"""Sends one plain post of the organisation's form, and prints what Python had imported when it was stored.

It runs in a process of its own, without what plays AWS, for that imports nearly everything.
"""

import sys
from types import SimpleNamespace
from typing import Any

from functions.submit import handler as submit
from functions.submit import take
from functions.submit.recent_people import RecentPeople
from functions.submit.services import Services
from shared.domain.network.network import read_network
from tests.functions.submit.posts import JAN, SITE, form_post

network = read_network(sys.argv[1], "network")
table: Any = SimpleNamespace(register=lambda people, _: people)
networks: Any = SimpleNamespace(one=lambda *_: network)
nothing: Any = None  # a plain post needs no links, register or counters
services = Services(table, networks, nothing, nothing, RecentPeople(), nothing, nothing)
for module in (submit, take):
    vars(module)["services"] = lambda: services
typed = JAN | {"role": "docent", "place": "Ede", "remarks": "Tot dan", "colleague_name": "Bo Smit"}
answer = submit.handler(form_post(typed, origin=SITE, visitor="1.2.3.4"), None)
sys.exit(f"{answer}") if answer["statusCode"] != 303 else sys.stdout.write(" ".join(sys.modules))
