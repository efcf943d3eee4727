"""Where each kind of item is kept: one table, and partitions of its own for each kind and network."""

from collections.abc import Mapping
from typing import Any

NETWORKS = "NETWORKS"
_REGISTRATION, _MAIL, _REPORT = "REGISTRATION#", "MAIL#", "REPORT#"
_DECISION, _CODE, _MISFIT, _VISIT = "DECISION#", "CODE#", "MISFIT#", "VISIT#"
_VERSION = "NETWORK#"
MAILED = "MAILED"  # the sort key of what was mailed to an address
AUDIT = "AUDIT"  # who handed over or erased somebody's data, and when; about references, never names
SAID = "WORDS"  # what organisers said of typings, which holds for every network


def registrations_of(network: str) -> str:
    """Return the partition of a network's registrations."""
    return _REGISTRATION + network


def mails_of(network: str) -> str:
    """Return the partition of a network's mail records."""
    return _MAIL + network


def reports_of(network: str) -> str:
    """Return the partition of a network's reports."""
    return _REPORT + network


def versions_of(network: str) -> str:
    """Return the partition of everything that a network's file has said."""
    return _VERSION + network


def is_version(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is of a network file that was applied."""
    return str(item["pk"]).startswith(_VERSION)


def decisions_of(network: str) -> str:
    """Return the partition of the decisions on a network."""
    return _DECISION + network


def counts_of(network: str) -> str:
    """Return the partition of what is left of a network after its personal data has gone."""
    return f"COUNTS#{network}"


def codes_of(network: str) -> str:
    """Return the partition of the codes with which a network's organisers sign in."""
    return _CODE + network


def visits_of(network: str) -> str:
    """Return the partition of how often each place posted to a network; hours later it is gone."""
    return _VISIT + network


def misfits_of(network: str) -> str:
    """Return the partition of the posts that did not fit a network's form."""
    return _MISFIT + network


def address(hashed: str) -> str:
    """Return the partition of an address, by the hash that it is counted by."""
    return f"ADDRESS#{hashed}"


def is_code(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is of a code."""
    return str(item["pk"]).startswith(_CODE)


def about_people(network: str) -> tuple[str, ...]:
    """Return the partitions in which people are named, registrants or organisers; retention empties them."""
    return tuple(kind + network for kind in (_REGISTRATION, _MAIL, _REPORT, _DECISION, _CODE, _MISFIT))


def is_registration(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is of a registration."""
    return str(item["pk"]).startswith(_REGISTRATION)


def is_report(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is of a report."""
    return str(item["pk"]).startswith(_REPORT)


def network_of(item: Mapping[str, Any]) -> str:
    """Return the network that an item is about."""
    return str(item["pk"]).partition("#")[2]
