"""The mail with the code with which an organiser signs in."""

from datetime import datetime

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.mails.render import render


def code_mail(network: Network, code: str, ends: datetime) -> Mail:
    """Send an organiser six digits, with their end and what to do if they did not ask for them."""
    return render("code", network, code=code, ends=network.local(ends))
