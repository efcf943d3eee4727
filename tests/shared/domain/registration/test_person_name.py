"""Names in parts, as Dutch lists have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.registration.person_name import name_parts, title_case

WORDS = st.sampled_from(
    [
        "Anna",
        "Jan",
        "J.",
        "Vries",
        "de",
        "Van",
        "der",
        "'t",
        "van't",
        "ten",
        "Jansen-de",
        "-",
        "Oude",
        "IJ",
        "v.d.",
    ]
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jan Jansen", ("Jan", "", "Jansen")),
        ("Jan de Vries", ("Jan", "de", "Vries")),
        ("Anna van der Berg", ("Anna", "van der", "Berg")),
        ("Anna Maria van den Heuvel", ("Anna Maria", "van den", "Heuvel")),
        ("Piet in 't Veld", ("Piet", "in 't", "Veld")),
        ("Piet van 't Hof", ("Piet", "van 't", "Hof")),
        ("Els ’t Hart", ("Els", "’t", "Hart")),
        ("Gijs ten Have", ("Gijs", "ten", "Have")),
        ("Jan Van Dijk", ("Jan", "Van", "Dijk")),
        ("Jan v.d. Berg", ("Jan", "v.d.", "Berg")),
        ("Fatima El Amrani", ("Fatima", "El", "Amrani")),
        ("Ana da Silva", ("Ana", "da", "Silva")),
        ("J.P. de Boer", ("J.P.", "de", "Boer")),
        ("T. de Boer", ("T.", "de", "Boer")),
        ("Anna T. Bos", ("Anna T.", "", "Bos")),
        ("de Vries", ("", "de", "Vries")),
        ("Zoë", ("", "", "Zoë")),
        ("Anna Jansen-de Vries", ("Anna", "", "Jansen-de Vries")),
        ("Anna van Dijk-de Vries", ("Anna", "van", "Dijk-de Vries")),
        ("Anna Jansen - van Dijk", ("Anna", "", "Jansen - van Dijk")),
        ("Lars Oude Nijhuis", ("Lars", "", "Oude Nijhuis")),
        ("Vries, Jan de", ("Jan", "de", "Vries")),
        ("de Vries, Jan", ("Jan", "de", "Vries")),
        ("Berg, J. van der", ("J.", "van der", "Berg")),
        ("Noor van Dijk, docent wiskunde", ("Noor", "van", "Dijk")),
        ("Noor van Dijk | teamleider", ("Noor", "van", "Dijk")),
        ("Dijk, Noor van (rector)", ("Noor", "van", "Dijk")),
        ("Noor van Dijk - Docent", ("Noor", "van", "Dijk")),
        ("Docent, Jan", ("Jan", "", "Docent")),
        ("dr. E.M. van Dijk MSc", ("dr. E.M.", "van", "Dijk MSc")),
        ("Al Mulder", ("Al", "", "Mulder")),
        ("", ("", "", "")),
    ],
)
def test_a_name_in_its_parts(name: str, parts: tuple[str, str, str]) -> None:
    assert name_parts(name) == parts


@given(st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_the_parts_joined_give_the_name_back(name: str) -> None:
    parts = name_parts(name)
    assert parts.full == name
    assert parts.last


@given(st.text(max_size=40))
def test_whatever_is_typed_no_word_is_lost(name: str) -> None:
    assert sorted(name_parts(name).full.replace(",", " ").split()) == sorted(name.replace(",", " ").split())


def test_a_list_is_sorted_as_dutch_does() -> None:
    names = [
        "Jan de Vries",
        "Anna IJsbrandij",
        "Bo Jansen",
        "Els van den Berg",
        "Åsa Ångström",
        "Ed Ibo",
        "Al Vos",
    ]
    assert [name_parts(n).last for n in sorted(names, key=lambda n: name_parts(n).sort_key)] == [
        "Ångström",
        "Berg",
        "Ibo",
        "IJsbrandij",
        "Jansen",
        "Vos",
        "Vries",
    ]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ANNA DE VRIES", "Anna de Vries"),
        ("anna de vries", "Anna de Vries"),
        ("IJSBRAND VAN 'T HOF", "IJsbrand van 't Hof"),
        ("ANNE-FLEUR JANSEN-DE WIT", "Anne-Fleur Jansen-de Wit"),
        ("PATRICK O'BRIEN", "Patrick O'Brien"),
        ("JP DE VRIES", "JP de Vries"),
        ("J.P. DE VRIES", "J.P. de Vries"),
        ("Ronald McDonald", "Ronald McDonald"),
        ("Jan Van Dijk", "Jan Van Dijk"),
        ("ZOË", "Zoë"),
    ],
)
def test_capitals_become_title_case(typed: str, written: str) -> None:
    assert title_case(typed) == written
