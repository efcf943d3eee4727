"""One location of one school, as DUO registers it."""

import re
from dataclasses import dataclass

from shared.domain.schools.matching.names import read_name


@dataclass(frozen=True, slots=True)
class Vestiging:
    """One location of one school, as DUO registers it."""

    brin: str
    vestiging: str
    name: str
    place: str
    domain: str = ""
    names: tuple[str, ...] = ()
    municipality: str = ""

    @property
    def code(self) -> str:
        """The full number of the vestiging, such as "00KV00"."""
        return self.brin + self.vestiging

    @property
    def title(self) -> str:
        """Its name without what it teaches: the short name if that says as much as the official one."""
        official = _without_levels(self.name)
        short = next(iter(self.names), official)
        short_words, official_words = set(read_name(short).core), set(read_name(official).core)
        if short_words - official_words or (short_words == official_words and len(short) < len(official)):
            return re.sub(r"^(?:locatie|loc)\b[\s.,]*", "", short, flags=re.IGNORECASE)
        return official

    @property
    def title_in_place(self) -> str:
        """How a sentence names it: "Bergcollege in Utrecht"."""
        return f"{self.title} in {self.place}"


def _without_levels(name: str) -> str:
    """Leave out the words between "voor" and the location: they say what the school teaches."""
    own, _, taught = re.sub(r" (?:voor|v) ", "\n", name, count=1, flags=re.IGNORECASE).partition("\n")
    location = re.search(r"\blocatie\b.*", taught, flags=re.IGNORECASE)
    return ", ".join(part for part in (own.rstrip(" ,.-"), location[0] if location else "") if part)
