"""What an organiser adds to a kind of mail stands in every mail of that kind, as text, in both parts."""

import pytest

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.network.paragraphs import PARAGRAPH_KINDS, ParagraphKind
from shared.mails.sample import sample_mail
from shared.mails.together import together
from tests.shared.mails.people import ENGLISH, PLG

OWN = "Parkeren kan <achter> de school."
ESCAPED = "Parkeren kan &lt;achter&gt; de school."


def adds(network: Network, *kinds: str) -> Network:
    return network.model_copy(update={"paragraphs": dict.fromkeys(kinds, OWN)})


def times(mail: Mail) -> tuple[int, int]:
    """How often it stands in the text and in the HTML."""
    return mail.text.count(OWN), mail.html.count(ESCAPED)


@pytest.mark.parametrize("network", [PLG, ENGLISH], ids=["nl", "en"])
@pytest.mark.parametrize("kind", PARAGRAPH_KINDS)
def test_a_paragraph_stands_once_in_the_mails_of_its_kind_alone(
    network: Network, kind: ParagraphKind
) -> None:
    mail = sample_mail(adds(network, kind), kind)
    assert (mail.kind, times(mail), OWN in mail.subject) == (kind, (1, 1), False)
    others = [other for other in PARAGRAPH_KINDS if other != kind]
    assert sample_mail(adds(network, *others), kind) == sample_mail(network, kind)


@pytest.mark.parametrize("kind", PARAGRAPH_KINDS)
def test_a_network_that_adds_nothing_mails_the_same(kind: ParagraphKind) -> None:
    text = sample_mail(adds(PLG, kind), kind).text
    assert text.replace(f"{OWN}\n\n", "") == sample_mail(PLG, kind).text


def test_on_one_mailbox_it_stands_with_each_person() -> None:
    mail = sample_mail(adds(PLG, "admitted"), "admitted")
    assert times(together([mail, mail])) == (2, 2)
