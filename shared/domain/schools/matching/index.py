"""The register, arranged for finding: by word, by first letters, by place and by e-mail domain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shared.domain.schools.matching.lookup import Entry, Lookup, grouped
from shared.domain.schools.matching.mail import label, site
from shared.domain.schools.matching.names import Name, parts, read_name
from shared.domain.schools.matching.places import is_near_place, is_same_place, place_key, place_words
from shared.domain.schools.matching.words import ASIDE

if TYPE_CHECKING:
    from shared.domain.schools.matching.register import Vestiging

# One name in so many places is a chain: each place is a school of its own.
CHAIN = 6
# A name in so many BRINs is a group's.
GROUP = 3
# A word of so many names ("oranje" is fine, "amsterdam" is not) finds nothing by itself.
_COMMON = 100


# What domains write before a school's name.
_PREFIX = re.compile(
    r"^(csg|osg|rsg|ksg|gsg|sg|vmbo|pro|praktijkschool|gymnasium|lyceum|college)(?=[a-z]{4})"
)


class Index:
    """What matching looks things up in; built once for a register."""

    def __init__(self, rows: Sequence[Vestiging]) -> None:
        self.places_of = {
            r.code: [k for k in (place_key(r.place), place_key(r.municipality)) if k] for r in rows
        }
        self._places = {place_key(row.place) for row in rows}
        self._municipalities = {place_key(row.municipality) for row in rows} - {""}
        self.by_brin = grouped((row.brin, row) for row in rows)
        self._by_host = grouped((row.domain, row) for row in rows if row.domain)
        self._by_site = grouped((site(row.domain), row) for row in rows if row.domain)
        self._own_site: dict[str, bool] = {}
        self.entries = {row.code: _entries(row) for row in rows}
        for row in rows:
            self.entries[row.code] += self._by_site_name(row)
        every = [entry for found in self.entries.values() for entry in found]
        self._by_word = Lookup((word, entry) for entry in every for word in entry.name.core)
        self._by_key = Lookup(
            (key, entry) for entry in every for key in {entry.name.key, *entry.name.spellings}
        )
        self._by_initials = grouped((letters, entry) for entry in every for letters in _shortened(entry))
        self._plain = grouped((place_key(entry.row.place), entry) for entry in every if _is_plain(entry))

    def candidates(self, name: Name, place: str) -> Iterator[Entry]:
        """Find the entries that a typed name could mean: whole, by its letters, place or rare words."""
        for key in sorted({name.key, *name.spellings}):
            yield from self._by_key.near(key)
        yield from self._by_initials.get(name.key, ())
        yield from self._plain.get(place, ())
        for found in sorted((self._by_word.near(word) for word in name.core), key=len):
            if len(found) < _COMMON:
                yield from found

    def of_domain(self, domain: str) -> list[Vestiging]:
        """Return the vestigingen of an e-mail domain, those of that very host before those of its site."""
        return self._by_host.get(domain) or self._by_site.get(site(domain), [])

    def is_own(self, domain: str) -> bool:
        """Tell a school's own domain from one that differently named schools share, a board's."""
        if domain not in self._own_site:
            cores = [self._words_of(row) for row in self.of_domain(domain)]
            self._own_site[domain] = bool(cores) and bool(set.intersection(*cores))
        return self._own_site[domain]

    def is_chain(self, brin: str) -> bool:
        """Tell whether a BRIN stands in so many places that each is a school of its own."""
        return len({place_key(row.place) for row in self.by_brin[brin]}) >= CHAIN

    def is_aside(self, row: Vestiging) -> bool:
        """Tell whether a vestiging is a praktijkschool or an ISK, often named as its neighbour is."""
        return any(entry.name.kinds & ASIDE for entry in self.entries[row.code])

    def is_group(self, word: str) -> bool:
        """Tell a word that names of three BRINs in several places begin with: the name of their group."""
        rows = [entry.row for entry in self._by_word.near(word) if entry.name.core[0] == word]
        return len({row.brin for row in rows}) >= GROUP and len({place_key(row.place) for row in rows}) > 1

    def is_of_many(self, name: Name) -> bool:
        """Tell a name that schools of several BRINs in several places have: alone it says none of them."""
        keys = {name.key, *name.spellings}
        rows = [entry.row for key in keys for entry in self._by_key.near(key)]
        return len({row.brin for row in rows}) > 1 and len({place_key(row.place) for row in rows}) > 1

    def place_in(self, name: Name) -> str:
        """Return the key of the longest place that a name says, or nothing."""
        for size in range(min(4, len(name.full)), 0, -1):
            for i in range(len(name.full) - size, -1, -1):
                if (key := place_key(" ".join(name.full[i : i + size]))) in self._places and len(key) > 2:
                    return key
        return ""

    def is_place(self, key: str) -> bool:
        """Tell whether any vestiging stands there."""
        return key in self._places or key in self._municipalities

    def known_place(self, key: str) -> str:
        """Return the place that a key with a typing error means, or the key itself."""
        known = self._places | self._municipalities
        if not key or key in known:
            return key
        near = [p for p in known if is_same_place(key, p)] or [p for p in known if is_near_place(key, p)]
        return near[0] if len(near) == 1 else key

    def _by_site_name(self, row: Vestiging) -> list[Entry]:
        """A school's own domain is one more name of it: "hetnieuweeemland.nl"; a board's domain is not."""
        if not row.domain or not self.is_own(row.domain):
            return []
        name = read_name(_PREFIX.sub(r"\1 ", label(row.domain).replace("-", " ")))
        aside = frozenset(kind for entry in self.entries[row.code] for kind in entry.name.kinds & ASIDE)
        return [Entry(row, replace(name, weak=name.weak | aside))]

    def _words_of(self, row: Vestiging) -> set[str]:
        return {word for entry in self.entries[row.code][:1] for word in entry.name.core or entry.name.weak}


def _entries(row: Vestiging) -> list[Entry]:
    """Name a vestiging by its short name, its official one and its former one, each with its parts."""
    names = (name for text in (*row.names[:1], row.name, *row.names[1:]) for name in parts(text))
    return [Entry(row, name) for name in dict.fromkeys(names)]


def _shortened(entry: Entry) -> frozenset[str]:
    return entry.name.shortened(place_words(place_key(entry.row.place)))


def _is_plain(entry: Entry) -> bool:
    """Tell a name that is only common words once its place is left out: "Stedelijk Gymnasium Breda"."""
    return set(entry.name.core) <= place_words(place_key(entry.row.place))
