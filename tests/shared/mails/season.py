"""A season in which a registration gets every reason that there is, made by the functions that give them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from functions.amend.actions import carry_out
from functions.amend.request import ActionRequest
from shared.domain.actions.entries import PostSource, admit_repairs, entries
from shared.domain.actions.organiser import order_of_path
from shared.domain.actions.organiser.order import OrderContext, Wish
from shared.domain.actions.registrant import RegistrantAction
from shared.domain.decision import Decision
from shared.domain.form.submission import check
from shared.domain.network.network import Network
from shared.domain.registration.confirming import confirmation_changes
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.rule.plan import plan
from shared.domain.schools.knowledge import NOTHING
from shared.domain.schools.school import school_of
from tests.drafts import json_draft

SANNE = "sanne@voortgezetleren.example"
NOTE = "belde op 3 april"
# Reasons that are only shown: of standings by which no check decides, and of people who do not count.
NEVER_STORED = {
    *(ReasonCode.NOBODY_COUNTS, ReasonCode.MAY_REPLACE, ReasonCode.REMOVED),
    *(ReasonCode.DOUBLE, ReasonCode.DECLINED, ReasonCode.LATE, ReasonCode.QUARANTINED, ReasonCode.HELD),
}


def at(text: str) -> datetime:
    """Return an instant of 2023: "03-20T08:00"."""
    return datetime.fromisoformat(f"2023-{text}:00+00:00")


Step = tuple[datetime, tuple[Registration, ...], tuple[Decision, ...]]


class Season:
    """Everyone in one network and the organisers' decisions about it, now and after each earlier step."""

    def __init__(self, network: Network) -> None:
        rule = network.rule.model_copy(update={"max_per_school": 2, "remind_session_days_before": 7})
        window = network.registration.model_copy(update={"max_participants": 12})
        self.network = network.model_copy(update={"rule": rule, "registration": window})
        self.people: dict[str, Registration] = {}
        self.decisions: list[Decision] = []
        self.steps: list[Step] = []

    def named(self, name: str) -> Registration:
        """Return a person by their name."""
        return next(r for r in self.people.values() if r.name == name)

    def posts(
        self, when: str, names: str, school: str, suspicion: ReasonCode | None = None
    ) -> tuple[Registration, ...]:
        """Register the first of these people, who brings the others along."""
        first, *others = (_typed(name) for name in names.split())
        fields = {**first, "school": school, "participants": others}
        came = entries(check(json_draft(fields)), self.network, PostSource(at(when), names), suspicion)
        if came[0].state is State.LATE:
            came = admit_repairs(came, self.people.values(), self.network, NOTHING)
        self._keep(when, came)
        return came

    def acts(self, when: str, name: str, action: RegistrantAction, /, **typed: str) -> None:
        """Do something on somebody's own page."""
        me, everyone = self.named(name), tuple(self.people.values())
        school = school_of(me.person_key, everyone)
        form = {"sure": "yes", **typed}
        request = ActionRequest(
            self.network, me, school, everyone, form, at(when), f"{name} {when}", self.people.get
        )
        self._keep(when, carry_out(action, request))

    def orders(self, when: str, path: str, note: str = NOTE) -> None:
        """Give an order as an organiser."""
        context = OrderContext(
            self.network, tuple(self.people.values()), tuple(self.decisions), at(when), SANNE
        )
        made = order_of_path(context, path, Wish(note))
        assert made, path
        self.decisions += [made.decide] if made.decide else []
        self._keep(when, made.save)

    def checks(self, when: str) -> None:
        """Run the daily check."""
        does = plan(self.network, self.people.values(), self.decisions, at(when))
        self._keep(when, (*does.decisions, *does.reminders))
        later = does.session_reminders
        self._keep(
            when, [replace(self.people[r.person_key], session_reminded=r.session_reminded) for r in later]
        )

    def waits_in_vain(self, when: str, name: str) -> None:
        """Let three days go by in which somebody does not confirm their address."""
        person = self.named(name)
        window = self.network.registration.model_copy(update={"confirm": "always"})
        asks = self.network.model_copy(update={"registration": window})
        waiting = replace(person, unconfirmed_since=person.received_at)
        mailed = {person.reference: person.received_at}
        self._keep(when, confirmation_changes(asks, [waiting], mailed, at(when)))

    def releases(self, when: str, names: str, school: str) -> None:
        """Register people from a post that was kept until the form was mended."""
        for person in self.posts(when, names, school):
            changed, mended = Reason(ReasonCode.FORM_CHANGED), Reason(ReasonCode.FORM_MENDED)
            waited = Change(person.received_at, State.QUARANTINED, "person", reason=changed)
            freed = Change(person.received_at, person.state, SANNE, reason=mended)
            self._keep(when, [replace(person, history=(waited, freed))])

    def _keep(self, when: str, people: Iterable[Registration]) -> None:
        self.people |= {r.person_key: r for r in people}
        self.steps.append((at(when), (*self.people.values(),), (*self.decisions,)))


def _typed(name: str) -> dict[str, Any]:
    return {"name": f"{name} Smit", "email": f"{name.casefold()}@leren.example", "role": "docent"}


def season(network: Network) -> Season:
    """Return a season a week before the first session."""
    played, act = Season(network), RegistrantAction
    played.posts("03-20T08:00", "Anna Bram", "Bergcollege")
    played.posts("03-20T09:00", "Carla", "Dalcollege")
    played.posts("03-20T10:00", "Dirk Eva", "Eikcollege")
    played.posts("03-20T11:00", "Fien Gert", "Fjordcollege")
    played.posts("03-20T12:00", "Hugo", "Grotcollege")
    played.posts("03-20T13:00", "Ida Jos", "Havencollege")
    played.posts("03-20T14:00", "Kim Lot Mies", "Ijscollege")  # one more than a school may bring
    played.releases("03-20T15:00", "Noa", "Jachtcollege")
    robots: tuple[ReasonCode, ...] = (ReasonCode.HONEYPOT, ReasonCode.TOO_FAST, ReasonCode.NO_WORK)
    robots = (*robots, ReasonCode.TOO_MANY, ReasonCode.UNLISTED_SITE)
    for name, robot in zip(("Olga", "Piet", "Quin", "Rosa", "Sam"), robots, strict=True):
        played.posts("03-21T08:00", name, f"{name}college", robot)
    played.orders("03-22T08:00", f"person/{played.named('Olga Smit').reference}/release")
    played.orders("03-22T08:00", f"person/{played.named('Piet Smit').reference}/reject")
    played.orders("03-22T08:10", f"person/{played.named('Quin Smit').reference}/reject")
    played.orders("03-22T08:20", f"person/{played.named('Quin Smit').reference}/restore")
    played.orders("03-22T09:00", f"person/{played.named('Carla Smit').reference}/resend")
    played.orders("03-22T10:00", f"person/{played.named('Hugo Smit').reference}/resend", "")
    played.orders("03-22T11:00", f"school/{played.named('Carla Smit').reference}/remind")
    own = {"name": "Carla Smit", "school": "Dalcollege", "role": "rector"}
    played.acts("03-23T08:00", "Carla Smit", act.CHANGE, **own)
    moved = {"name": "Dirk Smit", "school": "Duincollege", "role": "docent"}
    played.acts("03-23T09:00", "Dirk Smit", act.CHANGE, **moved)
    played.acts("03-24T08:00", "Bram Smit", act.CANCEL)
    played.acts("03-25T08:00", "Bram Smit", act.RESTORE)
    place = {"colleague_name": "Teun Smit", "colleague_email": "teun@leren.example"}
    played.acts("03-26T08:00", "Jos Smit", act.REPLACE, **place)
    played.acts("03-26T09:00", "Hugo Smit", act.INVITE, colleague_email="uma@leren.example")
    played.waits_in_vain("03-27T07:00", "Ida Smit")
    played.acts("03-27T08:00", "Ida Smit", act.CONFIRM)
    played.acts("03-27T09:00", "Anna Smit", act.LINKS)
    played.acts("03-27T10:00", "Anna Smit", act.DATA)
    played.posts("03-28T08:00", "Vera Wim", "Kapcollege")  # the network is full
    played.orders("03-29T08:00", f"school/{played.named('Noa Smit').reference}/waive")
    played.checks("04-01T05:00")
    played.checks("04-15T05:00")
    played.posts("04-16T08:00", "Xena", "Laancollege")
    played.orders("04-17T08:00", f"person/{played.named('Xena Smit').reference}/admit")
    played.orders("04-17T09:00", f"person/{played.named('Carla Smit').reference}/decline")
    played.acts("04-18T08:00", "Gert Smit", act.CANCEL)
    played.posts("04-19T08:00", "Yara", "Fjordcollege")
    played.acts("04-20T08:00", "Eva Smit", act.ERASE)
    played.checks("04-30T05:00")
    played.checks("05-03T05:00")
    return played
