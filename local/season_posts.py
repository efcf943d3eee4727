"""The posts of a season: of made-up people, or those of an earlier season from an organiser's CSV."""

import csv
import random
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import NamedTuple

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.network.network import Network
from shared.domain.network.questions import Question, form_questions
from shared.phrases.field_labels import column

_WORDS = ("Linden", "Berken", "Eiken", "Wilgen", "Iepen", "Elzen", "Beuken", "Vlier", "Hazel", "Meidoorn")
_KINDS = ("College", "Lyceum", "Mavo", "Praktijkschool")
_PLACES = ("Zuiddrecht", "Oosterveen", "Westerbrug", "Noordhaven", "Middelwold", "Hogekerk", "Lageweide")
_FIRST = ("Anna", "Bram", "Chantal", "Daan", "Esra", "Femke", "Gijs", "Hanna", "Ilse", "Joris", "Karim")
_LAST = ("Aalberts", "Bakker", "Cornelissen", "Dekker", "Evers", "Faber", "Groen", "Hassan", "Idema")
_SIZES, _CHANCES = (1, 2, 3, 4, 5), (20, 35, 25, 15, 5)  # people of a school, and how often in a hundred
_RECEIVED = "Ontvangen"
_NO_SENSE = "this is no CSV that an organiser downloads or `tweetal registration export` writes: it lacks "


class SeasonPost(NamedTuple):
    """One post of a form, and when it comes."""

    at: datetime
    answers: Mapping[str, str]


class UnreadablePostsError(ValueError):
    """A file without the columns of an organiser's list: which one, in English for the operator."""


def made_up_posts(network: Network, schools: int, seed: int) -> list[SeasonPost]:
    """Return the posts of made-up people of some schools; one seed always gives the same."""
    chance = random.Random(seed)  # noqa: S311 nothing secret  # nosec B311
    posts: list[SeasonPost] = []
    for number in range(schools):
        school = {"school": _school(number), "place": chance.choice(_PLACES)}
        first = chance.randrange(_days(network))
        for _ in range(*chance.choices(_SIZES, _CHANCES)):
            name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            day = min(first + chance.randrange(8), _days(network) - 1)
            is_late = chance.random() < 0.03
            at = _moment(network, day if not is_late else _days(network) + 1, chance)
            address = f"{name.lower().replace(' ', '.')}.{len(posts)}@school{number}.example"
            answers = {q.label: _answer(q, chance) for q in form_questions(network.form.questions)}
            posts.append(SeasonPost(at, {"name": name, "email": address, **school, **answers}))
    return sorted(posts, key=lambda post: post.at)


def earlier_posts(network: Network, text: str, deadline: date | None) -> list[SeasonPost]:
    """Return the posts in an organiser's CSV, moved as far as this deadline is from theirs.

    Without their deadline they keep their own times. Who is erased is left out.
    """
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    columns = {column(field): field for field in TYPED_FIELDS} | {
        q.label: q.label for q in form_questions(network.form.questions)
    }
    needed = (*map(column, ("name", "email", "school")), _RECEIVED)
    if missing := [name for name in needed if rows and name not in rows[0]]:
        raise UnreadablePostsError(_NO_SENSE + ", ".join(missing))
    later = network.deadline_day - deadline if deadline else timedelta()
    posts = [
        SeasonPost(
            _received(row[_RECEIVED], network) + later,
            {columns[name]: _typed(cell) for name, cell in row.items() if name in columns and cell},
        )
        for row in rows
        if row[column("email")]
    ]
    return sorted(posts, key=lambda post: post.at)


def _received(cell: str, network: Network) -> datetime:
    try:
        return datetime.strptime(_typed(cell), "%d-%m-%Y %H:%M").replace(tzinfo=network.zone)
    except ValueError as wrong:
        raise UnreadablePostsError(f"{_RECEIVED}: {wrong}") from wrong


def _typed(cell: str) -> str:
    """Return what somebody typed, without what keeps a spreadsheet from changing it."""
    return re.sub("^[\u2007\xa0']'?", "", cell)  # earlier releases had a no-break space


def _school(number: int) -> str:
    word, kind = _WORDS[number % len(_WORDS)], _KINDS[number // len(_WORDS) % len(_KINDS)]
    again = number // (len(_WORDS) * len(_KINDS))
    return f"{word} {kind}{f' {again + 1}' if again else ''}"


def _days(network: Network) -> int:
    """Return the number of days on which people can register."""
    return (network.deadline_day - network.local(network.opens_at).date()).days + 1


def _moment(network: Network, day: int, chance: random.Random) -> datetime:
    at = time(chance.randrange(9, 17), chance.randrange(60))
    return datetime.combine(network.local(network.opens_at).date() + timedelta(days=day), at, network.zone)


def _answer(question: Question, chance: random.Random) -> str:
    if question.kind == "choice":
        return chance.choice(question.choices)
    return {"yes-no": "ja", "number": "1"}.get(question.kind, "een antwoord")
