"""Who the people in a post are: the registrant, and one more person for each row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.domain.form.answers import Path
from shared.domain.form.candidates import COLLEAGUE, AnswerReading, FieldCandidate, Use, rank
from shared.domain.form.names import OF_A_PERSON, PARTS
from shared.domain.text import fold

_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
Values = dict[str, str]


class ColleagueRow(NamedTuple):
    """One more person in a post; `where` says what a mistake calls their fields: "participants.0.{}"."""

    where: str
    values: Mapping[str, str]

    def field(self, name: str) -> str:
        """Return what a mistake calls one of this person's fields."""
        return self.where.format(name)


def people_of(
    candidates: Iterable[FieldCandidate], uses: dict[int, AnswerReading]
) -> tuple[Values, tuple[ColleagueRow, ...]]:
    """Return the fields of the registrant and the post, and the other people; `uses` gets what was used."""
    groups = _Groups(list(candidates))
    main, people = _repeated(groups.main, uses)
    values = _chosen(main, uses)
    people = [*_rows(groups.rows, uses), *_rows(groups.numbered, uses), *people]
    if people and not (values.get("name") or values.get("email")):
        first, *people = people  # nobody stands outside of the rows
        values = {**values, **{name: text for name, text in first.items() if not values.get(name)}}
    rows = (ColleagueRow(f"participants.{at}.{{}}", row) for at, row in enumerate(people))
    return values, (*_colleagues(groups.colleagues, uses), *rows)


class _Groups:
    """Candidates by whose they are: of the post, of a row, of a numbered person, or of a colleague."""

    def __init__(self, candidates: Sequence[FieldCandidate]) -> None:
        self.main: list[FieldCandidate] = []
        self.colleagues: list[FieldCandidate] = []
        self.rows: dict[Path, list[FieldCandidate]] = defaultdict(list)
        self.numbered: dict[Path, list[FieldCandidate]] = defaultdict(list)
        for candidate in sorted(candidates, key=lambda c: (c.meaning.number, c.position)):
            self._group(candidate).append(candidate)
        if list(self.numbered) == [("1",)] and not any(c.meaning.field == "email" for c in self.main):
            self.main += self.numbered.pop(("1",))  # "email-1" alone is no second person

    def _group(self, candidate: FieldCandidate) -> list[FieldCandidate]:
        means = candidate.meaning
        if candidate.row:
            return self.rows[candidate.row]
        if means.of_colleague:
            return self.colleagues
        if means.number and means.field in OF_A_PERSON:
            return self.numbered[(str(means.number),)]
        return self.main


def _chosen(main: Sequence[FieldCandidate], uses: dict[int, AnswerReading]) -> Values:
    """Return one text for each field; what two answers fit equally well is nobody's."""
    by_field: dict[str, list[FieldCandidate]] = defaultdict(list)
    for candidate in main:
        by_field[candidate.meaning.field].append(candidate)
    address = _best(by_field.pop("email", []), None, uses)
    beside = address.scope if address else None
    best = {"email": address} | {field: _best(each, beside, uses) for field, each in by_field.items()}
    chosen = {field: candidate for field, candidate in best.items() if candidate}
    if _has_outer_name(chosen):
        outer = chosen.pop("name")  # in Webflow that is the form's title
        uses[outer.position] = AnswerReading(outer.answer, Use.METADATA)
    for field, candidate in chosen.items():
        uses[candidate.position] = AnswerReading(candidate.answer, Use.FIELD, field, candidate.by_map)
    return with_name({field: candidate.answer.text for field, candidate in chosen.items()})


def _has_outer_name(chosen: Mapping[str, FieldCandidate]) -> bool:
    """Say whether a lone name stands outside of where first and last name stand beside each other."""
    if not {"name", "first_name", "last_name"} <= set(chosen) or chosen["name"].by_map:
        return False
    scopes = {chosen[part].scope for part in ("first_name", "last_name")}
    return len(scopes) == 1 and chosen["name"].scope not in scopes


def _best(
    candidates: Sequence[FieldCandidate], beside: Path | None, uses: dict[int, AnswerReading]
) -> FieldCandidate | None:
    ranked = sorted(candidates, key=lambda c: (not c.answer.text, *rank(c, beside)))
    if not ranked:
        return None
    best, *others = ranked
    for other in others:
        same = not other.answer.text or fold(other.answer.text) == fold(best.answer.text)
        use = Use.REPEATED if same else Use.TIE
        uses[other.position] = AnswerReading(other.answer, use, best.meaning.field)
    is_tie = any(
        rank(other, beside) == rank(best, beside)
        for other in others
        if other.answer.text and fold(other.answer.text) != fold(best.answer.text)
    )
    if is_tie:
        uses[best.position] = AnswerReading(best.answer, Use.TIE, best.meaning.field)
    return None if is_tie else best


def _repeated(
    main: list[FieldCandidate], uses: dict[int, AnswerReading]
) -> tuple[list[FieldCandidate], list[Values]]:
    """Take people apart whose fields come again: naam[] and email[], or the same names once more."""
    columns = {field: _texts(c for c in main if c.meaning.field == field) for field in OF_A_PERSON}
    columns = {field: texts for field, texts in columns.items() if len(texts) > 1}
    addresses, names = columns.get("email", []), columns.get("name") or columns.get("last_name") or []
    several = len({address.casefold() for address in addresses if address}) > 1
    if not several or len(names) != len(addresses):
        return main, []
    people = [
        with_name({field: texts[at] for field, texts in columns.items() if at < len(texts)})
        for at in range(len(addresses))
    ]
    for candidate in main:
        if candidate.meaning.field in columns:
            _use(candidate, uses)
    return [c for c in main if c.meaning.field not in columns], [p for p in people if is_person(p)]


def _rows(rows: Mapping[Path, Sequence[FieldCandidate]], uses: dict[int, AnswerReading]) -> list[Values]:
    people = (_of_row(row, uses) for row in rows.values())
    return [with_name(values) for values in people if is_person(with_name(values))]


def _of_row(row: Sequence[FieldCandidate], uses: dict[int, AnswerReading]) -> Values:
    values: Values = {}
    for candidate in row:
        field = candidate.meaning.field
        if field and not values.get(field):
            values[field] = candidate.answer.text
            _use(candidate, uses)
    return values or _of_cells(row, uses)


def _of_cells(cells: Sequence[FieldCandidate], uses: dict[int, AnswerReading]) -> Values:
    """Read a row without names by what stands in it: one address, and a name before it or behind."""
    addresses = [c for c in cells if _ADDRESS.fullmatch(c.answer.text)]
    names = [c for c in cells if c.answer.text and c not in addresses]
    if len(addresses) != 1 or not names:
        return {}
    _use(addresses[0], uses)
    _use(names[0], uses)
    return {"name": names[0].answer.text, "email": addresses[0].answer.text}


def _colleagues(
    candidates: Sequence[FieldCandidate], uses: dict[int, AnswerReading]
) -> tuple[ColleagueRow, ...]:
    """Make people of a colleague's fields: the first name goes with the first address, and so on."""
    columns: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for candidate in candidates:
        columns[candidate.meaning.number][candidate.meaning.field] += candidate.answer.texts
        _use(candidate, uses, COLLEAGUE)
    people = [
        {field: texts[at].strip() for field, texts in fields.items() if at < len(texts)}
        for _, fields in sorted(columns.items())
        for at in range(max(map(len, fields.values())))
    ]
    rows = [with_name(_apart(person)) for person in people if any(person.values())]
    return tuple(
        ColleagueRow(f"{COLLEAGUE}{{}}" + (f".{at}" if at else ""), row) for at, row in enumerate(rows)
    )


def _apart(person: Values) -> Values:
    """Take an address out of a name that it was typed behind: "Jan Bos (jan@berg.example)"."""
    addresses = _ADDRESS.findall(person.get("name", ""))
    if person.get("email") or len(addresses) != 1:
        return person
    name = person["name"].replace(addresses[0], " ").strip(" ()<>,;:-")
    return {**person, "name": name, "email": addresses[0].strip("(),;:")}


def _use(candidate: FieldCandidate, uses: dict[int, AnswerReading], prefix: str = "") -> None:
    field = prefix + candidate.meaning.field
    uses[candidate.position] = AnswerReading(candidate.answer, Use.PERSON, field, candidate.by_map)


def _texts(candidates: Iterable[FieldCandidate]) -> list[str]:
    return [text.strip() for candidate in candidates for text in candidate.answer.texts]


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
