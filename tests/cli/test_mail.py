import json
from dataclasses import replace
from datetime import UTC, datetime

from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from tests.cli.test_main import tweetal
from tests.people import someone

AT = datetime(2023, 3, 20, 8, tzinfo=UTC)
PETRA = someone("Petra Bos", "petra@berg.example")
MAIL = MailRecord(
    "plg-2023",
    f"{PETRA.reference}-confirmation-1",
    "confirmation",
    PETRA.reference,
    MailState.SENDING,
    AT,
)


def test_a_list_of_mails_says_what_became_of_each_and_names_no_address(table: Table, plg: Network) -> None:
    table.register([PETRA])
    table.claim_mail(MAIL, AT)
    other = replace(MAIL, id=f"{PETRA.reference}-links-1", kind="links")
    table.claim_mail(other, AT)
    table.set_mail_state("plg-2023", other.id, MailState.FAILED, "MessageRejected")
    rows = json.loads(tweetal("mail", "list", "plg-2023", "--reference", PETRA.reference.lower(), "--json"))
    assert [(row["kind"], row["state"], row["why"]) for row in rows] == [
        ("confirmation", "sending", ""),
        ("links", "failed", "MessageRejected"),
    ]
    failed = tweetal("mail", "list", "plg-2023", "--state", "failed")
    assert other.id in failed
    assert MAIL.id not in failed
    assert PETRA.email not in failed


def test_somebody_is_mailed_again_at_most_once_an_hour(table: Table, plg: Network) -> None:
    table.register([PETRA])
    word = ("--by", "Els", "--why", "niets gekregen")
    assert "is mailed again" in tweetal("mail", "resend", "plg-2023", PETRA.reference, *word)
    (stored,) = table.registrations("plg-2023")
    assert stored.resent_at is not None
    assert "cannot be mailed again now" in tweetal("mail", "resend", "plg-2023", PETRA.reference, *word)
