"""Every mail that SES accepts, with the headers, attachments and tags, which moto does not keep."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import boto3

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that SES accepted, the id of the mail, and the simulated time."""

    id: str
    request: Mapping[str, Any]
    at: datetime

    @property
    def to(self) -> list[str]:
        """The addresses of the recipients."""
        return list(self.request["Destination"]["ToAddresses"])

    @property
    def subject(self) -> str:
        """The subject."""
        return str(self._simple["Subject"]["Data"])

    @property
    def tags(self) -> dict[str, str]:
        """Our tags, which SES repeats in its events."""
        return {tag["Name"]: tag["Value"] for tag in self.request.get("EmailTags", [])}

    @property
    def headers(self) -> dict[str, str]:
        """The headers that the recipient sees."""
        ours = {header["Name"]: header["Value"] for header in self._simple.get("Headers", [])}
        return {
            "From": self.request["FromEmailAddress"],
            "To": ", ".join(self.to),
            "Reply-To": self._reply_to,
            "Subject": self.subject,
            "Date": format_datetime(self.at),
            "Message-ID": f"<{self.id}@email.amazonses.com>",
        } | ours

    def body(self, part: str) -> str:
        """Return a part of the body: "Text" or "Html"."""
        return str(self._simple["Body"].get(part, {}).get("Data", ""))

    @property
    def attachments(self) -> list[Mapping[str, Any]]:
        """The attachments, as in the request to SES."""
        return list(self._simple.get("Attachments", []))

    @property
    def _reply_to(self) -> str:
        return ", ".join(self.request.get("ReplyToAddresses", []))

    @property
    def _simple(self) -> Mapping[str, Any]:
        simple: Mapping[str, Any] = self.request["Content"]["Simple"]
        return simple

    def as_json(self) -> dict[str, Any]:
        """Return the mail as `GET /_local/mails` shows it."""
        return {
            "id": self.id,
            "kind": self.tags.get("kind", ""),
            "network": self.tags.get("network", ""),
            "to": self.to,
            "from": self.request["FromEmailAddress"],
            "reply_to": self._reply_to,
            "subject": self.subject,
            "text": self.body("Text"),
            "html": self.body("Html"),
            "headers": self.headers,
            "attachments": [_attachment_json(part) for part in self.attachments],
            "sent_at": self.at.isoformat(),
        }


def _attachment_json(part: Mapping[str, Any]) -> dict[str, str]:
    return {
        "filename": part["FileName"],
        "content_type": part["ContentType"],
        "content_base64": base64.b64encode(part["RawContent"]).decode(),
    }


class Mailbox:
    """Records every SendEmail request of a session; `fresh` holds the mails without SES events so far."""

    def __init__(self, session: boto3.Session, clock: Clock) -> None:
        self._clock = clock
        self.sent: list[Sent] = []
        self.fresh: list[Sent] = []
        session.events.register("provide-client-params.sesv2.SendEmail", _keep_request)
        session.events.register("after-call.sesv2.SendEmail", self._record)

    def take_fresh(self) -> list[Sent]:
        """Return the fresh mails, and empty the list."""
        fresh, self.fresh = self.fresh, []
        return fresh

    def _record(self, parsed: Mapping[str, Any], context: Mapping[str, Any], **_: Any) -> None:
        if "MessageId" in parsed:
            mail = Sent(parsed["MessageId"], context["mail"], self._clock())
            self.sent.append(mail)
            self.fresh.append(mail)


def _keep_request(params: Mapping[str, Any], context: dict[str, Any], **_: Any) -> None:
    context["mail"] = params
