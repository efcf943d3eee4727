"""What organisers wrote to people: each message once, until its network's data is deleted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.aws import keys
from shared.aws.items import instant, stamp
from shared.aws.store import Store
from shared.domain.message import Audience, Message, MessageGroup


class Messages:
    """The messages of all networks; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def messages_since(self, network: str, day: date | None = None) -> tuple[Message, ...]:
        """Return a network's messages from a day on, or all of them, the earliest first."""
        since = day.isoformat() if day else ""
        return tuple(map(_to_message, self._store.query(keys.messages_of(network), since=since)))

    def put_message(self, message: Message) -> bool:
        """Store a message, which sends its mails; False if its number of that day is another's."""
        return self._store.put_new(_from_message(message))

    def replace_message(self, message: Message) -> None:
        """Store a message in place of what is stored of it."""
        self._store.put(_from_message(message))


def _from_message(message: Message) -> dict[str, Any]:
    audience = message.audience
    return {
        "pk": keys.messages_of(message.network),
        "sk": message.id,
        "at": stamp(message.at),
        "by": message.by,
        "token": message.token,
        "subject": message.subject,
        "text": message.text,
        "people": list(message.people),
        "groups": [group.value for group in audience.groups],
        **({"link": message.link} if message.link else {}),
        **({"school": audience.school} if audience.school else {}),
        **({"session": audience.session} if audience.session else {}),
    }


def _to_message(item: Mapping[str, Any]) -> Message:
    day, _, number = item["sk"].rpartition("-")
    groups = tuple(map(MessageGroup, item["groups"]))
    return Message(
        network=keys.network_of(item),
        day=date.fromisoformat(day),
        number=int(number),
        at=instant(item["at"]),
        by=item["by"],
        token=item["token"],
        subject=item["subject"],
        text=item["text"],
        link=item.get("link", ""),
        audience=Audience(groups, item.get("school", ""), item.get("session", "")),
        people=tuple(item["people"]),
    )
