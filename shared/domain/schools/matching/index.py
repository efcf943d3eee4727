"""The register arranged for matching: by word, by first letters, by place and by e-mail domain."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.domain.schools.matching.domains import first_label, registered_domain
from shared.domain.schools.matching.names import Name, read_name, read_name_and_parts
from shared.domain.schools.matching.places import (
    EVERYDAY,
    is_near_place,
    is_same_place,
    place_key,
    place_words,
)
from shared.domain.schools.matching.spelling_index import RegisterName, SpellingIndex, group_by_key
from shared.domain.schools.matching.towns import PROVINCES, TOWNS, is_town
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.schools.matching.words import SEPARATE_KINDS

# A school with one name in so many places is a chain: each place is a school of its own.
_CHAIN = 6
# A name that so many BRINs have is the name of a group.
_GROUP = 3
# A word in so many names finds nothing by itself: "amsterdam" has too many, "oranje" has not.
_COMMON = 100

# What domains have before a school's name.
_ENDING = re.compile(r"(?<=^[a-z]{2})(?=(?:college|lyceum)$)")
_PREFIX = re.compile(
    r"^(csg|osg|rsg|ksg|gsg|sg|vmbo|pro|praktijkschool|gymnasium|lyceum|college)(?=[a-z]{4})"
)


class RegisterIndex:
    """The lookups that matching needs; built once for a register."""

    def __init__(self, rows: Sequence[Vestiging]) -> None:
        self.places_of = {
            row.code: [key for key in (place_key(row.place), place_key(row.municipality)) if key]
            for row in rows
        }
        self._places = {place_key(row.place) for row in rows}
        self._municipalities = {place_key(row.municipality) for row in rows} - {""}
        towns = {*self._places, *TOWNS, *PROVINCES}
        self._words_of_places = frozenset(word for town in towns for word in place_words(town))
        self._corrected: dict[str, str] = {}
        self.by_brin = group_by_key((row.brin, row) for row in rows)
        self._by_domain = group_by_key(
            (domain, row)
            for row in rows
            if row.domain
            for domain in {row.domain, registered_domain(row.domain)}
        )
        self._is_own_domain: dict[str, bool] = {}
        self.names_of = {row.code: _register_names(row) for row in rows}
        for row in rows:
            self.names_of[row.code] += self._names_from_domain(row)
        names = [name for names in self.names_of.values() for name in names]
        self._by_word = SpellingIndex((word, entry) for entry in names for word in entry.name.core)
        self._by_key = SpellingIndex(
            (key, entry) for entry in names for key in {entry.name.key, *entry.name.spellings}
        )
        self._by_initials = group_by_key((letters, entry) for entry in names for letters in _initials(entry))
        self._plain_by_place = group_by_key(
            (place_key(entry.vestiging.place), entry) for entry in names if self._is_plain(entry.name)
        )

    def candidates(self, name: Name, place: str) -> Iterator[RegisterName]:
        """Find what a typed name could mean: by the whole name, its letters, its place or its rare words."""
        for key in sorted({name.key, *name.spellings}):
            yield from self._by_key.find(key)
        yield from self._by_initials.get(name.key, ())
        yield from self._plain_by_place.get(place, ())
        for entries in sorted((self._by_word.find(word) for word in name.core), key=len):
            if len(entries) < _COMMON:
                yield from entries

    def with_domain(self, domain: str) -> list[Vestiging]:
        """Return the vestigingen with an e-mail domain or one below it, or else with the one above it."""
        return self._by_domain.get(domain) or self._by_domain.get(registered_domain(domain), [])

    def is_own_domain(self, domain: str) -> bool:
        """Tell whether a domain is one school's: schools with different names share the domain of a board."""
        if domain not in self._is_own_domain:
            words = [self._words_of(row) for row in self.with_domain(domain)]
            self._is_own_domain[domain] = bool(words) and bool(set.intersection(*words))
        return self._is_own_domain[domain]

    def own_words(self, row: Vestiging, sibling: Vestiging) -> set[str]:
        """Return the words in a vestiging's names, places left out, that another of its BRIN has not."""
        one, other = ({w for e in self.names_of[r.code] for w in e.name.core} for r in (row, sibling))
        return {w for w in one - other if not self.is_place(w)}

    def is_chain(self, brin: str) -> bool:
        """Tell whether a BRIN is in so many places that each is a school of its own."""
        return len({place_key(row.place) for row in self.by_brin[brin]}) >= _CHAIN

    def is_separate_kind(self, row: Vestiging) -> bool:
        """Tell whether a vestiging is a praktijkschool or an ISK, which often has its neighbour's name."""
        return any(entry.name.kinds & SEPARATE_KINDS for entry in self.names_of[row.code])

    def is_group_name(self, word: str) -> bool:
        """Tell whether a word names a group: names of three BRINs in several places begin with it."""
        rows = [entry.vestiging for entry in self._by_word.find(word) if entry.name.core[0] == word]
        return len({row.brin for row in rows}) >= _GROUP and len({place_key(row.place) for row in rows}) > 1

    def is_shared_name(self, name: Name) -> bool:
        """Tell whether schools of several BRINs in several places have this name, so that it means none."""
        keys = {name.key, *name.spellings}
        rows = [entry.vestiging for key in keys for entry in self._by_key.find(key)]
        return len({row.brin for row in rows}) > 1 and len({place_key(row.place) for row in rows}) > 1

    def find_place_in(self, name: Name) -> str:
        """Return the key of the longest place within a name; empty when it has none."""
        for size in range(min(4, len(name.full)), 0, -1):
            for i in range(len(name.full) - size, -1, -1):
                if (key := place_key(" ".join(name.full[i : i + size]))) in self._places and len(key) > 2:
                    return key
        return ""

    def places_in(self, name: Name) -> frozenset[str]:
        """Return the own words of a name that has none but places: "Vrije School Zuid-Holland"."""
        return frozenset(name.core) if self._is_plain(name) else frozenset()

    def is_place(self, key: str) -> bool:
        """Tell whether this is a town or a municipality, of this register or any other."""
        return key in self._places or key in self._municipalities or is_town(key)

    def correct_place(self, key: str) -> str:
        """Return the place that a key with a typing error means, or the key itself."""
        if not key or self.is_place(key):
            return key
        if key not in self._corrected:
            every = self._places | self._municipalities
            near = [p for p in every if is_same_place(key, p)] or [p for p in every if is_near_place(key, p)]
            self._corrected[key] = near[0] if len(near) == 1 else key
        return self._corrected[key]

    def _is_plain(self, name: Name) -> bool:
        """Tell whether a name has only common words beside places: "Stedelijk Gymnasium Breda"."""
        return all(word in self._words_of_places for word in name.core)

    def _names_from_domain(self, row: Vestiging) -> list[RegisterName]:
        """Read a school's own domain as one more name of it, such as "hetnieuweeemland.nl"."""
        if not row.domain or not self.is_own_domain(row.domain):
            return []
        label = _without_town(first_label(row.domain).replace("-", " "), place_key(row.place))
        name = read_name(_ENDING.sub(" ", _PREFIX.sub(r"\1 ", label)))
        kinds = frozenset(
            kind for entry in self.names_of[row.code] for kind in entry.name.kinds & SEPARATE_KINDS
        )
        return [RegisterName(row, replace(name, weak=name.weak | kinds))]

    def _words_of(self, row: Vestiging) -> set[str]:
        return {word for entry in self.names_of[row.code][:1] for word in entry.name.core or entry.name.weak}


def _without_town(label: str, place: str) -> str:
    """Read the town at the end of a domain as a word: "montessorilyceumgroningen"."""
    towns = {place, *(everyday for everyday, official in EVERYDAY.items() if official == place)}
    ends = (end for town in towns if label.endswith(end := town.replace(" ", "")) and label != end)
    return next((f"{label.removesuffix(end)} {end}" for end in ends), label)


def _register_names(row: Vestiging) -> list[RegisterName]:
    """Return the short, the official and the former name of a vestiging, each with its parts."""
    texts = (*row.names[:1], row.name, *row.names[1:])
    names = (name for text in texts for name in read_name_and_parts(text))
    return [RegisterName(row, name) for name in dict.fromkeys(names)]


def _initials(entry: RegisterName) -> frozenset[str]:
    return entry.name.initials(place_words(place_key(entry.vestiging.place)))
