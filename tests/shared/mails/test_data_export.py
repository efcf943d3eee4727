"""What somebody takes along is everything that is stored of them."""

import json
from dataclasses import fields, replace
from typing import Any

from shared.domain.network.network import Network
from shared.domain.registration.registration import EarlierTyping, Registration
from shared.mails.data_export import data_export
from tests.people import AT, someone

# Keys, counters and instants of our own; instants, invitations and history have tests of their own.
OURS = {
    "network", "person_key", "state", "received_at", "reminded", "reminded_at", "reminded_of",
    "session_reminded", "again_at", "links_at", "data_at", "resent_at", "new_email_at", "links_version",
    "links_by_owner", "unconfirmed_since", "confirmed_at", "invitations", "invited_by", "history",
    "earlier_typings", "unjudged", "posted_from", "mail_domain", "revision",
}  # fmt: skip
LISTS = {"extra", "again", "questions", "consents"}


def test_everything_that_somebody_told_or_that_came_along_is_in_their_data(network: Network) -> None:
    stored = {field.name for field in fields(Registration)} - OURS
    texts = {name: f"tekst van {name}" for name in stored}
    values: dict[str, Any] = {name: {"role": text} if name in LISTS else text for name, text in texts.items()}
    values["without_address"] = (texts["without_address"],)
    person = replace(someone(), **values)
    person = replace(
        person, confirmed_at=AT, earlier_typings=(EarlierTyping("Bergcolege", "Ede", "", AT, "PLG-2"),)
    )
    export = json.dumps(data_export(network, person, []), ensure_ascii=False)
    assert "Bergcolege, Ede" in export
    assert '"via de link van": "PLG-2"' in export
    assert '"e-mailadres bevestigd op": "2023-03-20T09:00:00+01:00"' in export
    assert [name for name, text in texts.items() if text not in export] == []
