import re
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from tests.offered import SENDER, offered

pytestmark = pytest.mark.parametrize("engine", ["moto"], indirect=True)  # the only one here that plays SES

MAIL = Mail("already", "Je bent al aangemeld", "Beste Noor,", "<p>Beste Noor,</p>")
NAMES = [
    "Voortgezet Leren",
    "St. Jan",
    "Coöperatie",
    "Samenwerkende Christelijke Coöperatie voor Leren en Doen in Ede",
]


def sender(network: Network, name: str) -> str:
    (sent,) = offered({"one": MAIL}, network.organiser.model_copy(update={"name": name}))
    return str(sent.request["FromEmailAddress"])


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_from_the_organiser_at_our_address(aws: None, network: Network, name: str) -> None:
    shown, address = parseaddr(sender(network, name))
    assert (str(make_header(decode_header(shown))), address) == (name, SENDER)


def test_a_long_name_is_written_in_words_that_every_mail_server_takes(aws: None, network: Network) -> None:
    words = re.findall(r"=\?\S+\?=", sender(network, NAMES[-1]))
    assert len(words) == 2
    assert max(map(len, words)) <= 75


def test_who_answers_a_mail_answers_the_organiser(aws: None, network: Network) -> None:
    (sent,) = offered({"one": MAIL}, network.organiser)
    assert sent.headers["Reply-To"] == "info@voortgezetleren.nl"
    assert sent.headers["Auto-Submitted"] == "auto-generated"
