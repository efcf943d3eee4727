"""The people whom a registrant brings, and what makes a person of fields."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from shared.domain.form.candidates import COLLEAGUE, AnswerReading, FieldCandidate, Use
from shared.domain.form.name_words import phrases_in, words_in, words_of
from shared.domain.form.names import PARTS
from shared.domain.text import fold

# It begins where its signs begin, and takes all of them: one that is none is given up after one reading.
ADDRESS = re.compile(r"(?<![^\s@<>])[^\s@<>]++@(?=[^\s@<>]+\.[^\s@<>])[^\s@<>]++")
MOST = 50  # people in one field, or in several; far more than may register together
Values = dict[str, str]


class ColleagueRow(NamedTuple):
    """One more person in a post; `where` says what a mistake calls their fields: "participants.0.{}"."""

    where: str
    values: Mapping[str, str]

    def field(self, name: str) -> str:
        """Return what a mistake calls one of this person's fields."""
        return self.where.format(name)


def colleagues_of(
    candidates: Sequence[FieldCandidate], uses: dict[int, AnswerReading]
) -> tuple[ColleagueRow, ...]:
    """Make people of a colleague's fields: the first name goes with the first address, and so on."""
    if all(c.meaning.field == "email" and c.meaning.strength == "weak" for c in candidates):
        return ()  # "E-mailadressen van collega's" alone names nobody: it is kept as it was typed
    columns: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for candidate in candidates:
        columns[candidate.meaning.number][candidate.meaning.field] += _lines(candidate)
        use_of_person(candidate, uses, COLLEAGUE)
    people = [
        {field: texts[at].strip() for field, texts in fields.items() if at < len(texts)}
        for _, fields in sorted(columns.items())
        for at in range(min(MOST, max(map(len, fields.values()))))
    ]
    rows = [with_name(each) for person in people if any(person.values()) for each in _apart(person)][:MOST]
    return tuple(
        ColleagueRow(f"{COLLEAGUE}{{}}" + (f".{at}" if at else ""), row) for at, row in enumerate(rows)
    )


def are_brought(candidates: Sequence[FieldCandidate]) -> bool:
    """Say whether a form asks for colleagues, and not only for people: the first of people registers."""
    words = {word for c in candidates for path in c.answer.paths for part in path for word in words_of(part)}
    return any(c.by_map for c in candidates) or not words.isdisjoint(
        words_in("COLLEAGUE") | words_in("OTHER")
    )


def _lines(candidate: FieldCandidate) -> list[str]:
    """Return the texts of a field; where several names or addresses are asked, each line is one person's."""
    if candidate.meaning.field not in ("name", "email") or candidate.meaning.strength != "weak":
        return list(candidate.answer.texts)
    lines = (re.split(r"[\r\n]+", text.strip()) for text in candidate.answer.texts)
    return [line for text in lines for line in text if line.strip() or len(text) == 1][:MOST]


def _apart(person: Values) -> Iterator[Values]:
    """Take addresses out of names that they were typed behind: "Jan Bos (jan@berg.example), Ann …"."""
    text = person.get("name", "")
    addresses = [] if person.get("email") else list(islice(ADDRESS.finditer(text), MOST))
    if not addresses:
        yield person
    starts = [0, *(address.end() for address in addresses)]
    for start, address in zip(starts, addresses, strict=False):
        rest = text[start : address.start()] + (text[address.end() :] if len(addresses) == 1 else "")
        name = re.sub(r"^(?:en|and)\s", "", rest.strip(" ()<>,;:-&\t"))
        yield {**person, "name": " ".join(name.split()), "email": address[0].strip("(),;:")}


def is_nobody(candidate: FieldCandidate, uses: dict[int, AnswerReading]) -> bool:
    """Say whether a text where a colleague's name is asked names nobody: "n.v.t.", "nee"; or only "ja"."""
    means = candidate.meaning
    if means.field != "name" or not (means.of_colleague or means.number > 1 or candidate.row):
        return False
    text = fold(candidate.answer.text)
    if text not in phrases_in("NOBODY") | phrases_in("YES"):
        return False
    use = Use.UNKNOWN if text in phrases_in("YES") else Use.PERSON
    uses[candidate.position] = AnswerReading(candidate.answer, use)
    return True


def use_of_person(candidate: FieldCandidate, uses: dict[int, AnswerReading], prefix: str = "") -> None:
    """Note that an answer is a field of one more person."""
    field = prefix + candidate.meaning.field
    uses[candidate.position] = AnswerReading(candidate.answer, Use.PERSON, field, candidate.by_map)


def is_person(values: Mapping[str, str]) -> bool:
    """Say whether fields name somebody, or say where to reach them."""
    return bool(values.get("name") or values.get("email"))


def with_name(values: Values) -> Values:
    """Return the fields of a person with a name, made of its parts where it was typed in parts."""
    parts = {part: values[part] for part in PARTS if values.get(part)}
    name = values.get("name", "")
    if name and "first_name" in parts and "last_name" not in parts:
        # "Voornaam" beside "Naam": the second is the last name, unless it repeats the first.
        repeats = set(fold(parts["first_name"]).split()) & set(fold(name).split())
        name = name if repeats else " ".join([*parts.values(), name])
    first, last = (fold(parts.get(part, "")).split() for part in ("first_name", "last_name"))
    if first and last and last[: len(first)] == first:  # a full name in both fields, or in the second
        name = name or parts["last_name"]
    elif last and first[-len(last) :] == last:
        name = name or parts["first_name"]
    others = {field: text for field, text in values.items() if field not in (*PARTS, "name")}
    return {"name": name or " ".join(parts.values()), **(parts if not values.get("name") else {}), **others}
