"""Reason codes in words: why a registration, a school or a question stands where it does."""

from typing import Protocol

from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School, reason_not_counted
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


def reason_text(reason: Reason, phrases: Phrases) -> str:
    """Write a reason with its particulars: "nog 1 persoon nodig"."""
    return phrases.REASONS[reason.code].format(
        reference=reason.reference,
        fields=", ".join(phrases.FIELDS[field] for field in reason.fields),
        people=phrases.count(reason.people, *phrases.PEOPLE),
        until=phrases.day(reason.until) if reason.until else "",
    )
