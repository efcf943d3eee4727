"""Why a person does not count for their school."""

from shared.domain.registration.history import settled
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School


def reason_not_counted(registration: Registration, school: School) -> Reason | None:
    """Return why a person does not count for their school; None for a person who counts."""
    if registration in school.doubles:
        return Reason(ReasonCode.DOUBLE)
    if registration.state is State.CANCELLED:
        return _why_cancelled(registration)
    code = _NOT_COUNTED.get(registration.state)
    return Reason(code) if code else None


def _why_cancelled(person: Registration) -> Reason:
    change = settled(person.history) if person.history else None
    if change and change.reason:
        return change.reason
    return Reason(ReasonCode.CANCELLED if not change or change.by == "person" else ReasonCode.REMOVED)


_NOT_COUNTED = {
    State.DECLINED: ReasonCode.DECLINED,
    State.LATE: ReasonCode.LATE,
    State.QUARANTINED: ReasonCode.QUARANTINED,
    State.UNCONFIRMED: ReasonCode.UNCONFIRMED,
}
