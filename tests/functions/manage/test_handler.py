import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from functions.manage import handler as manage
from shared.access.links import Links
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from tests.conftest import PLG
from tests.people import AT, colleagues, someone
from tests.stored_schools import store_schools

LINKS = Links(["key"])


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    manage.services.cache_clear()
    yield table
    manage.services.cache_clear()


def look(token: str, done: str = "", **more: str) -> dict[str, Any]:
    return manage.handler(
        {
            "queryStringParameters": {"done": done},
            "requestContext": {
                "http": {"method": "GET"}, "domainName": "tweetal.example", "requestId": "1",
                "timeEpoch": int(AT.timestamp() * 1000),
            },
            "pathParameters": {"token": token, **more},
        },
        None,
    )  # fmt: skip


def own_token(registration: Registration, network: Network) -> str:
    return LINKS.me(registration, network).rpartition("/")[2]


def test_a_registrant_sees_what_we_have_and_what_the_school_needs(kept: Table, plg: Network) -> None:
    jan = someone(role="teamleider <b>", remarks="Ik kom\nmet de trein")
    kept.register([jan])
    page = look(own_token(jan, plg))
    assert page["statusCode"] == 200
    assert "teamleider &lt;b&gt;" in page["body"]
    assert "nog 1 collega nodig" in page["body"]
    assert "default-src 'none'" in page["headers"]["content-security-policy"]
    assert page["headers"]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("state", "said"), [(State.REGISTERED, "Je school is compleet."), (State.ADMITTED, "Je doet mee."),
                        (State.LATE, "na de deadline")]
)  # fmt: skip
def test_the_page_says_where_somebody_stands(kept: Table, plg: Network, state: State, said: str) -> None:
    anna, bram = colleagues("Bergcollege", "Anna Bram", state=state)
    kept.register([anna, bram])
    assert said in look(own_token(anna, plg))["body"]


def test_no_token_tells_whether_it_was_wrong_old_foreign_or_unknown(kept: Table, plg: Network) -> None:
    jan = someone()
    kept.register([jan])
    foreign = Links(["other key"]).me(jan, plg).rpartition("/")[2]
    other_purpose = LINKS.forward(jan, plg).rpartition("/")[2]
    unknown = own_token(someone(email="piet@berg.example"), plg)
    other_network = own_token(someone(network="abc-2023"), plg)
    answers = [look(token) for token in ("", "x", foreign, other_purpose, unknown, other_network)]
    assert answers[0]["statusCode"] == 404
    assert all(answer == answers[0] for answer in answers)


def test_the_page_says_what_was_just_done_in_our_own_words(kept: Table, plg: Network) -> None:
    kept.register([someone()])
    assert "Je wijziging is bewaard." in look(own_token(someone(), plg), "changed")["body"]
    assert 'class="notice"' not in look(own_token(someone(), plg), "<b>Gewonnen!</b>")["body"]


def test_before_somebody_leaves_they_read_what_is_left_of_their_school(kept: Table, plg: Network) -> None:
    people = colleagues("Bergcollege", "Anna Bram Carla")
    kept.register(people[:1])
    assert "Daarna doet er niemand van je school mee." in look(own_token(people[0], plg))["body"]
    kept.register(people[1:2])
    assert "Daarna is er van je school nog 1 van 2." in look(own_token(people[0], plg))["body"]
    kept.register(people[2:])
    assert "nog 2 mee. Dat is genoeg." in look(own_token(people[0], plg))["body"]


def test_a_page_names_no_colleague(kept: Table, plg: Network) -> None:
    anna, bram = colleagues("Bergcollege", "Anna Balthasar")
    kept.register([anna, bram])
    assert "Balthasar" not in look(own_token(anna, plg))["body"]


def test_the_page_asks_the_address_of_a_colleague_until_they_register(kept: Table, plg: Network) -> None:
    jan = someone(without_address=("Bo <Smit>", "Kim Bos"))
    kept.register([jan])
    page = look(own_token(jan, plg))["body"]
    assert "1 van 2: we missen het e-mailadres van Bo &lt;Smit&gt;." in page
    assert page.count('name="action" value="bring"') == 2
    kept.register([someone("Kim Bos", "kim@berg.example")])
    page = look(own_token(jan, plg))["body"]
    assert "We missen het e-mailadres van Bo &lt;Smit&gt;." in page  # of a school that is complete
    assert "Kim Bos" not in page


def test_who_takes_part_can_put_the_sessions_in_an_agenda(kept: Table, plg: Network) -> None:
    kept.register([someone(state=State.ADMITTED)])
    token = own_token(someone(), plg)
    assert f'href="/me/{token}/agenda.ics"' in look(token)["body"]
    file = look(token, file="agenda.ics")
    assert file["headers"]["content-type"] == "text/calendar; charset=utf-8"
    agenda = b64decode(file["body"]).decode()
    assert agenda.count("BEGIN:VEVENT") == 4
    assert token not in agenda


def test_who_is_not_certain_of_a_place_has_no_agenda(kept: Table, plg: Network) -> None:
    kept.register([someone()])
    for name in ("agenda.ics", "x", "gegevens.json.bak"):
        assert look(own_token(someone(), plg), file=name)["statusCode"] == 404


def test_somebody_takes_along_all_that_we_have(kept: Table, plg: Network) -> None:
    kept.register([someone(phone="06 - 12 34 56 78", remarks="graag vega", extra={"dieet": "vega"})])
    answer = look(own_token(someone(), plg), file="gegevens.json")
    told = json.loads(b64decode(answer["body"]))
    assert answer["headers"]["content-disposition"].startswith("attachment")
    assert (told["telefoonnummer"], told["opmerkingen"]) == ("06 - 12 34 56 78", "graag vega")
    assert told["andere velden"] == {"dieet": "vega"}
    assert [change["status"] for change in told["geschiedenis"]] == ["aangemeld"]


def test_who_lost_their_link_can_ask_for_it(kept: Table, plg: Network) -> None:
    asked = {"token": "", "network": "plg-2023"}
    assert "Stuur mij mijn link" in look(**asked)["body"]
    assert look(**(asked | {"network": "abc"}))["statusCode"] == 404


def test_looking_changes_nothing(kept: Table, plg: Network) -> None:
    jan = someone()
    kept.register([jan])
    before = kept.registrations("plg-2023")
    look(own_token(jan, plg))
    assert kept.registrations("plg-2023") == before


def test_when_the_secret_cannot_be_had_the_page_says_that_it_is_us(kept: Table, plg: Network) -> None:
    boto3.client("secretsmanager").delete_secret(SecretId="links", ForceDeleteWithoutRecovery=True)
    assert look("x")["statusCode"] == 503


def test_when_the_table_fails_the_page_says_that_it_is_us(kept: Table, plg: Network) -> None:
    jan = someone()
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    page = look(own_token(jan, plg))
    assert page["statusCode"] == 503
    assert "Dat ligt aan ons" in page["body"]


def test_when_the_table_fails_that_is_said_in_the_language_of_the_network(kept: Table, plg: Network) -> None:
    kept.apply_network(PLG.read_text().replace("title =", 'language = "en"\ntitle ='), PLG.name, AT)
    jan = someone()
    look("", network="plg-2023")
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    page = look(own_token(jan, plg))
    assert (page["statusCode"], page["headers"]["content-language"]) == (503, "en")
    assert "That is our fault." in page["body"]


def test_a_file_says_which_language_it_is_in(kept: Table, plg: Network) -> None:
    kept.register([someone(state=State.ADMITTED)])
    own = own_token(someone(), plg)
    assert look(own, file="agenda.ics")["headers"]["content-language"] == "nl"
    kept.apply_network(PLG.read_text().replace("title =", 'language = "en"\ntitle ='), PLG.name, AT)
    manage.services.cache_clear()
    for name in ("agenda.ics", "gegevens.json"):
        assert look(own, file=name)["headers"]["content-language"] == "en"


@pytest.mark.parametrize("limit", ["", "max_per_school = 2", "max_participants = 2"])
def test_a_page_from_the_stored_school_says_the_same_and_reads_nobody_else(
    kept: Table, plg: Network, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    part = "[registration]" if "participants" in limit else "[rule]"
    kept.apply_network(PLG.read_text().replace(part, f"{part}\n{limit}"), PLG.name, AT)
    manage.services.cache_clear()
    people = colleagues("Bergcollege", "Anna Bram Carla", without_address=("Kim Bos",))
    others = colleagues("Zeecollege", "Dirk Els")
    kept.register([*people, *others])
    before = [look(own_token(person, plg)) for person in people]
    store_schools(kept)
    read, whole = [], Table.everybody_but_aside

    def everybody_but_aside(table: Table, network: str) -> tuple[Registration, ...]:
        read.append(network)
        return whole(table, network)

    monkeypatch.setattr(Table, "everybody_but_aside", everybody_but_aside)
    assert [look(own_token(person, plg)) for person in people] == before
    assert len(read) == (3 if "participants" in limit else 0)  # who has a place depends on everybody
