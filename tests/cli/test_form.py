"""`tweetal form try` and `tweetal form secret`, as an operator runs them."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cli.curl import read_curl
from cli.main import app, main
from cli.paste import read_paste
from cli.pasted_post import UnusablePasteError
from functions.submit.trial import try_post
from shared.access.form_secret import form_secrets
from shared.access.links import Links
from shared.aws.table import Table
from shared.domain.network.network import Network, read_network
from tests.conftest import PLG
from tests.people import AT

SANNE = '{"naam": "Sanne Visser", "e-mail": "sanne@berg.example", "school": "Bergcollege"}'
CHANGED = "naam=Sanne+Visser&contactveld=sanne%40berg.example&schoolnaam=Bergcollege"
OURS = "https://aanmelden.example/networks/plg-2023/registrations"


def tweetal(*words: str, typed: str | bytes = "") -> Result:
    env = {"TABLE": "tweetal", "COLUMNS": "200"}
    return CliRunner().invoke(app, words, typed, env, catch_exceptions=False)


def tried(body: str, *options: str) -> str:
    result = tweetal("form", "try", "-", "--network", str(PLG), *options, typed=body)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.form_trial.now", lambda: AT)


def test_a_raw_body_is_tried_as_each_client_would_send_it(at_home: None) -> None:
    output = tried(SANNE)
    assert "naam │ field │ name │ what its name means" in output
    assert "people: 1" in output
    assert "a browser gets 303: registered" in output
    assert "a script on a page gets 201: registered" in output
    assert "a program that accepts JSON alone gets 201: registered" in output
    assert "a server gets 200: registered" in output


def test_a_changed_form_comes_with_the_lines_to_paste(at_home: None) -> None:
    output = tried(CHANGED, "--client", "server")
    assert "contactveld │ unknown │ │ no name that we know" in output
    assert "email: no field in this form is it, and it is required" in output
    assert '[form.fields] "contactveld" = "email"' in output
    assert "a server gets 200: kept, because it is not valid" in output
    assert "browser" not in output


def test_nothing_that_was_typed_is_printed(at_home: None) -> None:
    assert "Sanne" not in tried(SANNE) + tried(CHANGED)


def test_every_reading_has_its_reason(at_home: None) -> None:
    fields = {
        "naam": "Sanne", "email": "sanne@berg.example", "email_confirm": "sanne@berg.example",
        "akkoord": "on", "school": "Berg", "user_agent": "x", "naam collega": "Omar", "kleur": "rood",
        "telefoon": "", "tweetal_role": "docent", "functie": "mentor",
    }  # fmt: skip
    output = tried(json.dumps(fields))
    for row in (
        "email_confirm │ repeated", "akkoord │ consent │ │ a box", "user_agent │ metadata │ │ the form's",
        "naam collega │ person", "kleur │ unknown", "telefoon │ (empty)",
        "tweetal_role │ field │ role │ our own",
        "colleagues without an address, who are not registered: 1",
    ):  # fmt: skip
        assert row in output


def test_what_is_wrong_is_said(at_home: None) -> None:
    output = tried(SANNE.replace("sanne@berg.example", "sanne").replace("Bergcollege", ""))
    assert "email: is no mail address" in output
    assert "school: is missing" in output


def test_a_post_that_would_be_put_aside_says_why(at_home: None) -> None:
    command = f"curl {OURS} -H 'Origin: https://elders.example' --data-raw '{CHANGED}&email=s@berg.example'"
    assert "put aside, because [form] origins does not list its site" in tried(command)
    robot = SANNE.replace("{", '{"website": "x", ')
    assert "put aside, because the field for robots is filled in" in tried(robot)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{", "a browser gets 400: refused, because it is unreadable"),
        ('{"test": true}', "a server gets 200: nothing, because there is nobody in it"),
        ("naam=" + "x" * 300_000, "a server gets 413: refused, because it is too large"),
    ],
)
def test_a_post_that_cannot_register_says_so(at_home: None, body: str, line: str) -> None:
    assert line in tried(body)


def test_it_says_that_registration_is_not_open() -> None:
    assert "while registration is open; at this moment it is not" in tried(SANNE)


def test_a_file_and_a_network_of_the_table_do_too(
    at_home: None, table: Table, plg: Network, tmp_path: Path
) -> None:
    (tmp_path / "post.json").write_text(SANNE)
    words = ("form", "try", str(tmp_path / "post.json"), "--network")
    assert "registered" in tweetal(*words, "plg-2023").output
    assert "there is no network" in tweetal(*words, "plg-1999").output
    assert "there is no file" in tweetal(*words, "plg-2023", "--table", "").output


ESCAPED = SANNE.replace("Sanne", r"Zo\u00eb")
CURL = f"""curl '{OURS}?secret=x' \\
  -H 'accept: application/json' -sSXPOST \\
  --data-raw $'{ESCAPED}' \\
  --compressed"""
MULTIPART = f"curl -F naam=Sanne -F 'cv=@cv.pdf;type=application/pdf' --form-string school=@Berg {OURS}"


def names(text: str, **options: Any) -> dict[str, str]:
    network = read_network(PLG.read_text(), "x")
    trial = try_post(read_paste(text.encode()).request(AT, **options), network)
    return {each.answer.name: each.answer.text for each in trial.reading.answers}


def test_a_curl_command_is_read_as_bash_reads_it() -> None:
    post = read_paste(CURL.encode())
    assert json.loads(post.body)["naam"] == "Zoë Visser"
    request = post.request(AT)
    assert (request.headers["accept"], request.query) == ("application/json", {"secret": "x"})


def test_parts_of_a_curl_command_are_a_multipart_post() -> None:
    assert names(MULTIPART) == {"naam": "Sanne", "school": "@Berg"}
    assert names(f"curl -d naam=Sanne --data-urlencode 'school=Berg & Dal' {OURS}") == {
        "naam": "Sanne",
        "school": "Berg & Dal",
    }
    assert read_curl(f"curl --json '{SANNE}' {OURS}").headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing in it"),
        (f"curl {OURS}", "posts nothing"),
        (f"curl -G -d a=1 {OURS}", "posts nothing"),
        (f"curl -d @body.json {OURS}", "reads a file"),
        (f"curl -F 'naam=<naam.txt' {OURS}", "reads a file"),
        ("curl 'https://x", "quote in this curl command is not closed"),
        ("curl -d a=1 'http://['", "is no address"),
        ('{"log": {"entries": []}}', "no post with a body"),
        (
            '{"method": "POST", "url": "x", "headers": [], "postData": {"params": 5, "x": 1}}',
            "did not record",
        ),
    ],
)
def test_a_paste_without_a_post_is_answered_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(UnusablePasteError, match=why):
        read_paste(text.encode()).request(AT)


def test_the_command_ends_with_that_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "empty").write_text(" ")
    monkeypatch.setattr(
        "sys.argv", ["tweetal", "form", "try", str(tmp_path / "empty"), "--network", str(PLG)]
    )
    with pytest.raises(SystemExit, match="1"):
        main()
    assert "There is nothing in it." in capsys.readouterr().err


def har(*requests: dict[str, Any]) -> str:
    return json.dumps({"log": {"entries": [{"request": request} for request in requests]}})


def posted(url: str, data: dict[str, Any]) -> dict[str, Any]:
    headers = [{"name": ":method", "value": "POST"}, {"name": "Accept", "value": "application/json"}]
    return {"method": "POST", "url": url, "headers": headers, "postData": data}


def test_the_last_post_to_us_in_a_har_file_counts() -> None:
    ours = posted(OURS, {"mimeType": "application/json", "text": SANNE})
    other = posted("https://stats.example/hit", {"mimeType": "text/plain", "text": "x=1"})
    for text in (har(other, ours, other), json.dumps({"request": ours}), json.dumps(ours)):
        post = read_paste(text.encode())
        assert (json.loads(post.body)["naam"], post.headers["accept"]) == ("Sanne Visser", "application/json")
    params = [{"name": "naam", "value": "Sanne"}, {"name": "school", "value": "Berg"}]
    form = posted(OURS, {"mimeType": "application/x-www-form-urlencoded", "params": params})
    assert names(har(form)) == {"naam": "Sanne", "school": "Berg"}
    multipart = posted(
        OURS, {"mimeType": "multipart/form-data", "params": [{"name": "cv", "fileName": "cv.pdf"}]}
    )
    with pytest.raises(UnusablePasteError, match="as a curl command"):
        read_paste(har(multipart).encode())


def test_json_that_is_no_har_is_a_body() -> None:
    assert read_paste(SANNE.encode()).headers == {}
    assert read_paste(b'{"log": "x", "request": "y"}').body == b'{"log": "x", "request": "y"}'


@given(st.text(alphabet="curl -dFHX'\"$\\@=<\n{}ux9[]:,", max_size=60))
def test_no_command_breaks_the_reader(text: str) -> None:
    for paste in (f"curl {text}", text):
        try:
            read_paste(paste.encode()).request(AT)
        except UnusablePasteError as error:
            assert str(error).endswith(".")  # noqa: PT017 any text either works or says why


def test_the_secret_is_printed_with_the_places_for_it(table: Table, plg: Network) -> None:
    arn = boto3.client("secretsmanager").create_secret(Name="links", SecretString="k" * 40)["ARN"]
    output = tweetal("form", "secret", "plg-2023", "--secret", arn).output
    secret = output.split("version 0: ")[1].split()[0]
    assert f"X-Tweetal-Secret: {secret}" in output
    assert f"/networks/plg-2023/registrations?secret={secret}" in output
    assert "secret_version = 1" in output
    assert secret == form_secrets(Links(["k" * 40]), "plg-2023", 0)[-1]
    table.apply_network(PLG.read_text().replace("[form]", "[form]\nsecret_version = 1"), "x", AT)
    later = tweetal("form", "secret", "plg-2023", "--secret", arn).output
    assert "version 1: " in later
    assert secret not in later
