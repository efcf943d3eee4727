"""What forms call their fields: labels as web masters write them, and what each of them means."""

import pytest

from shared.domain.form.answers import path_of
from shared.domain.form.names import meaning

MEANT = {
    "name": """
        Naam deelnemer | Naam leerkracht | Naam invuller | Naam (voor- en achternaam) |
        Naam (zoals op de badge) | Naam en voorletters | Voornaam + achternaam | Roepnaam en achternaam |
        Uw volledige naam a.u.b. | Participant's name | Teacher name | Name (First and Last) |
        ingevuld door | user[name]
    """,
    "first_name": "Voornaam deelnemer | deelnemer_voornaam | Naam (Voornaam) | Name (First) | Voorletters",
    "last_name": "Achternaam docent | Naam (Achternaam) | Name (Last) | name_1_last_name",
    "email": """
        E-mail leerkracht | E-mail (zakelijk) | Attendee Email Address |
        Op welk e-mailadres ben je bereikbaar? | Werkmail | Schoolmail | Business email | user_email |
        email-456 | Je e-mailadres voor de bevestiging
    """,
    "school": """
        Bij welke school bent u werkzaam? | Aan welke school ben je verbonden? |
        Op welke school geef je les? | School waar u werkzaam bent | School en plaats |
        School, vestiging | School / organisatie | Kies je school | Naam vo-school | Where do you work? |
        School or organisation | School (naam) | Naam instituut
    """,
    "place": """
        Waar is de school gevestigd? | Waar staat je school? | In welke plaats staat je school? |
        Standplaats | City/Town | City of school | place_of_school | Where is your school located?
    """,
    "role": "Functie docent | Functie of vak | Functie (docent, mentor) | Role at school | Title / role",
    "phone": "06-nummer | Telefoon docent | Telefoonnummer waarop je bereikbaar bent | Werktelefoon | Cell",
    "remarks": "Heeft u nog opmerkingen? | Ruimte voor opmerkingen | Vragen/opmerkingen | Any comments?",
    "brin": "BRIN (4 tekens) | BRIN-code van de school",
    "colleague_name": """
        Naam extra deelnemer | Naam andere deelnemer | Met welke collega kom je? |
        Welke collega neem je mee? | Name of colleague | Your colleague's name | Guest name |
        Namen van collega's die meekomen (met e-mail)
    """,
    "colleague_email": "E-mail mededeelnemer | E-mailadres collega-docent | Additional attendee email",
    "nobody's": """
        Factuur e-mail | E-mailadres factuur | Naam directeur | E-mail leidinggevende | Naam bestuur |
        Naam training | Plaats van de training | Naam netwerk | Aantal deelnemers | Aantal collega's |
        Vorige school | Soort school | Billing email | Emergency contact name | Website school |
        Naam leerling | E-mail ouder | Titel
    """,
}
CASES = [(name.strip(), field) for field, names in MEANT.items() for name in names.split("|") if name.strip()]


@pytest.mark.parametrize(("name", "field"), CASES, ids=lambda text: " ".join(text.split()))
def test_a_label_means_what_its_readers_take_it_for(name: str, field: str) -> None:
    means = meaning(path_of(name))
    assert (("colleague_" * means.of_colleague + means.field) if means else "nobody's") == field


def test_a_label_that_says_less_surely_what_it_asks_loses_to_one_that_says_it() -> None:
    strengths = [means.strength for name in ("E-mail", "E-mail docent") if (means := meaning((name,)))]
    assert strengths == ["exact", "fair"]


def test_a_number_counts_people_only_where_it_stands_behind_a_word_for_them() -> None:
    paths = [("persoon2", "naam"), ("collega 2", "naam"), ("rij3", "naam"), ("aanmelden-12", "naam")]
    assert [means.number for path in paths if (means := meaning(path))] == [2, 2, 3, 0]
