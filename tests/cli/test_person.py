import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import boto3
import pytest
from typer.testing import CliRunner

from cli.main import app, main
from shared.access.code_requests import CodeRequest, CodeRequests
from shared.access.sign_in import SignIn
from shared.access.sign_ins import SignIns
from shared.aws.data_subject import DataSubject
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import to_wire
from shared.domain.actions.registrant import add_invitation
from shared.domain.decision import Decision, Kind
from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptPost, KeptReason
from shared.domain.message import Audience, Message
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import ERASED, Registration, State
from tests.conftest import PLG
from tests.people import AT, someone

JAN = someone(phone="06-1234", remarks="ik kom met de trein")
PETRA = add_invitation(
    someone("Petra Bos", "petra@berg.example", remarks=f"samen met {JAN.email}"), JAN.email, AT
)
EARLIER = replace(
    JAN, network="plg-2022", person_key=address_key("plg-2022", JAN.email), reference="PLG-00000000"
)
ORGANISER = "info@voortgezetleren.nl"


def tweetal(*arguments: str, typed: str = "") -> str:
    env = {"TABLE": "tweetal", "COLUMNS": "200"}
    return CliRunner().invoke(app, arguments, typed, env, catch_exceptions=False).output


@pytest.fixture
def kept(table: Table, plg: Network) -> Table:
    table.apply_network(PLG.read_text().replace('"plg-2023"', '"plg-2022"'), "x", AT)
    for registration in (JAN, PETRA, EARLIER):
        table.register([registration])
    record = MailRecord(
        "plg-2023", f"{JAN.reference}-confirmation-1", "confirmation", JAN.reference, MailState.SENT, AT
    )
    table.claim_mail(record, AT)
    return table


def everything() -> str:
    partitions = (
        "REGISTRATION#plg-2023",
        "REGISTRATION#plg-2022",
        "MAIL#plg-2023",
        "CODE#plg-2023",
        "MESSAGE#plg-2023",
        "WORDS",
        "AUDIT",
    )
    return str([item for pk in (*partitions, "DECISION#plg-2023") for item in Store("tweetal").query(pk)])


def of(table: Table, one: Registration) -> Registration:
    registration = table.registration(one.network, one.person_key)
    assert registration
    return registration


def test_somebody_gets_all_that_we_have_of_them_over_all_networks(kept: Table) -> None:
    document = json.loads(tweetal("person", "export", "JAN@berg.example", "--by", "Els"))
    earlier, now = document["leernetwerken"]
    assert [r["nummer"] for r in earlier["aanmeldingen"]] == [EARLIER.reference]
    (mine,) = now["aanmeldingen"]
    assert (mine["telefoonnummer"], mine["opmerkingen"]) == ("06-1234", "ik kom met de trein")
    assert [mail["soort"] for mail in mine["mails"]] == ["confirmation"]
    assert now["genoemd bij"] == [PETRA.reference]
    assert "Petra" not in json.dumps(document)


def test_somebody_is_erased_everywhere_and_their_colleagues_stay(kept: Table) -> None:
    printed = tweetal("person", "erase", JAN.email, "--by", "Els", typed="y\n")
    assert JAN.reference in printed
    assert EARLIER.reference in printed
    left = everything()
    assert not any(word in left for word in ("Jan", JAN.email, "06-1234", "trein", "confirmation"))
    assert (of(kept, JAN).name, of(kept, JAN).state) == (ERASED, State.CANCELLED)
    petra = of(kept, PETRA)
    assert (petra.name, petra.remarks, len(petra.invitations)) == ("Petra Bos", "samen met (gewist)", 1)


def test_nothing_is_erased_until_the_operator_is_sure(kept: Table) -> None:
    tweetal("person", "erase", JAN.email, "--by", "Els", typed="n\n")
    assert of(kept, JAN).name == "Jan de Vries"
    assert tweetal("person", "audit").count("Els") == 0


def test_the_audit_says_who_did_what_of_which_references_and_names_nobody(kept: Table) -> None:
    tweetal("person", "export", JAN.email, "--by", "Els")
    tweetal("person", "erase", JAN.email, "--by", "Els", "--yes")
    shown = tweetal("person", "audit")
    for word in ("export", "erase", JAN.reference, "2 registrations, 1 mails, 1 mentions"):
        assert word in shown
    lines = str(list(Store("tweetal").query("AUDIT")))
    assert not any(word in lines for word in ("Jan", "jan@", "Petra"))


def test_who_was_an_organiser_leaves_decisions_that_nobody_took(kept: Table) -> None:
    kept.save_decision(Decision("plg-2023", "waive-1", Kind.WAIVE, JAN.reference, ORGANISER, "klein", AT))
    kept.save_decision(Decision("plg-2023", "same-1", Kind.SAME, "a", ORGANISER, "gebeld", AT, value="b"))
    key, sign_ins = address_key("plg-2023", ORGANISER), SignIns(Store("tweetal"))
    assert sign_ins.save(SignIn("plg-2023", key, "id", AT))
    requests = CodeRequests("plg-2023", key).with_request(CodeRequest(AT, "2023-03-20", ""))
    assert sign_ins.save_requests(requests)
    words = ("Hallo", f"Mail naar {ORGANISER}", "")
    message = Message("plg-2023", AT.date(), 1, AT, ORGANISER, "", *words, Audience(), (JAN.reference,))
    assert kept.messages.put_message(message)
    document = json.loads(tweetal("person", "export", ORGANISER, "--by", "Els"))
    (network,) = document["leernetwerken"]
    assert network["schreef of genoemd in"][0]["onderwerp"] == "Hallo"
    assert network["vroeg een code op"] == [AT.isoformat()]
    assert network["besloot als organisator"][0]["waarom"] == "klein"
    assert document["zei over scholen"][0]["waarom"] == "gebeld"
    tweetal("person", "erase", ORGANISER, "--by", "Els", "--yes")
    assert ORGANISER not in everything()
    assert key not in everything()
    assert [d.by for d in (*kept.decisions("plg-2023"), *kept.school_rulings())] == [ERASED, ERASED]
    assert "nothing is held" in tweetal("person", "erase", ORGANISER, "--by", "Els", "--yes")


def test_a_released_hold_stays_released_whoever_erases_the_organiser(kept: Table) -> None:
    hold = Decision("plg-2023", "hold-1", Kind.HOLD_CLOSING, "", ORGANISER, "wacht", AT)
    kept.save_decision(hold)
    subject = DataSubject(Store("tweetal"), ORGANISER)
    (held,) = subject.held(AT)
    assert kept.undo_decision(hold, AT)
    subject._erase_author(held.decisions)  # as it was read before the release
    (stored,) = kept.decisions("plg-2023")
    assert (stored.by, stored.undone_at) == (ERASED, AT)


def test_who_changed_something_meanwhile_is_not_mailed_anew_for_want_of_records(kept: Table) -> None:
    subject, save = DataSubject(Store("tweetal"), JAN.email), Table.save
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Table, "save", lambda self, *people: people[0].network != "plg-2023" and save(self, *people)
        )
        subject.erase(AT)
    assert of(kept, JAN).email
    assert [m.reference for m in kept.mails("plg-2023")] == [JAN.reference]
    subject.erase(AT)
    assert (of(kept, JAN).email, kept.mails("plg-2023")) == ("", ())


def test_an_organiser_cannot_complete_the_kept_post_of_whoever_was_erased(table: Table, plg: Network) -> None:
    post = KeptPost("plg-2023", (Answer((("mail",),), (JAN.email,)),), KeptReason.CHANGED_FORM, AT)
    table.kept_posts.keep(post)
    DataSubject(Store("tweetal"), JAN.email).erase(AT)
    assert table.complete(post, [JAN]) == ()
    assert table.registrations("plg-2023") == ()


@contextmanager
def at_once(most: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.aws.table._AT_ONCE", most)
        yield


def test_retention_goes_on_where_it_stopped_and_the_first_numbers_stay_to_be_read(kept: Table) -> None:
    numbers = {"schools": 1, "registered": 2}
    with at_once(2):
        assert kept.delete_people("plg-2023", numbers, AT) == 2
        assert kept.registrations("plg-2023") == ()
        assert kept.delete_people("plg-2023", {"schools": 0}, AT + timedelta(days=1)) == 1
        assert kept.delete_people("plg-2023", {"schools": 0}, AT + timedelta(days=2)) == 0
    shown = tweetal("network", "counts")
    assert "1 schools, 2 registered" in shown
    assert "2023-03-20" in shown


def test_posts_that_did_not_fit_the_form_are_handed_over_and_erased_too(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.person.now", lambda: AT)
    for name in ("jan", "petra"):
        answer = Answer((("mail",),), (f"{name.upper()}@berg.example",))
        table.kept_posts.keep(KeptPost("plg-2023", (answer,), KeptReason.CHANGED_FORM, AT))
    assert "JAN@berg.example" in tweetal("person", "export", "jan@berg.example", "--by", "op")
    tweetal("person", "erase", "jan@berg.example", "--by", "op", "--yes")
    assert [p.answers[0].text for p in table.kept_posts.unexpired("plg-2023", AT)] == ["PETRA@berg.example"]


def later(kept: Table) -> None:
    """Have a later release change what is known of Jan this year."""
    (item,) = (
        i for i in Store("tweetal").query_all_versions("REGISTRATION#plg-2023") if i["sk"] == JAN.person_key
    )
    boto3.client("dynamodb").put_item(TableName="tweetal", Item=to_wire({**item, "v": 99}))


def failing(*arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that ends with an exit code, and return what it printed to be kept."""
    monkeypatch.setattr("sys.argv", ["tweetal", *arguments])
    monkeypatch.setenv("TABLE", "tweetal")
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert "1 items of a later release were left alone" in " ".join(printed.err.split())
    return printed.out


def test_an_export_that_may_not_be_whole_says_so_and_is_a_file_all_the_same(
    kept: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later(kept)
    arguments = ("person", "export", JAN.email, "--by", "Els")
    document = json.loads(failing(*arguments, monkeypatch=monkeypatch, capsys=capsys))
    (earlier, _) = document["leernetwerken"]
    assert [r["nummer"] for r in earlier["aanmeldingen"]] == [EARLIER.reference]


def test_erasing_leaves_alone_what_a_later_release_wrote_and_says_that_it_is_there(
    kept: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later(kept)
    for _ in ("erases what it can read", "has nothing left that it can read"):
        failing("person", "erase", JAN.email, "--by", "Els", "--yes", monkeypatch=monkeypatch, capsys=capsys)
    assert of(kept, EARLIER).name == ERASED
    (item,) = (
        i for i in Store("tweetal").query_all_versions("REGISTRATION#plg-2023") if i["sk"] == JAN.person_key
    )
    assert item["name"] == JAN.name


def test_an_address_that_is_none_is_refused_and_not_said_to_have_no_data(kept: Table) -> None:
    for words in (("export", "jan berg.example"), ("erase", "")):
        assert "this is no mail address" in tweetal("person", *words, "--by", "Els")
    assert json.loads(tweetal("person", "audit", "--json")) == []
