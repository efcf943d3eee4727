"""Everything that we have of somebody, as a file that they can take along (GDPR, articles 15 and 20)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.domain.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration import ERASED, Registration
from shared.mails.words import STATES

_BY = {"person": "jij of een collega", "check": "de dagelijkse controle"}


def as_json(network: Network, me: Registration, mails: Iterable[MailRecord]) -> str:
    """Write what we have as a file."""
    return json.dumps(dossier(network, me, mails), ensure_ascii=False, indent=2)


def dossier(network: Network, me: Registration, mails: Iterable[MailRecord]) -> dict[str, Any]:
    """Return what we have, in Dutch, with what happened to it and which mails it led to."""
    return {
        "netwerk": network.title,
        "nummer": me.reference,
        "status": STATES[me.state],
        "naam": me.name,
        "e-mailadres": me.email,
        "functie": me.role,
        "telefoonnummer": me.phone,
        "school": me.school,
        "plaats": me.place,
        "brin": me.brin,
        "opmerkingen": me.remarks,
        "andere velden": dict(me.extra),
        "later anders ingevuld": dict(me.again),
        "aangemeld op": _local(network, me.received_at),
        "aangemeld door": me.invited_by,
        "via de link van": me.via,
        "uitgenodigd": [
            {"e-mailadres": sent.email or ERASED, "op": _local(network, sent.at)} for sent in me.invitations
        ],
        "geschiedenis": [
            {
                "op": _local(network, change.at),
                "status": STATES[change.state],
                "door": _BY.get(change.by, "de organisatie"),
                "waarom": change.why,
            }
            for change in me.history
        ],
        "mails": [
            {"soort": mail.kind, "op": _local(network, mail.at), "status": mail.state.value} for mail in mails
        ],
        "we bewaren dit tot": _local(network, network.forgotten_at),
    }


def _local(network: Network, at: datetime) -> str:
    return network.local(at).isoformat(timespec="seconds")
