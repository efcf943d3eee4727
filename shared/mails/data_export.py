"""Everything that we store about a person, as a file for them to keep (GDPR, articles 15 and 20)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.domain.mail import Attachment
from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.cause import actor_of
from shared.domain.registration.registration import ERASED, ORGANISER, Registration, State
from shared.mails.wording import STATES
from shared.phrases.field_labels import FIELD_WORDS
from shared.phrases.language import phrases_of
from shared.phrases.questions import answers
from shared.phrases.reasons import own_reason_text

_LABELS = {field: FIELD_WORDS["nl"][field].name for field in TYPED_FIELDS} | {"brin": "brin"}
_ENGLISH = {
    "netwerk": "network",
    "nummer": "reference",
    **{_LABELS[field]: FIELD_WORDS["en"][field].name for field in TYPED_FIELDS if field != "brin"},
    "gevraagd e-mailadres": "requested email address",
    "vorig e-mailadres": "former email address",
    "antwoorden op vragen": "answers to questions",
    "aangevinkt": "ticked",
    "collega's zonder e-mailadres": "colleagues without an email address",
    "andere velden": "other fields",
    "website van het formulier": "website of the form",
    "later anders ingevuld": "filled in differently later",
    "eerder ingevulde school": "school filled in earlier",
    "tot": "until",
    "e-mailadres bevestigd op": "email address confirmed on",
    "aangemeld op": "registered on",
    "aangemeld door": "registered by",
    "via de link van": "through the link of",
    "uitgenodigd": "invited",
    "geschiedenis": "history",
    "op": "on",
    "door": "by",
    "waarom": "why",
    "soort": "kind",
    "we bewaren dit tot": "we keep this until",
}


def data_file(network: Network, registration: Registration, mails: Iterable[MailRecord]) -> Attachment:
    """Return what we store about a person as a JSON file to download."""
    text = json.dumps(data_export(network, registration, mails), ensure_ascii=False, indent=2)
    return Attachment(f"{registration.reference}.json", "application/json", text.encode())


def data_export(network: Network, registration: Registration, mails: Iterable[MailRecord]) -> dict[str, Any]:
    """Return what we store, with its history and the mails that it led to, in the network's language."""
    phrases = phrases_of(network)
    export = {
        "netwerk": network.title,
        "nummer": registration.reference,
        "status": state_name(network, registration.state),
        **{_LABELS[field]: getattr(registration, field) for field in TYPED_FIELDS},
        "gevraagd e-mailadres": registration.new_email,
        "vorig e-mailadres": registration.former_email,
        "antwoorden op vragen": _answers(network, registration),
        "aangevinkt": dict(registration.consents),
        "collega's zonder e-mailadres": list(registration.without_address),
        "andere velden": dict(registration.extra),
        "website van het formulier": registration.origin,
        "later anders ingevuld": dict(registration.again),
        "eerder ingevulde school": [
            {
                "school": ", ".join(filter(None, (t.school, t.place, t.brin))),
                "tot": _local(network, t.until),
                **({"via de link van": t.via} if t.via else {}),
            }
            for t in registration.earlier_typings
        ],
        **({"e-mailadres bevestigd op": _local(network, at)} if (at := registration.confirmed_at) else {}),
        "aangemeld op": _local(network, registration.received_at),
        "aangemeld door": _inviter(network, registration),
        "via de link van": registration.via,
        "uitgenodigd": [
            {"e-mailadres": sent.email or ERASED, "op": _local(network, sent.at)}
            for sent in registration.invitations
        ],
        "geschiedenis": [
            {
                "op": _local(network, change.at),
                "status": state_name(network, change.state),
                "door": phrases.ACTORS[actor_of(registration, change)],
                "waarom": ": ".join(filter(None, (own_reason_text(change, network, phrases), change.note))),
            }
            for change in registration.history
        ],
        "mails": [
            {"soort": mail.kind, "op": _local(network, mail.at), "status": mail.state.value} for mail in mails
        ],
        "we bewaren dit tot": _local(network, network.forgotten_at),
    }
    return export if network.language == "nl" else _in_english([export])[0]


def _answers(network: Network, registration: Registration) -> dict[str, str]:
    """Return the answers by their labels, and what was answered to questions of earlier by their ids."""
    ids = {question.id for question in network.form.questions}
    earlier = {id_: text for id_, text in registration.questions.items() if id_ not in ids}
    return {**dict(answers(registration, network.form.questions, network.language)), **earlier}


def _inviter(network: Network, registration: Registration) -> str:
    is_by_organiser = registration.invited_by == ORGANISER
    return network.organiser.name if is_by_organiser else registration.invited_by


def _in_english(value: Any) -> Any:
    """Translate the labels, also those within lists, and our own word for erased data."""
    if isinstance(value, list):
        return [
            {_ENGLISH.get(label, label): _in_english(each) for label, each in row.items()} for row in value
        ]
    return "(erased)" if value == ERASED else value


def state_name(network: Network, state: State) -> str:
    """Write a state for the person whose it is."""
    return STATES[state] if network.language == "nl" else state.value


def _local(network: Network, at: datetime) -> str:
    return network.local(at).isoformat(timespec="seconds")
