"""How mails leave: SES v2 `Simple` content, one request per mail and no automatic retry."""

from collections.abc import Mapping, Sequence
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

from shared.aws.ses_tags import tags_of
from shared.domain.mail import Mail
from shared.domain.network.parts import Organiser
from shared.domain.outbox import MailRecord

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

# SES has no idempotency token, so a retry of the SDK could send a second mail.
_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1, "mode": "standard"})
# SES will never accept this mail (SESv2 API, SendEmail, errors).
_REFUSED = frozenset({"MessageRejected", "BadRequestException"})
_RATE = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})


class MailRejectedError(Exception):
    """SES will never accept this mail."""


class MailDeferredError(Exception):
    """SES did not accept this mail now but may later; if `alarming`, only after the operator acts."""

    def __init__(self, code: str, wait: timedelta = timedelta(minutes=1), alarming: bool = False) -> None:
        super().__init__(code)
        self.wait, self.alarming = wait, alarming


class MailOutcomeUnknownError(Exception):
    """SES may have accepted this mail: its answer was lost."""


class SesMailer:
    """Sends mails of the networks from one address."""

    def __init__(self, sender: str, configuration_set: str, client: "SESV2Client | None" = None) -> None:
        self._sender, self._configuration_set = sender, configuration_set
        self._client = client or boto3.client("sesv2", config=_CONFIG)

    def send(
        self,
        mail: Mail,
        to: str,
        organiser: Organiser,
        record: MailRecord,
        also: Sequence[str] = (),
        places: Sequence[str] = (),
    ) -> None:
        """Offer a mail to SES once; raise one of this module's errors if it fails.

        `also` are the ids of the other records that it settles, and `places` those of a first mail: SES's
        events name them.
        """
        try:
            self._client.send_email(**self._request(mail, to, organiser, record, tags_of(also, places)))
        except ClientError as error:
            raise _translate(error) from error
        except (EndpointConnectionError, ConnectTimeoutError) as error:
            raise MailDeferredError(type(error).__name__) from error
        except ParamValidationError as error:
            raise MailRejectedError(type(error).__name__) from error
        except Exception as error:  # SES may have accepted the mail before the error
            raise MailOutcomeUnknownError(type(error).__name__) from error

    def _request(
        self, mail: Mail, to: str, organiser: Organiser, record: MailRecord, more: Mapping[str, str]
    ) -> Any:
        content: dict[str, Any] = {
            "Subject": _utf8(mail.subject),
            "Body": {"Text": _utf8(mail.text), "Html": _utf8(mail.html)},
            # RFC 3834: out-of-office robots do not answer this mail.
            "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
        }
        if mail.attachments:
            content["Attachments"] = [
                {"FileName": a.filename, "ContentType": a.content_type, "RawContent": a.content}
                for a in mail.attachments
            ]
        tags = {"kind": mail.kind, "network": record.network, "mail": record.id, **more}
        return {
            "FromEmailAddress": _sender(organiser.name, self._sender),
            "Destination": {"ToAddresses": [to]},
            "ReplyToAddresses": [organiser.email],
            "Content": {"Simple": content},
            "EmailTags": [{"Name": name, "Value": value} for name, value in tags.items()],
            "ConfigurationSetName": self._configuration_set,
        }


def _sender(name: str, address: str) -> str:
    """Write a sender in encoded words of at most 75 characters (RFC 2047, 2); `formataddr` makes one word."""
    if name.isascii():
        return formataddr((name, address))
    return f"{' '.join(Header(name, 'utf-8', maxlinelen=75).encode().split())} <{address}>"


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


def _translate(error: ClientError) -> Exception:
    code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    message = error.response["Error"].get("Message", "").lower()
    # The operator must verify our address or leave SES's sandbox; until then the mail waits.
    if code in _REFUSED and "not verified" not in message:
        return MailRejectedError(code)
    if status >= 500:
        return MailOutcomeUnknownError(code)
    # The rate's limit passes within minutes, the day's quota may take a day ("Sending quotas").
    if code in _RATE and "quota" not in message:
        return MailDeferredError(code)
    return MailDeferredError(code, timedelta(hours=1), alarming=True)
