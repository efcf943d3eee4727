"""The identity that a link or a session carries."""

from typing import NamedTuple

from shared.domain.registration.registration import Registration


class Bearer(NamedTuple):
    """The person of a link, and its version; the `person_key` of an organiser is their address's key."""

    network: str
    person_key: str
    version: int = 0


def address_bearer(me: Registration) -> Bearer:
    """Return the bearer of the link that confirms an address: a later request makes it void."""
    requested = int(me.new_email_at.timestamp()) if me.new_email_at else 0
    return Bearer(me.network, me.person_key, requested)
