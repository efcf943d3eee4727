"""The mail with which an organiser signs in."""

from datetime import datetime

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.mails.render import render


def code_mail(network: Network, code: str, ends: datetime) -> Mail:
    """Give an organiser the six digits, until when they work, and what to do when nobody asked for them."""
    return render("code", network=network, code=code, ends=network.local(ends))
