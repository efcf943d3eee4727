"""Who plays in a season: invented people, and the schools that they mean, however they type them."""

import csv
from pathlib import Path
from random import Random
from typing import NamedTuple

from local.world import SCHOOLS

_INVENTED = (
    "Bergcollege;Utrecht", "Dalcollege;Ede", "De Vlinderboom;Assen", "Zeehaven Lyceum;Den Helder",
    "Kompas Mavo;Tiel", "'t Genseler;Hengelo", "Stad & Esch;Meppel", "LOC@;Oss",
    "Heuvelrug Praktijkschool;Doorn",
    "Regenboog;Almere", "Tweestromen;Zutphen", "De Noordster;Emmen", "Fjordcollege;Roosendaal",
    "Waterkant;Zaandam", "Molenwiek;Venlo", "Olympus;Purmerend", "De Brug;Deventer", "Sterrenlicht;Goes",
)  # fmt: skip
_FIRST = (
    "Anna", "Bram", "Carla", "Dirk", "Els", "Fien", "Gijs", "Hugo", "Iris", "Jochem", "Karin", "Lotte",
    "Mirjam", "Niels", "Olga", "Pieter", "Quinten", "Roos", "Sjoerd", "Tess", "Ulrike", "Vincent",
    "Willemijn", "Xander", "Yara", "Zoë", "Fatima", "Ömer", "Łukasz", "Joëlle",
)  # fmt: skip
_LAST = (
    "Bosman", "van Kuipershoven", "Smitskamp", "de Visserman", "Meijerink", "Mulderij", "Jansonius",
    "Bakkersveld", "Dijkgraaf", "Hoogenboom", "Peeters-Wouda", "van 't Veldhuis", "Schoutenaar",
    "Yıldırımoğlu", "Achterberg", "O'Connery", "ter Brakelaar", "Tuinstra", "Zijlmanshof", "Noordhuizen",
    "Wassenburg", "Ruiterkamp", "Lindelauf", "Groenestein",
)  # fmt: skip


DEAD = "bounce-"  # how an address begins that takes no mail; the rest is what was meant


class Typing(NamedTuple):
    """A school as somebody typed it; `sure` where it must be taken for the school that they meant."""

    school: str
    name: str
    place: str
    brin: str = ""
    sure: bool = True


class Person(NamedTuple):
    """Somebody; `school` is the one that they mean, `shares` says that their mailbox is not theirs alone."""

    number: int
    name: str
    email: str
    school: str
    shares: bool = False

    @property
    def right(self) -> str:
        """The address that they meant to type."""
        return self.email.removeprefix(DEAD)

    @property
    def is_dead(self) -> bool:
        """Whether no mail reaches the address."""
        return self.email.startswith(DEAD)

    @property
    def again(self) -> str:
        """The name as they type it another time: with an initial."""
        first, _, rest = self.name.partition(" ")
        return f"{first[0]}. {rest}"


class Place(NamedTuple):
    """A school as the register, or everybody, knows it; `id` is of all places of one brand of one BRIN."""

    id: str
    name: str
    place: str
    brin: str
    alone: bool  # nobody else has this name


def places() -> list[Place]:
    """Return every school that there is: the register's, and some that are in no register."""
    with Path(SCHOOLS).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    brands = [row["VESTIGINGSNAAM"].partition(" voor ")[0] for row in rows]
    from_register = [
        Place(f"{row['INSTELLINGSCODE']} {brand}", row["VESTIGINGSNAAM"], row["PLAATSNAAM"],
              row["VESTIGINGSCODE"], brands.count(brand) == 1)
        for row, brand in zip(rows, brands, strict=True)
    ]  # fmt: skip
    new = [tuple(line.split(";")) for line in _INVENTED]
    return from_register + [Place(name, name, place, "", alone=True) for name, place in new]


def typed(place: Place, chance: Random) -> Typing:
    """Return a school as somebody types it: mostly well, sometimes badly."""
    brand = place.name.partition(" voor ")[0]
    well = [
        Typing(place.id, place.name, place.place),
        Typing(place.id, place.name.upper(), place.place.lower()),
        Typing(place.id, f" {place.name}  ", place.place),
    ]
    if place.brin:
        well.append(Typing(place.id, place.name, place.place, place.brin))
    at = chance.randrange(1, len(brand) - 1)
    badly = [
        Typing(place.id, brand[:at] + brand[at + 1 :], place.place, sure=False),
        Typing(place.id, brand, place.place, sure=False),
        Typing(place.id, brand, "", sure=False),
        Typing(place.id, f"{brand} {place.place}", "", sure=False),
    ]
    return chance.choice(well if chance.random() < 0.85 else badly)


def people(chosen: list[Place], chance: Random) -> list[Person]:
    """Return who may come of each of these schools: one to five people, some of them on one mailbox."""
    members: list[Person] = []
    names = [f"{first} {last}" for first in _FIRST for last in _LAST]
    chance.shuffle(names)
    for number, place in enumerate(chosen):
        domain = "bestuur.example" if chance.random() < 0.1 else f"school{number}.example"
        office = chance.random() < 0.1
        for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5))):
            name = names[len(members)]
            own = f"p{len(members)}@{domain if chance.random() < 0.7 else f'post{len(members)}.example'}"
            email = f"administratie@{domain}" if office and domain != "bestuur.example" else own
            members.append(Person(len(members), name, email, place.id, office))
    return members
