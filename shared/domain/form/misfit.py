"""Misfits: posts of a form that was changed, kept as they came until its map is mended."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from shared.domain.network.fields import canonical, squash
from shared.domain.registration.registration import Registration
from shared.domain.text import clean, fold

KEPT = timedelta(days=14)
MOST_A_DAY = 500  # of each network; what a robot could have us keep must end somewhere
_LONGEST = 64 * 1024

# A required field is there when a post has any of these, filled in or not.
_REQUIRED = {"name": ("name", "first_name", "last_name"), "email": ("email",), "school": ("school",)}

Sent = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Misfit:
    """A post as it came: what was sent under which names, and when."""

    network: str
    sent: Sent
    received_at: datetime

    @cached_property
    def text(self) -> str:
        """What was sent, as JSON."""
        return json.dumps(self.sent, ensure_ascii=False)

    @property
    def id(self) -> str:
        """The same for the same post, however often the button was pressed."""
        return hashlib.sha256(f"{self.network}\n{self.text}".encode()).hexdigest()[:32]

    def holds(self, email: str) -> bool:
        """Say whether an address stands anywhere in what was sent."""
        return email.casefold() in self.text.casefold()

    @property
    def is_bounded(self) -> bool:
        """Whether this can be kept: escapes can make it longer than what was posted."""
        return len(self.text.encode()) <= _LONGEST

    @property
    def expires_at(self) -> datetime:
        """When this goes, released or not."""
        return self.received_at + KEPT


def is_misfit(sent: Iterable[tuple[str, object]], field_map: dict[str, str]) -> bool:
    """Say whether the form was changed: something required has no field at all, and others came instead.

    A field that is there and empty is a visitor's mistake, not the form's.
    """
    pairs = tuple(sent)
    return bool(missing_fields(pairs, field_map) and unknown_field_names(pairs, field_map))


def missing_fields(sent: Iterable[tuple[str, object]], field_map: dict[str, str]) -> tuple[str, ...]:
    """Return what is required and has no field under any name that we know."""
    found = {canonical(name, field_map) for name, _ in sent}
    return tuple(field for field, names in _REQUIRED.items() if found.isdisjoint(names))


def unknown_field_names(sent: Iterable[tuple[str, object]], field_map: dict[str, str]) -> tuple[str, ...]:
    """Return the names, never the values, of filled in fields that nobody knows."""
    unknown = (name for name, value in sent if value and canonical(name, field_map) is None)
    names = (clean(name)[:64].strip() for name in unknown if squash(name) != "participants")
    return tuple(dict.fromkeys(filter(None, names)))


def unanswered_misfits(
    misfits: Iterable[Misfit], registrations: Iterable[Registration]
) -> tuple[Misfit, ...]:
    """Return the posts of whom nobody registered after all, on our own form or otherwise."""
    known = [(r.email.casefold(), set(fold(r.name).split())) for r in registrations if r.email]
    return tuple(m for m in misfits if not _is_of_any(m, known))


def _is_of_any(misfit: Misfit, known: Iterable[tuple[str, set[str]]]) -> bool:
    """Find a person by their address and every word of their name, for which field is which is unknown."""
    typed = [value for _, value in misfit.sent if isinstance(value, str)]
    addresses, words = {clean(text).casefold() for text in typed}, set(fold(" ".join(typed)).split())
    return any(address in addresses and name <= words for address, name in known)
