"""What SES says of our account and of the address that we send from, for the operator's command line."""

from typing import TYPE_CHECKING, Any, NamedTuple

import boto3

from shared.aws.clients import CONFIG
from shared.aws.wire import UnavailableError, translating_errors

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client


class SesAccount(NamedTuple):
    """How much SES lets this account send; `enforcement` is HEALTHY, PROBATION or SHUTDOWN."""

    is_out_of_sandbox: bool
    is_sending: bool
    enforcement: str
    quota: float  # mails in 24 hours; negative for as many as one likes
    sent: float
    rate: float


class SesIdentity(NamedTuple):
    """A verified address or domain, with what receiving servers check."""

    name: str
    is_verified: bool
    dkim: str
    dkim_tokens: tuple[str, ...]
    mail_from: str
    mail_from_status: str

    @property
    def is_domain(self) -> bool:
        """Whether SES may send from every address of this identity."""
        return "@" not in self.name


def ses_account() -> SesAccount:
    """Return what SES says of this account, in this region."""
    with translating_errors():
        account: Any = _client().get_account()
    quota = account.get("SendQuota", {})
    return SesAccount(
        account.get("ProductionAccessEnabled", False),
        account.get("SendingEnabled", False),
        account.get("EnforcementStatus", "HEALTHY"),
        quota.get("Max24HourSend", 0),
        quota.get("SentLast24Hours", 0),
        quota.get("MaxSendRate", 0),
    )


def identities(sender: str) -> list[SesIdentity]:
    """Return what SES holds of an address and of its domain, which may lend the address its DKIM."""
    names = (sender.rpartition("@")[2], sender)
    return [identity for name in names if (identity := _identity(name))]


def ses_region() -> str:
    """Return the region in which SES sends, of which DNS records speak."""
    return str(_client().meta.region_name)


def _identity(name: str) -> SesIdentity | None:
    try:
        with translating_errors():
            identity: Any = _client().get_email_identity(EmailIdentity=name)
    except UnavailableError as error:
        if str(error) == "NotFoundException":
            return None
        raise
    dkim, mail_from = identity.get("DkimAttributes", {}), identity.get("MailFromAttributes", {})
    return SesIdentity(
        name,
        identity.get("VerifiedForSendingStatus", False),
        dkim.get("Status", "NOT_STARTED"),
        tuple(dkim.get("Tokens", ())),
        mail_from.get("MailFromDomain", ""),
        mail_from.get("MailFromDomainStatus", ""),
    )


def _client() -> "SESV2Client":
    return boto3.client("sesv2", config=CONFIG)
