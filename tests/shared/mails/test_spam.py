"""What SpamAssassin thinks of each mail, as SES would put it together, without asking anybody else."""

import mailbox
import re
import shutil
import subprocess
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from local.mailbox import Sent
from tests.offered import offered
from tests.shared.mails.every import EVERY
from tests.shared.mails.people import PLG

_SPAMASSASSIN = shutil.which("spamassassin")
# What it learns from other mail on this machine, and who it saw before, must not count.
_ALONE = [
    "--local",
    "--test-mode",
    "--prefspath=/dev/null",
    "--cf=use_bayes 0",
    "--cf=use_auto_welcomelist 0",
]

pytestmark = [
    pytest.mark.tools,
    pytest.mark.slow,
    pytest.mark.skipif(_SPAMASSASSIN is None, reason="there is no SpamAssassin here"),
]


@pytest.fixture
def scores(aws: None, tmp_path: Path) -> dict[str, tuple[float, str]]:
    """The score of each mail, and for which signs; one run for all, because starting it takes longest."""
    mails = tmp_path / "mails"
    _write(mails, [_mime(sent) for sent in offered(EVERY, PLG.organiser)])
    command = [str(_SPAMASSASSIN), *_ALONE, "--mbox", str(mails)]
    judged = subprocess.run(command, env={"HOME": str(tmp_path)}, capture_output=True, check=True)  # noqa: S603 ours
    (tmp_path / "judged").write_bytes(judged.stdout)
    with closing(mailbox.mbox(tmp_path / "judged")) as box:
        said = [" ".join(mail["X-Spam-Status"].split()) for mail in box]
    return dict(zip(EVERY, map(_score, said), strict=True))


def test_no_mail_looks_like_spam(scores: dict[str, tuple[float, str]]) -> None:
    assert {name: said for name, said in scores.items() if said[0] >= 1.0} == {}


def _mime(sent: Sent) -> EmailMessage:
    """Put a mail together as SES does: both bodies as alternatives, files beside them."""
    made = EmailMessage()
    for name, value in sent.headers.items():
        made[name] = value
    made.set_content(sent.body("Text"), cte="quoted-printable")
    made.add_alternative(sent.body("Html"), subtype="html", cte="quoted-printable")
    for file in sent.attachments:
        kind, subkind = file["ContentType"].split("/")
        made.add_attachment(file["RawContent"], kind, subkind, filename=file["FileName"])
    return made


def _write(path: Path, mails: list[EmailMessage]) -> None:
    with closing(mailbox.mbox(path)) as box:
        for mail in mails:
            box.add(bytes(mail))


def _score(status: str) -> tuple[float, str]:
    found = re.search(r"score=(-?[\d.]+) .*tests=([\w, ]+)", status)
    assert found, status
    return float(found[1]), found[2]
