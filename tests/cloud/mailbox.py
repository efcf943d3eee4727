"""The mails that MiniStack's SES accepted."""

import json
import re
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from urllib3 import request

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen], what: str, seconds: int = 60) -> Seen:
    """Look until there is something, and return it; fail with what was missing after some time."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} seconds: {what}")
        time.sleep(0.2)
    return seen


class Letter(NamedTuple):
    """A mail, as far as MiniStack keeps it: no attachments, headers or tags."""

    to: str
    subject: str
    text: str

    def link(self, kind: str) -> str:
        """Return the path of its only link of a kind, such as `me`."""
        (path,) = set(re.findall(rf"https://[^/\s]+(/{kind}/\S+)", self.text))
        return str(path)


class Mailbox:
    """Everybody's mail."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_ministack/ses/messages"

    def letters(self, to: str = "", subject: str = "") -> list[Letter]:
        """Return the mails to somebody with some words in the subject, the oldest first."""
        messages = json.loads(request("GET", self._url).data)["messages"].values()
        letters = (Letter(m["To"][0], m["Subject"], m["BodyText"]) for account in messages for m in account)
        return [letter for letter in letters if to in letter.to and subject in letter.subject]

    def wait_for(self, to: str, subject: str, after: int = 0) -> Letter:
        """Return the mail after the first few to somebody with these words in the subject, when it comes."""
        what = f"no mail to {to} with “{subject}” in its subject"
        return until(lambda: self.letters(to, subject)[after:], what)[0]
