"""Misfits: posts of a form that was changed, kept as they came until its field map is corrected."""

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
MOST_A_DAY = 500  # of each network; a robot could send any number
_LONGEST = 64 * 1024

# A post has a required field if it has any of these names, filled in or not.
_REQUIRED = {"name": ("name", "first_name", "last_name"), "email": ("email",), "school": ("school",)}

Sent = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Misfit:
    """A post as it came: the names and values that were sent, and when."""

    network: str
    sent: Sent
    received_at: datetime

    @cached_property
    def text(self) -> str:
        """The sent fields as JSON."""
        return json.dumps(self.sent, ensure_ascii=False)

    @property
    def id(self) -> str:
        """The id of this post; the same for every press of the button."""
        return hashlib.sha256(f"{self.network}\n{self.text}".encode()).hexdigest()[:32]

    def holds(self, email: str) -> bool:
        """Say whether an address stands anywhere in the sent fields."""
        return email.casefold() in self.text.casefold()

    @property
    def is_bounded(self) -> bool:
        """Whether this is short enough to be kept; escapes can make it longer than the post."""
        return len(self.text.encode()) <= _LONGEST

    @property
    def expires_at(self) -> datetime:
        """When this is deleted, released or not."""
        return self.received_at + KEPT


def is_misfit(sent: Iterable[tuple[str, object]], field_map: dict[str, str]) -> bool:
    """Say whether the form was changed: a required field is missing and unknown fields came instead.

    An empty field is the visitor's mistake, not the form's.
    """
    pairs = tuple(sent)
    return bool(missing_fields(pairs, field_map) and unknown_field_names(pairs, field_map))


def missing_fields(sent: Iterable[tuple[str, object]], field_map: dict[str, str]) -> tuple[str, ...]:
    """Return the required fields that a post has under no known name."""
    present = {canonical(name, field_map) for name, _ in sent}
    return tuple(field for field, names in _REQUIRED.items() if present.isdisjoint(names))


def unknown_field_names(sent: Iterable[tuple[str, object]], field_map: dict[str, str]) -> tuple[str, ...]:
    """Return the names, never the values, of unknown fields that are filled in."""
    unknown = (name for name, value in sent if value and canonical(name, field_map) is None)
    names = (clean(name)[:64].strip() for name in unknown if squash(name) != "participants")
    return tuple(dict.fromkeys(filter(None, names)))


def unanswered_misfits(
    misfits: Iterable[Misfit], registrations: Iterable[Registration]
) -> tuple[Misfit, ...]:
    """Return the posts whose person has not registered since, on our own form or otherwise."""
    people = [(r.email.casefold(), set(fold(r.name).split())) for r in registrations if r.email]
    return tuple(m for m in misfits if not _is_of_any(m, people))


def _is_of_any(misfit: Misfit, people: Iterable[tuple[str, set[str]]]) -> bool:
    """Recognise a person by their address and every word of their name, in whichever fields these are."""
    typed = [value for _, value in misfit.sent if isinstance(value, str)]
    addresses, words = {clean(text).casefold() for text in typed}, set(fold(" ".join(typed)).split())
    return any(address in addresses and name <= words for address, name in people)
