"""How mails leave: SES v2 `Simple` content, one request per mail and never a second one by itself."""

from datetime import timedelta
from email.header import Header
from email.utils import formataddr
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ParamValidationError,
)

from shared.domain.network.parts import Organiser
from shared.domain.outbox import MailRecord
from shared.mails.mail import Mail

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

# SES has no idempotency token: each retry of the SDK could be a second mail.
_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1, "mode": "standard"})
# This mail will never be taken, however often it is offered (SESv2 API, SendEmail, errors).
_REFUSED = frozenset({"MessageRejected", "BadRequestException"})
_RATE = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})


class MailRejectedError(Exception):
    """SES will never take this mail."""


class MailDeferredError(Exception):
    """SES surely did not take this mail now; it may after a while, by itself or (`alarming`) by our doing."""

    def __init__(self, code: str, wait: timedelta = timedelta(minutes=1), alarming: bool = False) -> None:
        super().__init__(code)
        self.wait, self.alarming = wait, alarming


class MailOutcomeUnknownError(Exception):
    """SES may have taken this mail: its answer was lost."""


class SesMailer:
    """Sends mails of the networks from one address."""

    def __init__(self, sender: str, configuration_set: str, client: "SESV2Client | None" = None) -> None:
        self._sender, self._configuration_set = sender, configuration_set
        self._client = client or boto3.client("sesv2", config=_CONFIG)

    def send(self, mail: Mail, to: str, organiser: Organiser, record: MailRecord) -> None:
        """Offer one mail to SES, once; raise `RefusedError`, `LaterError` or `UnknownError` if it fails."""
        try:
            self._client.send_email(**self._request(mail, to, organiser, record))
        except ClientError as error:
            raise _meaning(error) from error
        except (EndpointConnectionError, ConnectTimeoutError) as error:
            raise MailDeferredError(type(error).__name__) from error
        except ParamValidationError as error:
            raise MailRejectedError(type(error).__name__) from error
        except Exception as error:  # whatever it was, SES may have taken the mail before it went wrong
            raise MailOutcomeUnknownError(type(error).__name__) from error

    def _request(self, mail: Mail, to: str, organiser: Organiser, record: MailRecord) -> Any:
        content: dict[str, Any] = {
            "Subject": _utf8(mail.subject),
            "Body": {"Text": _utf8(mail.text), "Html": _utf8(mail.html)},
            # RFC 3834: out-of-office robots leave this mail alone.
            "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
        }
        if mail.attachments:
            content["Attachments"] = [
                {"FileName": a.filename, "ContentType": a.content_type, "RawContent": a.content}
                for a in mail.attachments
            ]
        tags = {"kind": mail.kind, "network": record.network, "mail": record.id}
        return {
            "FromEmailAddress": _named(organiser.name, self._sender),
            "Destination": {"ToAddresses": [to]},
            "ReplyToAddresses": [organiser.email],
            "Content": {"Simple": content},
            "EmailTags": [{"Name": name, "Value": value} for name, value in tags.items()],
            "ConfigurationSetName": self._configuration_set,
        }


def _named(name: str, address: str) -> str:
    """Write a sender in encoded words of 75 signs at most (RFC 2047, section 2); `formataddr` makes one."""
    if name.isascii():
        return formataddr((name, address))
    return f"{' '.join(Header(name, 'utf-8', maxlinelen=75).encode().split())} <{address}>"


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


def _meaning(error: ClientError) -> Exception:
    code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    message = error.response["Error"].get("Message", "").lower()
    # An address of ours that is not verified, or the sandbox, is for the operator to mend: the mail waits.
    if code in _REFUSED and "not verified" not in message:
        return MailRejectedError(code)
    if status >= 500:
        return MailOutcomeUnknownError(code)
    # At the rate's limit SES asks for minutes; at the day's quota it may take a day ("Sending quotas").
    if code in _RATE and "quota" not in message:
        return MailDeferredError(code)
    return MailDeferredError(code, timedelta(hours=1), alarming=True)
