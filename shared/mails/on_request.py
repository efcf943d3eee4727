"""The mails that a person asks for, on their own page or with a form."""

from collections.abc import Iterable
from datetime import datetime

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.erasure import without_sensitive_answers
from shared.domain.registration.registration import COUNTED, Registration
from shared.domain.schools.school import School
from shared.mails.data_export import data_file
from shared.mails.facts import time_facts
from shared.mails.letter import kept_until, render_letter
from shared.mails.wording import full_name
from shared.phrases.language import phrases_of


def already(network: Network, registration: Registration, links: PersonalLinks) -> Mail:
    """Tell a person that their second post changed nothing."""
    return render_letter("already", network, registration, links)


def invitation(
    network: Network, registration: Registration, school: School, links: PersonalLinks, at: datetime
) -> Mail:
    """Invite a colleague at the address that a registrant gave us (GDPR, article 14)."""
    facts = {
        "inviter_name": full_name(registration, phrases_of(network)),
        "kept_until": kept_until(network),
        **time_facts(network, school, at),
    }
    return render_letter("invitation", network, registration, links, **facts)


def links(network: Network, registration: Registration, personal_links: PersonalLinks) -> Mail:
    """Send a person their links again."""
    return render_letter(
        "links", network, registration, personal_links, is_counted=registration.state in COUNTED
    )


def address(network: Network, registration: Registration, links: PersonalLinks) -> Mail:
    """Ask at another address whether it is this person's."""
    return render_letter("address", network, registration, links)


def readdressed(network: Network, registration: Registration, links: PersonalLinks) -> Mail:
    """Tell the former address that it gets no more mail, without a link or the next address."""
    return render_letter("readdressed", network, registration, links)


def data(
    network: Network, registration: Registration, links: PersonalLinks, mails: Iterable[MailRecord]
) -> Mail:
    """Send a person all that we store about them, as a file (GDPR, articles 15 and 20).

    Sensitive answers are only in the file that they download.
    """
    mailed = without_sensitive_answers(network, registration)
    file = data_file(network, mailed, mails)
    facts = {"file": file.filename, "kept_until": kept_until(network), "is_whole": mailed == registration}
    return render_letter("data", network, registration, links, attachments=(file,), **facts)
