import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.submit import handler as submit
from functions.submit import robots
from functions.submit.services import services as submit_services
from shared.access.links import Links
from shared.aws.table import Table
from shared.domain.decision import Decision, Kind
from shared.domain.form.kept_post import KeptReason
from shared.domain.network.network import Network
from shared.domain.registration.identity import make_reference
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.report.refusals import Refusals
from tests.conftest import PLG, ROOT
from tests.functions.submit.posts import (
    JAN,
    LAST,
    MULTIPART,
    OPEN,
    SITE,
    TOO_EARLY,
    TOO_LATE,
    event,
    form_post,
    join,
    json_post,
    multipart,
)
from tests.people import someone
from tests.stored_schools import store_schools

ANN = {"name": "Ann Bos", "email": "ann@berg.example"}


pytestmark = pytest.mark.usefixtures("fresh_submit")


def post(sent: dict[str, Any]) -> dict[str, Any]:
    return submit.handler(sent, None)


def answered(sent: dict[str, Any]) -> tuple[int, Any]:
    response = post(sent)
    return response["statusCode"], json.loads(response["body"])


def stored(table: Table) -> dict[str, Registration]:
    return {r.name: r for r in table.registrations("plg-2023")}


def change(table: Table, old: str, new: str) -> None:
    """Apply the first network in other words."""
    toml = PLG.read_text()
    assert old in toml
    table.apply_network(toml.replace(old, new), PLG.name, OPEN)


# --- Stored


def test_a_program_gets_a_reference_and_a_status(table: Table) -> None:
    status, said = answered(json_post())
    assert status == 201
    assert said == {
        "reference": stored(table)["Jan de Vries"].reference,
        "status": "registered",
        "message": "Je aanmelding is binnen. Je krijgt een mail met de bevestiging.",
    }


def test_a_reference_does_not_follow_from_what_the_gateway_tells(table: Table) -> None:
    """An outsider who can compute the reference of a new person learns who was registered before."""
    ann = JAN | {"name": "Ann Bos", "email": "ann@berg.example"}
    jans, anns = (answered(json_post(fields, request_id="one"))[1]["reference"] for fields in (JAN, ann))
    assert jans != anns
    assert jans != make_reference("PLG", "one0")
    assert answered(json_post(JAN, request_id="two"))[1]["reference"] == jans


def test_a_browser_goes_to_the_thank_you_page_with_its_reference(table: Table) -> None:
    response = post(
        form_post({"naam": "Jan de Vries", "e-mail": "jan@berg.example", "your-school": "Bergcollege"})
    )
    assert response["statusCode"] == 303
    jan = stored(table)["Jan de Vries"]
    assert response["headers"]["location"] == f"{SITE}/bedankt?reference={jan.reference}"
    assert jan.school == "Bergcollege"


def test_the_reference_joins_the_query_that_the_thank_you_page_has(table: Table) -> None:
    change(table, "/bedankt", "/p?page_id=7&a=b%20c#boven")
    url = urlsplit(post(form_post())["headers"]["location"])
    reference = stored(table)["Jan de Vries"].reference
    assert url.fragment == "boven"
    assert parse_qsl(url.query) == [("page_id", "7"), ("a", "b c"), ("reference", reference)]


def test_without_a_thank_you_page_a_browser_gets_ours(table: Table) -> None:
    change(table, "thanks_url", "# thanks_url")
    response = post(form_post())
    assert response["statusCode"] == 201
    assert stored(table)["Jan de Vries"].reference in response["body"]
    late = post(form_post(JAN | {"email": "b@berg.example"}, at=TOO_LATE))
    assert "Voortgezet Leren beslist of je mee kunt doen" in late["body"]


def test_a_multipart_form_is_stored_too(table: Table) -> None:
    assert post(event(multipart(JAN), MULTIPART, accept="text/html"))["statusCode"] == 303
    assert "Jan de Vries" in stored(table)


def test_a_program_may_post_a_form(table: Table) -> None:
    status, _ = answered(event(multipart(JAN), MULTIPART, accept="application/json"))
    assert status == 201


def test_colleagues_are_stored_with_the_registrant_or_not_at_all(table: Table) -> None:
    assert answered(json_post(JAN | {"participants": [ANN, {"name": "Bo", "email": "bo"}]}))[0] == 422
    assert stored(table) == {}
    _, said = answered(json_post(JAN | {"participants": [ANN]}))
    assert stored(table)["Ann Bos"].invited_by == said["reference"] == stored(table)["Jan de Vries"].reference


def test_a_colleague_without_an_address_costs_nobody_a_registration(table: Table) -> None:
    status, said = answered(json_post(JAN | {"participants": [ANN, {"name": "Bo Smit"}]}))
    assert (status, said["status"]) == (201, "registered")
    assert said["message"].endswith("We missen het e-mailadres van Bo Smit.")
    assert stored(table).keys() == {"Jan de Vries", "Ann Bos"}
    assert stored(table)["Jan de Vries"].without_address == ("Bo Smit",)


def test_the_same_person_again_gets_the_same_answer(table: Table) -> None:
    first = answered(json_post())
    assert answered(json_post(request_id="request-2")) == first
    assert post(form_post(request_id="request-3"))["headers"]["location"].endswith(first[1]["reference"])
    assert len(stored(table)) == 1


def test_what_became_of_a_registration_is_not_told_to_who_posts_it_again(table: Table) -> None:
    first = answered(json_post())
    table.save(stored(table)["Jan de Vries"].become(State.DECLINED, OPEN, "organiser", ""))
    assert answered(json_post()) == first


def test_two_people_on_one_mailbox_are_two(table: Table) -> None:
    answered(json_post())
    answered(json_post(JAN | {"name": "Fatima Aydin"}, request_id="request-2"))
    assert stored(table).keys() == {"Jan de Vries", "Fatima Aydin"}


def test_a_robot_is_put_aside_and_hears_nothing_of_it(table: Table) -> None:
    status, said = answered(json_post(JAN | {"website": "http://spam.example", "participants": [ANN]}))
    assert (status, said["status"]) == (201, "registered")
    assert {r.state for r in stored(table).values()} == {State.QUARANTINED}
    assert (
        answered(json_post(JAN | {"email": "x@x.example", "website": "x"}, at=TOO_LATE))[1]["status"]
        == "late"
    )


def test_unknown_fields_are_kept_and_assign_nothing(table: Table) -> None:
    answered(json_post(JAN | {"state": "admitted", "pk": "NETWORKS", "dieet": "vega"}))
    jan = stored(table)["Jan de Vries"]
    assert jan.state is State.REGISTERED
    assert jan.extra == {"state": "admitted", "pk": "NETWORKS", "dieet": "vega"}


# --- Opening and deadline


def test_the_last_instant_of_14_april_counts_and_the_next_is_late(table: Table) -> None:
    assert answered(json_post(at=LAST))[1]["status"] == "registered"
    status, said = answered(json_post(JAN | {"email": "x@x.example"}, at=TOO_LATE))
    assert (status, said["status"]) == (201, "late")
    assert "beslist of je mee kunt doen" in said["message"]


def test_before_it_opens_the_date_is_named() -> None:
    status, said = answered(json_post(at=TOO_EARLY))
    assert (status, said["type"]) == (403, "/problems/not-open-yet")
    assert said["detail"] == "Aanmelden kan vanaf woensdag 1 februari 2023."


def test_an_opening_at_an_hour_names_the_hour(table: Table) -> None:
    change(table, "opens = 2023-02-01", "opens = 2023-03-21T09:30:00+01:00")
    assert answered(json_post())[1]["detail"] == "Aanmelden kan vanaf dinsdag 21 maart 2023, 9.30 uur."


def test_a_network_may_refuse_what_is_late(table: Table) -> None:
    change(table, 'late = "keep"', 'late = "refuse"')
    assert answered(json_post(at=LAST))[0] == 201
    status, said = answered(json_post(at=TOO_LATE))
    assert (status, said["type"]) == (403, "/problems/closed")
    assert said["detail"] == "Je kon je aanmelden tot en met vrijdag 14 april 2023."


def test_nobody_registers_where_everybody_is_being_forgotten(network: Network) -> None:
    last = network.forgotten_at - timedelta(milliseconds=1)
    assert answered(json_post(at=last))[1]["status"] == "late"
    assert answered(json_post(at=network.forgotten_at))[1]["type"] == "/problems/closed"


# --- Refused

REFUSALS = {
    "not-valid": (422, json_post({"name": "Jan"}), form_post({})),
    "unknown-network": (404, json_post(network="nergens"), form_post(network="nergens")),
    "not-open-yet": (403, json_post(at=TOO_EARLY), form_post(at=TOO_EARLY)),
    "too-large": (
        413,
        event("x" * 263_000, accept="application/json"),
        form_post({"a": "x" * 263_000}),
    ),
    "unreadable": (
        400,
        event("{", accept="application/json"),
        event("hallo", "text/csv", accept="text/html"),
    ),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_program_gets_a_problem_document(code: str) -> None:
    status, asked, _ = REFUSALS[code]
    response = post(asked)
    document = json.loads(response["body"])
    assert response["headers"]["content-type"] == "application/problem+json"
    assert (response["statusCode"], document["status"], document["type"]) == (
        status,
        status,
        f"/problems/{code}",
    )
    assert document["title"]
    assert document["detail"]


@pytest.mark.parametrize("code", REFUSALS)
def test_a_person_gets_a_page(code: str) -> None:
    status, _, asked = REFUSALS[code]
    response = post(asked)
    assert response["statusCode"] == status
    assert response["headers"]["content-type"] == "text/html; charset=utf-8"
    assert "<title>Fout: " in response["body"]


@pytest.mark.parametrize("code", REFUSALS)
def test_a_listed_site_can_read_every_refusal(code: str) -> None:
    for asked in REFUSALS[code][1:]:
        response = post(asked | {"headers": asked["headers"] | {"origin": SITE}})
        assert response["statusCode"] == REFUSALS[code][0]
        assert response["headers"]["access-control-allow-origin"] == SITE
        assert response["headers"]["vary"] == "origin"


def test_every_mistake_is_told_at_once(table: Table) -> None:
    status, said = answered(json_post({"email": "jan", "participants": [{"name": "Ann"}]}))
    assert status == 422
    assert [(e["field"], e["code"]) for e in said["errors"]] == [
        ("name", "required"),
        ("email", "invalid_email"),
        ("school", "required"),
    ]
    assert stored(table) == {}


def test_the_page_for_mistakes_keeps_what_was_typed_and_goes_on_from_there(table: Table) -> None:
    response = post(form_post(JAN | {"school": "", "role": 'docent "<b>"', "dieet": "vega"}, origin=SITE))
    body = response["body"]
    assert 'value="docent &#34;&lt;b&gt;&#34;"' in body
    assert '<input type="hidden" name="dieet" value="vega">' in body
    assert 'action="/networks/plg-2023/registrations"' in body
    assert f"form-action 'self' {SITE};" in response["headers"]["content-security-policy"]
    assert response["headers"]["referrer-policy"] == "same-origin"


def refused_on(day: datetime) -> Refusals:
    return submit_services().refusal_counts().between("plg-2023", day, day + timedelta(days=1))


@pytest.mark.parametrize("network", ["plg-2023", "nergens"])
def test_a_preflight_from_another_site_is_refused_and_counted(table: Table, network: str) -> None:
    response = post(json_post(origin="https://evil.example", method="OPTIONS", network=network))
    assert response["statusCode"] == 403
    assert json.loads(response["body"])["type"] == "/problems/origin"
    assert "access-control-allow-origin" not in response["headers"]
    assert stored(table) == {}
    sites = {"https://evil.example": 1} if network == "plg-2023" else {}
    assert refused_on(OPEN) == Refusals({}, sites)


def test_who_invents_sites_hides_none_that_others_come_from() -> None:
    def ask(site: str, visitor: str) -> None:
        post(json_post(origin=site, method="OPTIONS", visitor=visitor))

    for number in range(30):
        ask(f"https://{number}.example", "1.2.3.4")
    for _ in range(5):
        ask("https://moved.example", "1.2.3.5")
    sites = refused_on(OPEN).sites
    assert (len(sites), sites["https://moved.example"]) == (4, 5)


def test_what_a_browser_is_refused_is_counted_by_its_reason() -> None:
    for asked in (form_post({}), form_post({}), form_post(at=TOO_EARLY), json_post({"name": "Jan"})):
        post(asked)
    assert refused_on(OPEN) == Refusals({"not-valid": 2})
    assert refused_on(TOO_EARLY) == Refusals({"not-open-yet": 1})


@pytest.mark.parametrize("send", [json_post, form_post])
def test_what_another_site_posts_is_put_aside_with_the_site(table: Table, send: Any) -> None:
    response = post(
        send(
            JAN | {"participants[0][name]": ANN["name"], "participants[0][email]": ANN["email"]},
            origin="https://evil.example",
        )
    )
    assert response["statusCode"] in (201, 303)
    assert "access-control-allow-origin" not in response["headers"]
    people = stored(table)
    assert people.keys() == {"Jan de Vries", "Ann Bos"}
    assert {r.state for r in people.values()} == {State.QUARANTINED}
    assert people["Jan de Vries"].history[0].reason == Reason(ReasonCode.UNLISTED_SITE)
    assert people["Jan de Vries"].origin == "https://evil.example"


def test_a_script_on_another_site_hears_no_more_than_that_we_have_its_message(table: Table) -> None:
    status, said = answered(json_post(origin="https://evil.example"))
    assert (status, said["status"]) == (201, "registered")
    assert said["message"] == "We hebben je bericht ontvangen. De organisatie kijkt ernaar."


def test_a_site_that_organisers_call_theirs_is_as_listed(table: Table) -> None:
    site = "https://oud.example"
    table.save_decision(Decision("plg-2023", "our_site-1", Kind.OUR_SITE, site, "sanne", "", OPEN))
    assert post(json_post(origin=site, method="OPTIONS"))["statusCode"] == 204
    response = post(json_post(origin=site))
    assert response["headers"]["access-control-allow-origin"] == site
    assert stored(table)["Jan de Vries"].state is State.REGISTERED
    assert stored(table)["Jan de Vries"].origin == ""


def test_no_decision_is_read_for_a_listed_site(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Table, "decisions")
    assert post(json_post(origin=SITE))["statusCode"] == 201
    assert post(json_post())["statusCode"] == 201


def test_a_page_that_hides_where_it_stands_may_post(table: Table) -> None:
    assert post(form_post(origin="null"))["statusCode"] == 303
    assert stored(table)["Jan de Vries"].state is State.REGISTERED
    assert post(json_post(origin="null", method="OPTIONS"))["statusCode"] == 204


def test_our_own_page_may_post() -> None:
    assert post(form_post(origin="https://api.example"))["statusCode"] == 303


def test_a_listed_site_reads_what_is_stored() -> None:
    assert post(json_post(origin=SITE))["headers"]["access-control-allow-origin"] == SITE


@pytest.mark.parametrize("network", ["plg-2023", "nergens"])
def test_a_preflight_allows_the_json_post(network: str) -> None:
    asked = event(content_type=None, method="OPTIONS", origin=SITE, network=network)
    response = post(asked)
    assert (response["statusCode"], response["body"]) == (204, "")
    headers = response["headers"]
    assert headers["access-control-allow-origin"] == SITE
    assert headers["access-control-allow-methods"] == "POST"
    assert headers["access-control-allow-headers"] == "content-type, accept"
    assert int(headers["access-control-max-age"]) > 0


def test_a_preflight_of_a_listed_site_allows_whatever_header_it_asks_for() -> None:
    asked: dict[str, Any] = {"access-control-request-headers": "content-type,x-wp-nonce", "origin": SITE}
    headers = post(event(content_type=None, method="OPTIONS", **asked))["headers"]
    assert headers["access-control-allow-headers"] == "content-type,x-wp-nonce"


# --- The server of a form, with nobody at hand to mend anything


def test_a_server_is_told_200_when_somebody_is_registered(table: Table) -> None:
    status, said = answered(event(json.dumps(JAN)))
    assert (status, said["reference"]) == (200, stored(table)["Jan de Vries"].reference)


def test_what_a_server_sends_that_is_not_valid_is_kept_and_called_received(table: Table) -> None:
    status, said = answered(event(json.dumps({"name": "Jan", "email": "jan", "school": "Berg"})))
    assert (status, said["status"]) == (200, "kept")
    assert stored(table) == {}
    (kept,) = table.kept_posts.unexpired("plg-2023", OPEN)
    assert (kept.reason, kept.missing) == (KeptReason.NOT_VALID, ("email",))
    assert kept.answers[1].texts == ("jan",)


def test_what_a_server_sends_of_a_changed_form_is_kept_as_such(table: Table) -> None:
    changed = {"name": "Jan de Vries", "school": "Bergcollege", "kleur": "blauw"}
    assert answered(event(json.dumps(changed)))[1]["status"] == "kept"
    (kept,) = table.kept_posts.unexpired("plg-2023", OPEN)
    assert (kept.reason, kept.missing) == (KeptReason.CHANGED_FORM, ("email",))


def test_what_a_server_sends_that_nobody_can_read_is_kept_too(table: Table) -> None:
    assert answered(event("{"))[1]["status"] == "kept"
    (kept,) = table.kept_posts.unexpired("plg-2023", OPEN)
    assert (kept.reason, kept.answers[0].texts) == (KeptReason.UNREADABLE, ("{",))


def test_our_own_form_is_filled_in_from_no_more_than_a_form_has(table: Table) -> None:
    query = {f"veld{number}": "x" for number in range(401)}
    shown = event(content_type=None, method="GET", accept="text/html") | {"queryStringParameters": query}
    assert post(shown)["statusCode"] == 413


def test_what_is_too_large_is_refused_of_a_server_too(table: Table) -> None:
    assert answered(event("x" * 263_000))[0] == 413
    assert table.kept_posts.unexpired("plg-2023", OPEN) == ()


def test_a_test_of_the_connection_is_answered_and_keeps_nothing(table: Table) -> None:
    for asked in (event('{"event": "ping"}'), json_post({"event": "ping"}), event(""), event("[]")):
        status, said = answered(asked)
        assert (status, said["status"]) == (200, "ok")
    assert stored(table) == {}
    assert table.kept_posts.unexpired("plg-2023", OPEN) == ()


# --- Storage fails


def test_when_storage_fails_that_is_our_fault_and_nothing_has_to_be_typed_again() -> None:
    submit_services().networks.at(OPEN)
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    response = post(form_post(JAN, origin=SITE))
    assert response["statusCode"] == 503
    assert response["headers"]["retry-after"] == "60"
    assert response["headers"]["access-control-allow-origin"] == SITE
    assert "Dat ligt aan ons." in response["body"]
    assert 'value="jan@berg.example"' in response["body"]
    status, said = answered(json_post())
    assert (status, said["type"]) == (503, "/problems/unavailable")


def test_when_not_even_the_networks_can_be_read_the_answer_is_503_too() -> None:
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    assert post(form_post())["statusCode"] == 503
    assert answered(json_post())[0] == 503


# --- Behind a forwarded link


@pytest.fixture
def token(table: Table, plg: Network) -> str:
    """The forward link of somebody of the Bergcollege in Utrecht."""
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="a key")
    inviter = someone("Fatima Aydin", "fatima@berg.example", place="Utrecht")
    table.register([inviter])
    return Links(["a key"]).forward(inviter, plg).rpartition("/")[2]


def test_a_forwarded_link_shows_the_form_with_the_school_filled_in(token: str) -> None:
    response = post(join(token))
    assert response["statusCode"] == 200
    for filled in ('value="Bergcollege"', 'value="Utrecht"', f'name="forward" value="{token}"'):
        assert filled in response["body"]
    assert "Fatima nodigt je uit" in response["body"]
    assert "Aydin" not in response["body"]
    assert "<title>Aanmelden" in response["body"]
    assert response["headers"]["referrer-policy"] == "same-origin"


def test_opening_a_forwarded_link_changes_nothing(table: Table, token: str) -> None:
    before = stored(table)
    post(join(token))
    assert stored(table) == before


def test_who_registers_behind_a_forwarded_link_belongs_to_the_sender(table: Table, token: str) -> None:
    assert post(form_post(JAN | {"forward": token}))["statusCode"] == 303
    assert stored(table)["Jan de Vries"].via == stored(table)["Fatima Aydin"].reference


def test_a_wrong_or_old_forward_link_is_a_404_page_but_never_stops_a_registration(
    table: Table, token: str
) -> None:
    for wrong in ("x", token[:-1], f"{token}x", "\u20ac"):
        response = post(join(wrong))
        assert response["statusCode"] == 404
        assert "Deze link werkt niet" in response["body"]
    old = OPEN.replace(year=2030)
    assert post(join(token, old))["statusCode"] == 404
    assert post(form_post(JAN | {"forward": "x"}))["statusCode"] == 303
    assert stored(table)["Jan de Vries"].via == ""


def test_a_link_of_somebody_who_is_gone_is_a_404_page(plg: Network, token: str) -> None:
    nobody = Links(["a key"]).forward(someone("Bo", "bo@x.example"), plg).rpartition("/")[2]
    assert post(join(nobody))["statusCode"] == 404


def test_a_link_of_another_network_binds_nobody(table: Table, plg: Network, token: str) -> None:
    table.apply_network(PLG.read_text().replace('"plg-2023"', '"abc-2023"'), "abc", OPEN)
    other = replace(someone("Bo", "bo@x.example"), network="abc-2023")
    table.register([other])
    link = Links(["a key"]).forward(other, plg.model_copy(update={"id": "abc-2023"})).rpartition("/")[2]
    post(form_post(JAN | {"forward": link}))
    assert stored(table)["Jan de Vries"].via == ""


def test_after_the_deadline_a_forwarded_link_says_what_can_still_be_done(table: Table, token: str) -> None:
    assert "Je kunt je nog aanmelden" in post(join(token, TOO_LATE))["body"]
    change(table, 'late = "keep"', 'late = "refuse"')
    submit_services.cache_clear()
    response = post(join(token, TOO_LATE))
    assert response["statusCode"] == 403
    assert "tot en met vrijdag 14 april 2023" in response["body"]


def test_where_the_school_is_stored_a_forwarded_link_reads_nobody_else(
    table: Table, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = post(join(token, TOO_LATE))
    store_schools(table)
    monkeypatch.setattr(Table, "registrations", lambda *_: pytest.fail("read the whole network"))
    assert post(join(token, TOO_LATE)) == shown


def test_when_storage_fails_a_forwarded_link_says_so(token: str) -> None:
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    assert post(join(token))["statusCode"] == 503


# --- Ready for anything


def test_what_only_some_posts_need_is_not_read_at_a_cold_start() -> None:
    script = "import sys, functions.submit.handler; print(*sys.modules)"
    asked = [sys.executable, "-c", script]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 our own
    read = done.stdout.split()
    assert "functions.submit.handler" in read
    assert not {"jinja2", "itsdangerous", "multipart"} & set(read)


def test_the_log_has_one_short_line_per_request_and_no_personal_data(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    long = "n" * 40
    table.apply_network(PLG.read_text().replace('"plg-2023"', f'"{long}"'), "x", OPEN)
    post(form_post(JAN | {"dieet": "vega", "website": "x"}, network=long))
    post(form_post({"email": "jan@berg"}, network=long))
    lines = [robots._LOG.registered_formatter.format(record) for record in caplog.records]
    assert [(json.loads(line)["message"], json.loads(line).get("unknown", 0)) for line in lines] == [
        ("quarantined", 1),
        ("not-valid", 0),
    ]
    assert all(len(line.encode()) <= 256 for line in lines)
    assert not any(word in "".join(lines) for word in ("Jan", "berg", "vega"))


TYPES = st.sampled_from(["application/json", "application/x-www-form-urlencoded", MULTIPART]) | st.text()


@given(st.binary(max_size=200), TYPES, st.sampled_from(["application/json", "text/html"]))
def test_any_post_is_answered_and_none_is_our_fault(body: bytes, content_type: str, accept: str) -> None:
    assert post(event(body, content_type, accept=accept))["statusCode"] < 500


FIELDS = st.dictionaries(
    st.sampled_from([*JAN, "participants", "website", "colleague_name", "forward", "x"]) | st.text(),
    st.text(st.characters(exclude_categories=["Cs"])),
)


@given(FIELDS, st.sampled_from([json_post, form_post]))
def test_any_form_is_taken_or_told_what_is_wrong(fields: dict[str, str], send: Any) -> None:
    assert post(send(JAN | fields | {"forward": ""}))["statusCode"] in (200, 201, 303, 422)
