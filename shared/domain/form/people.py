"""Who the people in a post are: the registrant, and one more person for each row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from shared.domain.form.answers import Path
from shared.domain.form.candidates import AnswerReading, FieldCandidate, Use, rank
from shared.domain.form.colleagues import (
    ADDRESS,
    MOST,
    ColleagueRow,
    Values,
    are_brought,
    colleagues_of,
    is_nobody,
    is_person,
    use_of_person,
    with_name,
)
from shared.domain.form.name_words import words_in
from shared.domain.form.names import OF_A_PERSON, PARTS
from shared.domain.text import fold


def people_of(
    candidates: Iterable[FieldCandidate], uses: dict[int, AnswerReading]
) -> tuple[Values, tuple[ColleagueRow, ...]]:
    """Return the fields of the registrant and the post, and the other people; `uses` gets what was used."""
    groups = _Groups([c for c in candidates if not is_nobody(c, uses)])
    main, people = _repeated(groups.main, uses)
    values = _chosen(main, uses)
    people = [*_rows(groups.rows, uses), *_rows(groups.numbered, uses), *people]
    brought = colleagues_of(groups.colleagues, uses)
    if not people and not are_brought(groups.colleagues):
        people, brought = [dict(row.values) for row in brought], ()  # "deelnemers[naam][]"
    if people and not is_person(values):
        first, *people = people  # nobody stands outside of the rows
        values = {**values, **{name: text for name, text in first.items() if not values.get(name)}}
    rows = (ColleagueRow(f"participants.{at}.{{}}", row) for at, row in enumerate(people))
    return values, (*brought, *rows)


class _Groups:
    """Candidates by whose they are: of the post, of a row, of a numbered person, or of a colleague."""

    def __init__(self, candidates: Sequence[FieldCandidate]) -> None:
        self.main: list[FieldCandidate] = []
        self.colleagues: list[FieldCandidate] = []
        self.rows: dict[Path, list[FieldCandidate]] = defaultdict(list)
        self.numbered: dict[Path, list[FieldCandidate]] = defaultdict(list)
        for candidate in sorted(candidates, key=lambda c: (c.meaning.number, c.position)):
            self._group(candidate).append(candidate)
        if list(self.numbered) == [("1",)] and _kinds(self.numbered[("1",)]).isdisjoint(_kinds(self.main)):
            self.main += self.numbered.pop(("1",))  # "email-1" alone is no second person

    def _group(self, candidate: FieldCandidate) -> list[FieldCandidate]:
        means = candidate.meaning
        if candidate.row:
            return self.rows[candidate.row]
        if means.of_colleague:
            return self.colleagues
        is_other_school = means.number > 1 and means.field in ("school", "place")
        if is_other_school or (means.number and means.field in OF_A_PERSON):
            return self.numbered[(str(means.number),)]
        return self.main


def _kinds(candidates: Iterable[FieldCandidate]) -> set[str]:
    """Return which fields there are, a part of a name as a name."""
    return {"name" if c.meaning.field in PARTS else c.meaning.field for c in candidates}


def _chosen(main: Sequence[FieldCandidate], uses: dict[int, AnswerReading]) -> Values:
    """Return one text for each field; what two answers fit equally well is nobody's."""
    by_field: dict[str, list[FieldCandidate]] = defaultdict(list)
    for candidate in main:
        by_field[candidate.meaning.field].append(candidate)
    # The address is the one that stands beside the most of our fields: not that of a file's author.
    company = Counter(scope for scope, _ in {(c.scope, c.meaning.field) for c in main if c.answer.text})
    address = _best(by_field.pop("email", []), None, uses, company)
    beside = address.scope if address else None
    best = {"email": address} | {field: _best(each, beside, uses) for field, each in by_field.items()}
    chosen = {field: candidate for field, candidate in best.items() if candidate}
    if _has_outer_name(chosen):
        outer = chosen.pop("name")  # in Webflow that is the form's title
        uses[outer.position] = AnswerReading(outer.answer, Use.METADATA)
    elif "name" in chosen and {"first_name", "last_name"} <= set(chosen) and _is_weak(chosen["name"]):
        other = chosen.pop("name")  # "Contactpersoon" beside "Voornaam" and "Achternaam"
        uses[other.position] = AnswerReading(other.answer, Use.TIE, "name")
    for field, candidate in chosen.items():
        uses[candidate.position] = AnswerReading(candidate.answer, Use.FIELD, field, candidate.by_map)
    return with_name({field: candidate.answer.text for field, candidate in chosen.items()})


def _is_weak(candidate: FieldCandidate) -> bool:
    return candidate.meaning.strength in ("fair", "weak") and not candidate.by_map


def _has_outer_name(chosen: Mapping[str, FieldCandidate]) -> bool:
    """Say whether a lone name stands outside of where first and last name stand beside each other."""
    if not {"name", "first_name", "last_name"} <= set(chosen) or chosen["name"].by_map:
        return False
    scopes = {chosen[part].scope for part in ("first_name", "last_name")}
    return len(scopes) == 1 and chosen["name"].scope not in scopes


def _best(
    candidates: Sequence[FieldCandidate],
    beside: Path | None,
    uses: dict[int, AnswerReading],
    company: Mapping[Path, int] = MappingProxyType({}),
) -> FieldCandidate | None:
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    ranks = {c: (_is_unlikely(c), *rank(c, beside, company.get(c.scope, 0))) for c in candidates}
    best, *others = sorted(candidates, key=ranks.__getitem__)
    text = fold(best.answer.text)
    different = {o.position: o for o in others if o.answer.text and fold(o.answer.text) != text}
    for other in others:
        use = Use.TIE if other.position in different and not _is_other(other) else Use.REPEATED
        uses[other.position] = AnswerReading(other.answer, use, best.meaning.field)
    is_tie = any(ranks[other] == ranks[best] for other in different.values())
    if is_tie:
        uses[best.position] = AnswerReading(best.answer, Use.TIE, best.meaning.field)
    return None if is_tie else best


def _is_unlikely(candidate: FieldCandidate) -> bool:
    """Say whether a text cannot be what is asked: none, an address without "@", or "Anders, namelijk"."""
    text = candidate.answer.text
    return not text or _is_other(candidate) or (candidate.meaning.field == "email" and "@" not in text)


def _is_other(candidate: FieldCandidate) -> bool:
    """Say whether a choice is "Anders, namelijk": what was meant stands in a field beside it."""
    words = fold(candidate.answer.text).split()
    return 0 < len(words) < 5 and words[0] in words_in("OTHER")


def _repeated(
    main: list[FieldCandidate], uses: dict[int, AnswerReading]
) -> tuple[list[FieldCandidate], list[Values]]:
    """Take people apart whose fields come again: naam[] and email[], or the same names once more."""
    if _is_one(main):
        return main, []
    columns = {field: _texts(c for c in main if c.meaning.field == field) for field in OF_A_PERSON}
    columns = {field: texts for field, texts in columns.items() if len(texts) > 1}
    addresses, names = columns.get("email", []), columns.get("name") or columns.get("last_name") or []
    several = len({address.casefold() for address in addresses if address}) > 1
    if not several or len(names) != len(addresses):
        return main, []
    people = [
        with_name({field: texts[at] for field, texts in columns.items() if at < len(texts)})
        for at in range(min(MOST, len(addresses)))
    ]
    for candidate in main:
        if candidate.meaning.field in columns:
            use_of_person(candidate, uses)
    return [c for c in main if c.meaning.field not in columns], [p for p in people if is_person(p)]


def _is_one(main: Sequence[FieldCandidate]) -> bool:
    """Say whether one name and one address are surer than all others: a participant beside a contact."""
    for field in ("name", "email"):
        unsure = [c.meaning.strength == "weak" for c in main if c.meaning.field == field and c.answer.text]
        if unsure.count(False) != 1 or len(unsure) < 2:
            return False
    return True


def _rows(rows: Mapping[Path, Sequence[FieldCandidate]], uses: dict[int, AnswerReading]) -> list[Values]:
    return [values for row in rows.values() if (values := _of_row(row, uses))]


def _of_row(row: Sequence[FieldCandidate], uses: dict[int, AnswerReading]) -> Values:
    """Return the fields of a row's person; a row that names nobody is used for nothing."""
    used: dict[str, FieldCandidate] = {}
    for candidate in row:
        field = candidate.meaning.field
        if field and not (field in used and used[field].answer.text):
            used[field] = candidate
    values = with_name({field: candidate.answer.text for field, candidate in used.items()})
    if not is_person(values):
        return _of_cells(row, uses) if not used else {}
    for candidate in used.values():
        use_of_person(candidate, uses)
    return values


def _of_cells(cells: Sequence[FieldCandidate], uses: dict[int, AnswerReading]) -> Values:
    """Read a row without names by what stands in it: one address, and a name before it or behind."""
    addresses = [c for c in cells if ADDRESS.fullmatch(c.answer.text)]
    names = [c for c in cells if c.answer.text and c not in addresses]
    if len(addresses) != 1 or not names:
        return {}
    use_of_person(addresses[0], uses)
    use_of_person(names[0], uses)
    return {"name": names[0].answer.text, "email": addresses[0].answer.text}


def _texts(candidates: Iterable[FieldCandidate]) -> list[str]:
    return [text.strip() for candidate in candidates for text in candidate.answer.texts]
