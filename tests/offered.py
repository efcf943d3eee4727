"""What SES is offered when mails are sent, as moto sees it."""

from collections.abc import Mapping

import boto3

from local.account import REGION
from local.mailbox import Mailbox, Sent
from shared.aws.ses import SesMailer
from shared.domain.mail import Mail
from shared.domain.network.parts import Organiser
from shared.domain.outbox import MailRecord, MailState
from tests.people import AT

SENDER = "aanmelden@tweetal.example"


def offered(mails: Mapping[str, Mail], organiser: Organiser) -> list[Sent]:
    """Send mails to Noor as the mail function does; return what each request to SES says."""
    session = boto3.Session(region_name=REGION)
    taken = Mailbox(session, lambda: AT)
    client = session.client("sesv2")
    client.create_email_identity(EmailIdentity=SENDER)
    for number, mail in enumerate(mails.values()):
        record = MailRecord("plg-2023", str(number), mail.kind, "PLG-7K3MQ2XD", MailState.SENDING, AT)
        SesMailer(SENDER, "tweetal", client).send(mail, "noor@school.example", organiser, record)
    return taken.sent
