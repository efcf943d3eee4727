"""What an organiser wrote, as a mail to whoever reads it: their own words in our letterhead."""

from collections.abc import Sequence

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.message import Message
from shared.domain.network.network import Network
from shared.domain.network.sessions import sessions_by_name
from shared.domain.registration.registration import Registration
from shared.mails.letter import render_letter
from shared.mails.wording import first_name
from shared.phrases.language import phrases_of

Reader = tuple[Registration, PersonalLinks]


def message_mail(network: Network, message: Message, readers: Sequence[Reader]) -> Mail:
    """Write a message to one person, or to several on one mailbox: once, by all of their names."""
    phrases, (first, links) = phrases_of(network), readers[0]
    names = [first_name(person, phrases) for person, _ in readers]
    return render_letter(
        "message",
        network,
        first,
        links,
        message=message,
        readers=readers,
        names=phrases.listing(list(dict.fromkeys(names))),
        pages=[(name, own.me) for name, (_, own) in zip(names, readers, strict=True)],
        paragraphs=[part.splitlines() for part in message.text.split("\n\n") if part.strip()],
        session=sessions_by_name(network).get(message.audience.session),
    )


def on_one_mailbox(mails: Sequence[Mail]) -> Mail:
    """Return the mail of a message to several people from those to each of them."""
    readers = [reader for mail in mails for reader in mail.facts["readers"]]
    return message_mail(mails[0].facts["network"], mails[0].facts["message"], readers)
