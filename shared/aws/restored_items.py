"""What becomes of an item of a restored table before it is put back: mails settled, people erased."""

import re
from collections.abc import Container, Iterable
from datetime import datetime

from shared.aws import items
from shared.aws.versions import is_known
from shared.aws.wire import Item
from shared.domain.network.network import NetworkError, read_network
from shared.domain.outbox import OPEN, MailState
from shared.domain.registration.erasure import erased, scrub_address

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_RESTORED = "restored"  # the reason of a mail of which nobody knows whether it went


def settled_mail(item: Item) -> Item:
    """Return a mail's record so that it is not sent again: it may have gone after the backup was made."""
    if item["state"] not in OPEN:
        return item
    kept = {name: value for name, value in item.items() if name != "due"}
    return {**kept, "state": MailState.UNKNOWN.value, "reason": _RESTORED}


def erased_person(item: Item, references: Container[str], addresses: Iterable[str], now: datetime) -> Item:
    """Return a registration without whom was erased: this person, or whoever's address stands in it.

    Raises `UnknownVersionError` for a registration of a later release in which something is to be erased.
    """
    standing = {text.casefold() for text in _ADDRESS.findall(str(item))}.intersection(addresses)
    is_gone = item.get("reference") in references
    if not standing and not is_gone:
        return item
    person = items.to_registration(item)
    if is_gone:
        person = erased(person, now)
    for address in standing:
        person = scrub_address(person, address, now)
    return items.from_registration(person)


def erased_addresses(people: Iterable[Item], references: Container[str]) -> frozenset[str]:
    """Return the addresses of who was erased, but those at which somebody else is registered too."""
    gone, others = set[str](), set[str]()
    for item in people:
        if "email" in item:
            (gone if item["reference"] in references else others).add(item["email"].casefold())
    return frozenset(gone - others)


def is_over(item: Item, now: datetime) -> bool:
    """Say whether an item has expired."""
    return "expires" in item and item["expires"] <= now.timestamp()


def is_forgotten(file: Item, now: datetime) -> bool:
    """Say whether the people of a network are deleted by now; not of a file that cannot be read."""
    if not is_known(file):
        return False
    try:
        return read_network(file["toml"], file["sk"]).forgotten_at <= now
    except NetworkError:
        return False
