"""A large network: invented people at invented schools, and the mails that each of them got."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bench.crowd import school_name
from bench.function import NETWORK_FILE
from shared.aws import items
from shared.aws.versions import marked
from shared.aws.wire import to_wire
from shared.domain.form.client_bucket import client_bucket, day_bucket
from shared.domain.network.network import read_network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.identity import address_key, make_reference
from shared.domain.registration.registration import Change, Registration, State

NETWORK = read_network(NETWORK_FILE.read_text(), NETWORK_FILE.name)
_LATER = NETWORK.opens_at + timedelta(days=45)
_PLACES = ("Ede", "Urk", "Utrecht", "Groningen", "Breda", "Zwolle", "Goes", "Assen", "Venlo", "Delft")
_ENDINGS = ("College", "college", " College", " coll.")


def network_item(name: str = NETWORK.id) -> dict[str, Any]:
    """Return a network's file as an item, under another name if wanted."""
    toml = NETWORK_FILE.read_text().replace(f'id = "{NETWORK.id}"', f'id = "{name}"')
    return to_wire({"pk": "NETWORKS", "sk": name, "toml": toml, "v": 1})


def person(number: int, each: int, network: str = NETWORK.id) -> Registration:
    """Return one of `each` people of a school, which each of them types in another way."""
    school = number // each
    email = f"p{number}@s{school}.example"
    at = NETWORK.opens_at + timedelta(minutes=number % 60_000)
    return Registration(
        network=network,
        person_key=address_key(network, email),
        reference=make_reference("PLG", f"{network} {email}"),
        state=State.REGISTERED,
        name=f"Persoon Nummer{number}",
        email=email,
        school=school_name(school) + _ENDINGS[number % each % len(_ENDINGS)],
        place=_PLACES[school % len(_PLACES)],
        role="docent",
        phone="030 555 01 23",
        received_at=at,
        history=(Change(at, State.REGISTERED, "person"),),
        revision=1,
    )


def people(count: int, each: int, network: str = NETWORK.id) -> Iterator[dict[str, Any]]:
    """Yield the items of so many people, as on the wire."""
    for number in range(count):
        yield item(person(number, each, network))


def with_mails(count: int, each: int, network: str = NETWORK.id) -> Iterator[dict[str, Any]]:
    """Yield the items of so many people, and of their mails: one first of each school was told twice."""
    for number in range(count):
        registration = person(number, each, network)
        yield item(registration)
        is_first = number % each == 0
        yield mail(registration, "confirmation", 1, missing=int(is_first))
        if is_first:
            yield mail(registration, "complete", 2)


def item(registration: Registration) -> dict[str, Any]:
    """Return a registration as on the wire."""
    return to_wire(marked(items.from_registration(registration)))


def mail(r: Registration, kind: str, number: int, missing: int = 0) -> dict[str, Any]:
    """Return the record of a mail that arrived, as on the wire."""
    id_ = f"{r.reference}-{kind}-{number}"
    record = MailRecord(r.network, id_, kind, r.reference, MailState.DELIVERED, r.received_at, missing)
    return to_wire(marked(items.from_mail(record)))


def report_mail(network: str, day: str) -> dict[str, Any]:
    """Return the record of the report of a day, which arrived, as on the wire."""
    at = datetime.fromisoformat(f"{day}T06:00:00Z")
    return to_wire(
        marked(items.from_mail(MailRecord(network, f"report-{day}-1", "report", "", MailState.DELIVERED, at)))
    )


def record(image: dict[str, Any], earlier: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the stream's record of an item that was written, over an earlier image or as a new one."""
    change = {
        "ApproximateCreationDateTime": int(_LATER.timestamp()),
        "Keys": {"pk": image["pk"], "sk": image["sk"]},
        "NewImage": image,
        "SequenceNumber": image["sk"]["S"],
        **({"OldImage": earlier} if earlier else {}),
    }
    return {"eventID": "e", "eventName": "MODIFY" if earlier else "INSERT", "dynamodb": change}


def newcomer(number: int, each: int) -> Registration:
    """Return somebody who posts later than all others, from an own place, and is not judged yet."""
    registration = person(number, each)
    at = _LATER + timedelta(milliseconds=number)  # no two at once: who came first is then clear
    visitor = f"203.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return replace(
        registration,
        received_at=at,
        history=(Change(at, State.REGISTERED, "person"),),
        unjudged=client_bucket(visitor, NETWORK.id, _LATER),
        posted_from=day_bucket(visitor, NETWORK.id, _LATER),
    )
