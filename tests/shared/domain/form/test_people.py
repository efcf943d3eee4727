"""Who is in a post, and which of two answers is somebody's: as whoever reads the form would say."""
# ruff: noqa: E501 a post reads better on one line

import pytest

from shared.domain.form.candidates import FormMap
from shared.domain.form.pairs import read_document, read_pairs
from shared.domain.form.reading import FormReading, read_form

NAME, EMAIL, SCHOOL = "Sanne Visser", "sanne@dalcollege.example", "Dalcollege"
OMAR, LIEKE = ("Omar el Idrissi", "omar@dalcollege.example"), ("Lieke Vos", "lieke@dalcollege.example")
SANNE = (NAME, EMAIL)
PLAIN = {"Naam": NAME, "E-mail": EMAIL, "School": SCHOOL}

PEOPLE: dict[str, tuple[dict[str, str], tuple[tuple[str, str], ...]]] = {
    "numbered participants": ({"School": SCHOOL, "docent1_naam": NAME, "docent1_email": EMAIL, "docent2_naam": OMAR[0], "docent2_email": OMAR[1]}, (SANNE, OMAR)),
    "an extra participant": ({**PLAIN, "Naam extra deelnemer": OMAR[0], "E-mail extra deelnemer": OMAR[1]}, (SANNE, OMAR)),
    "people one behind another in one field": ({**PLAIN, "Collega's (naam en e-mail)": f"{OMAR[0]} {OMAR[1]}\n{LIEKE[0]}, {LIEKE[1]}"}, (SANNE, OMAR, LIEKE)),
    "people as in a mail": ({**PLAIN, "Collega's": f"{OMAR[0]} <{OMAR[1]}>; {LIEKE[0]} <{LIEKE[1]}>"}, (SANNE, OMAR, LIEKE)),
    "a list of names beside a list of addresses": ({**PLAIN, "Namen collega's": f"{OMAR[0]}\n{LIEKE[0]}", "E-mailadressen collega's": f"{OMAR[1]}\n{LIEKE[1]}"}, (SANNE, OMAR, LIEKE)),
    "a contact beside who takes part": ({"Naam contactpersoon": OMAR[0], "E-mail contactpersoon": OMAR[1], "Naam deelnemer": NAME, "E-mail deelnemer": EMAIL, "School": SCHOOL}, (SANNE,)),
    "a contact beside a name in parts": ({"Voornaam": "Sanne", "Achternaam": "Visser", "Contactpersoon": OMAR[0], "E-mail": EMAIL, "School": SCHOOL}, (SANNE,)),
    "a second school beside a second person": ({"naam_1": NAME, "email_1": EMAIL, "school_1": SCHOOL, "naam_2": OMAR[0], "email_2": OMAR[1], "school_2": "Bergcollege"}, (SANNE, OMAR)),
    "a name with a number alone": ({"Naam1": NAME, "E-mail": EMAIL, "School": SCHOOL}, (SANNE,)),
    "an address that is none, beside one that is": ({"E-mail": "anonymous", "Naam": NAME, "E-mailadres school": EMAIL, "School": SCHOOL}, (SANNE,)),
    "an address for confirmation alone": ({"Naam": NAME, "E-mail ter bevestiging": EMAIL, "School": SCHOOL}, (SANNE,)),
    "names that all begin alike": ({"mf-listing-fname": "Sanne", "mf-listing-lname": "Visser", "mf-email": EMAIL, "mf-school": SCHOOL}, (SANNE,)),
    "initials beside the name that people call you by": ({"Voorletters": "S.", "Roepnaam": "Sanne", "Achternaam": "Visser", "E-mail": EMAIL, "School": SCHOOL}, (SANNE,)),
    "nobody comes along": ({**PLAIN, "Naam collega": "n.v.t.", "E-mail collega": ""}, (SANNE,)),
    "a question whether somebody comes along": ({**PLAIN, "Neem je een collega mee?": "Nee"}, (SANNE,)),
    "only an address list of colleagues": ({**PLAIN, "E-mailadressen van collega's": "omar@dal.example, lieke@dal.example"}, (SANNE,)),
    "a choice that says: another one": ({"Naam": NAME, "E-mail": EMAIL, "School": "Anders, namelijk:", "School anders": SCHOOL}, (SANNE,)),
    "an invoice to somebody else": ({**PLAIN, "Factuur naam": "Boekhouding", "Factuur e-mail": "geld@dal.example", "Factuur plaats": "Delft"}, (SANNE,)),
}  # fmt: skip


def people_in(reading: FormReading) -> tuple[tuple[str, str], ...]:
    rows = (reading.values, *(row.values for row in reading.people))
    return tuple((row.get("name", ""), row.get("email", "")) for row in rows)


@pytest.mark.parametrize(("fields", "people"), PEOPLE.values(), ids=PEOPLE)
def test_exactly_who_takes_part_is_registered(
    fields: dict[str, str], people: tuple[tuple[str, str], ...]
) -> None:
    reading = read_form(read_pairs(fields.items()), FormMap())
    assert people_in(reading) == people
    assert reading.values["school"] == SCHOOL


def test_people_under_names_of_their_own_are_rows() -> None:
    people = {f"persoon{at}": {"naam": who[0], "email": who[1]} for at, who in enumerate((SANNE, OMAR), 1)}
    reading = read_form(read_document({"school": SCHOOL, "personen": people}), FormMap())
    assert people_in(reading) == (SANNE, OMAR)


def test_the_first_of_a_table_of_people_registers_where_nobody_stands_outside() -> None:
    table = [
        (f"deelnemers[{field}][]", who[at])
        for who in (SANNE, OMAR)
        for at, field in enumerate(("naam", "email"))
    ]
    assert people_in(read_form(read_pairs([("school", SCHOOL), *table]), FormMap())) == (SANNE, OMAR)
    beside = read_form(
        read_pairs([("naam", LIEKE[0]), ("email", LIEKE[1]), ("school", SCHOOL), *table]), FormMap()
    )
    assert people_in(beside) == (LIEKE, SANNE, OMAR)


def test_the_author_of_a_list_does_not_register() -> None:
    author = {"DisplayName": "Stroom", "Email": "stroom@dal.example"}
    reading = read_form(
        read_document({"Naam": NAME, "EmailAdres": EMAIL, "School": SCHOOL, "Author": author}), FormMap()
    )
    assert people_in(reading) == (SANNE,)


def test_a_school_is_not_where_the_visitors_connection_is() -> None:
    visit = {"Origin": {"City": "Amsterdam", "IpAddress": "203.0.113.1", "Timezone": "Europe/Amsterdam"}}
    reading = read_form(read_document({**PLAIN, "Entry": visit}), FormMap())
    assert "place" not in reading.values


def test_a_school_elsewhere_goes_before_an_organisation_beside_the_address() -> None:
    sent = {"name": NAME, "email": EMAIL, "organization": "Stichting Dal", "field_values": {"School": SCHOOL}}
    assert read_form(read_document(sent), FormMap()).values["school"] == SCHOOL


@pytest.mark.parametrize(
    ("sent", "field", "text"),
    [
        ({"functie": {"value": "7", "label": "docent"}}, "role", "docent"),
        ({"telefoon": [{"label": "mobiel", "value": "0612345678"}]}, "phone", "0612345678"),
        ([["naam", NAME], ["functie", "docent"]], "role", "docent"),
        ({"Functie": "Anders", "functie_anders": "decaan"}, "role", "decaan"),
    ],
)
def test_what_was_chosen_is_read_as_it_was_shown(sent: object, field: str, text: str) -> None:
    assert read_form(read_document(sent), FormMap()).values[field] == text


def test_entries_of_a_form_may_come_again() -> None:
    reading = read_form(
        read_document([["naam", NAME], ["functie", "docent"], ["functie", "mentor"]]), FormMap()
    )
    assert reading.values == {"name": NAME, "role": "docent; mentor"}


def test_a_row_that_names_nobody_is_not_lost() -> None:
    reading = read_form(
        read_document({**PLAIN, "vakken": [{"functie": "mentor"}], "collega": "ja"}), FormMap()
    )
    assert {answer.text for answer in reading.unknown} == {"mentor", "ja"}


def test_only_what_begins_with_a_word_for_somebody_else_stays_theirs() -> None:
    sent = {
        "factuur_naam": "Boekhouding",
        "factuur_email": "geld@dal.example",
        "factuur_plaats": "Delft",
        "school": SCHOOL,
    }
    reading = read_form(read_pairs(sent.items()), FormMap())
    assert reading.values == {"name": "", "school": SCHOOL}
    assert len(reading.unknown) == 3
