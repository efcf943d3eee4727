"""Kept posts: what a form sent that is not registered, kept for two weeks until somebody completes it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from shared.domain.email import email_address
from shared.domain.form.answers import Answer
from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration, State
from shared.domain.text import clean, fold

KEPT = timedelta(days=14)
_LONGEST_TEXT, _LONGEST = 2000, 64 * 1024  # characters of one answer, bytes of a post


class KeptReason(StrEnum):
    """Why a post is kept and not registered."""

    NOT_VALID = "not_valid"  # an answer is wrong or missing, and nobody is there to mend it
    CHANGED_FORM = "changed_form"  # the form lacks a field that is required, and has others instead
    UNREADABLE = "unreadable"  # the body is none of what a form sends


@dataclass(frozen=True)
class KeptPost:
    """A post as it was read: its answers by path, why it is kept, and when it was received."""

    network: str
    answers: tuple[Answer, ...]
    reason: KeptReason
    received_at: datetime
    missing: tuple[str, ...] = ()  # the fields that are wrong or missing

    @cached_property
    def text(self) -> str:
        """The answers, as JSON: a list of their paths and texts."""
        return json.dumps([[a.paths, a.texts] for a in self.answers], ensure_ascii=False)

    @property
    def id(self) -> str:
        """The same for the same post, however often it is sent."""
        return hashlib.sha256(f"{self.network}\n{self.text}".encode()).hexdigest()[:32]

    @property
    def expires_at(self) -> datetime:
        """The first instant at which this is gone, completed or not."""
        return self.received_at + KEPT

    def contains_address(self, email: str) -> bool:
        """Say whether an address stands anywhere in what was sent."""
        return email.casefold() in self.text.casefold()


def kept_post(
    network: str, answers: Iterable[Answer], reason: KeptReason, at: datetime, missing: Iterable[str] = ()
) -> KeptPost:
    """Return what is kept of a post: what has a text, each cut to what a person writes, within bounds."""
    room, kept = _LONGEST, []
    for answer in answers:
        cut = answer._replace(texts=tuple(text[:_LONGEST_TEXT] for text in answer.texts))
        room -= len(json.dumps([cut.paths, cut.texts], ensure_ascii=False).encode()) + 2
        if answer.text and room >= 0:
            kept.append(cut)
    return KeptPost(network, tuple(kept), reason, at, tuple(missing))


def unanswered_posts(
    posts: Iterable[KeptPost], registrations: Iterable[Registration]
) -> tuple[KeptPost, ...]:
    """Return the posts whose people have not registered after all, on our own form or otherwise."""
    waiting = tuple(posts)
    if not waiting:
        return ()
    by_address: dict[str, list[_Person]] = {}
    by_word: dict[str, list[_Person]] = {}  # people with a full name, by its longest word
    for registration in registrations:
        if registration.email:
            person = _Person(registration, frozenset(_words([registration.name])))
            by_address.setdefault(registration.email.casefold(), []).append(person)
            if len(person.name) > 1:
                by_word.setdefault(max(person.name, key=len), []).append(person)
    return tuple(post for post in waiting if not _is_of_any(post, by_address, by_word))


def was_inactive(registration: Registration, at: datetime) -> bool:
    """Say whether a registration was inactive at that moment and still is; an erased one never counts."""
    is_inactive = registration.state in (State.CANCELLED, State.QUARANTINED)
    return is_inactive and bool(registration.email) and settled(registration.history).at < at


class _Person(NamedTuple):
    registration: Registration
    name: frozenset[str]  # its words


def _is_of_any(
    post: KeptPost, by_address: Mapping[str, Sequence[_Person]], by_word: Mapping[str, Sequence[_Person]]
) -> bool:
    """Find somebody by their address and every word of their name: which field is which is unknown.

    Where no address in the post is right, it is somebody with all the words of a full name and a school.
    """
    texts = [text for answer in post.answers for text in answer.texts]
    addresses = {clean(text).casefold() for text in texts if "@" in text}
    words = _words(text for text in texts if "@" not in text)  # an address may hold a colleague's name
    people = [person for address in addresses for person in by_address.get(address, ())]
    if not any(map(_is_address, addresses)):
        named = (person for word in words for person in by_word.get(word, ()))
        people += [person for person in named if _words([person.registration.school]) <= words]
    return any(p.name <= words and not was_inactive(p.registration, post.received_at) for p in people)


def _words(texts: Iterable[str]) -> set[str]:
    return set(fold(" ".join(texts)).split())


def _is_address(text: str) -> bool:
    try:
        return bool(email_address(text))
    except ValueError:
        return False
