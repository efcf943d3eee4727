"""Judges whether SES sends for us, and whether receiving servers believe that it may."""

from collections.abc import Iterator, Sequence

from cli.finding import Finding, amber, green, red
from shared.aws.ses_account import SesAccount, SesIdentity

_NEARLY = 0.8  # of a quota
_RUNBOOK = "docs/runbook.md#mailblockedalarm"


def judge_account(account: SesAccount) -> Iterator[Finding]:
    """Yield whether SES sends, to whom, how much, and with which reputation."""
    if account.enforcement == "SHUTDOWN" or not account.is_sending:
        advice = f"answer AWS's mail about it in the support centre; {_RUNBOOK}"
        yield red("reputation", "SES has paused this account: no mail goes out", advice)
    elif account.enforcement != "HEALTHY":
        advice = "look which mails bounce, before SES pauses it: tweetal mail list NETWORK --state bounced"
        yield amber("reputation", "SES reviews this account, because of bounces or complaints", advice)
    else:
        yield green("reputation", "SES sends, and calls the account healthy")
    if account.is_out_of_sandbox:
        yield green("sandbox", "SES mails everybody")
    else:
        yield red(
            "sandbox",
            "SES mails verified addresses only: people who register get no mail",
            "ask for production access: aws sesv2 put-account-details --production-access-enabled "
            "(docs/deploy.md, step 1)",
        )
    yield _judge_quota(account)


def _judge_quota(account: SesAccount) -> Finding:
    name, used = "sending quota", f"{account.sent:.0f} of {account.quota:.0f} mails in the last 24 hours"
    if account.quota < 0:
        return green(name, f"{account.sent:.0f} mails in the last 24 hours, and no limit")
    if account.sent >= account.quota:
        return red(name, f"{used}: the rest waits", "request a larger quota in Service Quotas, SES")
    if account.sent >= _NEARLY * account.quota:
        return amber(name, f"{used}: it is nearly used", "request a larger quota in Service Quotas, SES")
    return green(name, f"{used}, {account.rate:.0f} a second")


def judge_identities(sender: str, identities: Sequence[SesIdentity]) -> Iterator[Finding]:
    """Yield whether SES may send from our address, and whether its mails are signed."""
    domain = sender.rpartition("@")[2]
    create = f"aws sesv2 create-email-identity --email-identity {domain}, and put its records in the DNS"
    if not any(identity.is_verified for identity in identities):
        yield red("identity", f"SES may not send from {sender}", create)
    else:
        yield green("identity", f"SES may send from {sender}")
    own = next((identity for identity in identities if identity.is_domain), None)
    if own is None:
        yield amber("DKIM", f"{domain} is no identity of SES, so its mails are not signed by it", create)
        return
    yield _judge_dkim(own)
    yield _judge_mail_from(own)


def _judge_dkim(identity: SesIdentity) -> Finding:
    if identity.dkim == "SUCCESS":
        return green("DKIM", f"SES signs as {identity.name}")
    return amber(
        "DKIM",
        f"SES does not sign as {identity.name} yet ({identity.dkim})",
        "put its three CNAME records in the DNS (docs/deploy.md, step 1); SES looks by itself for three days",
    )


def _judge_mail_from(identity: SesIdentity) -> Finding:
    name = identity.mail_from
    if name and identity.mail_from_status == "SUCCESS":
        return green("MAIL FROM", f"bounces go to {name}")
    if name:
        sentence = f"SES does not use {name} yet ({identity.mail_from_status})"
        return amber("MAIL FROM", sentence, "put its records in the DNS (tweetal doctor prints them)")
    return amber(
        "MAIL FROM",
        "mails come from amazonses.com, so that SPF says nothing of your domain",
        f"aws sesv2 put-email-identity-mail-from-attributes --email-identity {identity.name} "
        f"--mail-from-domain bounce.{identity.name}, and put its records in the DNS",
    )
