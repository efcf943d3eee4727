"""The pages of settings: every mistake has a sentence, every setting a name, and a large network fits."""

import re
import tomllib
from datetime import timedelta

import pytest

from shared.domain.email import EmailMistake
from shared.domain.network.file_text import file_text
from shared.domain.network.network import read_network
from shared.domain.network.setting_differences import FileVersion, SettingChange, differences
from shared.domain.network.setting_mistakes import CODES, SettingMistake
from shared.domain.network.settings import GROUPS, KINDS, QUESTIONS, SESSIONS
from shared.mails.order_preview import OrderPreview
from shared.pages.organiser import Desk, refused_page
from shared.pages.organiser.setting_inputs import inputs_of, typed_of
from shared.pages.organiser.setting_texts import LABELS, change_line, mistake_sentence
from shared.pages.organiser.settings import change_page, group_page, settings_page
from tests.conftest import PLG
from tests.people import AT
from tests.shared.mails.people import PLG as NETWORK

FILE = tomllib.loads(PLG.read_text())
HOME = "/organiser/token"
DESK = Desk(NETWORK, "sanne@leren.example", HOME, f"{HOME}/settings/dates", "form", AT)


@pytest.mark.parametrize(
    "code",
    [
        *sorted(set(CODES.values())),
        *("invalid", "ends_before_start", "before_opening", "below_minimum", "own_address"),
        *("no_choices", "sensitive_later", "required_later", "too_many"),
        *(f"invalid_{kind}" for kind in ("moment", "date", "time", "number", "url")),
        *EmailMistake,
    ],
)
def test_every_mistake_has_a_sentence_that_repeats_nothing(code: str) -> None:
    assert re.fullmatch(r"[A-Z].+[.?]", mistake_sentence(SettingMistake("x", code, 7)))


def test_a_large_limit_is_written_as_everywhere() -> None:
    assert "hoogstens 1.000 tekens" in mistake_sentence(SettingMistake("x", "too_long", 1000))


def asked(toml: str, before: str = PLG.read_text()) -> str:
    """Return the page that shows a change of the file, without its markup."""
    one, other = tomllib.loads(before), tomllib.loads(toml)
    desk = DESK._replace(network=read_network(before, "the file as it is"))
    preview = OrderPreview((), (), (), ())
    changes = list(differences(one, other))
    html = change_page(desk, read_network(toml, "the file as it will be"), changes, preview, {})
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("</header>")[2]).split())


@pytest.mark.parametrize(
    ("now", "then", "sentence"),
    [
        ("2023-04-14", "2023-03-19", "De deadline is dan al voorbij."),
        ("2023-04-14", "2023-05-12", "Bijeenkomst 1 is dan voor de deadline: woensdag 10 mei 2023."),
        ("2023-06-29", "2023-03-19", "Bijeenkomst 1 is dan al geweest: zondag 19 maart 2023."),
        ("2023-06-29", "2023-05-10", "Bijeenkomst 1 en 2 zijn dan op één dag: woensdag 10 mei 2023."),
    ],
)
def test_an_oddity_is_said_before_it_is_stored_and_not_again(now: str, then: str, sentence: str) -> None:
    odd = PLG.read_text().replace(now, then)
    assert f"Let op {sentence}" in asked(odd)
    assert "Let op" not in asked(odd.replace("PLG)", "PLG!)"), odd)


def test_new_readers_are_named_in_a_sentence_that_fits_their_number() -> None:
    toml, one = PLG.read_text(), '"info@voortgezetleren.nl"]'
    assert "an@x.example krijgt voortaan" in asked(toml.replace(one, f'"an@x.example", {one}'))
    assert "an@x.example en bo@x.example krijgen voortaan het rapport, en kunnen dan" in asked(
        toml.replace(one, f'"an@x.example", "bo@x.example", {one}')
    )


def test_mistakes_stand_in_the_order_of_the_page() -> None:
    wrong = [
        SettingMistake("sessions-1-date", "required"),
        SettingMistake("registration-deadline", "required"),
    ]
    html = group_page(DESK, "dates", FILE, "r", {}, wrong)
    assert html.index('href="#registration-deadline"') < html.index('href="#sessions-1-date"')


@pytest.mark.parametrize("page", ["person/PLG-1/admit", "school/PLG-1/waive", "typing/PLG-1/same/PLG-2"])
def test_whoever_comes_second_reads_what_was_done(page: str) -> None:
    html = refused_page(DESK._replace(here=f"{HOME}/{page}"))
    assert f'href="{HOME}/school/PLG-1">Kijk wat er gebeurde' in html
    assert "Kijk wat" not in refused_page(DESK._replace(here=f"{HOME}/closing/hold"))


def test_every_setting_has_a_name() -> None:
    assert KINDS.keys() <= LABELS.keys()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            SettingChange(SESSIONS, 1, "start", "12:00", "13:30"),
            "Bijeenkomst 2: begint om: 12.00 uur → 13.30 uur",
        ),
        (
            SettingChange(SESSIONS, 1, "row", "2023-06-29", ""),
            "Bijeenkomst 2: donderdag 29 juni 2023 → vervalt",
        ),
        (SettingChange(QUESTIONS, 0, "required", "", "yes"), "Vraag 1: verplicht: nee → ja"),
        (SettingChange(QUESTIONS, 0, "kind", "text", "yes-no"), "Vraag 1: soort antwoord: tekst → ja of nee"),
        (SettingChange(QUESTIONS, 0, "choices", "a\nb", ""), "Vraag 1: keuzes: a, b → niets"),
        (
            SettingChange("paragraphs", None, "held", "", "We bellen je."),
            "Eigen alinea in “Je plek is niet zeker”: niets → We bellen je.",
        ),
        (SettingChange("", None, "costs", "", "Gratis."), "Wat kost het: niets → Gratis."),
    ],
)
def test_a_difference_reads_as_a_sentence_of_people(change: SettingChange, line: str) -> None:
    label, before, after = change_line(change)
    assert f"{label}: {before} → {after}" == line


def test_a_deadline_is_typed_in_two_inputs() -> None:
    for text in ("2023-04-21 17:00", "2023-04-21"):
        assert typed_of(inputs_of({"registration-deadline": text})) == {"registration-deadline": text}


def test_own_words_are_in_the_language_of_the_mails() -> None:
    english = NETWORK.model_copy(update={"language": "en"})
    asks = "Schrijf in het Engels"
    assert asks in group_page(DESK._replace(network=english), "mails", FILE, "revision")
    assert asks not in group_page(DESK, "mails", FILE, "revision")


@pytest.mark.parametrize("group", GROUPS)
def test_a_network_with_twenty_sessions_and_questions_is_a_page_below_40_kb(group: str) -> None:
    question = {"label": "Hoe kom je naar de bijeenkomst?", "kind": "choice", "choices": ["fiets", "trein"]}
    file = {
        **FILE,
        "sessions": FILE["sessions"] * 5,
        "form": {"questions": [{"id": f"q{n}", **question} for n in range(20)]},
    }
    html = group_page(DESK, group, file, "revision")
    assert len(html.encode()) < 40_000
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids)


def test_the_history_names_who_and_when_and_what_an_operator_did_besides() -> None:
    other = tomllib.loads(PLG.read_text().replace("2023-06-29", "2023-07-06"))
    versions = [
        FileVersion(AT - timedelta(days=2), "je beheerder", FILE, False),
        FileVersion(AT - timedelta(days=1), "je beheerder", {**FILE, "title": "Anders"}, False),
        FileVersion(AT, "sanne@leren.example", other | {"title": "Anders"}, True),
    ]
    html = settings_page(DESK, versions, is_done=True)
    words = " ".join(re.sub("<[^>]+>", "", html.partition("</header>")[2]).split())
    assert "door sanne@leren.example Bijeenkomst 2: datum: donderdag 29 juni" in words
    assert "door je beheerder Ook iets dat alleen je beheerder kan veranderen." in words
    assert "Zet de laatste wijziging terug" in words
    assert "Zet de laatste" not in settings_page(DESK, versions[:2], is_done=False)


def test_markup_that_was_typed_is_only_text() -> None:
    file = {**FILE, "summary": "<script>alert(1)</script>"}
    read_network(file_text(PLG.read_text(), file), "with markup")
    assert "<script>" not in group_page(DESK, "texts", file, "revision")
