"""What an organiser writes to chosen people of a network: kept once, and mailed to each of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import ERASED

MOST_A_DAY = 5  # of a network, whoever writes them
_OWED = timedelta(days=2)  # what waited longer is old news
_ARRIVED = (MailState.DELIVERED, MailState.COMPLAINED)
_RETURNED = (MailState.BOUNCED, MailState.SOFT_BOUNCED)
_UNDERWAY = (MailState.PENDING, MailState.SENDING, MailState.SENT, MailState.DELAYED)


class MessageGroup(StrEnum):
    """People whom an organiser can write to together, besides those of one school or one session."""

    COMING = "coming"
    SHORT = "short"
    WAITING = "waiting"
    HELD = "held"


class Audience(NamedTuple):
    """Whom a message is for: groups, the school of a person by reference, and a session by its date."""

    groups: tuple[MessageGroup, ...] = ()
    school: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was confirmed, by an organiser's address; `people` are the references of that instant.

    `day` and `number` are its place among those of its network. `token` is of the form that was confirmed,
    which sends one message however often it is posted.
    """

    network: str
    day: date
    number: int
    at: datetime
    by: str
    token: str
    subject: str
    text: str
    link: str
    audience: Audience
    people: tuple[str, ...]

    @property
    def id(self) -> str:
        """The sort key: "2023-04-12-1"."""
        return f"{self.day.isoformat()}-{self.number}"

    @property
    def mail_number(self) -> str:
        """What the ids of its mails end with."""
        return f"{self.day:%Y%m%d}{self.number}"

    def is_owed(self, now: datetime) -> bool:
        """Say whether its mails still go out."""
        return now < self.at + _OWED


class Delivery(NamedTuple):
    """Of how many people the mail arrived, came back, is under way, or will not be sent."""

    arrived: int = 0
    returned: int = 0
    underway: int = 0
    unsent: int = 0


def first_owed_day(network: Network, now: datetime) -> date:
    """Return the day of the earliest message whose mails may still go out."""
    return network.local(now - _OWED).date()


def deliveries(
    messages: Iterable[Message], mails: Iterable[MailRecord], now: datetime
) -> Mapping[str, Delivery]:
    """Return what became of each message, by its id, from all mail records of its network."""
    states = {mail.id: mail.state for mail in mails if mail.kind == "message"}
    return {message.id: _delivery(message, states, now) for message in messages}


def _delivery(message: Message, states: Mapping[str, MailState], now: datetime) -> Delivery:
    mine = [states.get(mail_id(person, message)) for person in message.people]
    arrived, returned = (sum(state in ends for state in mine) for ends in (_ARRIVED, _RETURNED))
    waiting = sum(state is None for state in mine) if message.is_owed(now) else 0
    underway = sum(state in _UNDERWAY for state in mine) + waiting
    return Delivery(arrived, returned, underway, len(mine) - arrived - returned - underway)


def mail_id(reference: str, message: Message) -> str:
    """Return the id of the mail of a message to a person."""
    return f"{reference}-message-{message.mail_number}"


def scrub_message(message: Message, email: str) -> Message:
    """Return a message without an address: of who wrote it, or in what they wrote."""
    address = re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", re.IGNORECASE)
    by, subject, text = (address.sub(ERASED, part) for part in (message.by, message.subject, message.text))
    return replace(message, by=by, subject=subject, text=text)
