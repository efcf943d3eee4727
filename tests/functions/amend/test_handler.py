import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

from functions.amend import handler as amend
from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Change, Registration, State
from tests.conftest import PLG
from tests.languages import foreign
from tests.people import AT, colleagues, someone
from tests.stored_schools import store_schools

LINKS = Links(["key"])
HOST = "tweetal.example"
JAN = someone()
CLOSED = datetime(2023, 4, 14, 22, tzinfo=UTC)
SAME = {"name": JAN.name, "school": JAN.school}


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    amend.services.cache_clear()
    table.register([JAN])
    yield table
    amend.services.cache_clear()


def send(
    parameters: dict[str, str], typed: dict[str, str], at: datetime = AT, origin: str = f"https://{HOST}"
) -> dict[str, Any]:
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": origin}
    return amend.handler(
        {
            "requestContext": {
                "http": {"method": "POST"}, "domainName": HOST, "requestId": "request-1",
                "timeEpoch": int(at.timestamp() * 1000),
            },
            "headers": {name: value for name, value in headers.items() if value},
            "pathParameters": parameters,
            "body": base64.b64encode(urlencode(typed).encode()).decode(),
            "isBase64Encoded": True,
        },
        None,
    )  # fmt: skip


def token(who: Registration, network: Network) -> str:
    return LINKS.me(who, network).rpartition("/")[2]


def post(network: Network, action: str, at: datetime = AT, **typed: str) -> dict[str, Any]:
    return send({"token": token(JAN, network)}, {"action": action, **typed}, at)


def done(answer: dict[str, Any]) -> str:
    assert answer["statusCode"] == 303, answer["body"]
    path, _, said = str(answer["headers"]["location"]).partition("?done=")
    assert path.startswith("/me/")
    return said


def jan(table: Table) -> Registration:
    found = table.registration("plg-2023", JAN.person_key)
    assert found
    return found


def test_somebody_corrects_their_own_data(kept: Table, plg: Network) -> None:
    told = {**SAME, "name": "  Jan  van Vries ", "role": "rector", "place": "Ede"}
    assert done(post(plg, "change", AT, **told)) == "changed"
    assert (jan(kept).name, jan(kept).role, jan(kept).place) == ("Jan van Vries", "rector", "Ede")
    assert jan(kept).email == JAN.email


def test_nothing_in_a_post_chooses_who_is_changed(kept: Table, plg: Network) -> None:
    (bram,) = kept.register(colleagues("Dalcollege", "Bram"))
    post(
        plg,
        "change",
        AT,
        **SAME,
        person_key=bram.person_key,
        reference=bram.reference,
        email=bram.email,
        state="admitted",
    )
    assert kept.registration("plg-2023", bram.person_key) == replace(bram, revision=1)
    assert (jan(kept).email, jan(kept).state) == (JAN.email, State.REGISTERED)


def test_a_mistake_is_shown_at_its_field_with_what_was_typed_and_nothing_is_stored(
    kept: Table, plg: Network
) -> None:
    answer = post(plg, "change", AT, name="", school="x" * 161, role="<rector>")
    assert answer["statusCode"] == 422
    assert 'href="#name"' in answer["body"]
    assert 'href="#school"' in answer["body"]
    assert "&lt;rector&gt;" in answer["body"]
    assert answer["body"].count("<details open>") == 1
    assert jan(kept) == replace(JAN, revision=1)


def test_after_the_deadline_nothing_is_corrected(kept: Table, plg: Network) -> None:
    answer = post(plg, "change", CLOSED, **SAME, role="rector")
    assert (answer["statusCode"], jan(kept).role) == (422, "")
    assert "Dat kan nu niet" in answer["body"]


def test_cancelling_needs_a_tick(kept: Table, plg: Network) -> None:
    answer = post(plg, "cancel")
    assert (answer["statusCode"], jan(kept).state) == (422, State.REGISTERED)
    assert 'href="#cancel_sure"' in answer["body"]
    assert done(post(plg, "cancel", sure="yes")) == "cancelled"
    assert jan(kept).state is State.CANCELLED
    assert done(post(plg, "cancel", sure="yes")) == "cancelled"  # pressed twice
    assert len(jan(kept).history) == 2


def test_who_cancelled_comes_back_and_after_the_deadline_is_late(kept: Table, plg: Network) -> None:
    post(plg, "cancel", sure="yes")
    assert done(post(plg, "restore", sure="yes")) == "restored"
    assert jan(kept).state is State.REGISTERED
    post(plg, "cancel", CLOSED, sure="yes")
    assert done(post(plg, "restore", CLOSED, sure="yes")) == "restored"
    assert jan(kept).state is State.LATE
    assert done(post(plg, "restore", CLOSED, sure="yes")) == "restored"


def test_a_colleague_takes_a_place_in_one_write(kept: Table, plg: Network) -> None:
    post(plg, "replace", colleague_name="Bo Smit", colleague_email="bo@berg.example")
    left, came = sorted(kept.registrations("plg-2023"), key=lambda r: r.name, reverse=True)
    assert (left.state, came.state) == (State.CANCELLED, State.REGISTERED)
    assert (came.name, came.email, came.school) == ("Bo Smit", "bo@berg.example", "Bergcollege")
    assert came.invited_by == left.reference


def test_a_colleague_on_the_same_mailbox_can_take_a_place(kept: Table, plg: Network) -> None:
    assert done(post(plg, "replace", colleague_name="Bo Smit", colleague_email=JAN.email)) == "replaced"
    states = {r.name: r.state for r in kept.registrations("plg-2023")}
    assert states == {"Jan de Vries": State.CANCELLED, "Bo Smit": State.REGISTERED}


def test_a_colleague_who_had_left_comes_back_in_somebodys_place(kept: Table, plg: Network) -> None:
    bo = someone("Bo Smit", "bo@berg.example")
    (stored,) = kept.register([bo])
    kept.save(replace(stored, revision=1).become(State.CANCELLED, AT, "person", ""))
    assert done(post(plg, "replace", colleague_name="Bo Smit", colleague_email=bo.email)) == "replaced"
    found = kept.registration("plg-2023", bo.person_key)
    assert found
    assert (found.state, found.reference) == (State.REGISTERED, bo.reference)


@pytest.mark.parametrize("email", ["bo@berg.example", "jan@berg.example"])
def test_nobody_who_is_registered_takes_a_second_place(kept: Table, plg: Network, email: str) -> None:
    kept.register([someone("Bo Smit", "bo@berg.example")])
    name = "Bo Smit" if email.startswith("bo") else JAN.name
    answer = post(plg, "replace", colleague_name=name, colleague_email=email)
    assert (answer["statusCode"], jan(kept).state) == (422, State.REGISTERED)
    assert 'href="#colleague_email"' in answer["body"]


@pytest.fixture
def waiting(kept: Table) -> Table:
    """The table, in which Jan named two colleagues without an address."""
    assert kept.save(replace(jan(kept), without_address=("Bo Smit", "Kim Bos")))
    return kept


def bring(network: Network, name: str, email: str, at: datetime = AT) -> dict[str, Any]:
    return post(network, "bring", at, colleague_name=name, colleague_email=email)


def test_an_address_registers_the_colleague_who_was_named_without(waiting: Table, plg: Network) -> None:
    assert done(bring(plg, "Bo Smit", "bo@berg.example")) == "brought"
    (bo,) = (r for r in waiting.registrations("plg-2023") if r.name == "Bo Smit")
    assert (bo.email, bo.school, bo.state) == ("bo@berg.example", "Bergcollege", State.REGISTERED)
    assert (bo.invited_by, jan(waiting).without_address) == (JAN.reference, ("Kim Bos",))
    assert done(bring(plg, "Bo Smit", "bo@berg.example")) == "brought"  # pressed twice
    assert len(waiting.registrations("plg-2023")) == 2


def test_only_colleagues_who_were_named_are_registered(waiting: Table, plg: Network) -> None:
    bring(plg, "Piet Pot", "piet@berg.example")
    assert len(waiting.registrations("plg-2023")) == 1


@pytest.mark.parametrize("email", ["", "kim@berg", "<b>"])
def test_a_wrong_address_of_a_colleague_is_shown_at_its_field(
    waiting: Table, plg: Network, email: str
) -> None:
    answer = bring(plg, "Kim Bos", email)
    assert (answer["statusCode"], len(waiting.registrations("plg-2023"))) == (422, 1)
    assert 'href="#colleague_email.1"' in answer["body"]
    assert (
        f'id="colleague_email.1" name="colleague_email" type="email" value="{escape(email)}"'
        in answer["body"]
    )


def test_a_colleague_may_share_the_mailbox_but_is_not_the_registrant(waiting: Table, plg: Network) -> None:
    assert done(bring(plg, "Bo Smit", JAN.email)) == "brought"
    waiting.save(replace(jan(waiting), without_address=("Jan de Vriez",)))
    assert bring(plg, "Jan de Vriez", JAN.email)["statusCode"] == 422
    assert {r.name for r in waiting.registrations("plg-2023")} == {JAN.name, "Bo Smit"}


def test_nobody_learns_that_an_awaited_colleague_registered_elsewhere(waiting: Table, plg: Network) -> None:
    waiting.register([someone("Bo Smit", "bo@berg.example", school="Dalcollege")])
    assert done(bring(plg, "Bo Smit", "bo@berg.example")) == "brought"
    bo = next(r for r in waiting.registrations("plg-2023") if r.name == "Bo Smit")
    assert (bo.school, bo.again) == ("Dalcollege", {"school": "Bergcollege"})
    assert jan(waiting).without_address == ("Kim Bos",)


def test_after_the_deadline_an_awaited_colleague_is_late(waiting: Table, plg: Network) -> None:
    assert done(bring(plg, "Bo Smit", "bo@berg.example", CLOSED)) == "brought"
    (bo,) = (r for r in waiting.registrations("plg-2023") if r.name == "Bo Smit")
    assert bo.state is State.LATE


def test_five_colleagues_are_mailed_and_no_sixth(kept: Table, plg: Network) -> None:
    for n in range(5):
        assert done(post(plg, "invite", colleague_email=f"c{n}@berg.example")) == "invited"
    assert done(post(plg, "links", sure="yes")) == "links"
    assert done(post(plg, "data", sure="yes")) == "data"
    assert jan(kept).data_at == AT
    answer = post(plg, "invite", colleague_email="c5@berg.example")
    assert (answer["statusCode"], len(jan(kept).invitations)) == (422, 5)


def test_a_wrong_address_is_not_invited(kept: Table, plg: Network) -> None:
    answer = post(plg, "invite", colleague_email="bo@berg")
    assert answer["statusCode"] == 422
    assert 'href="#invite_email"' in answer["body"]
    assert 'value="bo@berg"' in answer["body"]


def test_who_is_forgotten_has_no_page_any_more(kept: Table, plg: Network) -> None:
    assert post(plg, "erase")["statusCode"] == 422
    answer = post(plg, "erase", sure="yes")
    assert answer["statusCode"] == 200
    assert "Je gegevens zijn gewist" in answer["body"]
    assert (jan(kept).email, jan(kept).state) == ("", State.CANCELLED)
    assert post(plg, "restore", sure="yes")["statusCode"] == 404


def test_a_link_in_the_wrong_hands_opens_nothing_and_a_new_one_is_mailed(kept: Table, plg: Network) -> None:
    old = {"token": token(JAN, plg)}
    assert post(plg, "revoke")["statusCode"] == 422
    answer = post(plg, "revoke", sure="yes")
    assert answer["statusCode"] == 200
    assert "Je oude links werken niet meer" in answer["body"]
    assert jan(kept) == replace(JAN, links_version=1, links_at=AT, links_by_owner=True, revision=2)
    new = token(jan(kept), plg)
    assert new not in answer["body"]  # whoever posts it may be the one whose hands are wrong
    assert send(old, {"action": "cancel", "sure": "yes"})["statusCode"] == 404
    assert done(send({"token": new}, {"action": "cancel", "sure": "yes"})) == "cancelled"


def test_new_links_are_mailed_however_lately_the_old_ones_were(kept: Table, plg: Network) -> None:
    post(plg, "links", sure="yes")
    post(plg, "revoke", sure="yes")
    assert jan(kept).links_at == AT + timedelta(seconds=1)


def test_who_registers_again_gets_no_revoked_link_back(kept: Table, plg: Network) -> None:
    post(plg, "revoke", sure="yes")
    kept.save(jan(kept).become(State.CANCELLED, AT, "person", ""))
    kept.register([JAN])
    assert (jan(kept).state, jan(kept).links_version) == (State.REGISTERED, 1)


def test_who_was_forgotten_can_register_anew(kept: Table, plg: Network) -> None:
    post(plg, "erase", sure="yes")
    (again,) = kept.register([replace(JAN, reference="PLG-NEW")])
    assert (again.reference, again.name) == ("PLG-NEW", JAN.name)


def test_a_change_gives_way_to_another_at_the_same_moment(
    kept: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, first = Table.save, [True]

    def meanwhile(table: Table, *changed: Registration) -> bool:
        if first:
            first.clear()
            save(table, replace(jan(table), remarks="van een ander"))
        return save(table, *changed)

    monkeypatch.setattr(Table, "save", meanwhile)
    assert done(post(plg, "change", AT, **SAME, role="rector")) == "changed"
    assert (jan(kept).role, jan(kept).remarks) == ("rector", "van een ander")


@pytest.mark.parametrize("action", ["cancel", "links", "data", "revoke", "erase"])
def test_what_acts_by_itself_needs_a_tick_that_only_a_person_sets(
    kept: Table, plg: Network, action: str
) -> None:
    answer = post(plg, action)
    assert (answer["statusCode"], jan(kept)) == (422, replace(JAN, revision=1))
    assert f'href="#{action}_sure"' in answer["body"]


@pytest.mark.parametrize("action", ["", "x", "restore"])
def test_what_is_not_possible_is_said(kept: Table, plg: Network, action: str) -> None:
    answer = post(plg, action)
    if action == "restore":  # already on the list
        assert done(answer) == "restored"
    else:
        assert answer["statusCode"] == 422
    assert jan(kept) == replace(JAN, revision=1)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://[", f"https://{HOST}.evil.example"]
)
def test_a_form_on_another_site_changes_nothing(kept: Table, plg: Network, origin: str) -> None:
    answer = send({"token": token(JAN, plg)}, {"action": "cancel", "sure": "yes"}, origin=origin)
    assert (answer["statusCode"], jan(kept).state) == (403, State.REGISTERED)


def test_no_token_tells_whether_it_was_wrong_old_foreign_or_unknown(kept: Table, plg: Network) -> None:
    own = token(JAN, plg)
    wrong = [
        "x", own[:-1], own[1:], Links(["other"]).me(JAN, plg).rpartition("/")[2],
        LINKS.forward(JAN, plg).rpartition("/")[2], token(someone(email="piet@berg.example"), plg),
        token(someone(network="abc-2023"), plg),
    ]  # fmt: skip
    send({"token": "x"}, {})
    answers = []
    for each in wrong:
        calls: list[str] = []
        table = amend.services().table
        client = table._store._client
        client.meta.events.register(
            "before-call.*", lambda model, calls=calls, **_: calls.append(model.name), "spy"
        )
        answers.append((send({"token": each}, {"action": "cancel", "sure": "yes"}), calls))
        client.meta.events.unregister("before-call.*", unique_id="spy")
    assert answers[0][0]["statusCode"] == 404
    assert answers[0][1] == ["GetItem"]
    assert all(answer == answers[0] for answer in answers)
    assert jan(kept).state is State.REGISTERED
    assert send({"token": own}, {"action": "cancel"}, at=plg.forgotten_at) == answers[0][0]


def test_when_the_table_fails_the_page_says_that_it_is_us(kept: Table, plg: Network) -> None:
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    answer = post(plg, "cancel", sure="yes")
    assert answer["statusCode"] == 503
    assert answer["headers"]["retry-after"] == "60"


def test_what_is_refused_is_said_in_the_language_of_the_network(kept: Table, plg: Network) -> None:
    kept.apply_network(PLG.read_text().replace("title =", 'language = "en"\ntitle ='), PLG.name, AT)
    own = {"token": token(JAN, plg)}
    for answer in (
        post(plg, "fly"),
        post(plg, "cancel"),
        send(own, {"action": "cancel"}, origin="https://evil.example"),
        send({"network": "plg-2023"}, {"email": "jan"}),
    ):
        assert answer["headers"]["content-language"] == "en"
        shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", answer["body"], flags=re.DOTALL)
        assert foreign(shown.replace("Leernetwerk Professionele leergemeenschap", ""), "en") == set()
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    assert "That is our fault." in post(plg, "cancel", sure="yes")["body"]


def lost(email: str, at: datetime = AT) -> dict[str, Any]:
    return send({"network": "plg-2023"}, {"email": email}, at)


def test_who_lost_their_link_gets_the_same_answer_whether_they_are_known_or_not(kept: Table) -> None:
    assert lost("Jan@berg.example") == lost("nobody@berg.example")
    assert jan(kept).links_at == AT
    lost(JAN.email, AT + timedelta(minutes=30))
    assert jan(kept).links_at == AT
    lost(JAN.email, AT + timedelta(minutes=61))
    assert jan(kept).links_at == AT + timedelta(minutes=61)


def test_nobody_learns_from_what_we_ask_of_the_table_whether_an_address_is_known(kept: Table) -> None:
    kept.register([someone("Bo Smit", "samen@berg.example"), someone("Els Bos", "samen@berg.example")])
    kept.register([someone("Robot", "robot@berg.example", state=State.QUARANTINED)])
    kept.register([ida := someone("Ida Mol", "ida@breg.example")])
    assert kept.save_address(replace(ida, email="ida@berg.example", revision=1))
    lost("robot@berg.example")  # connects, and reads the networks
    client, calls = amend.services().table._store._client, list[str]()
    client.meta.events.register("before-call.*", lambda model, **_: calls.append(model.name))
    stored, answers = kept.registrations("plg-2023"), []
    of_people = (JAN.email, JAN.email, "samen@berg.example", "ida@berg.example")
    for email in ("nobody@berg.example", *of_people, "robot@berg.example"):
        calls.clear()
        answers.append((lost(email), tuple(calls)))
        if email.startswith(("nobody", "robot")):
            changed = [r for r in kept.registrations("plg-2023") if r not in stored]
            assert all(r.email in of_people for r in changed)
    assert answers[0][1] == ("Query", "GetItem", "TransactWriteItems")
    assert all(answer == answers[0] for answer in answers)


def test_everybody_on_a_shared_mailbox_gets_their_own_link(kept: Table) -> None:
    kept.register([someone("Bo Smit", JAN.email)])
    lost(JAN.email)
    assert [r.links_at for r in kept.registrations("plg-2023")] == [AT, AT]


def test_a_mailbox_of_more_than_a_hundred_names_gets_every_link(kept: Table) -> None:
    for n in range(104):
        kept.register([someone(f"{chr(97 + n // 26) * 4} {chr(97 + n % 26) * 4}", JAN.email)])
    lost("nobody@berg.example")  # connects, and reads the networks
    client, calls = amend.services().table._store._client, list[str]()
    client.meta.events.register("before-call.*", lambda model, **_: calls.append(model.name))
    assert lost(JAN.email)["statusCode"] == 200
    assert calls == ["Query", "GetItem"] + 5 * ["TransactWriteItems"]  # one for each 25 of 105 names
    assert {r.links_at for r in kept.registrations("plg-2023")} == {AT}
    assert len(kept.registrations("plg-2023")) > 100


def test_who_brought_more_than_a_hundred_people_takes_them_along(
    kept: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(104):
        kept.register([someone(f"n{n} Bos", f"n{n}@berg.example", invited_by=JAN.reference)])
    with monkeypatch.context() as patch:
        save = Table.save
        fails = iter([False, True])
        patch.setattr(Table, "save", lambda self, *people: not next(fails, False) and save(self, *people))
        assert done(post(plg, "change", AT, **SAME | {"school": "Dalcollege"})) == "changed"
    assert {r.school for r in kept.registrations("plg-2023")} == {"Dalcollege"}


def test_a_wrong_address_or_network_is_said(kept: Table) -> None:
    assert lost("jan@berg")["statusCode"] == 422
    assert send({"network": "abc"}, {"email": JAN.email})["statusCode"] == 404


def test_who_changes_their_data_without_end_is_sent_to_the_organiser(kept: Table, plg: Network) -> None:
    often = tuple(Change(AT, State.REGISTERED, "person") for _ in range(498))
    assert kept.save(replace(jan(kept), history=(*JAN.history, *often)))
    assert done(post(plg, "change", AT, **SAME, role="rector")) == "changed"
    refused = post(plg, "change", AT, **SAME, role="docent")
    assert refused["statusCode"] == 422
    assert "Mail de organisatie" in refused["body"]
    assert jan(kept).role == "rector"
    assert post(plg, "erase", sure="yes")["statusCode"] == 200


# --- where it is stored of which school everybody is


def of_jans_school(table: Table) -> dict[str, State] | None:
    """Return who is of Jan's school according to what is stored; None where that may be untrue."""
    stored = table.memberships.read_school(jan(table), Schools(table).at(AT))
    return {person.name: person.state for person in stored.school.registrations} if stored else None


def test_whom_somebody_brings_is_on_the_next_page_at_once(waiting: Table, plg: Network) -> None:
    store_schools(waiting)
    assert done(bring(plg, "Bo Smit", "bo@berg.example")) == "brought"
    assert of_jans_school(waiting) == {"Jan de Vries": State.REGISTERED, "Bo Smit": State.REGISTERED}
    assert done(post(plg, "replace", colleague_name="Kim Bos", colleague_email="kim@berg.example"))
    states = {"Jan de Vries": State.CANCELLED, "Bo Smit": State.REGISTERED, "Kim Bos": State.REGISTERED}
    assert of_jans_school(waiting) == states


def test_a_colleague_moves_along_and_the_next_page_reads_everybody(waiting: Table, plg: Network) -> None:
    bring(plg, "Bo Smit", "bo@berg.example")
    store_schools(waiting)
    assert done(post(plg, "change", name=JAN.name, school="Zeecollege")) == "changed"
    assert {r.school for r in waiting.registrations("plg-2023")} == {"Zeecollege"}
    assert of_jans_school(waiting) is None


def test_a_colleague_of_another_school_who_had_left_comes_back_as_before(kept: Table, plg: Network) -> None:
    bo = someone("Bo Smit", "bo@zee.example", school="Zeecollege")
    (stored,) = kept.register([bo])
    kept.save(replace(stored, revision=1).become(State.CANCELLED, AT, "person", ""))
    store_schools(kept)
    assert done(post(plg, "replace", colleague_name="Bo Smit", colleague_email=bo.email)) == "replaced"
    found = kept.registration("plg-2023", bo.person_key)
    assert found
    assert (found.state, found.reference, found.school) == (State.REGISTERED, bo.reference, "Bergcollege")
