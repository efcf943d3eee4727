"""Everything that we have of somebody, as a file that they can take along (GDPR, articles 15 and 20)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.registration import ERASED, ORGANISER, Registration, State
from shared.mails.mail import Attachment
from shared.mails.wording import STATES
from shared.phrases.fields import FIELD_NAMES

_BY = {
    "nl": {"person": "jij of een collega", "check": "de dagelijkse controle", "": "de organisatie"},
    "en": {"person": "you or a colleague", "check": "the daily check", "": "the organisers"},
}
_LABELS = {**FIELD_NAMES["nl"], "brin": "brin"}
_ENGLISH = {
    "netwerk": "network",
    "nummer": "reference",
    **{_LABELS[field]: FIELD_NAMES["en"][field] for field in TYPED_FIELDS if field != "brin"},
    "andere velden": "other fields",
    "later anders ingevuld": "filled in differently later",
    "aangemeld op": "registered on",
    "aangemeld door": "registered by",
    "via de link van": "through the link of",
    "uitgenodigd": "invited",
    "geschiedenis": "history",
    "op": "on",
    "door": "by",
    "waarom": "why (as noted for the organisers, in Dutch)",
    "soort": "kind",
    "we bewaren dit tot": "we keep this until",
}


def data_file(network: Network, me: Registration, mails: Iterable[MailRecord]) -> Attachment:
    """Return what we have as a file."""
    told = json.dumps(dossier(network, me, mails), ensure_ascii=False, indent=2)
    return Attachment(f"{me.reference}.json", "application/json", told.encode())


def dossier(network: Network, me: Registration, mails: Iterable[MailRecord]) -> dict[str, Any]:
    """Return what we have, with what happened to it and which mails it led to, in the network's language."""
    who = _BY[network.language]
    told = {
        "netwerk": network.title,
        "nummer": me.reference,
        "status": _state(network, me.state),
        **{_LABELS[field]: getattr(me, field) for field in TYPED_FIELDS},
        "andere velden": dict(me.extra),
        "later anders ingevuld": dict(me.again),
        "aangemeld op": _local(network, me.received_at),
        "aangemeld door": network.organiser.name if me.invited_by == ORGANISER else me.invited_by,
        "via de link van": me.via,
        "uitgenodigd": [
            {"e-mailadres": sent.email or ERASED, "op": _local(network, sent.at)} for sent in me.invitations
        ],
        "geschiedenis": [
            {
                "op": _local(network, change.at),
                "status": _state(network, change.state),
                "door": who.get(change.by, who[""]),
                "waarom": change.why,
            }
            for change in me.history
        ],
        "mails": [
            {"soort": mail.kind, "op": _local(network, mail.at), "status": mail.state.value} for mail in mails
        ],
        "we bewaren dit tot": _local(network, network.forgotten_at),
    }
    return told if network.language == "nl" else _labelled([told])[0]


def _labelled(value: Any) -> Any:
    """Return the same in English: labels, also those in a list, and our own word for what was erased."""
    if isinstance(value, list):
        return [{_ENGLISH.get(label, label): _labelled(each) for label, each in row.items()} for row in value]
    return "(erased)" if value == ERASED else value


def _state(network: Network, state: State) -> str:
    return STATES[state] if network.language == "nl" else state.value


def _local(network: Network, at: datetime) -> str:
    return network.local(at).isoformat(timespec="seconds")
