"""What we mail because somebody asked for it, on their own page or with a form."""

from collections.abc import Iterable

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.registration import COUNTED, Registration
from shared.mails.dossier import data_file
from shared.mails.letter import kept_until, render_letter
from shared.mails.wording import full_name
from shared.phrases.language import phrases_of


def already(network: Network, registration: Registration, links: PersonalLinks) -> Mail:
    """Say that a second post of the same person changed nothing."""
    return render_letter("already", network, registration, links)


def invitation(network: Network, registration: Registration, links: PersonalLinks) -> Mail:
    """Ask a colleague to take part, because someone had us mail this address (GDPR, article 14)."""
    facts = {
        "inviter_name": full_name(registration, phrases_of(network)),
        "kept_until": kept_until(network),
        "closed": network.is_closed(registration.invitations[-1].at),
    }
    return render_letter("invitation", network, registration, links, **facts)


def links(network: Network, registration: Registration, personal: PersonalLinks) -> Mail:
    """Give someone their links again, who asked for them."""
    return render_letter("links", network, registration, personal, counts=registration.state in COUNTED)


def data(
    network: Network, registration: Registration, links: PersonalLinks, mails: Iterable[MailRecord]
) -> Mail:
    """Give someone all that we have of them, as a file (GDPR, articles 15 and 20)."""
    file = data_file(network, registration, mails)
    facts = {"file": file.filename, "kept_until": kept_until(network)}
    return render_letter("data", network, registration, links, attachments=(file,), **facts)
