"""A mail to a registrant: the variables that every template has."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.registration.confirming import awaits_confirmation, ends
from shared.domain.registration.registration import Registration
from shared.mails.render import render
from shared.mails.wording import first_name, school_name
from shared.phrases.language import phrases_of


def render_letter(
    kind: str, network: Network, registration: Registration, links: PersonalLinks, **of_this_mail: Any
) -> Mail:
    """Render a mail to a registrant, with its attachments and the variables of this mail only."""
    attachments = of_this_mail.pop("attachments", ())
    facts = {
        "registration": registration,
        "links": links,
        "name": first_name(registration, phrases_of(network)),
        "school_name": school_name(registration, phrases_of(network)),
        "deadline": phrases_of(network).deadline(network),
        "minimum": network.rule.min_per_school,
        "confirm_before": _confirm_before(network, registration),
        "own_paragraph": "".join(text for own, text in network.paragraphs.items() if own == kind),
        **of_this_mail,
    }
    mail = render(kind, network, language=network.language, attachments=attachments, **facts)
    return replace(mail, facts={"network": network, **facts})


def _confirm_before(network: Network, registration: Registration) -> str:
    """Write until when a person who counts must confirm their address; empty for who need not."""
    until = ends(registration) if awaits_confirmation(network, registration) else None
    return phrases_of(network).moment(network.local(until)) if until else ""


def kept_until(network: Network) -> date:
    """Return the last day on which we still store what people gave us."""
    return network.local(network.forgotten_at - timedelta(microseconds=1)).date()
