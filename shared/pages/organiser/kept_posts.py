"""The kept posts: what a form sent that is not registered, for an organiser to complete or drop."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.form.kept_post import KeptPost, KeptReason
from shared.pages.organiser import Desk, render_desk_page
from shared.phrases import dutch
from shared.phrases.field_labels import FIELD_WORDS

_POSTS = 8  # on the list; the next come when these are dealt with


class _Room(NamedTuple):
    """How much of a post a page shows: answers, and letters of a name and of a text."""

    answers: int
    name: int
    text: int


_ON_LIST, _ALONE = _Room(12, 60, 120), _Room(60, 100, 2000)
_WHY = {
    KeptReason.NOT_VALID: "Dit klopt niet of is leeg: {}.",
    KeptReason.CHANGED_FORM: "Het formulier heeft geen veld dat wij kennen voor: {}.",
    KeptReason.UNREADABLE: "We konden de inzending niet lezen.",
}


class SentPost(NamedTuple):
    """A kept post in words; `more` is how many answers it has besides these."""

    id: str
    moment: str
    why: str
    answers: tuple[tuple[str, str], ...]
    more: int


def kept_posts_page(desk: Desk, posts: Sequence[KeptPost], acted: bool) -> str:
    """Show the posts that wait, the oldest first; `acted` after one was completed or dropped."""
    shown = [_sent(desk, post, _ON_LIST) for post in posts[:_POSTS]]
    return render_desk_page("posts", desk, posts=shown, more=max(0, len(posts) - _POSTS), done=acted)


def sent_post(desk: Desk, post: KeptPost) -> SentPost:
    """Write when a post came, why it is kept, and what was sent, for a page of its own."""
    return _sent(desk, post, _ALONE)


def _sent(desk: Desk, post: KeptPost, room: _Room) -> SentPost:
    answers = tuple((_cut(a.name, room.name), _cut(a.text, room.text)) for a in post.answers[: room.answers])
    more = max(0, len(post.answers) - room.answers)
    why = _WHY[post.reason].format(dutch.listing([_label(field) for field in post.missing]) or "een antwoord")
    return SentPost(post.id, desk.moment(post.received_at), why, answers, more)


def _label(field: str) -> str:
    """Write which field is wrong: "e-mailadres", or "… van een collega" for "participants.0.email"."""
    *whose, name = re.split(r"[._]", field.rstrip(".0123456789"))
    words = FIELD_WORDS["nl"].get(name)
    return f"{words.name if words else name}{' van een collega' * bool(whose)}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
