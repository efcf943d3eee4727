"""Whose letters a mail holds, and of which kinds: it can be to several people on one mailbox."""

from local.mailbox import Sent

TO_OTHERS = {"invitation", "address", "readdressed"}  # kinds that go to another address than that person's


def ids(mail: Sent) -> list[str]:
    """Return the ids of the letters in a mail."""
    also = [value for name, value in mail.tags.items() if name.startswith("also")]
    return [mail.tags["mail"], *(id_ for value in also for id_ in value.split("_"))]


def kind_of(mail: Sent, id_: str) -> str:
    """Return of which kind one of its letters is."""
    return mail.tags["kind"] if len(ids(mail)) == 1 else id_.split("-")[2]


def reference_of(id_: str) -> str:
    """Return whose letter it is."""
    return "-".join(id_.split("-")[:2])
