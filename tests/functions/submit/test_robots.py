"""A form that is open to all, and what is put aside of it: nobody who may be a person is locked out."""

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest

from functions.submit import handler as submit
from functions.submit.services import services as submit_services
from shared.access.form_secret import form_secrets
from shared.access.links import Links
from shared.access.proof_of_work import challenge
from shared.aws.table import Table
from shared.domain.network.network import Network, read_network
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import State
from tests.conftest import PLG
from tests.engines import Around, Engine, Send
from tests.faults.answers import Faults, answer_lost, fails_after, hangs, operation, refused, says
from tests.functions.submit.posts import JAN, OPEN, event, form_post, json_post
from tests.judging import judge_all
from tests.stored_schools import store_schools
from tests.work import done

SCHOOL = "1.2.3.4"  # an address that many may share
HOME = "1.2.3.5"
KEY = "key"


@pytest.fixture(autouse=True)
def fresh(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    boto3.client("secretsmanager").create_secret(Name="links", SecretString=KEY)
    submit_services.cache_clear()
    yield
    submit_services.cache_clear()


def wanting(table: Table, what: str) -> None:
    """Apply the first network with something wanted of posts, a minute before the next of them."""
    submit_services.cache_clear()
    table.apply_network(f"{PLG.read_text()}\n[abuse]\n{what}", PLG.name, OPEN)


@pytest.fixture
def of_three(table: Table) -> None:
    """Of one place three people an hour are taken; the others are put aside."""
    wanting(table, "people_an_hour_per_address = 3")


def posts(table: Table, number: int, visitor: str, first: int = 0) -> list[dict[str, Any]]:
    """Have so many people register, each with an address of their own, from one place; each is judged."""
    answers = []
    for i in range(first, first + number):
        sent = json_post(JAN | {"email": f"p{i}@berg.example"}, request_id=f"{visitor}-{i}", visitor=visitor)
        answers.append(submit.handler(sent, None))
        judge_all(table)
    return answers


def states(table: Table) -> list[str]:
    found = sorted(table.registrations("plg-2023"), key=lambda r: int(r.email[1:].partition("@")[0]))
    return [r.state.value for r in found]


def test_more_than_one_place_can_mean_is_put_aside_and_answered_as_always(
    table: Table, of_three: None
) -> None:
    answers = posts(table, 5, SCHOOL)
    assert [a["statusCode"] for a in answers] == [201] * 5
    assert {json.loads(a["body"])["status"] for a in answers} == {"registered"}
    assert states(table) == ["registered"] * 3 + ["quarantined"] * 2
    why = {r.history[0].reason for r in table.registrations("plg-2023") if r.state is State.QUARANTINED}
    assert why == {Reason(ReasonCode.TOO_MANY)}


def test_colleagues_count_too_for_it_is_people_that_are_counted(table: Table, of_three: None) -> None:
    for number in (0, 1):
        brought = [{"name": "Ann Bos", "email": f"p{number}{number}@berg.example"}]
        sent = JAN | {"email": f"p{number}@berg.example", "participants": brought}
        submit.handler(json_post(sent, request_id=f"post-{number}", visitor=SCHOOL), None)
        judge_all(table)
    assert sorted(states(table)) == ["quarantined"] * 2 + ["registered"] * 2


def test_the_key_of_earlier_files_is_still_read(table: Table) -> None:
    wanting(table, "posts_an_hour_per_visitor = 3")
    posts(table, 5, SCHOOL)
    assert states(table) == ["registered"] * 3 + ["quarantined"] * 2


def test_a_network_that_takes_more_of_one_place_than_a_flood_refuses_only_above_its_own_limit(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.submit.robots.FLOOD", 2)
    monkeypatch.setattr("functions.submit.recent_people.UNCOUNTED", 0)
    wanting(table, "people_an_hour_per_address = 4")
    assert [a["statusCode"] for a in posts(table, 6, SCHOOL)] == [201] * 4 + [429] * 2
    assert states(table) == ["registered"] * 4


def test_other_places_and_the_next_hour_have_nothing_to_do_with_it(table: Table, of_three: None) -> None:
    posts(table, 5, SCHOOL)
    posts(table, 2, HOME, first=5)
    assert states(table)[5:] == ["registered"] * 2


def test_a_flood_is_refused_with_what_was_typed_and_fills_no_table(
    table: Table, of_three: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.submit.robots.FLOOD", 30)
    answers = posts(table, 32, SCHOOL)
    assert [a["statusCode"] for a in answers] == [201] * 30 + [429] * 2
    assert len(states(table)) == 30
    said = json.loads(answers[-1]["body"])
    assert (said["type"], answers[-1]["headers"]["retry-after"]) == ("/problems/too-many", "3600")
    page = submit.handler(form_post(JAN | {"name": "Jip ten Have"}, visitor=SCHOOL), None)
    assert page["statusCode"] == 429
    assert 'value="Jip ten Have"' in page["body"]
    assert "Probeer het over 60 minuten opnieuw" in page["body"]


@pytest.mark.parametrize("number", [60, pytest.param(300, marks=pytest.mark.slow)])
def test_posts_from_this_very_machine_are_all_registered(table: Table, number: int) -> None:
    posts(table, number, "127.0.0.1")
    assert states(table) == ["registered"] * number


def test_a_network_that_counts_nobody_puts_nobody_aside(table: Table) -> None:
    wanting(table, "people_an_hour_per_address = 0")
    posts(table, 30, SCHOOL)
    assert set(states(table)) == {"registered"}


def test_what_is_not_valid_is_not_counted(table: Table, of_three: None) -> None:
    for _ in range(40):
        assert submit.handler(json_post({"name": "Jan"}, visitor=SCHOOL), None)["statusCode"] == 422
    posts(table, 1, SCHOOL)
    assert states(table) == ["registered"]


@pytest.mark.parametrize("fault", [answer_lost, hangs, refused, fails_after, says("ThrottlingException")])
def test_who_cannot_be_counted_at_once_is_answered_as_always_and_counted_later(
    table: Table, of_three: None, monkeypatch: pytest.MonkeyPatch, fault: Around
) -> None:
    monkeypatch.setattr("functions.submit.recent_people.UNCOUNTED", 2)
    faults = Faults([fault] * 10, ["UpdateItem"])
    for i in range(8):
        with monkeypatch.context() as patch:  # of the visitor's function only
            Engine().around(patch, faults)
            sent = json_post(JAN | {"email": f"p{i}@berg.example"}, request_id=f"{i}", visitor=SCHOOL)
            assert submit.handler(sent, None)["statusCode"] == 201
        judge_all(table)
    assert faults.happened == 6  # none of them was tried again
    counted_anyway = 1 if fault in (answer_lost, fails_after) else 3
    assert states(table).count("registered") in (2, counted_anyway)
    assert set(states(table)[3:]) == {"quarantined"}


# --- How an address is counted out of the visitor's way


def calls_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the calls of AWS that are made from now on, as they come."""
    calls: list[str] = []

    def note(send: Send, request: Any) -> Any:
        calls.append(operation(request))
        return send(request)

    Engine().around(monkeypatch, note)
    return calls


def register(number: int, visitor: str = SCHOOL, **fields: Any) -> dict[str, Any]:
    sent = json_post(JAN | {"email": f"p{number}@berg.example", **fields}, visitor=visitor)
    answer: dict[str, Any] = submit.handler(sent, None)
    return answer


def test_one_person_costs_a_warm_function_one_call_whether_or_not_they_are_registered(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(0)  # reads the network's file
    calls = calls_of(monkeypatch)
    for number in (1, 1):
        register(number)
    judge_all(table)
    del calls[2:]
    register(1)
    assert calls == ["PutItem"] * 3


def test_who_is_not_judged_counts_for_nothing_and_is_judged_once(table: Table, of_three: None) -> None:
    register(0, participants=[{"name": "Ann Bos", "email": "p1@berg.example"}])
    assert table.registrations("plg-2023") == ()
    people, network = table.everybody("plg-2023"), read_network(table.networks()["plg-2023"], "plg-2023")
    for _ in range(3):  # the stream, again the stream, and the sweep
        table.judge(network, people, OPEN)
    assert states(table) == ["registered"] * 2
    register(2)
    register(3)
    judge_all(table)
    assert sorted(states(table)) == ["quarantined", "registered", "registered", "registered"]


def test_who_posts_twice_before_the_verdict_is_one_person_and_keeps_the_first_data(table: Table) -> None:
    first, second = register(0), register(0, remarks="vegetarisch")
    assert json.loads(first["body"])["reference"] == json.loads(second["body"])["reference"]
    judge_all(table)
    (jan,) = table.registrations("plg-2023")
    assert (jan.state, jan.remarks, jan.again) == (State.REGISTERED, "", {"remarks": "vegetarisch"})
    assert [change.at for change in jan.history] == [jan.received_at]


def test_a_crowd_that_was_put_aside_does_not_come_back_by_posting_again_from_elsewhere(
    table: Table, of_three: None
) -> None:
    posts(table, 8, SCHOOL)
    submit_services.cache_clear()  # another container knows nothing of them
    posts(table, 8, SCHOOL)
    assert states(table) == ["registered"] * 3 + ["quarantined"] * 5
    posts(table, 8, HOME)
    assert states(table).count("registered") == 6


def test_each_container_takes_ten_people_uncounted_and_then_counts_at_once(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.submit.robots.FLOOD", 12)
    wanting(table, "people_an_hour_per_address = 3")
    answers = []
    for container in range(3):
        submit_services.cache_clear()
        answers += [register(30 * container + number)["statusCode"] for number in range(23)]
    assert answers.count(201) == 10 + 12 + 10 + 10  # a flood stops at its bound and ten for each container
    judge_all(table)
    assert states(table).count("registered") <= 3


# --- How long our own form was filled in


def shown(page: dict[str, Any]) -> str:
    """Return what a page of ours carries to tell when it was shown; "" for one that does not."""
    found = re.search(r'name="shown" value="([^"]+)"', page["body"])
    return found[1] if found else ""


def in_seconds(seconds: float, carried: str, email: str = "jan@berg.example") -> dict[str, Any]:
    """Post what a page of ours carried, so many seconds after it was shown."""
    at = OPEN + timedelta(seconds=seconds)
    return submit.handler(form_post(JAN | {"email": email, "shown": carried}, at=at, request_id=email), None)


def test_our_own_form_filled_in_faster_than_anybody_types_is_put_aside(table: Table) -> None:
    wanting(table, "min_fill_seconds = 3")
    carried = shown(submit.handler(form_post({"name": "Jan"}), None))
    assert in_seconds(2.9, carried, "p0@x.example")["statusCode"] == 303
    assert in_seconds(3, carried, "p1@x.example")["statusCode"] == 303
    assert states(table) == ["quarantined", "registered"]
    (first, second) = sorted(table.registrations("plg-2023"), key=lambda r: r.email)
    assert first.history[0].reason == Reason(ReasonCode.TOO_FAST)
    assert second.extra == {}  # what the page carried is not taken for a field of the form


def test_a_form_that_comes_back_twice_still_says_when_it_was_first_shown(table: Table) -> None:
    wanting(table, "min_fill_seconds = 3")
    carried = shown(submit.handler(form_post({"name": "Jan"}), None))
    again = submit.handler(form_post({"name": "Jan", "shown": carried}, at=OPEN + timedelta(hours=1)), None)
    assert shown(again) == carried


def test_a_form_of_somebody_elses_says_nothing_and_is_taken(table: Table) -> None:
    wanting(table, "min_fill_seconds = 3")
    for number, carried in enumerate(("", "x", "MTIz.abc")):
        in_seconds(0, carried, f"p{number}@x.example")
    assert states(table) == ["registered"] * 3


def test_a_network_that_does_not_ask_for_it_gets_no_stamp_and_asks_for_no_key(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINK_SECRET", "there is no such secret")
    assert shown(submit.handler(form_post({"name": "Jan"}), None)) == ""


def test_without_the_key_a_form_comes_back_and_is_taken_all_the_same(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanting(table, "min_fill_seconds = 3")
    monkeypatch.setenv("LINK_SECRET", "there is no such secret")
    page = submit.handler(form_post({"name": "Jan"}), None)
    assert (page["statusCode"], shown(page)) == (422, "")
    in_seconds(1, "x", "p0@x.example")
    assert states(table) == ["registered"]


# --- Proof of work


def work(request: str = "request-1") -> str:
    """Return what the browser of somebody found, who asked for work to do."""
    return done(challenge(Links([KEY]).keys("work")[-1], "plg-2023", OPEN, request))


def works(altcha: str, number: int, **others: Any) -> int:
    """Post somebody's registration with a proof; return the status."""
    fields = JAN | {"email": f"p{number}@x.example", "altcha": altcha}
    status: int = submit.handler(json_post(fields, request_id=f"post-{number}", **others), None)["statusCode"]
    return status


def test_where_work_is_wanted_what_comes_without_it_is_put_aside(table: Table) -> None:
    wanting(table, "proof_of_work = true")
    for number, altcha in enumerate((work(), "", "x", work()[:-8], work("request-2"))):
        assert works(altcha, number) == 201
    assert states(table) == ["registered", "quarantined", "quarantined", "quarantined", "registered"]
    assert {r.extra.get("altcha") for r in table.registrations("plg-2023")} == {None}


def test_work_is_taken_once_and_again_only_from_who_sends_the_same_again(table: Table) -> None:
    wanting(table, "proof_of_work = true")
    for number in (0, 0, 1, 2):
        assert works(work(), number) == 201
    assert states(table) == ["registered", "quarantined", "quarantined"]


def test_work_of_twenty_minutes_ago_is_put_aside(table: Table) -> None:
    wanting(table, "proof_of_work = true")
    works(work(), 0, at=OPEN + timedelta(minutes=19, seconds=59))
    works(work("request-2"), 1, at=OPEN + timedelta(minutes=20))
    assert states(table) == ["registered", "quarantined"]


def test_nobody_works_where_it_is_not_wanted(table: Table) -> None:
    works("x", 0)
    assert states(table) == ["registered"]


def test_who_comes_by_a_colleagues_link_need_not_work(table: Table, plg: Network) -> None:
    works("", 0)
    (first,) = table.registrations("plg-2023")
    wanting(table, "proof_of_work = true")
    token = Links([KEY]).forward(first, plg).rpartition("/")[2]
    submit.handler(json_post(JAN | {"email": "p1@x.example", "forward": token}, request_id="2"), None)
    submit.handler(json_post(JAN | {"email": "p2@x.example", "forward": "x"}, request_id="3"), None)
    assert states(table) == ["registered", "registered", "quarantined"]


def by_link(token: str, *emails: str, visitor: str = "127.0.0.1") -> None:
    """Have people come by a link, each in a post of their own."""
    for email in emails:
        sent = JAN | {"email": email, "forward": token}
        submit.handler(json_post(sent, request_id=email, visitor=visitor), None)


def link_of(table: Table, plg: Network, email: str) -> str:
    """Return the link of somebody who was mailed: by then it is stored of which school they are."""
    store_schools(table)
    (person,) = (r for r in table.registrations("plg-2023") if r.email == email)
    return Links([KEY]).forward(person, plg).rpartition("/")[2]


def test_a_schools_links_free_ten_people_of_work_and_all_others_must_work(table: Table, plg: Network) -> None:
    works("", 0)
    wanting(table, "proof_of_work = true")
    token = link_of(table, plg, "p0@x.example")
    by_link(token, *(f"p{n}@x.example" for n in range(1, 9)))
    by_link(link_of(table, plg, "p8@x.example"), "p9@x.example", "p10@x.example", "p11@x.example")
    by_link(token, "p12@x.example")
    sent = JAN | {"email": "p13@x.example", "forward": token, "altcha": work()}
    submit.handler(json_post(sent, request_id="13"), None)
    assert states(table) == ["registered"] * 11 + ["quarantined"] * 2 + ["registered"]


def test_colleagues_in_a_post_by_link_take_room_too(table: Table, plg: Network) -> None:
    works("", 0)
    wanting(table, "proof_of_work = true")
    many = [
        {"name": f"{letter * 3} Bos", "email": f"p{n}@x.example"} for n, letter in enumerate("abcdefghij", 2)
    ]
    sent = JAN | {
        "email": "p1@x.example",
        "participants": many,
        "forward": link_of(table, plg, "p0@x.example"),
    }
    submit.handler(json_post(sent, request_id="many"), None)
    assert states(table) == ["registered"] + ["quarantined"] * 11


def test_a_link_lifts_no_limit_of_an_address(table: Table, plg: Network) -> None:
    works("", 0)
    wanting(table, "proof_of_work = true\npeople_an_hour_per_address = 2")
    token = link_of(table, plg, "p0@x.example")
    for n in (1, 2, 3):
        by_link(token, f"p{n}@x.example", visitor=SCHOOL)
        judge_all(table)
    assert states(table) == ["registered"] * 3 + ["quarantined"]


def test_a_link_that_cannot_be_counted_frees_all_the_same(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    works("", 0)
    wanting(table, "proof_of_work = true")
    token = link_of(table, plg, "p0@x.example")
    Engine().around(monkeypatch, Faults([hangs], ["UpdateItem"]))
    by_link(token, "p1@x.example")
    assert states(table) == ["registered"] * 2


def test_work_survives_a_form_that_comes_back_with_a_mistake(table: Table) -> None:
    wanting(table, "proof_of_work = true")
    page = submit.handler(form_post({"name": "Jan", "altcha": work()}), None)["body"]
    assert f'name="altcha" value="{work()}"' in html.unescape(page)


@pytest.mark.parametrize("broken", ["the key", "the table"])
def test_work_that_nobody_can_judge_is_put_aside_and_lost_is_nobody(
    table: Table, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    wanting(table, "proof_of_work = true")
    if broken == "the key":
        monkeypatch.setenv("LINK_SECRET", "there is no such secret")
    else:
        Engine().around(monkeypatch, Faults([hangs], ["PutItem"]))
    assert works(work(), 0) == 201
    assert states(table) == ["quarantined"]


def misfits(number: int, visitor: str, **headers: Any) -> list[int]:
    """Have a server post so many that do not fit, each another, and return what it is answered."""
    posted = (
        event(json.dumps({"name": f"{visitor} {n}", "kleur": "rood"}), visitor=visitor, **headers)
        for n in range(number)
    )
    return [submit.handler(post, None)["statusCode"] for post in posted]


def kept_of(table: Table, visitor: str) -> int:
    return sum(visitor in post.text for post in table.kept_posts.unexpired("plg-2023", OPEN))


@pytest.fixture
def room_for_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.domain.form.kept_room.MOST_A_DAY", 10)
    monkeypatch.setattr("shared.domain.form.kept_room.FAIR", 2)


def test_a_flood_of_misfits_keeps_no_real_post_of_a_changed_form_out(
    table: Table, room_for_ten: None
) -> None:
    assert misfits(13, HOME) == [200] * 10 + [429] * 3
    assert misfits(4, SCHOOL) == [200] * 4
    assert (kept_of(table, HOME), kept_of(table, SCHOOL)) == (6, 4)
    assert table.kept_posts.gave_way("plg-2023", OPEN) == 4
    assert table.kept_posts.gave_way("plg-2023", OPEN + timedelta(days=15)) == 0


def test_the_same_misfit_again_takes_no_more_room(table: Table, room_for_ten: None) -> None:
    for _ in range(3):
        assert misfits(4, HOME) == [200] * 4
    assert misfits(6, SCHOOL) == [200] * 6


def test_what_the_networks_own_server_sent_is_never_pushed_out(table: Table, room_for_ten: None) -> None:
    secret = form_secrets(Links([KEY]), "plg-2023", 0)[-1]
    assert misfits(10, SCHOOL, **{"x-tweetal-secret": secret}) == [200] * 10
    assert misfits(1, HOME) == [429]
    assert kept_of(table, SCHOOL) == 10


def test_a_place_that_has_a_flood_kept_within_an_hour_is_refused_and_registers_all_the_same(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.submit.keep.FLOOD", 3)
    assert misfits(5, SCHOOL) == [200] * 3 + [429] * 2
    assert misfits(1, HOME) == [200]
    posts(table, 1, SCHOOL)
    assert states(table) == ["registered"]
