"""To word a phrase otherwise mails nobody: the table holds codes, and mails are named by their cause."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import FunctionType, ModuleType
from typing import Any

import pytest

from shared.aws.items import from_registration, to_registration
from shared.aws.versions import marked
from shared.domain.decision import Decision
from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.school import schools
from shared.mails.owed import owed
from shared.mails.owed.context import MailContext, OwedMail, by_reference
from shared.phrases import dutch, english, reasons
from tests.shared.mails.season import NEVER_STORED, NOTE, Season, season

OTHERWISE = "anders gezegd"
# The reasons that came after the first version.
CAME_LATER = {
    *(ReasonCode.UNLISTED_SITE, ReasonCode.RELEASED, ReasonCode.REJECTED, ReasonCode.RESTORED),
    *(ReasonCode.WAIVED, ReasonCode.REPAIR_ENDED, ReasonCode.UNCONFIRMED, ReasonCode.CONFIRMED),
}
# What earlier releases sent has these names for ever: another name would be another mail.
KINDS = {
    "confirmation", "invited", "late", "admitted", "held", "declined", "cancelled", "complete", "changed",
    "reminder", "upcoming", "links", "data", "invitation", "waiting", "place", "unconfirmed",
}  # fmt: skip


def reworded(value: Any) -> Any:
    """Return a phrase, or a collection of phrases, in other words."""
    match value:
        case str():
            return OTHERWISE
        case tuple():
            return tuple(map(reworded, value))
        case dict():
            return {key: reworded(each) for key, each in value.items()}
    return lambda *_: OTHERWISE


def is_phrase(module: ModuleType, value: Any) -> bool:
    is_own = isinstance(value, FunctionType) and value.__module__ == module.__name__
    return is_own or isinstance(value, str | tuple | dict)


def reword(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace every phrase of every language."""
    for module in (dutch, english):
        for name, value in list(vars(module).items()):
            if not name.startswith("__") and is_phrase(module, value):
                monkeypatch.setattr(module, name, reworded(value))


def items(people: Iterable[Registration]) -> list[Mapping[str, Any]]:
    """Return these people as they are in the table."""
    return [marked(from_registration(r)) for r in people]


def first_items(people: Sequence[Registration]) -> list[Mapping[str, Any]]:
    """Return these people as the first version wrote them: with Dutch sentences."""
    return [
        {**item, "v": 1, "history": list(map(_with_sentence, item["history"], r.history))}
        for item, r in zip(items(people), people, strict=True)
    ]


def _with_sentence(written: Mapping[str, Any], change: Change) -> Mapping[str, Any]:
    why = re.sub(r"(\d+ perso(?:on|nen)) te kort", r"nog \1 nodig", reasons.why(change, dutch))
    return {key: written[key] for key in ("at", "state", "by")} | {"why": why}


def owed_mails(played: Season, stored: Iterable[Iterable[Mapping[str, Any]]]) -> list[OwedMail]:
    """Return every mail of a season of which these items are in the table after each step, in order."""
    mails: dict[str, OwedMail] = {}
    for (moment, _, decisions), each in zip(played.steps, stored, strict=True):
        people = [to_registration(item) for item in each]
        for _ in ("by themselves", "of schools and sessions"):
            sent = [replace(mail.record, state=MailState.SENT) for mail in mails.values()]
            for mail in _owed_at(played.network, people, decisions, sent, moment):
                mails.setdefault(mail.record.id, mail)
    return [mail._replace(write=_unwritten) for mail in mails.values()]


def _owed_at(
    network: Network,
    people: Sequence[Registration],
    decisions: Sequence[Decision],
    sent: Iterable[MailRecord],
    moment: datetime,
) -> Iterator[OwedMail]:
    grouped = schools(people)
    standings = standings_of(network, grouped, decisions, moment)
    school_of = {r.person_key: s.school for s in standings for r in s.school.registrations}
    context = MailContext(network, moment, school_of, by_reference(sent), {}, _links)
    return (mail for person in people for mail in owed(person, context))


def _unwritten() -> Mail:
    raise NotImplementedError


def _links(_: Registration) -> PersonalLinks:
    return PersonalLinks("https://x.example/me/1", "https://x.example/join/1")


def texts(value: Any) -> Iterator[str]:
    """Yield every text in an item."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for each in value.values() for text in texts(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in texts(each))


def test_the_season_has_every_reason_and_its_mails(plg: Network) -> None:
    played = season(plg)
    changes = [change for r in played.people.values() for change in r.history]
    assert {change.reason.code for change in changes if change.reason} == {*ReasonCode} - NEVER_STORED
    stored = [items(people) for _, people, _ in played.steps]
    assert {mail.record.kind for mail in owed_mails(played, stored)} == KINDS


def test_other_words_owe_exactly_the_same_mails(plg: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    played = season(plg)
    stored = [items(people) for _, people, _ in played.steps]
    before = [first_items(people) for _, people, _ in played.steps]
    mails = owed_mails(played, stored)
    reword(monkeypatch)
    assert reasons.reason_text(Reason(ReasonCode.CAME_BACK), dutch) == OTHERWISE
    assert owed_mails(played, stored) == mails
    assert owed_mails(played, before) == mails


def test_other_words_store_exactly_the_same(plg: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = items(season(plg).people.values())
    reword(monkeypatch)
    assert items(season(plg).people.values()) == stored


def test_items_of_the_first_version_are_read_as_they_are_written_now(plg: Network) -> None:
    everybody = season(plg).people.values()
    people = [r for r in everybody if CAME_LATER.isdisjoint(c.reason.code for c in r.history if c.reason)]
    assert len(people) > len(everybody) / 2
    assert [to_registration(item) for item in first_items(people)] == list(map(_without_rule, people))


def _without_rule(person: Registration) -> Registration:
    """Return a person without the rule by which they were admitted, which no sentence had."""
    reasons_only = (c.reason and replace(c.reason, minimum=0, repair_days=0) for c in person.history)
    changes = zip(person.history, reasons_only, strict=True)
    return replace(person, history=tuple(replace(change, reason=reason) for change, reason in changes))


def test_no_item_holds_a_sentence_that_nobody_typed(plg: Network) -> None:
    people = season(plg).people.values()
    typed = {NOTE} | {r.name for r in people}
    assert {text for item in items(people) for text in texts(item) if " " in text} <= typed
