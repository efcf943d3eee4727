"""A registrant's own page as its templates need it: their data, their actions, and the consequences."""

from datetime import date, datetime
from typing import NamedTuple

from shared.domain.actions.registrant import (
    MOST_INVITATIONS,
    RegistrantAction,
    allowed_actions,
    count_others,
    questions_of,
)
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.network.fields import CORRECTABLE_FIELDS, TYPED_FIELDS
from shared.domain.network.network import Network
from shared.domain.network.questions import Question
from shared.domain.registration.bounces import BouncedAddresses
from shared.domain.registration.cause import Cause, actor_of, cause_of
from shared.domain.registration.confirming import ends
from shared.domain.registration.registration import COUNTED, ERASED, Registration, State
from shared.domain.registration.repeat import OWN_FIELDS
from shared.domain.rule.repair import JUST_BEFORE, repair_days, repair_until
from shared.domain.schools.awaited import awaited_colleagues
from shared.domain.schools.school import School
from shared.domain.text import fold
from shared.mails.data_export import state_name
from shared.mails.wording import because
from shared.phrases.field_labels import title
from shared.phrases.language import phrases_of
from shared.phrases.questions import answers
from shared.phrases.reasons import own_reason_text

_MOST_EVENTS = 20
_SHOWN_FIELDS = ("reference", *TYPED_FIELDS)


class OwnPageView(NamedTuple):
    """A registrant's page at an instant: whose it is, the token that opened it, and what was just done."""

    network: Network
    me: Registration
    school: School
    at: datetime
    token: str
    forward: str
    done: str = ""
    act: str = ""  # the action that failed: its part of the page is open
    bounced: BouncedAddresses = BouncedAddresses()

    def may(self, act: str) -> bool:
        """Say whether this page offers an action."""
        return RegistrantAction(act) in allowed_actions(self.network, self.me, self.school, self.at)

    @property
    def is_open(self) -> bool:
        """Whether the deadline is still ahead."""
        return not self.network.is_closed(self.at)

    @property
    def missing(self) -> int:
        """How many people the school still needs."""
        return self.school.missing(self.network.rule.min_per_school)

    @property
    def waits(self) -> bool:
        """Whether this registrant waits for a place."""
        return self.me.person_key in self.school.waiting

    @property
    def questions(self) -> tuple[Question, ...]:
        """The network's own questions that this page asks."""
        return questions_of(self.network, self.me, self.at)

    @property
    def lacks_answers(self) -> bool:
        """Whether any of these is not answered yet."""
        return any(not self.me.questions.get(question.id) for question in self.questions)

    @property
    def because(self) -> str:
        """Why they stand where they do, where the state alone does not tell."""
        return because(self.network, self.me, self.school, phrases_of(self.network))

    @property
    def confirm_before(self) -> datetime | None:
        """Until when they must confirm their address to keep counting; None for who counts no longer."""
        return None if self.me.state is State.UNCONFIRMED else ends(self.me)

    @property
    def gave_place(self) -> bool:
        """Whether a colleague has taken this registrant's place."""
        return cause_of(self.me) is Cause.GAVE_PLACE

    @property
    def awaited(self) -> tuple[str, ...]:
        """The colleagues whose address we lack."""
        return awaited_colleagues(self.me, self.school.registrations)

    @property
    def first(self) -> str:
        """The action that matters most now; the page shows the others less prominently."""
        if self.may("restore"):
            return "restore"
        if self.me.state is State.ADMITTED and not self.missing:
            return "calendar" if self.network.sessions else ""
        return "invite" if self.missing and self.may("invite") else ""


def values(me: Registration) -> dict[str, str]:
    """Return a registrant's data by the id of its input."""
    data = {field: getattr(me, field) for field in CORRECTABLE_FIELDS}
    return data | {"name": ""} if me.is_erased else data


def rows(view: OwnPageView) -> tuple[ColleagueRow, ...]:
    """Return the inputs for awaited colleagues."""
    return tuple(ColleagueRow(f"colleague_{{}}.{number}", {}) for number in range(len(view.awaited)))


def seats(view: OwnPageView) -> list[str]:
    """Return who has each of the school's places: "jij", "collega", or nobody yet."""
    phrases, counted = phrases_of(view.network), [r.person_key for r in view.school.counted]
    mine = [phrases.YOU] if view.me.person_key in counted else []
    return [*mine, *[phrases.COLLEAGUE] * (len(counted) - len(mine)), *[""] * view.missing]


def school_name_if_other(view: OwnPageView) -> str:
    """Return the name of the school that a registrant counts for, if it is not what they typed."""
    school = view.school
    if (fold(school.name), fold(school.place)) == (fold(view.me.school), fold(view.me.place)):
        return ""
    return ", ".join(filter(None, (school.name, school.place)))


def facts(view: OwnPageView) -> list[tuple[str, str]]:
    """Return the data that we have of a registrant, each with its heading, without empty fields."""
    values = [(field, getattr(view.me, field)) for field in _SHOWN_FIELDS]
    given = answers(view.me, view.network.form.questions, view.network.language)
    return [
        *((_heading(view, field), value) for field, value in values if value not in ("", ERASED)),
        *given,
    ]


def later_values(view: OwnPageView) -> list[tuple[str, str]]:
    """Return the values of a later post on this address that differ, each with its heading."""
    again = view.me.again.items()
    return [(_heading(view, field), value) for field, value in again if field in OWN_FIELDS]


def _heading(view: OwnPageView, field: str) -> str:
    if field == "reference":
        return phrases_of(view.network).REFERENCE
    return title(field, view.network.language)


def events(view: OwnPageView) -> list[str]:
    """Return what happened to a registration, the latest first: when, what it became, by whom and why."""
    me, phrases = view.me, phrases_of(view.network)
    written: list[str] = []
    for change in me.history[: -_MOST_EVENTS - 1 : -1]:
        when, state = phrases.moment(view.network.local(change.at)), state_name(view.network, change.state)
        why = own_reason_text(change, view.network, phrases)
        by = phrases.ACTORS[actor_of(me, change)]
        written.append(f"{when}: {state} ({by}{f': {why}' if why else ''})")
    return written


def invitations_left(me: Registration) -> int:
    """Count the colleagues whom we may still mail for a registrant."""
    return MOST_INVITATIONS - len(me.invitations)


def people_left(view: OwnPageView) -> int | None:
    """Count the school's people without this registrant; None if the school does not count them now."""
    return count_others(view.me, view.school) if view.me.state in COUNTED else None


def last_repair_day(view: OwnPageView) -> date | None:
    """Return the last day on which a school can replace a colleague who leaves now, after the deadline.

    A school that is short already has no new days for it: only those of an earlier loss, if any are left.
    """
    network, days = view.network, repair_days(view.network, view.school)
    until = network.end_of_day(view.at, days)
    if view.missing:
        earlier = repair_until(network, view.school)
        if earlier is None or view.at >= earlier:
            return None
        until = earlier
    return network.local(until - JUST_BEFORE).date() if days else None
