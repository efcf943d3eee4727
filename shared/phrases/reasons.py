"""Reason codes in words: why a registration, a school or a question stands where it does."""

from dataclasses import replace
from typing import Protocol

from shared.domain.network.network import Network
from shared.domain.registration.cause import cause_of, reason_of
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.not_counted import reason_not_counted
from shared.domain.schools.school import School
from shared.phrases.language import Phrases


class HasReason(Protocol):
    """A value with a reason of the software's, an organiser's note, or both."""

    @property
    def reason(self) -> Reason | None:
        """The reason that the software gives."""

    @property
    def note(self) -> str:
        """The words that an organiser typed."""


def why(subject: HasReason, phrases: Phrases) -> str:
    """Write the reason and the note of a subject: "mail opnieuw gestuurd: belde"."""
    reason = reason_text(subject.reason, phrases) if subject.reason else ""
    return ": ".join(filter(None, (reason, subject.note)))


def why_not_counted(registration: Registration, school: School, phrases: Phrases) -> str:
    """Write why a person does not count for their school; empty for a person who counts."""
    reason = reason_not_counted(registration, school)
    return reason_text(reason, phrases) if reason else ""


def why_not_sure(registration: Registration, school: School, phrases: Phrases) -> str:
    """Write why a person who counts does not surely come: no place, or a decision that is ahead."""
    code = school.waiting.get(registration.person_key)
    if code is None and registration.state is not State.HELD:
        return ""
    return phrases.REASONS[code or ReasonCode.HELD]


def own_reason_text(change: Change, network: Network, phrases: Phrases) -> str:
    """Write the reason of a change for the person whom it is about, without who else it is about."""
    reason = change.reason
    if reason is None:
        return ""
    other = phrases.A_COLLEAGUE if reason.code is ReasonCode.REPAIR_ENDED else reason.reference
    return reason_text(replace(reason, by=network.organiser.name, reference=other), phrases)


def cause_text(me: Registration, network: Network, phrases: Phrases, colleague: str = "") -> str:
    """Write for a person why they stand where they do; `colleague` is the name of who took their place."""
    reason = reason_of(me)
    since, until = (reason.day, reason.until) if reason else (None, None)
    return phrases.CAUSES[cause_of(me)].format(
        minimum=network.rule.min_per_school,
        deadline=phrases.OLD_DEADLINE if me.received_at < network.closes_at else phrases.DEADLINE,
        organiser=network.organiser.name,
        colleague=colleague or phrases.YOUR_COLLEAGUE,
        since=phrases.SINCE.format(day=phrases.day(since)) if since else "",
        until=phrases.UNTIL.format(day=phrases.day(until)) if until else "",
    )


def reason_text(reason: Reason, phrases: Phrases) -> str:
    """Write a reason with its particulars: "nog 1 persoon nodig"."""
    return phrases.REASONS[reason.code].format(
        reference=reason.reference,
        fields=", ".join(phrases.FIELDS[field] for field in reason.fields),
        people=phrases.count(reason.people, *phrases.PEOPLE),
        until=phrases.day(reason.until) if reason.until else "",
        day=phrases.day(reason.day) if reason.day else "",
        by=reason.by,
    )
