"""The keys of the one table: each kind of item has a partition of its own per network."""

from collections.abc import Mapping
from typing import Any

NETWORKS = "NETWORKS"
FIRST_MAILS = "FIRST"  # the counts of each hour of the first mails of all networks; they expire
_REGISTRATION, _MAIL, _REPORT = "REGISTRATION#", "MAIL#", "REPORT#"
_DECISION, _CODE, _MISFIT, _POST_COUNT = "DECISION#", "CODE#", "MISFIT#", "VISIT#"
_VERSION, _CODE_REQUESTS, _MESSAGE, _MEMBER = "NETWORK#", "requests#", "MESSAGE#", "MEMBER#"
MAILED = "MAILED"  # the sort key of the ledger of an address
AUDIT = "AUDIT"  # exports and erasures of personal data: references, never names
STREAM = "STREAM"  # partition and sort key: which process handles the stream
SCHOOL_RULINGS = "WORDS"  # the rulings of organisers on how people type schools, for every network


def registrations_of(network: str) -> str:
    """Return the partition of a network's registrations."""
    return _REGISTRATION + network


def mails_of(network: str) -> str:
    """Return the partition of a network's mail records."""
    return _MAIL + network


def members_of(network: str) -> str:
    """Return the partition that holds in which school each person of a network was last grouped."""
    return _MEMBER + network


def messages_of(network: str) -> str:
    """Return the partition of what a network's organisers wrote to people."""
    return _MESSAGE + network


def is_message(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is an organiser's message."""
    return str(item["pk"]).startswith(_MESSAGE)


def reports_of(network: str) -> str:
    """Return the partition of a network's reports."""
    return _REPORT + network


def versions_of(network: str) -> str:
    """Return the partition of every version of a network's file."""
    return _VERSION + network


def is_version(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is a version of a network's file."""
    return str(item["pk"]).startswith(_VERSION)


def decisions_of(network: str) -> str:
    """Return the partition of the decisions on a network."""
    return _DECISION + network


def counts_of(network: str) -> str:
    """Return the partition of the counts that are left of a network after its personal data is deleted."""
    return f"COUNTS#{network}"


def codes_of(network: str) -> str:
    """Return the partition of the codes with which a network's organisers sign in."""
    return _CODE + network


def code(organiser: str, id_: str) -> str:
    """Return the sort key of one requested code."""
    return f"{organiser}#{id_}"


def code_requests(organiser: str) -> str:
    """Return the sort key of an organiser's latest requests for codes."""
    return _CODE_REQUESTS + organiser


def sessions_of(network: str) -> str:
    """Return the partition of the sessions that organisers ended; it expires within a day."""
    return f"SESSION#{network}"


def post_counts_of(network: str) -> str:
    """Return the partition that counts the people of each client and by each link; it expires."""
    return _POST_COUNT + network


def counter_key(client: str) -> str:
    """Return the sort key of the number of people whom a client brought, from its bucket."""
    return f"PEOPLE-{client}"


def is_registration(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is a registration or a pointer to one."""
    return str(item["pk"]).startswith(_REGISTRATION)


def kept_posts_of(network: str) -> str:
    """Return the partition of the posts that do not fit a network's form."""
    return _MISFIT + network


def address(hashed: str) -> str:
    """Return the partition of an address, from its hash."""
    return f"ADDRESS#{hashed}"


def is_about_codes(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is a sign-in code or the requests for codes."""
    return str(item["pk"]).startswith(_CODE)


def is_code(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is a sign-in code; one of an earlier release is none."""
    sk = str(item["sk"])
    return is_about_codes(item) and "#" in sk and not sk.startswith(_CODE_REQUESTS)


def about_people(network: str) -> tuple[str, ...]:
    """Return the partitions that name people, registrants or organisers; retention empties them."""
    kinds = (_REGISTRATION, _MEMBER, _MAIL, _MESSAGE, _REPORT, _DECISION, _CODE, _MISFIT)
    return tuple(kind + network for kind in kinds)


def may_cause_mail(item: Mapping[str, Any]) -> bool:
    """Say whether a change of an item mails somebody at once, as far as its kind tells."""
    return str(item["pk"]).startswith((_REGISTRATION, _REPORT, _MESSAGE, _CODE, _VERSION))


def is_report(item: Mapping[str, Any]) -> bool:
    """Say whether an item, or just its key, is a report."""
    return str(item["pk"]).startswith(_REPORT)


def network_of(item: Mapping[str, Any]) -> str:
    """Return the network that an item is about."""
    return str(item["pk"]).partition("#")[2]
