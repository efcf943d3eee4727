"""What an organiser's pages take with thousands of schools, and a visitor's search for a school."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bench.function import ROOT, RunningFunction, ours
from bench.large import NETWORK, network_item, person, with_mails
from bench.table import SECRET, BenchTable
from shared.access.links import Links, organiser_bearer

SCHOOLS, _QUICK_SCHOOLS, _EACH = 3_000, 100, 2
_AT = NETWORK.opens_at + timedelta(days=60)


def pages(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield seconds of processor and kB of each page, warm."""
    schools = _QUICK_SCHOOLS if is_quick else SCHOOLS
    table = BenchTable([network_item(), *with_mails(schools * _EACH, _EACH)])
    reference = person(_EACH, _EACH).reference
    opened = {"overview": "", "school": f"school/{reference}", "order": f"person/{reference}/decline"}
    with RunningFunction(*ours("organise"), table) as function:
        function.invoke(request("", _AT))
        for name, page in opened.items():
            answer = function.invoke(request(page, _AT))
            if answer["statusCode"] != 200:
                raise SystemExit(f"the page {name} answers {answer['statusCode']}")
            yield f"page processor, {name}", function.processor
            yield f"page kB, {name}", len(answer["body"].encode()) / 1000
        yield "pages memory", function.memory


def request(page: str, at: datetime) -> Any:
    """Return the event in which a signed-in organiser opens a page at an instant."""
    links, address = Links([SECRET]), NETWORK.organiser.email
    token = links.organiser(NETWORK, address).rpartition("/")[2]
    session = links.session(organiser_bearer(NETWORK, address), at)
    event = json.loads((ROOT / "events/organise-get.json").read_text())
    path = f"/organiser/{token}" + (f"/{page}" if page else "")
    event["requestContext"]["timeEpoch"] = int(at.timestamp() * 1000)
    event["requestContext"]["http"]["path"] = event["rawPath"] = path
    event["pathParameters"] = {"token": token, **({"page": page} if page else {})}
    return event | {"cookies": [f"__Secure-tweetal={session}"]}
