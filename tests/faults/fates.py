"""What SES tells of mails that is late, lost, doubled, in another order, or of something else."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

from local.runtime import InvocationError
from tests.faults.people import People

Act = Callable[[People], None]


def read(event: Any) -> Any:
    """Return what SES says in a notification."""
    return json.loads(event["Records"][0]["Sns"]["Message"])


def written(event: Any, message: Any) -> Any:
    """Return a notification in which SES says something else."""
    other = deepcopy(event)
    other["Records"][0]["Sns"]["Message"] = message if isinstance(message, str) else json.dumps(message)
    return other


def insist(people: People, name: str, event: Any) -> None:
    """Run a function as Lambda runs what nobody waits for: three times, until it succeeds."""
    for _ in range(3):
        with suppress(InvocationError):
            people.world.run(name, event)
            return


def _nothing(_: People) -> None:
    pass


def _fate_of_events(change: Callable[[People, Any], Iterable[Any]]) -> Act:
    def begin(people: People) -> None:
        people.world.ses_events = lambda event: change(people, event)

    return begin


def _lost(people: People, event: Any, only: str = "") -> list[Any]:
    ses_event = read(event)
    if ses_event["eventType"] == "Send":
        people.world.untold.update(ses_event["mail"]["tags"]["mail"])
    return [event] if only and ses_event["eventType"] != only else []


def _held(people: People, event: Any) -> list[Any]:
    _lost(people, event)  # what comes after the lease comes too late to settle anything
    people.world.held.append(event)
    return []


def _come(people: People) -> None:
    people.world.ses_events = lambda event: [event]
    held, people.world.held = people.world.held, []
    for event in held:
        insist(people, "delivery", event)


def _reversed(people: People, event: Any) -> Iterator[Any]:
    if read(event)["eventType"] == "Send":
        people.world.held.append(event)
    else:
        yield event
        yield people.world.held.pop(0)


def _other_mail(_: People, event: Any) -> list[Any]:
    ses_event = read(event)
    tags = ses_event["mail"]["tags"]
    other = {**tags, "mail": ["PLG-00000000-confirmation-1"]}
    stranger = {**tags, "network": ["nergens-2023"]}
    without = {key: value for key, value in ses_event["mail"].items() if key != "tags"}
    mails = [{**ses_event["mail"], "tags": other}, {**ses_event["mail"], "tags": stranger}, without]
    return [*(written(event, {**ses_event, "mail": mail}) for mail in mails), event]


def _no_event(_: People, event: Any) -> list[Any]:
    texts = (
        "Successfully validated SNS topic for Amazon SES event publishing.",
        "[1]",
        '{"eventType": 1}',
        "",
    )
    return [*(written(event, text) for text in texts), event]


def _afterwards(kind: str, **what: Any) -> Act:
    """Return how SES tells of every mail that something became of it."""

    def end(people: People) -> None:
        for event in [e for e in people.world.all_told if read(e)["eventType"] == "Send"]:
            ses_event = {"eventType": kind, "mail": read(event)["mail"], **what}
            insist(people, "delivery", written(event, ses_event))

    return end


_TWO = [{"emailAddress": f"{name}@elders.example"} for name in ("iemand", "niemand")]
_BOUNCE = {"bounceSubType": "General", "bouncedRecipients": _TWO}
_SUPPRESSED = {"bounceType": "Permanent", "bounceSubType": "OnAccountSuppressionList"}

# By name: how it begins and ends, and how many quarters it lasts.
TROUBLES: tuple[tuple[str, Act, Act, int], ...] = (
    ("Send lost", _fate_of_events(lambda people, event: _lost(people, event, "Send")), _nothing, 1),
    ("all lost", _fate_of_events(_lost), _nothing, 1),
    ("two hours late", _fate_of_events(_held), _come, 8),
    ("twice", _fate_of_events(lambda _, event: [event, event]), _nothing, 1),
    ("in reverse", _fate_of_events(_reversed), _nothing, 1),
    ("of mails that are not ours", _fate_of_events(_other_mail), _nothing, 1),
    ("no events at all, but texts", _fate_of_events(_no_event), _nothing, 1),
    ("bounced for good", _nothing, _afterwards("Bounce", bounce={"bounceType": "Permanent", **_BOUNCE}), 1),
    ("out of office", _nothing, _afterwards("Bounce", bounce={"bounceType": "Transient", **_BOUNCE}), 1),
    ("bounced, undetermined", _nothing, _afterwards("Bounce", bounce={"bounceType": "Undetermined"}), 1),
    ("on the suppression list", _nothing, _afterwards("Bounce", bounce=_SUPPRESSED), 1),
    ("called spam", _nothing, _afterwards("Complaint", complaint={"complaintFeedbackType": "abuse"}), 1),
    ("called spam by two", _nothing, _afterwards("Complaint", complaint={"complainedRecipients": _TWO}), 1),
    ("complaint without a type", _nothing, _afterwards("Complaint"), 1),
    ("delayed", _nothing, _afterwards("DeliveryDelay", deliveryDelay={"delayType": "MailboxFull"}), 1),
    ("rejected", _nothing, _afterwards("Reject", reject={"reason": "Bad content"}), 1),
    ("could not be made", _nothing, _afterwards("Rendering Failure", failure={}), 1),
    ("of a kind that is new", _nothing, _afterwards("Subscription"), 1),
)
