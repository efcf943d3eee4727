"""What an organiser types for a network becomes a file, or a mistake at the input where it is mended."""

import tomllib
from copy import deepcopy
from datetime import date, time
from typing import Any

import pytest

from shared.domain.network.file_text import file_text
from shared.domain.network.network import read_network
from shared.domain.network.next_year import next_year
from shared.domain.network.setting_changes import merged, with_typed
from shared.domain.network.setting_differences import differences, has_other_changes
from shared.domain.network.settings import GROUPS, settings_of, texts_of
from tests.conftest import PLG

TOML = PLG.read_text()
FILE = tomllib.loads(TOML)
QUESTION = {"id": "eten", "label": "Eet je mee?", "kind": "choice", "choices": ["ja", "nee"]}
ASKING = {**FILE, "form": {**FILE["form"], "questions": [QUESTION]}}


def typed(group: str, file: dict[str, Any] = FILE, /, **changes: str) -> Any:
    texts = texts_of(group, file) | {name.replace("_", "-"): text for name, text in changes.items()}
    return with_typed(group, file, texts)


def mistakes(group: str, file: dict[str, Any] = FILE, /, **changes: str) -> list[tuple[str, str]]:
    return [(mistake.id, mistake.code) for mistake in typed(group, file, **changes).mistakes]


def lines(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[int | None, str, str, str]]:
    return [(c.row, c.key, c.before, c.after) for c in differences(before, after)]


@pytest.mark.parametrize("group", GROUPS)
def test_a_form_that_nobody_touched_changes_nothing(group: str) -> None:
    assert typed(group, ASKING) == (ASKING, ())


def test_every_session_has_its_date_and_a_new_one_its_place() -> None:
    moved = typed("dates", sessions_1_date="2023-07-06", sessions_4_date="2024-01-10")
    assert [m.id for m in moved.mistakes] == ["sessions-4-start", "sessions-4-end", "sessions-4-place"]
    changes = {"start": "12:00", "end": "17:00", "place": "Zwolle"}
    new = {f"sessions_4_{key}": text for key, text in changes.items()}
    file = typed("dates", sessions_1_date="2023-07-06", sessions_4_date="2024-01-10", **new).file
    assert lines(FILE, file) == [
        (1, "date", "2023-06-29", "2023-07-06"),
        (4, "date", "", "2024-01-10"),
        *((4, key, "", text) for key, text in changes.items()),
    ]


def test_a_session_that_is_dropped_makes_no_other_one_differ() -> None:
    assert lines(FILE, typed("dates", sessions_1_drop="yes").file) == [(1, "row", "2023-06-29", "")]


def test_a_dropped_row_has_no_mistakes_and_the_others_keep_their_numbers() -> None:
    changes = {"sessions_0_drop": "yes", "sessions_0_end": "11:00", "sessions_2_end": "11:00"}
    assert mistakes("dates", **changes) == [("sessions-2-end", "ends_before_start")]


def test_every_mistake_is_said_at_once() -> None:
    changes = {"rule_min_per_school": "0", "registration_max_participants": "twee"}
    wrong = {"rule-min-per-school": "too_small", "registration-max-participants": "invalid_number"}
    assert dict(mistakes("limits", **changes)) == wrong


def test_a_line_that_stands_there_twice_is_one() -> None:
    readers = typed("readers", organiser_report_to="els@x.example\n\nEls@x.example\nan@x.example").file
    assert readers["organiser"]["report_to"] == ["Els@x.example", "an@x.example"]


def test_an_hour_is_one_of_the_network_whatever_else_is_typed_with_it() -> None:
    file = typed("dates", sessions_0_start="12:30:15+05:00").file
    assert file["sessions"][0]["start"] == time(12, 30)


def test_a_deadline_with_an_hour_is_in_the_networks_own_time() -> None:
    file = typed("dates", registration_deadline="2023-04-21 17:00").file
    assert file["registration"]["deadline"].isoformat() == "2023-04-21T17:00:00+02:00"
    assert texts_of("dates", file)["registration-deadline"] == "2023-04-21 17:00"
    assert typed("dates", file, registration_deadline="2023-04-14").file == FILE


@pytest.mark.parametrize(
    ("group", "changes", "mistake"),
    [
        ("dates", {"sessions_1_date": "morgen"}, ("sessions-1-date", "invalid_date")),
        ("dates", {"sessions_1_date": "1823-06-29"}, ("sessions-1-date", "invalid_date")),
        ("dates", {"sessions_1_date": ""}, ("sessions-1-date", "required")),
        ("dates", {"sessions_1_end": "11:00"}, ("sessions-1-end", "ends_before_start")),
        ("dates", {"sessions_1_start": "noen"}, ("sessions-1-start", "invalid_time")),
        ("dates", {"registration_deadline": ""}, ("registration-deadline", "required")),
        ("dates", {"registration_deadline": "x"}, ("registration-deadline", "invalid_moment")),
        ("dates", {"registration_deadline": "2023-01-01"}, ("registration-deadline", "before_opening")),
        ("places", {"sessions_0_route_url": "www.school.nl"}, ("sessions-0-route-url", "invalid_url")),
        ("places", {"sessions_0_online_url": "javascript:a()"}, ("sessions-0-online-url", "invalid_url")),
        ("places", {"sessions_0_place": "x" * 201}, ("sessions-0-place", "too_long")),
        ("texts", {"call_url": "oproep"}, ("call-url", "invalid_url")),
        ("mails", {"paragraphs_held": "x" * 1001}, ("paragraphs-held", "too_long")),
        ("limits", {"rule_min_per_school": "0"}, ("rule-min-per-school", "too_small")),
        ("limits", {"rule_min_per_school": "51"}, ("rule-min-per-school", "too_large")),
        ("limits", {"rule_max_per_school": "1234567890"}, ("rule-max-per-school", "invalid_number")),
        ("limits", {"rule_min_per_school": "twee"}, ("rule-min-per-school", "invalid_number")),
        ("limits", {"rule_max_per_school": "1"}, ("rule-max-per-school", "below_minimum")),
        ("readers", {"organiser_report_to": " \n "}, ("organiser-report-to", "required")),
        (
            "readers",
            {"organiser_report_to": "els@\nbob@berg.example"},
            ("organiser-report-to", "invalid_email"),
        ),
        ("questions", {"form_questions_0_choices": ""}, ("form-questions-0-choices", "no_choices")),
        ("questions", {"form_questions_0_label": ""}, ("form-questions-0-label", "required")),
    ],
)
def test_a_mistake_is_at_the_input_where_it_is_mended(
    group: str, changes: dict[str, str], mistake: tuple[str, str]
) -> None:
    assert mistakes(group, ASKING, **changes) == [mistake]


@pytest.mark.parametrize(
    ("new", "stored"),
    [
        ({"label": "Eet je mee?"}, {"id": "eet_je_mee", "kind": "text"}),
        ({"label": "eten", "kind": "yes-no", "required": "yes"}, {"id": "eten_2", "required": True}),
        ({"label": "3 wensen", "ask": "admitted", "sensitive": "yes"}, {"id": "vraag_3_wensen"}),
    ],
)
def test_a_new_question_gets_an_id_of_its_own(new: dict[str, str], stored: dict[str, object]) -> None:
    row = {"kind": "text", "ask": "registering", **new}
    changed = typed("questions", ASKING, **{f"form_questions_1_{key}": text for key, text in row.items()})
    assert changed.mistakes == ()
    _, question = changed.file["form"]["questions"]
    assert question.items() >= stored.items()
    assert "choices" not in question
    read_network(file_text(TOML, changed.file), "a file with a new question")


@pytest.mark.parametrize(
    ("new", "mistake"),
    [
        ({"kind": "choice"}, "form-questions-1-choices"),
        ({"choices": "wel\nniet"}, "form-questions-1-kind"),
        ({"sensitive": "yes"}, "form-questions-1-ask"),
        ({"ask": "admitted", "required": "yes"}, "form-questions-1-required"),
    ],
)
def test_what_does_not_fit_together_in_a_question_is_said_where_it_is_mended(
    new: dict[str, str], mistake: str
) -> None:
    row = {"kind": "text", "ask": "registering", "label": "Dieet?", **new}
    row = {f"form_questions_1_{key}": text for key, text in row.items()}
    assert [id_ for id_, _ in mistakes("questions", ASKING, **row)] == [mistake]


def test_english_is_asked_where_it_is_spoken() -> None:
    english = {**ASKING, "language": "en"}
    assert "form-questions-0-label-en" in texts_of("questions", english)
    assert "form-questions-0-label-en" not in texts_of("questions", ASKING)


def test_what_only_an_operator_may_change_is_no_setting_and_typing_it_changes_nothing() -> None:
    keys = {(s.table, s.key) for group in GROUPS for s in settings_of(group, ASKING)}
    assert not {table for table, _ in keys} & {"abuse", "privacy", "form", "form.fields"}
    assert not {key for _, key in keys} & {"id", "title", "opens", "origins", "links_version", "email"}
    inputs = {
        "id": "x",
        "form_origins": "https://x.example",
        "abuse_mails_an_hour": "1",
        "rule_repair_days": "9",
    }
    assert all(typed(group, **inputs).file == FILE for group in GROUPS)


def test_what_somebody_left_alone_is_as_somebody_else_made_it() -> None:
    now = deepcopy(FILE)
    now["sessions"][2]["date"] = date(2023, 10, 5)
    now["sessions"].append({"date": date(2024, 1, 9), "start": time(12), "end": time(13), "place": "Goes"})
    mine = texts_of("dates", FILE) | {"sessions-1-date": "2023-07-06"}
    after = with_typed("dates", now, merged("dates", mine, FILE, now)).file
    assert lines(now, after) == [(1, "date", "2023-06-29", "2023-07-06")]


def test_what_an_operator_changes_besides_is_said_apart() -> None:
    moved = typed("dates", sessions_1_date="2023-07-06").file
    assert not has_other_changes(FILE, moved)
    assert has_other_changes(FILE, {**moved, "title": "Anders"})


def test_next_year_every_date_is_on_the_same_day_of_the_week() -> None:
    timed = TOML.replace("deadline = 2023-04-14", "deadline = 2023-03-28T17:00:00+02:00")
    network = read_network(next_year(timed), "next year")
    assert (network.id, network.title) == ("plg-2024", FILE["title"])
    assert [session.date for session in network.sessions][:2] == [date(2024, 5, 8), date(2024, 6, 27)]
    assert network.local(network.closes_at).isoformat() == "2024-03-26T17:00:00.001000+01:00"
    assert "always" in next_year(timed)  # comments stay


def test_a_network_without_a_year_in_its_name_gets_another_name() -> None:
    unnamed = TOML.replace('"plg-2023"', '"plg"').replace("(PLG)", "2023/2024")
    network = read_network(next_year(unnamed), "next year")
    assert (network.id, network.title[-9:]) == ("plg-next", "2024/2025")


# --- the text of the file


def test_the_lines_of_other_settings_and_their_comments_stay() -> None:
    file = typed("limits", rule_max_per_school="4").file
    text = file_text(TOML, file)
    assert [line for line in text.splitlines() if line not in TOML.splitlines()] == ["max_per_school = 4"]
    assert text.replace("max_per_school = 4\n", "", 1) == TOML.rstrip() + "\n"
    assert file_text(text, FILE) == TOML.rstrip() + "\n"


@pytest.mark.parametrize(
    "text",
    ['"quoted" \\ back', '"""\n[abuse]', "zie # dit", "\x7f{{ 7 * 7 }}", "’t Genseler – ĳ 🦉", '", x = "'],
)
def test_whatever_is_typed_is_only_a_text_in_the_file(text: str) -> None:
    file = {**FILE, "summary": text}
    assert tomllib.loads(file_text(TOML, file)) == file


@pytest.mark.parametrize(
    "toml",
    [
        'id = "a"\ndays = [\n 14, # two weeks\n 7]\n[[sessions]]\nplace = "x"\n',
        'id = "a"\ndays = [7]\n[["sessions"]]\nplace = "x"',
        'days = [7]\nid = """a\n[organiser]\n"""',
        'days = [7]\nsessions = [{ place = "x" }, { place = "y", ok = true }]',
    ],
)
def test_a_file_with_another_layout_is_written_anew_and_says_the_same(toml: str) -> None:
    file = {**tomllib.loads(toml), "days": [3, 1], "at": time(12, 30), "summary": "nieuw"}
    assert tomllib.loads(file_text(toml, file)) == file
