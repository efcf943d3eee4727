"""What people type in the wrong field, or instead of a school; with real schools from DUO's public list."""

import pytest

from shared.domain.schools.matching import Register, Typed, compare_typings, match, read_register
from shared.domain.schools.matching.fields import is_no_name, read_place, sort_fields

REGISTER = read_register(b"""\
VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM;INTERNETADRES;NAAM_KORT
21AB00;Barlaeus Gymnasium;Amsterdam;AMSTERDAM;barlaeus.nl;
21AF00;Vossius Gymnasium;Amsterdam;AMSTERDAM;vossius.nl;
00KV00;KSE (Katholieke Scholengemeenschap Etten-Leur e.o.);Etten-Leur;ETTEN-LEUR;k-s-e.nl;KSE
02ME00;Tabor College voor Vwo Havo Mavo;Hoorn;HOORN;dampte.nl;Tabor College
02ME01;Tabor College voor Vwo Havo Mavo, locatie Werenfridus;Hoorn;HOORN;werenfridus.nl;
02ME02;Tabor College voor Vwo Havo Mavo, locatie Oscar Romero;Hoorn;HOORN;oscarromero.nl;
19ZP03;Maris College - locatie Kijkduin;'s-Gravenhage;S GRAVENHAGE;mariscollege.nl;
19ZP05;Maris College - locatie Houtrust;'s-Gravenhage;S GRAVENHAGE;mariscollege.nl;
02VB00;Ichthus College;Kampen;KAMPEN;ichthuskampen.nl;
06SU00;Ichthus College;Veenendaal;VEENENDAAL;ichthuscollege.nl;
30GC00;Het 4e Gymnasium;Amsterdam;AMSTERDAM;het4e.nl;
16OX00;2College;Oisterwijk;OISTERWIJK;2college.nl;
01OE33;Yuverta;Rijnsburg;KATWIJK;yuverta.nl;
01OE54;Yuverta;Eindhoven;EINDHOVEN;yuverta.nl;
20LU00;Gymnasium Haganum;'s-Gravenhage;S GRAVENHAGE;haganum.nl;
02GP06;Het Rijnlands Lyceum;'s-Gravenhage;S GRAVENHAGE;europeanschoolthehague.nl;
02QZ00;Keizer Karel College;Amstelveen;AMSTELVEEN;keizerkarelcollege.nl;
06HF00;Udens College;Uden;MAASHORST;udenscollege.nl;
02QQ00;Notre Dame Des Anges;Ubbergen;BERG EN DAL;notredame.nl;
00TU00;GSR Gymnasium Atheneum HAVO VMBO;Rotterdam;ROTTERDAM;gsr.nl;GSR
00TU01;Gereformeerde Scholengemeenschap Randstad;Rijswijk;RIJSWIJK;;
02UT00;Vrijzinnig Christelijk Lyceum Scholengemeenschap voor Vwo en Havo;'s-Gravenhage;S GRAVENHAGE;;VCL
03AQ00;Open Sgm Bijlmer;Amsterdam;AMSTERDAM;osbijlmer.nl;
20AE00;Willem De Zwijger College;Papendrecht;PAPENDRECHT;;
01QZ00;Krimpenerwaard College;Krimpen aan den IJssel;KRIMPEN AAN DEN IJSSEL;kwcollege.nl;
20DL10;!mpulse Leeuwarden;Leeuwarden;LEEUWARDEN;;
26KP00;De Compagnie Praktijkonderwijs Sevenwolden;Heerenveen;HEERENVEEN;;
14FW01;OSG Sevenwolden;Heerenveen;HEERENVEEN;;
""")
BOTH = pytest.mark.parametrize("duo", [REGISTER, None], ids=["with a register", "without"])

NO_SCHOOLS = [
    "teamleider", "idem", "Amsterdam", "zie collega", "zelfde als Jan", "docent wiskunde", "Noord-Holland",
    "test", "n/a", "x", "vmbo Utrecht", "school in Zwolle", "mavo 3", "teamleider bovenbouw", "3511 AB",
    "wordt later ingevuld", "docent Nederlands havo/vwo",
]  # fmt: skip


def code(*typed: str) -> str:
    found = match(Typed(*typed), REGISTER).vestiging
    return found.code if found else ""


@BOTH
@pytest.mark.parametrize("name", NO_SCHOOLS)
@pytest.mark.parametrize("place", ["", "Amsterdam"])
def test_what_is_no_school_is_none_and_joins_nobody(name: str, place: str, duo: Register | None) -> None:
    typed = Typed(name, place)
    assert code(name, place) == ""
    assert compare_typings(typed, typed, duo).verdict == "unsure"


@pytest.mark.parametrize(
    "name", ["Barlaeus, docent Duits", "School 3", "O.V.C.", "Havo Trevianum", "Pro Assen"]
)
def test_a_role_a_number_or_a_level_beside_a_name_does_not_take_the_name_away(name: str) -> None:
    assert not is_no_name(name)


@pytest.mark.parametrize(
    ("typed", "vestiging"),
    [
        (("Amsterdam", "Barlaeus Gymnasium"), "21AB00"),
        (("Barlaeus Gymnasium", "1071 XA"), "21AB00"),
        (("Barlaeus Gymnasium", "1071XA Amsterdam"), "21AB00"),
        (("Barlaeus Gymnasium", "idem"), "21AB00"),
        (("Barleus Gymnasium", "Amsterdam"), "21AB00"),
        (("aBrlaeus", "Amsterdam"), "21AB00"),
        (("@kse.nl",), "00KV00"),
        (("info@barlaeus.nl",), "21AB00"),
        (("https://www.barlaeus.nl/",), "21AB00"),
        (("Ichthus College (Kampen)",), "02VB00"),
        (("Ichthus College te Kampen",), "02VB00"),
        (("Vierde Gymnasium", "A'dam"), "30GC00"),
        (("Twee College", "Oisterwijk"), "16OX00"),
        (("Tweecollege", "Oisterwijk"), "16OX00"),
        (("Wellantcollege", "Rijnsburg"), "01OE33"),
        (("Helicon", "Eindhoven"), "01OE54"),
        (("Gymnasium Haganum", "The Hague"), "20LU00"),
        (("European School The Hague", "The Hague"), "02GP06"),
        (("Keizer Karel", "A'veen"), "02QZ00"),
        (("Udens College sector vmbo", "Uden"), "06HF00"),
        (("Udens College team havo, docent Frans", "Uden"), "06HF00"),
        (("Notre Dame des Anges", "Nijmegen"), "02QQ00"),
        (("Gereformeerde Scholengemeenschap Randstad", "Rotterdam"), "00TU00"),
        (("Vrijzinnig-Christelijk Lyceum", "'s Gravenhage"), "02UT00"),
        (("Bijlmer OSB", "Amsterdam Zuid-Oost"), "03AQ00"),
        (("WdZ", "Papendrecht"), "20AE00"),
        (("KWC", "Krimpen a/d IJssel"), "01QZ00"),
        (("De Compagnie Prakitjkonderwijs Sevenwolden", "Heerenveen"), "26KP00"),
        (("Tabor Werenfridus", "Hoorn"), "02ME01"),
        (("!mpulse", "Leeuwarden"), "20DL10"),
    ],
)  # fmt: skip
def test_what_people_make_of_a_schools_name_is_that_school(typed: tuple[str, ...], vestiging: str) -> None:
    assert code(*typed) == vestiging


@pytest.mark.parametrize("typed", ["Barlaeus", "Vossius"])
def test_a_known_name_in_a_town_far_away_stays_unsure(typed: str) -> None:
    assert code(typed, "Nijmegen") == ""


@pytest.mark.parametrize("typed", ["gmail.com", "Amsterdam Vossius Barlaeus", "Den Haag"])
def test_a_free_domain_two_names_or_a_town_is_nobodys(typed: str) -> None:
    assert code(typed) == ""


@pytest.mark.parametrize(
    ("typed", "place"),
    [("1071", "amsterdam"), ("3511 ab", "utrecht"), ("9999 zz", ""),
     ("Hoorn (Noord-Holland)", "hoorn"), ("A'veen", "amstelveen"),
     ("Nederland", ""), ("n.v.t.", ""), ("H'veen", ""),
     ("Mokum", "amsterdam"), ("Leeuwarden, Friesland", "leeuwarden")],
)  # fmt: skip
def test_a_place_is_read_however_it_is_written(typed: str, place: str) -> None:
    assert read_place(typed) == place


def test_without_a_register_swapped_fields_and_domains_are_read_too() -> None:
    assert sort_fields("Utrecht", "Bergcollege", "")[:2] == ("Bergcollege", "utrecht")
    assert sort_fields("@berg.nl", "Utrecht", "gmail.com") == ("berg", "utrecht", "berg.nl")
    assert sort_fields("Bergcollege (Utrecht)", "", "")[:2] == ("Bergcollege", "utrecht")
    assert sort_fields("d'Oultremontcollege", "Drunen", "")[:2] == ("d'Oultremontcollege", "drunen")


@pytest.mark.parametrize(
    "typed",
    [
        ("Barlaeus Gymnasium", "Amsterdam", "", "21AF"),
        ("Barlaeus Gymnasium", "Amsterdam", "", "21AF00"),
        ("Vossius", "Utrecht", "", "21AF"),
        ("Vossius", "", "barlaeus.nl", "21AF"),
        ("Casino", "Amsterdam", "", "21AF"),
    ],
)
def test_a_brin_that_name_place_or_mail_domain_contradicts_is_a_doubt(typed: tuple[str, ...]) -> None:
    answer = match(Typed(*typed), REGISTER)
    assert answer.sureness == "unsure"
    assert answer.candidates[0].code == "21AF00"


@pytest.mark.parametrize(
    "typed",
    [("Vossius", "Amsterdam"), ("", ""), ("onze school", "Amsterdam"), ("21AF", ""),
     ("VG", "A'dam", "vossius.nl")],
)  # fmt: skip
def test_a_brin_that_nothing_contradicts_decides(typed: tuple[str, ...]) -> None:
    name, place, domain = (*typed, "")[:3]
    assert code(name, place, domain, "21AF") == "21AF00"


def test_locations_with_names_and_sites_of_their_own_are_two_schools_whatever_brand_they_share() -> None:
    one, other = Typed("Tabor Werenfridus", "Hoorn"), Typed("Tabor Oscar Romero", "Hoorn")
    assert compare_typings(one, other, REGISTER).verdict == "different"
    assert compare_typings(one, Typed("Tabor College", "Hoorn"), REGISTER).verdict == "same"
    one, other = Typed("Maris Kijkduin", "Den Haag"), Typed("Maris Houtrust", "Den Haag")
    assert compare_typings(one, other, REGISTER).verdict == "same"
