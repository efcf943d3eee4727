import pytest

from shared.domain.schools.matching import RegisterError, read_register
from tests.shared.domain.schools.matching.sample import DUO

COPY = (
    "vestigingscode;brin;vestiging;naam_duo;naam_kort;naam_duo_2022;plaats;gemeente;website;domein\r\n"
    "90BA00;90BA;00;Dalí College voor Havo;Dalí College; ;Heemskerk;HEEMSKERK;www.dali.nl;dali.example\r\n"
)


def test_duos_own_file_is_read_in_windows_1252_with_semicolons() -> None:
    register = read_register(DUO.replace("Panterijn", "Pantheïjn").encode("windows-1252"))
    assert len(register) == 39
    assert register.by_code["90AT00"].name.startswith("Pantheïjn")


def test_a_copy_with_other_headers_a_byte_order_mark_and_commas_is_read_too() -> None:
    (row,) = read_register(COPY.replace(";", ",").encode("utf-8-sig")).rows
    assert (row.code, row.place, row.domain) == ("90BA00", "Heemskerk", "dali.example")
    assert row.names == ("Dalí College",)


def test_a_value_of_one_space_is_empty() -> None:
    register = read_register(DUO.encode())
    assert register.by_code["90AA02"].domain == ""


def test_an_internet_address_is_kept_as_its_domain() -> None:
    text = DUO.replace("www.wlg.example", "https://www.wlg.example/contact")
    assert read_register(text.encode()).by_code["90AM00"].domain == "wlg.example"


def test_a_missing_column_is_named_with_what_was_found_instead() -> None:
    with pytest.raises(RegisterError, match=r"PLAATSNAAM or PLAATS is missing.*WOONPLAATS"):
        read_register(DUO.replace("PLAATSNAAM", "WOONPLAATS").encode())


def test_an_empty_file_and_a_file_without_rows_are_no_register() -> None:
    for raw in (b"", DUO.splitlines()[0].encode()):
        with pytest.raises(RegisterError):
            read_register(raw)


def test_a_school_is_called_by_its_name_without_its_levels() -> None:
    assert read_register(DUO.encode()).by_code["90AN00"].title_in_place == "Visser 't Hooft Lyceum in Leiden"


def test_a_location_with_a_name_of_its_own_is_called_by_it() -> None:
    (row,) = read_register(COPY.replace("Dalí College; ", "Locatie, YnSicht; ").encode()).rows
    assert row.title_in_place == "YnSicht in Heemskerk"
