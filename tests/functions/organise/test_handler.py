"""The organisers' pages against moto: the door, and the orders that are given behind it."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

from functions.decide import handler as decide
from functions.organise import handler as organise
from shared.access.bearer import Bearer
from shared.access.links import Links
from shared.access.sign_ins import SignIns
from shared.aws.table import Table
from shared.domain.decision import Kind
from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptReason, kept_post
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.matching import read_register
from tests.asking import TOML
from tests.conftest import PLG, ROOT
from tests.people import AT, colleagues, someone

SANNE = "info@voortgezetleren.nl"
LINKS = Links(["old key", "key"])
KEY = address_key("plg-2023", SANNE)
BEARER = Bearer("plg-2023", KEY)
AFTER = datetime.fromisoformat("2023-04-16T10:00:00+02:00")


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString='["old key", "key"]')
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    for handler in (organise, decide):
        handler.services.cache_clear()
    yield table
    for handler in (organise, decide):
        handler.services.cache_clear()


class Browser:
    """A browser somewhere that holds the link of a report, and a cookie when it has one."""

    def __init__(self, token: str, at: datetime = AT, place: str = "") -> None:
        self.token, self.at, self.place, self.cookie, self.asked = token, at, place, "", 0

    def get(self, page: str = "", **query: str) -> dict[str, Any]:
        return self._ask("GET", page, query=query)

    def head(self, page: str = "") -> dict[str, Any]:
        return self._ask("HEAD", page)

    def post(self, page: str = "", origin: str = "https://tweetal.example", **fields: str) -> dict[str, Any]:
        answer = self._ask("POST", page, urlencode(fields), origin)
        for cookie in answer.get("cookies", []):
            self.cookie = cookie.partition(";")[0]
        return answer

    def order(self, page: str, **fields: str) -> dict[str, Any]:
        form = re.search(r'name="form" value="([^"]*)"', self.get(page)["body"])
        assert form
        return self.post(page, form=form[1], **fields)

    def _ask(
        self, method: str, page: str, body: str = "", origin: str = "", query: Any = None
    ) -> dict[str, Any]:
        self.asked += 1
        handler = decide.handler if method == "POST" else organise.handler
        return handler(
            {
                "requestContext": {
                    "http": {"method": method, "sourceIp": self.place}, "domainName": "tweetal.example",
                    "requestId": f"{self.at.timestamp()} {self.asked}",
                    "timeEpoch": int(self.at.timestamp() * 1000),
                },
                "headers": {"content-type": "application/x-www-form-urlencoded", "origin": origin},
                "pathParameters": {"token": self.token} | ({"page": page} if page else {}),
                "queryStringParameters": query,
                "cookies": [self.cookie] if self.cookie else [],
                "body": body,
            },
            None,
        )  # fmt: skip


@pytest.fixture
def browser(kept: Table, plg: Network) -> Browser:
    return Browser(LINKS.organiser(plg, SANNE).rpartition("/")[2])


@pytest.fixture
def inside(browser: Browser) -> Browser:
    """A browser in which Sanne has signed in, after the deadline."""
    browser.at = AFTER
    browser.cookie = f"__Secure-tweetal={LINKS.session(Bearer('plg-2023', KEY), AFTER)}"
    return browser


def mailed(table: Table, browser: Browser) -> str:
    """Return the code that the mail function makes for a browser of what is in the table."""
    kept = browser.cookie.removeprefix("__Secure-tweetal-code=")
    code = SignIns(table._store).get("plg-2023", KEY, LINKS.read_browser(kept, BEARER, browser.at))
    assert code
    return LINKS.code(code)


def wrong(table: Table, browser: Browser) -> str:
    return f"{(int(mailed(table, browser)) + 1) % 1_000_000:06}"


def mails(table: Table) -> int:
    """Return how many codes were mailed."""
    return len(SignIns(table._store).all_of("plg-2023"))


def asks(browser: Browser) -> str:
    """Ask for a code in a browser, and return what its page says."""
    return str(browser.post(do="ask", sure="yes")["body"])


def signs_in(browser: Browser, table: Table) -> bool:
    """Ask for a code, type it, and say whether the overview opened."""
    asks(browser)
    return bool(browser.post(code=mailed(table, browser))["statusCode"] == 303)


def link(network: Network, report: str = "") -> str:
    """Return the link in a report as a browser posts it; without a day that of an earlier release."""
    return LINKS.organiser(network, SANNE, report).rpartition("/")[2]


# --- the door


def test_the_link_alone_opens_only_a_door_and_mails_nothing(browser: Browser, kept: Table) -> None:
    kept.register([someone()])
    page = browser.get()
    assert page["statusCode"] == 200
    assert "Mail mij een code" in page["body"]
    assert "i…@voortgezetleren.nl" in page["body"]
    assert "Bergcollege" not in page["body"]
    assert mails(kept) == 0


def test_the_mailed_code_opens_once_and_for_twelve_hours(browser: Browser, kept: Table) -> None:
    browser.post(do="ask", sure="yes")
    code = mailed(kept, browser)
    asked_with = browser.cookie
    opened = browser.post("school/PLG-1", code=f"{code[:3]} {code[3:]}")
    assert opened["statusCode"] == 303
    assert opened["headers"]["location"] == f"/organiser/{browser.token}/school/PLG-1"
    (cookie,) = opened["cookies"]
    for rule in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/organiser/", "Max-Age=43200"):
        assert rule in cookie
    assert "Overzicht" in browser.get()["body"]
    browser.cookie = asked_with
    assert browser.post(code=code)["statusCode"] == 403
    assert "Mail mij een code" in browser.get()["body"]


def test_the_code_is_in_neither_the_table_nor_the_answer(browser: Browser, kept: Table) -> None:
    page = browser.post(do="ask", sure="yes")
    everything = str(boto3.client("dynamodb").scan(TableName="tweetal")["Items"])
    assert mailed(kept, browser) not in everything + page["body"]


def test_after_five_wrong_codes_the_right_one_opens_nothing(browser: Browser, kept: Table) -> None:
    browser.post(do="ask", sure="yes")
    for left in (4, 3, 2, 1):
        assert f"nog {left} keer" in browser.post(code=wrong(kept, browser))["body"]
    assert "werkt niet meer" in browser.post(code=wrong(kept, browser))["body"]
    assert "cookies" not in browser.post(code=mailed(kept, browser))


def test_a_code_opens_nothing_after_ten_minutes(browser: Browser, kept: Table) -> None:
    browser.post(do="ask", sure="yes")
    code = mailed(kept, browser)
    browser.at += timedelta(minutes=10)
    assert browser.post(code=code)["statusCode"] == 403


@pytest.mark.parametrize("typed", ["", "12345", "é", "0" * 100])
def test_anything_else_is_a_wrong_code(browser: Browser, kept: Table, typed: str) -> None:
    browser.post(do="ask", sure="yes")
    assert browser.post(code=f"x{typed}")["statusCode"] == 403


def test_the_browser_that_asks_keeps_so_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    (cookie,) = browser.post(do="ask", sure="yes")["cookies"]
    for rule in ("__Secure-", "HttpOnly", "Secure", "SameSite=Strict", "Path=/organiser/", "Max-Age=600"):
        assert rule in cookie


def test_a_code_works_only_in_the_browser_that_asked_for_it(
    browser: Browser, kept: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(browser)
    for other in (Browser(browser.token), Browser(browser.token)):
        answer = other.post(code=mailed(kept, browser))
        assert (answer["statusCode"], "alleen in de browser" in answer["body"]) == (403, True)
        asks(other)
        assert other.post(code=mailed(kept, browser))["statusCode"] == 403
    assert browser.post(code=mailed(kept, browser))["statusCode"] == 303
    assert kinds_of_failures(capsys) == ["other_browser", "wrong_code"] * 2


def test_a_forwarded_report_cannot_keep_the_organiser_out(plg: Network, kept: Table) -> None:
    report = link(plg, "2023-03-20")
    for hour in range(0, 24, 6):
        stranger = Browser(report, AT + timedelta(hours=hour), "1.2.3.4")
        for _ in range(10):
            asks(stranger)
            for _ in range(5):
                stranger.post(code=wrong(kept, stranger))
            stranger.at += timedelta(seconds=70)
        assert signs_in(Browser(report, stranger.at, "5.6.7.8"), kept)
        assert signs_in(Browser(link(plg, "2023-03-19"), stranger.at, "1.2.3.4"), kept)


def test_a_stranger_who_asks_all_day_leaves_codes_of_the_same_report(plg: Network, kept: Table) -> None:
    report = link(plg, "2023-03-20")
    for minute in range(0, 300, 5):
        asks(Browser(report, AT + timedelta(minutes=minute), "1.2.3.4"))
        if minute % 60 == 55:
            assert signs_in(Browser(report, AT + timedelta(minutes=minute), "5.6.7.8"), kept)


def test_an_hour_has_five_codes_for_the_link_of_each_report(plg: Network, kept: Table) -> None:
    today, earlier = link(plg, "2023-03-20"), link(plg, "2023-03-17")
    assert ["gemaild" in asks(Browser(today)) for _ in range(7)] == [True] * 5 + [False] * 2
    assert ["gemaild" in asks(Browser(earlier)) for _ in range(7)] == [True] * 5 + [False] * 2
    assert mails(kept) == 10
    refused = Browser(today).post(do="ask", sure="yes")
    assert (refused["statusCode"], "uit een ander rapport" in refused["body"]) == (429, True)
    assert "gemaild" in asks(Browser(today, AT + timedelta(hours=1)))


def test_the_links_of_before_they_named_their_report_share_five_codes(plg: Network, kept: Table) -> None:
    assert ["gemaild" in asks(Browser(link(plg))) for _ in range(6)] == [True] * 5 + [False]
    assert signs_in(Browser(link(plg, "2023-03-20")), kept)


def test_one_place_leaves_codes_of_each_report_to_others(plg: Network, kept: Table) -> None:
    for day in range(1, 21):
        for number in range(6):
            asks(Browser(link(plg, f"2023-03-{day:02}"), place=f"2a00:1:2:3::{number}"))
    assert mails(kept) == 10
    assert all(
        signs_in(Browser(link(plg, f"2023-03-{day}"), place="2a00:1:2:4::1"), kept) for day in (19, 20)
    )


def test_a_mailbox_is_not_flooded_and_the_latest_reports_still_open(plg: Network, kept: Table) -> None:
    for day in range(1, 19):
        for number in range(8):
            asks(Browser(link(plg, f"2023-03-{day:02}"), place=f"5.6.{day}.{number}"))
    assert mails(kept) == 20
    assert signs_in(Browser(link(plg, "2023-03-19")), kept)
    assert signs_in(Browser(link(plg, "2023-03-20")), kept)


def test_whoever_presses_twice_gets_one_code_that_works(browser: Browser, kept: Table) -> None:
    asks(browser)
    assert "net een code gemaild" in asks(browser)
    assert mails(kept) == 1
    browser.at += timedelta(minutes=1)
    assert "We hebben je een code gemaild" in asks(browser)
    assert browser.post(code=mailed(kept, browser))["statusCode"] == 303


def test_whoever_may_ask_no_more_can_still_type_the_code_that_was_mailed(plg: Network, kept: Table) -> None:
    browser = Browser(link(plg, "2023-03-20"), place="1.2.3.4")
    for _ in range(3):
        asks(browser)
        browser.at += timedelta(minutes=1)
    page = asks(browser)
    assert "te vaak een code" in page
    assert "Typ je code" in page
    assert browser.post(code=mailed(kept, browser))["statusCode"] == 303


def kinds_of_failures(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return which sign-ins failed by the log."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    failed = [line for line in lines if "SignInFailed" in line]
    assert all(line["network"] == "plg-2023" for line in failed)
    assert not any(SANNE in str(line) or KEY in str(line) for line in lines)
    return [line["kind"] for line in failed]


def test_a_failed_sign_in_is_logged_by_its_kind_and_counted(
    browser: Browser, kept: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(browser)
    for _ in range(5):
        browser.post(code=wrong(kept, browser))
    browser.post(code=mailed(kept, browser))
    for _ in range(6):
        asks(Browser(browser.token))
    assert kinds_of_failures(capsys) == ["wrong_code"] * 5 + ["ended_code"] + ["report_limit"] * 2
    assert signs_in(Browser(browser.token, AT + timedelta(hours=1)), kept)
    assert kinds_of_failures(capsys) == []


def test_a_sign_in_that_succeeds_is_logged_without_who_it_was(
    browser: Browser, kept: Table, caplog: pytest.LogCaptureFixture
) -> None:
    assert signs_in(browser, kept)
    lines = [vars(record) for record in caplog.records]
    assert [line["network"] for line in lines if line["msg"] == "signed in"] == ["plg-2023"]
    assert not any(SANNE in str(line) or KEY in str(line) for line in lines)


def test_a_session_ends_after_twelve_hours_also_for_who_kept_the_cookie(inside: Browser) -> None:
    assert "Overzicht" in inside.get()["body"]
    inside.at += timedelta(hours=12)
    assert "Mail mij een code" in inside.get()["body"]
    assert inside.post("closing/hold", form=LINKS.form(inside.cookie.partition("=")[2]))["statusCode"] == 403


def test_a_session_opens_no_other_network_or_organiser(inside: Browser) -> None:
    for other in (Bearer("abc-2023", KEY), Bearer("plg-2023", "somebody else")):
        inside.cookie = f"__Secure-tweetal={LINKS.session(other, AFTER)}"
        assert "Mail mij een code" in inside.get()["body"]


def test_a_link_is_no_session(inside: Browser) -> None:
    inside.cookie = f"__Secure-tweetal={inside.token}"
    assert "Mail mij een code" in inside.get()["body"]


def test_no_link_tells_whether_it_was_wrong_old_foreign_or_unknown(
    browser: Browser, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for handler in (organise, decide):
        store = handler.services().table._store._client.meta.events
        store.register("before-call.dynamodb.*", lambda model, **_: calls.append(model.name))
    jan, token = someone(), browser.token
    other = plg.model_copy(update={"id": "abc-2023"})
    links = [
        Links(["other"]).organiser(plg, SANNE), LINKS.me(jan, plg), LINKS.forward(jan, plg),
        LINKS.organiser(plg, "weg@voortgezetleren.nl"), LINKS.organiser(other, SANNE),
        *(token[:i] + chr(ord(token[i]) ^ 1) + token[i + 1 :] for i in range(0, len(token) - 1, 7)),
    ]  # fmt: skip
    tokens = [link.rpartition("/")[2] for link in links]
    answers = [getattr(Browser(each), how)("school/PLG-1") for each in tokens for how in ("get", "post")]
    assert answers[0]["statusCode"] == 404
    assert all(answer == answers[0] for answer in answers)
    assert set(calls) <= {"Query"}  # the networks, once a minute by each function, and nothing about the link
    assert len(calls) <= 2
    late = Browser(token, plg.forgotten_at)
    assert late.get() == answers[0]


def test_a_link_from_webmail_loads_itself_again_so_that_the_cookie_comes_along(browser: Browser) -> None:
    door = {"headers": {"sec-fetch-site": "cross-site"}, "pathParameters": {"token": browser.token}}
    context = {"http": {"method": "GET"}, "domainName": "x", "requestId": "1", "timeEpoch": 1679300000000}
    assert 'http-equiv="refresh"' in organise.handler({"requestContext": context, **door}, None)["body"]
    assert 'http-equiv="refresh"' not in browser.get()["body"]


# --- behind it


def said(page: dict[str, Any]) -> str:
    """Return the words of a page."""
    main = re.sub(r"</?(?:strong|span)[^>]*>", "", page["body"].partition("</header>")[2])
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def late() -> Registration:
    return someone("Lieke Vos", "lieke@berg.example", AFTER - timedelta(hours=1), state=State.LATE)


def state_of(table: Table, who: Registration) -> State:
    found = table.registration("plg-2023", who.person_key)
    assert found
    return found.state


def test_an_order_is_shown_first_and_then_kept_with_who_when_and_why(inside: Browser, kept: Table) -> None:
    lieke = late()
    kept.register([lieke])
    assert "Beslis" not in inside.get()["body"]
    assert "Te laat aangemeld" in inside.get()["body"]
    page = f"person/{lieke.reference}/admit"
    asked = said(inside.get(page))
    assert "Lieke Vos laten meedoen?" in asked
    assert "Er gaat 1 mail uit Lieke Vos lieke@berg.example “je doet mee" in asked
    assert state_of(kept, lieke) is State.LATE
    done = inside.order(page, why="belde vooraf")
    assert done["statusCode"] == 303
    found = kept.registration("plg-2023", lieke.person_key)
    assert found
    assert (found.state, found.history[-1].by, found.history[-1].note) == (
        State.ADMITTED, SANNE, "belde vooraf",
    )  # fmt: skip
    assert found.history[-1].at == AFTER
    school = said(inside.get(f"school/{lieke.reference}", done="1"))
    assert "Gedaan." in school
    assert "doet mee door info@voortgezetleren.nl: belde vooraf" in school


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("", "done=1"),
        ("school/{}", "done=1"),
        ("posts", "done=1"),
        ("message", "done=1"),
        ("settings", "done=1"),
        ("decisions", "decided=20"),
    ],
)
def test_the_line_that_says_what_was_done_has_the_focus(
    inside: Browser, kept: Table, page: str, query: str
) -> None:
    lieke = late()
    kept.register([lieke])
    path = page.format(lieke.reference)
    body = inside.get(path, **dict([query.split("=")]))["body"]
    (focus,) = re.findall(r"<[^>]* autofocus>", body)
    assert focus == '<p class="done" role="status" tabindex="-1" autofocus>'
    assert "autofocus" not in inside.get(path)["body"]


def test_what_is_done_already_is_not_done_again(inside: Browser, kept: Table) -> None:
    lieke = late()
    kept.register([lieke])
    page = f"person/{lieke.reference}/decline"
    form = LINKS.form(inside.cookie.partition("=")[2])
    assert inside.post(page, form=form)["statusCode"] == 303
    assert inside.post(page, form=form)["statusCode"] == 409
    assert inside.get(page)["statusCode"] == 409


@pytest.mark.parametrize("origin", ["https://evil.example", "", "null"])
def test_a_form_from_elsewhere_does_nothing(inside: Browser, kept: Table, origin: str) -> None:
    lieke = late()
    kept.register([lieke])
    form = LINKS.form(inside.cookie.partition("=")[2])
    assert inside.post(f"person/{lieke.reference}/admit", origin, form=form)["statusCode"] == 403
    assert state_of(kept, lieke) is State.LATE


@pytest.mark.parametrize("form", ["", "x", LINKS.form("another session")])
def test_a_form_of_another_session_does_nothing(inside: Browser, kept: Table, form: str) -> None:
    lieke = late()
    kept.register([lieke])
    assert inside.post(f"person/{lieke.reference}/admit", form=form)["statusCode"] == 403
    assert state_of(kept, lieke) is State.LATE


def test_looking_at_every_page_changes_nothing(inside: Browser, kept: Table) -> None:
    people = [late(), *colleagues("Dalcollege", "Anna", state=State.QUARANTINED)]
    kept.register(people)
    sent = Answer((("naam",),), ("Fien Bos",))
    kept.kept_posts.keep(kept_post("plg-2023", [sent], KeptReason.NOT_VALID, AFTER, ["email"]))
    before = boto3.client("dynamodb").scan(TableName="tweetal")["Items"]
    seen, todo = set[str](), [""]
    while todo:
        seen.add(page := todo.pop())
        answer = inside.get(page)
        assert answer["statusCode"] == (303 if page == "next" else 200), page
        links = re.findall(rf'href="/organiser/{re.escape(inside.token)}/([^"?#]+)', answer["body"])
        todo += {*links} - seen - {*todo}
    assert len(seen) > 8
    assert boto3.client("dynamodb").scan(TableName="tweetal")["Items"] == before


def test_a_quarantined_post_is_released_or_rejected_and_that_can_be_undone(
    inside: Browser, kept: Table
) -> None:
    anna, bram = colleagues("Dalcollege", "Anna Bram", state=State.QUARANTINED)
    kept.register([anna, bram])
    inside.order(f"person/{anna.reference}/release")
    assert "Er gaat nu geen mail uit" in said(inside.get(f"person/{bram.reference}/reject"))
    inside.order(f"person/{bram.reference}/reject")
    assert (state_of(kept, anna), state_of(kept, bram)) == (State.REGISTERED, State.CANCELLED)
    inside.order(f"person/{bram.reference}/restore")
    assert state_of(kept, bram) is State.REGISTERED


def test_a_waiver_needs_its_reason_and_can_be_taken_back(inside: Browser, kept: Table) -> None:
    jan = someone()
    kept.register([jan])
    page = f"school/{jan.reference}/waive"
    assert "Vul in waarom" in inside.order(page)["body"]
    for until in ("morgen", "2023-04-15", "9999-12-31"):
        again = inside.order(page, why="kleine school", until=until)
        assert again["statusCode"] == 422
        assert 'value="kleine school"' in again["body"]
    inside.order(page, why="kleine school", until="2023-04-30")
    (waiver,) = kept.decisions("plg-2023")
    assert (waiver.kind, waiver.about, waiver.by, waiver.why) == (
        Kind.WAIVE, jan.reference, SANNE, "kleine school",
    )  # fmt: skip
    assert waiver.until == datetime.fromisoformat("2023-05-01T00:00:00+02:00")
    assert "uitzondering" in inside.get()["body"]
    inside.order(f"school/{jan.reference}/unwaive")
    assert not kept.decisions("plg-2023")[0].holds(AFTER)
    page = said(inside.get(f"school/{jan.reference}"))
    assert (
        f"16 apr, 10.00 uur uitzondering door {SANNE}: kleine school. Teruggenomen: 16 apr, 10.00 uur" in page
    )


def test_the_history_of_released_spam_says_who_released_it(inside: Browser, kept: Table) -> None:
    spam = someone(state=State.QUARANTINED)
    kept.register([spam])
    inside.order(f"person/{spam.reference}/release", why="gebeld")
    page = said(inside.get(f"school/{spam.reference}"))
    assert f"16 apr, 10.00 uur aangemeld door {SANNE}: nagekeken: hoort erbij: gebeld" in page


def test_the_closing_is_held_and_released(inside: Browser, kept: Table) -> None:
    kept.register([someone()])
    inside.order("closing/hold", why="we bellen nog")
    assert "Het besluit wacht" in inside.get()["body"]
    release = said(inside.get("closing/release"))
    assert "De eerstvolgende ochtend om 7.00 uur: 1 mail Jan de Vries jan@berg.example “je plek" in release
    inside.order("closing/release")
    assert "Het besluit wacht" not in inside.get()["body"]


def test_a_short_school_is_reminded_at_most_once_a_day(inside: Browser, kept: Table) -> None:
    jan = someone()
    kept.register([jan])
    inside.at = AT
    inside.cookie = f"__Secure-tweetal={LINKS.session(Bearer('plg-2023', KEY), AT)}"
    inside.order(f"school/{jan.reference}/remind")
    found = kept.registration("plg-2023", jan.person_key)
    assert found
    assert (found.reminded, found.reminded_at, found.history[-1].by) == (25, AT, SANNE)
    assert inside.get(f"school/{jan.reference}/remind")["statusCode"] == 409


def test_a_school_of_which_nobody_counts_is_not_listed_and_its_people_are_found(
    inside: Browser, kept: Table
) -> None:
    kept.register([someone(), someone("Win", "win@casino.example", school="Casino", state=State.QUARANTINED)])
    schools = inside.get()["body"].partition('id="scholen"')[2]
    assert "alle 1</a>" in schools
    assert "Casino" not in schools
    assert "Casino" in inside.get(q="win@casino")["body"].partition('id="scholen"')[2]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_list_can_be_downloaded(inside: Browser, kept: Table, name: str) -> None:
    kept.register([someone()])
    answer = inside.get(f"export/{name}")
    assert answer["isBase64Encoded"]
    assert f'filename="plg-2023-2023-04-16.{name}"' in answer["headers"]["content-disposition"]


def test_the_overview_counts_answers_and_only_the_download_names_who_is_allergic(
    inside: Browser, kept: Table
) -> None:
    kept.apply_network(PLG.read_text() + TOML, PLG.name, AT)
    kept.register([someone(questions={"eten": "yes", "dieet": "noten"}, state=State.ADMITTED)])
    page = inside.get()["body"]
    assert re.search(r"<dt>Eet je mee\?</dt>\s*<dd>ja 1</dd>", page)
    assert "beantwoord 1" in page
    assert "noten" not in page
    assert b"noten" in base64.b64decode(inside.get("export/csv")["body"])


@pytest.mark.parametrize("page", ["nergens", "school/PLG-0", "export/pdf", "closing", "school/PLG-0/waive/x"])
def test_a_page_that_is_not_there_is_not_there(inside: Browser, page: str) -> None:
    assert inside.get(page)["statusCode"] == 404
    assert inside.post(page, form=LINKS.form(inside.cookie.partition("=")[2]))["statusCode"] == 404


def test_schools_are_found_by_their_standing_their_name_and_their_people(
    inside: Browser, kept: Table
) -> None:
    kept.register([someone(), *colleagues("Dalcollege", "Anna Bram")])
    every = [inside.get(**query)["body"] for query in ({"stand": "short"}, {"q": "bergc"}, {"q": "jan@berg"})]
    assert all(">Bergcollege<" in page and ">Dalcollege<" not in page for page in every)
    assert "Geen school gevonden" in inside.get(q="nergens")["body"]


def test_who_is_coming_is_for_who_signed_in_and_what_they_search_is_in_no_log(
    inside: Browser, kept: Table, caplog: pytest.LogCaptureFixture
) -> None:
    kept.register([someone(remarks="Ik kom met de trein"), *colleagues("Dalcollege", "Anna Bram")])
    page = said(inside.get("people", q="trein"))
    assert "Jan de Vries Opmerking: Ik kom met de trein" in page
    assert "Anna" not in page
    outside = Browser(inside.token, AFTER).get("people", q="trein")["body"]
    assert "Mail mij een code" in outside
    assert "trein" not in outside
    assert not any("trein" in str(vars(record)) for record in caplog.records)


def test_what_somebody_later_said_otherwise_is_told_in_dutch(inside: Browser, kept: Table) -> None:
    jan = someone(again={"role": "rector"})
    kept.register([jan])
    assert "<dt>Later ook: functie</dt><dd>rector</dd>" in inside.get(f"school/{jan.reference}")["body"]


def test_a_school_page_names_the_colleagues_who_are_still_to_come(inside: Browser, kept: Table) -> None:
    jan = someone(without_address=("Bo <Smit>",))
    kept.register([jan])
    page = said(inside.get(f"school/{jan.reference}"))
    assert "Collega volgt: Bo &lt;Smit&gt;, zonder e-mailadres" in page
    kept.register([someone("Bo Smit", "bo@berg.example")])
    assert "Collega volgt" not in said(inside.get(f"school/{jan.reference}"))


def test_a_school_with_more_people_than_it_needs_is_not_four_of_two(inside: Browser, kept: Table) -> None:
    anna, *others = colleagues("Dalcollege", "Anna Bram Carla Dirk")
    kept.register([anna, *others])
    assert "4 mensen" in inside.get()["body"]
    assert "4 mensen: compleet" in inside.get(f"school/{anna.reference}")["body"]
    assert "4 van 2" not in inside.get()["body"] + inside.get(f"school/{anna.reference}")["body"]


def test_three_hundred_schools_are_pages_below_30_kb(inside: Browser, kept: Table) -> None:
    for n in range(300):
        state = State.LATE if n % 3 else State.REGISTERED
        letters = chr(65 + n % 26) + chr(97 + n // 26)
        school, place = f"Scholengemeenschap {letters * 5}", f"{letters * 4}dam"
        kept.register([someone(f"Jan {n}", f"j{n}@x{n}.example", state=state, school=school, place=place)])
    page = inside.get()
    assert len(page["body"].encode()) < 30_000
    assert "from=20" in page["body"]
    assert "from=40" in inside.get(**{"from": "20"})["body"]


CARLA = {"name": "Carla Smit", "email": "carla@dal.example", "school": "Dalcollege", "state": "registered"}


def form(inside: Browser) -> str:
    return LINKS.form(inside.cookie.partition("=")[2])


def everyone(table: Table) -> list[str]:
    return [r.name for r in table.registrations("plg-2023")]


def test_somebody_is_registered_by_hand_only_after_what_it_leads_to_was_shown(
    inside: Browser, kept: Table
) -> None:
    typed = {**CARLA, "why": "belde <net> op tijd", "form": form(inside)}
    looked = inside.post("registration", **typed)
    assert "Carla Smit aanmelden?" in said(looked)
    assert "Er gaat 1 mail uit Carla Smit carla@dal.example" in said(looked)
    assert 'value="belde &lt;net&gt; op tijd"' in looked["body"]
    assert everyone(kept) == []
    back = inside.post("registration", step="edit", **typed)
    assert 'value="Dalcollege"' in back["body"]
    done = inside.post("registration", step="do", **typed)
    (carla,) = kept.registrations("plg-2023")
    assert done["headers"]["location"].endswith(f"/school/{carla.reference}?done=1")
    assert (carla.state, carla.history[0].by, carla.history[0].note) == (
        State.REGISTERED, SANNE, "belde <net> op tijd",
    )  # fmt: skip
    again = inside.post("registration", step="do", **typed)
    assert again["statusCode"] == 422
    assert f"staat al op de lijst, als {carla.reference}" in again["body"]


def test_what_is_wrong_is_said_at_each_field_and_what_was_typed_is_kept(inside: Browser, kept: Table) -> None:
    page = inside.post("registration", step="do", name="Carla", email="carla@", form=form(inside))
    assert page["statusCode"] == 422
    assert 'value="carla@"' in page["body"]
    for field in ("email", "school", "why", "state"):
        assert f'href="#{field}"' in page["body"]
        assert f'id="{field}-error"' in page["body"]
    assert everyone(kept) == []


def test_a_colleague_is_registered_for_the_school_of_the_page_that_one_came_from(
    inside: Browser, kept: Table
) -> None:
    jan = someone(place="Utrecht")
    kept.register([jan])
    page = inside.get("registration", of=jan.reference)["body"]
    assert 'value="Bergcollege"' in page
    assert 'value="Utrecht"' in page
    assert "value" in inside.get("registration", of="PLG-0")["body"]


def test_nobody_is_registered_before_the_network_opens(inside: Browser, kept: Table, plg: Network) -> None:
    inside.at = plg.opens_at - timedelta(hours=1)
    inside.cookie = f"__Secure-tweetal={LINKS.session(Bearer('plg-2023', KEY), inside.at)}"
    assert inside.get("registration")["statusCode"] == 409
    posted = inside.post("registration", step="do", **CARLA, why="belde", form=form(inside))
    assert posted["statusCode"] == 409
    assert "registration" not in inside.get()["body"]


def test_a_mail_is_sent_again_at_most_once_an_hour(inside: Browser, kept: Table) -> None:
    jan = someone()
    kept.register([jan])
    page = f"person/{jan.reference}/resend"
    inside.order(page)
    found = kept.registration("plg-2023", jan.person_key)
    assert found
    assert (found.resent_at, found.history[-1].by, found.state) == (AFTER, SANNE, State.REGISTERED)
    inside.at += timedelta(minutes=59)
    assert inside.get(page)["statusCode"] == 409
    inside.at += timedelta(minutes=1)
    assert inside.get(page)["statusCode"] == 200


def test_two_typings_are_said_to_be_one_school_and_that_is_taken_back(inside: Browser, kept: Table) -> None:
    anna, bram = someone("Anna Bos", "a@a.example", place="Ede"), someone("Bram Vos", "b@b.example")
    bram = replace(bram, school="Het Hof", place="Ede")
    kept.register([anna, bram])
    found = said(inside.get(f"typing/{anna.reference}", q="hof"))
    assert "Het Hof Ede Dezelfde school" in found
    page = f"typing/{anna.reference}/same/{bram.reference}"
    assert "2 van 2: compleet Anna Bos en Bram Vos" in said(inside.get(page))
    inside.order(page, why="gebeld")
    (word,) = kept.school_rulings()
    assert (word.kind, word.by, word.why) == (Kind.SAME, SANNE, "gebeld")
    school = said(inside.get(f"school/{bram.reference}"))
    assert "2 van 2: compleet" in school
    assert "“Bergcollege, Ede” en “Het Hof, Ede” zijn één school door info@voortgezetleren.nl" in school
    inside.order(f"word/{word.id}/undo")
    assert kept.school_rulings()[0].undone_at == AFTER
    assert "1 van 2: te kort" in said(inside.get(f"school/{bram.reference}"))


def test_a_doubt_about_two_schools_is_answered_from_the_overview(inside: Browser, kept: Table) -> None:
    jan, noor = (
        someone(name, f"{place}@x.example", school="Montessori Lyceum", place=place)
        for name, place in (("Jan Kok", "Driebergen"), ("Noor van Dijk", "Zeist"))
    )
    kept.register([jan, noor])
    (question,) = re.findall(r'/(typing/[^"]*/same/[^"]*)"', inside.get()["body"])
    (no,) = re.findall(r'/(typing/[^"]*/different/[^"]*)"', inside.get(question)["body"])
    inside.order(no)
    assert "typing" not in inside.get()["body"]
    assert kept.school_rulings()[0].kind is Kind.DIFFERENT


def test_a_typing_is_looked_up_in_the_register(inside: Browser, kept: Table) -> None:
    kept.save_register(read_register((ROOT / "local/schools-sample.csv").read_bytes()), AT)
    odd = someone(school="De oude kazerne", place="")
    kept.register([odd])
    page = inside.get(f"typing/{odd.reference}", q="willem lodewijk")["body"]
    (link,) = set(re.findall(rf"/(typing/{odd.reference}/is/\w+)", page))
    inside.order(link)
    assert kept.school_rulings()[0].kind is Kind.IS
    assert "Willem Lodewijk" in said(inside.get(f"school/{odd.reference}"))


def test_the_function_that_shows_pages_answers_head_as_it_answers_get(inside: Browser) -> None:
    assert inside.head() == inside.get()


def test_a_school_with_thirty_people_is_a_page_below_30_kb_that_leads_to_each(
    inside: Browser, kept: Table
) -> None:
    people = [someone(f"Jan van den Berg-Jansen {n}", f"jan{n}@berg.example") for n in range(30)]
    kept.register(people)
    page = inside.get(f"school/{people[7].reference}")["body"]
    assert len(page.encode()) < 30_000
    assert page.index(people[7].reference) < page.index(people[6].name)
    assert all(f"school/{p.reference}" in page or f'id="{p.reference}"' in page for p in people)
    kept.register([someone(f"Jan van den Berg {n}", f"j{n}@berg.example") for n in range(60)])
    assert len(inside.get(f"school/{people[7].reference}")["body"].encode()) < 30_000


def test_leaving_takes_the_cookie_away_and_ends_the_session_for_whoever_kept_it(inside: Browser) -> None:
    cookie = inside.cookie
    other = Browser(inside.token, AFTER)
    other.cookie = f"__Secure-tweetal={LINKS.session(BEARER, AFTER, 'another')}"
    left = inside.post(do="leave", form=LINKS.form(cookie.partition("=")[2]))
    assert "Max-Age=0" in left["cookies"][0]
    inside.cookie = cookie
    assert "Mail mij een code" in inside.get()["body"]
    assert inside.post("closing/hold", form=LINKS.form(cookie.partition("=")[2]))["statusCode"] == 403
    assert "Overzicht" in other.get()["body"]


def test_a_session_of_an_earlier_release_can_be_ended_too(inside: Browser) -> None:
    expires = int((AFTER + timedelta(hours=12)).timestamp())
    session = LINKS._signer("session").dumps([*BEARER, expires])
    cookie = inside.cookie = f"__Secure-tweetal={session}"
    assert "Overzicht" in inside.get()["body"]
    inside.post(do="leave", form=LINKS.form(session))
    inside.cookie = cookie
    assert "Mail mij een code" in inside.get()["body"]


def test_only_who_is_signed_in_costs_a_look_at_the_ended_sessions(inside: Browser) -> None:
    calls: list[str] = []
    store = organise.services().table._store._client.meta.events
    store.register("before-call.dynamodb.GetItem", lambda model, **_: calls.append(model.name))
    Browser(inside.token, AFTER).get("export/csv")
    assert calls == []
    inside.get("export/csv")
    assert calls.count("GetItem") >= 1


def test_when_the_table_fails_the_page_says_that_it_is_us(inside: Browser) -> None:
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    for answer in (inside.get(), inside.post("closing/hold", form=form(inside))):
        assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")


# --- decisions in a row


def latecomers(table: Table, number: int) -> list[Registration]:
    """Register people who were late, each of a school of their own."""
    people = [
        someone(
            f"Lot Bos{n}", f"l{n}@x{n}.example", AFTER, state=State.LATE, school=f"{chr(65 + n) * 6}college"
        )
        for n in range(number)
    ]
    for person in people:
        table.register([person])
    return people


def test_twenty_decisions_are_made_at_once_after_their_mails_were_shown(inside: Browser, kept: Table) -> None:
    latecomers(kept, 20)
    page = inside.get("decisions")["body"]
    assert "20 besluiten" in page
    assert page.count('name="pick-') == 20
    (everybody,) = re.findall(r'name="all" type="checkbox" value="([^"]+)"', page)
    looked = inside.post("decisions", form=form(inside), all=everybody, admit="yes")
    assert "20 mensen laten meedoen?" in said(looked)
    assert "Er gaan 20 mails uit Lot Bos" in said(looked)
    assert looked["body"].count("“je doet mee") == 20
    assert len(looked["body"].encode()) < 40_000
    assert {r.state for r in kept.registrations("plg-2023")} == {State.LATE}
    (people,) = re.findall(r'name="people" value="([^"]+)"', looked["body"])
    done = inside.post(
        "decisions", form=form(inside), people=people, action="admit", step="do", why="ze belden"
    )
    assert done["headers"]["location"].endswith("/decisions?decided=20&left=")
    changes = [r.history[-1] for r in kept.registrations("plg-2023")]
    assert {(c.state, c.by, c.note) for c in changes} == {(State.ADMITTED, SANNE, "ze belden")}
    after = said(inside.get("decisions", decided="20"))
    assert "Gedaan: 20 besluiten." in after
    assert "Er is nu geen besluit nodig" in after


def test_about_whom_somebody_else_decided_meanwhile_nothing_is_decided_again(
    inside: Browser, kept: Table
) -> None:
    lot, els, *_ = people = latecomers(kept, 3)
    chosen = {f"pick-0{n}": r.reference for n, r in enumerate(people)} | {"form": form(inside)}
    inside.order(f"person/{lot.reference}/decline")
    looked = said(inside.post("decisions", action="admit", **chosen))
    assert "2 mensen laten meedoen?" in looked
    assert "al over beslist: Lot Bos0 (AAAAAAcollege)." in looked
    inside.order(f"person/{els.reference}/decline")
    done = inside.post("decisions", action="admit", step="do", **chosen)
    left = f"left={lot.reference}+{els.reference}"
    assert done["headers"]["location"].endswith(f"/decisions?decided=1&{left}")
    after = said(inside.get("decisions", decided="1", left=f"{lot.reference} {els.reference}"))
    assert "Gedaan: 1 besluit. Dit kon niet meer" in after
    assert "Lot Bos0 (AAAAAAcollege)" in after
    assert "Lot Bos1 (BBBBBBcollege)" in after
    assert [state_of(kept, r) for r in people] == [State.DECLINED, State.DECLINED, State.ADMITTED]
    assert inside.post("decisions", action="admit", step="do", **chosen)["statusCode"] == 409


def test_a_whole_school_that_waits_is_taken_in_or_left_out(inside: Browser, kept: Table) -> None:
    held = colleagues("Dalcollege", "Anna Bram", state=State.HELD, history=(Change(AT, State.HELD, SANNE),))
    kept.register(held)
    (people,) = re.findall(r'name="pick-01" type="checkbox" value="([^"]+)"', inside.get("decisions")["body"])
    inside.post("decisions", form=form(inside), action="decline", step="do", **{"pick-01": people})
    assert [state_of(kept, r) for r in held] == [State.DECLINED] * 2


def test_a_school_of_whom_nobody_gets_a_message_offers_none_and_says_a_state_once(
    inside: Browser, kept: Table
) -> None:
    (lot,) = latecomers(kept, 1)
    assert "Schrijf een bericht" not in inside.get(f"school/{lot.reference}")["body"]
    anna, _ = colleagues(
        "Dalcollege", "Anna Bram", state=State.HELD, history=(Change(AT, State.HELD, SANNE),)
    )
    kept.register([anna])
    page = inside.get(f"school/{anna.reference}")
    assert "Schrijf een bericht" in page["body"]
    assert "wacht op besluit wacht" not in said(page)


def test_whoever_chooses_nobody_is_asked_to_and_no_other_order_is_for_several(
    inside: Browser, kept: Table
) -> None:
    (lot,) = latecomers(kept, 1)
    nobody = inside.post("decisions", form=form(inside), action="admit")
    assert nobody["headers"]["location"].endswith("/decisions?nobody=1")
    assert "Kies eerst over wie je beslist" in inside.get("decisions", nobody="1")["body"]
    for action in ("hold", "resend", "waive", "", "x"):
        posted = inside.post("decisions", form=form(inside), people=lot.reference, action=action, step="do")
        assert posted["statusCode"] == 404
    assert inside.post("decisions", action="admit", people=lot.reference, step="do")["statusCode"] == 403
    assert state_of(kept, lot) is State.LATE


def test_the_next_decision_follows_a_decision_until_there_is_none(inside: Browser, kept: Table) -> None:
    left = {person.reference for person in latecomers(kept, 2)}
    while left:
        reference = inside.get("next")["headers"]["location"].rpartition("/school/")[2]
        left.remove(reference)
        inside.order(f"person/{reference}/decline")
        assert "Volgende besluit" in inside.get(f"school/{reference}", done="1")["body"]
    assert inside.get("next")["headers"]["location"] == f"/organiser/{inside.token}/decisions"


def test_decisions_of_every_kind_are_one_page_below_40_kb(inside: Browser, kept: Table) -> None:
    for n in range(40):
        for state in (State.LATE, State.HELD, State.QUARANTINED):
            name = f"Annemieke van den Berg-{state}{n}"
            email, school = f"{state}{n}@x.example", f"Scholengemeenschap {state} {n} Veluwe"
            kept.register([someone(name, email, AFTER, state=state, school=school, place="Hardenberg")])
    page = inside.get("decisions")["body"]
    assert len(page.encode()) < 40_000
    assert page.count("En nog ") == 3
