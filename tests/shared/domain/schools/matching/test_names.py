import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, likeness
from shared.domain.schools.matching.names import read_name, read_name_and_parts, words
from shared.domain.schools.matching.places import is_same_place, place_key

PIECES = (
    "Het", "De", "St.", "Sint-Jans", "College", "lyceum", "Mavo", "csg", "Chr.", "'t", "&", "Mgr.", "A.E.",
    "Rientjes", "2College", "KSE", "-", "(", ")", "van", "!mpulse", "X",
)  # fmt: skip
NAMES = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("De Nassau", "Nassau"),
        ("CSG Bogerman", "Christelijke Scholengemeenschap Bogerman"),
        ("St. Jozefmavo", "Sint Jozef Mavo"),
        ("'t Genseler", "Het Genseler"),
        ("Dalí College", "Dali college"),
        ("ORS Lek en Linge", "Lek & Linge"),
        ("Sint-Janscollege", "Sint Jans College"),
        ("Mgr. Frencken College", "Monseigneur Frencken College"),
        ("C.T. Stork College", "C T Stork"),
        ("Willem v. Oranje", "Willem van Oranje"),
        ("Burgemeester Harmsma School", "Burg. Harmsmaskoalle"),
        ("Udens College", "Udens College vwo/havo/vmbo"),
        ("Christiaan Huygens College", "Christiaan Huijgens College"),
        ("d'Oultremontcollege", "d’Oultremont College"),
    ],
)
def test_one_name_written_two_ways_is_the_same_name(one: str, other: str) -> None:
    assert likeness(read_name(one), read_name(other)) == Likeness.SAME


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("WLG", "Willem Lodewijk Gymnasium"),
        ("HNL", "Het Nieuwe Lyceum"),
        ("SSgN", "Stedelijke Scholengemeenschap Nijmegen"),
        ("NSG", "NSG Groenewoud"),
        ("W. de Zwijger", "Willem de Zwijger College"),
    ],
)
def test_first_letters_and_words_left_out_are_a_part_of_a_name(short: str, long: str) -> None:
    assert likeness(read_name(short), read_name(long)) == Likeness.PART


@pytest.mark.parametrize(("one", "other"), [("Pantarijn", "Panterijn"), ("Praedinius", "Preadinius")])
def test_one_wrong_or_swapped_letter_is_a_typing_error(one: str, other: str) -> None:
    assert likeness(read_name(one), read_name(other)) == Likeness.TYPO


@pytest.mark.parametrize(
    ("one", "other"), [("Maasland", "Maaswaal"), ("Porteum 2", "Porteum 3"), ("Cals", "Cats"), ("HLW", "HLZ")]
)
def test_short_numbered_and_really_other_names_are_no_typing_error(one: str, other: str) -> None:
    assert likeness(read_name(one), read_name(other)) < Likeness.TYPO


def test_a_place_may_be_said_or_left_out() -> None:
    towns = frozenset({"utrecht"})
    for name in ("Stedelijk Gymnasium Utrecht", "Utrechts Stedelijk Gymnasium"):
        assert likeness(read_name(name), read_name("Stedelijk Gymnasium"), towns) == Likeness.SAME


def test_a_college_and_a_mavo_are_of_different_kinds_and_so_is_a_praktijkschool() -> None:
    assert have_different_kinds(read_name("St. Vituscollege"), read_name("Vitusmavo"))
    assert have_different_kinds(read_name("De Meerwaarde"), read_name("De Meerwaarde Praktijkonderwijs"))
    assert not have_different_kinds(read_name("Haarlem College vmbo"), read_name("Haarlem College"))


def test_a_typing_error_in_a_common_word_is_read_through() -> None:
    assert read_name("Bonnefantencoollege").core == read_name("Bonnefanten College").core


def test_a_location_is_a_part_of_the_name() -> None:
    cores = [
        name.core for name in read_name_and_parts("Vallei College locatie Vathorst College (Amersfoort)")
    ]
    assert cores[0] == ("vallei", "vathorst")
    assert ("vathorst",) in cores


@pytest.mark.parametrize(
    "name", ["2College", "KSE", "Het College", "'t Rijks", "!mpulse", "X11", "School", "", "-"]
)
def test_no_name_has_an_empty_key(name: str) -> None:
    assert read_name(name).key


@given(NAMES)
def test_never_an_empty_key(name: str) -> None:
    assert all(part.key for part in read_name_and_parts(name))


@given(NAMES)
def test_normalising_is_idempotent(name: str) -> None:
    once = words(name)
    assert words(" ".join(once)) == once


@given(NAMES, NAMES)
def test_likeness_does_not_depend_on_the_order(one: str, other: str) -> None:
    a, b = read_name(one), read_name(other)
    assert likeness(a, b) == likeness(b, a)
    assert have_different_kinds(a, b) == have_different_kinds(b, a)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Den Haag", "'s-Gravenhage"),
        ("s-Gravenhage", "'s-Gravenhage"),
        ("Den Bosch", "’s-Hertogenbosch"),
        ("Capelle a/d IJssel", "Capelle aan den IJssel"),
        ("Alphen a.d. Rijn", "Alphen aan den Rijn"),
        ("Capelle aan de IJssel", "Capelle aan den IJssel"),
        ("Sint Annaparochie", "St.-Annaparochie"),
        ("Bergen NH", "Bergen (NH)"),
        ("Ijmuiden", "IJmuiden"),
        ("Amsterdam Zuidoost", "Amsterdam"),
        ("Horst a/d Maas", "Horst"),
    ],
)
def test_everyday_names_of_a_place_are_that_place(typed: str, place: str) -> None:
    assert is_same_place(place_key(typed), place_key(place))


@pytest.mark.parametrize(("one", "other"), [("Bergen", "Bergen op Zoom"), ("Horn", "Hoorn"), ("", "Ede")])
def test_other_places_stay_other_places(one: str, other: str) -> None:
    assert not is_same_place(place_key(one), place_key(other))


@given(st.text(max_size=30))
def test_a_place_key_is_its_own_key(place: str) -> None:
    assert place_key(place_key(place)) == place_key(place)
