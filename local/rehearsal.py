"""Plays the season of a network file on the local stack, and says what was sent, to how many, and when."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from local.gallery.visitor import Visitor
from local.mailbox import Sent
from local.season_posts import SeasonPost
from local.web import RawRequest
from local.world import World
from shared.aws.schools import Schools
from shared.domain.network.network import Network, read_network
from shared.domain.outbox import OPEN
from shared.domain.registration.confirming import mailed_to_confirm
from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.registration import Registration
from shared.domain.rule.plan import Plan, next_check, plan
from shared.domain.rule.standing import Standing
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import group_by_school

_JSON = (("content-type", "application/json"), ("accept", "application/json"))
_SOON = timedelta(minutes=35)  # by then a sweep mails what waits for somebody to finish
_REPORT = "report"


class Rehearsal(NamedTuple):
    """What came of a season; nothing in it is about one person."""

    posts: int
    refused: int
    mails: list[dict[str, Any]]
    reports: dict[str, Any]
    decided: dict[str, Any]
    minimum: dict[str, Any]
    deleted: str


def rehearse(toml: str, posts: Sequence[SeasonPost], minimum: int) -> Rehearsal:
    """Play a network's season with these posts, the earliest first.

    `minimum` is another least number of people for each school, to compare with.
    """
    network = read_network(toml, "the network file")
    with tempfile.TemporaryDirectory() as none, World(networks_dir=Path(none)) as world:
        world.now = network.opens_at - timedelta(days=1)
        world.apply_network(toml)
        return _Season(world, network, minimum).play(posts)


class _State(NamedTuple):
    """What the next checks decide by, as long as nothing happens."""

    network: Network
    people: tuple[Registration, ...]
    mailed: Mapping[str, datetime]
    knowledge: SchoolKnowledge

    def plan(self, morning: datetime) -> Plan:
        """Return what the check of a morning does."""
        knowledge = self.knowledge.as_of(morning)
        return plan(self.network, self.people, (), morning, knowledge, mailed=self.mailed)


class _Season:
    """A season that is being played; a morning on which only a report goes out is counted and not played."""

    def __init__(self, world: World, network: Network, minimum: int) -> None:
        self._world, self._network, self._minimum = world, network, minimum
        self._clients = self._refused = 0
        self._mornings = list[datetime]()
        self._decided, self._comparison = dict[str, Any](), dict[str, Any]()

    def play(self, posts: Sequence[SeasonPost]) -> Rehearsal:
        """Play the season from its first day until all personal data is deleted."""
        for post in posts:
            self._go_on(post.at)
            self._send(post)
        self._go_on(next_check(self._network.forgotten_at))
        sent = self._world.mailbox.sent
        return Rehearsal(
            len(posts),
            self._refused,
            list(_calendar(self._network, sent)),
            self._reports(sent),
            self._decided,
            self._comparison,
            _day(self._network, self._network.forgotten_at),
        )

    def _go_on(self, until: datetime) -> None:
        """Let time pass, with every check in it that does more than request a report."""
        state: _State | None = None
        while (morning := next_check(self._world.now)) <= until:
            if morning >= self._network.closes_at and not self._comparison:
                self._comparison = self._compare()
            if state is None:
                self._sweep()
                state = self._state()
            todo = state.plan(morning)
            if todo.report_day:
                self._mornings.append(morning)
            if todo != Plan(report_day=todo.report_day):
                self._check(morning)
                state = None
            self._world.now = max(self._world.now, morning)
        self._world.now = max(self._world.now, until)

    def _state(self) -> "_State":
        table, name = self._world.table, self._network.id
        mails = table.mails(name) if self._network.confirms_addresses else ()
        knowledge = Schools(table).at(self._world.now)
        return _State(self._network, self._people, mailed_to_confirm(mails), knowledge)

    @property
    def _people(self) -> tuple[Registration, ...]:
        return tuple(self._world.table.registrations(self._network.id))

    def _check(self, morning: datetime) -> None:
        before = {r.person_key: r.state for r in self._people}
        self._world.set_clock(morning)
        self._world.check()
        if morning >= self._network.closes_at and not self._decided:
            states = Counter(r.state.value for r in self._people if before[r.person_key] is not r.state)
            self._decided = {"date": _day(self._network, morning), "people": dict(sorted(states.items()))}
        self._sweep()

    def _sweep(self) -> None:
        """Let the schedules mail what waits for somebody to finish, and who gets a place through others."""
        has_limit = self._network.registration.max_participants is not None
        if has_limit or any(mail.state in OPEN for mail in self._world.table.mails(self._network.id)):
            self._world.set_clock(self._world.now + _SOON)

    def _send(self, post: SeasonPost) -> None:
        self._clients += 1
        client = f"198.51.{self._clients // 250 % 250}.{self._clients % 250 + 1}"
        path, body = f"/networks/{self._network.id}/registrations", json.dumps(post.answers).encode()
        response = self._world.request(RawRequest("POST", path, _JSON, body, client))
        if response.status not in (200, 201):
            self._refused += 1
        elif self._network.confirms_addresses:
            visitor = Visitor(self._world)
            link = visitor.link(post.answers["email"], "/me/")
            visitor.opens(link)
            visitor.posts(link, action="confirm", sure="yes")

    def _compare(self) -> dict[str, Any]:
        """Return which schools another minimum would have decided otherwise about, at the deadline."""
        rule = self._network.rule.model_copy(update={"min_per_school": self._minimum})
        at, other = self._network.closes_at, self._network.model_copy(update={"rule": rule})
        grouped = group_by_school(without_aside(self._people), Schools(self._world.table).at(at)).schools
        one, two = (standings_of(network, grouped, (), at) for network in (self._network, other))
        dropped, stayed = [], []
        for before, after in zip(one, two, strict=True):
            name = ", ".join(filter(None, (before.school.name, before.school.place)))
            is_short = after.standing is Standing.SHORT
            if is_short and before.shown is Standing.COMPLETE:
                dropped.append(name)
            elif before.standing is Standing.SHORT and not is_short:
                stayed.append(name)
        return {"minimum": self._minimum, "dropped": sorted(dropped), "stayed": sorted(stayed)}

    def _reports(self, sent: Iterable[Sent]) -> dict[str, Any]:
        if not self._mornings:  # it closed before the first check
            return {}
        subjects = [mail.subject for mail in sent if mail.tags["kind"] == _REPORT]
        return {
            "first": _day(self._network, self._mornings[0]),
            "last": _day(self._network, self._mornings[-1]),
            "mornings": len(self._mornings),
            "people": len(self._network.organiser.report_to),
            "rhythm": self._network.report,
            "subject": next(iter(subjects), ""),
        }


def _calendar(network: Network, sent: Iterable[Sent]) -> Iterator[dict[str, Any]]:
    """Yield what was sent on each day: each kind of mail but the reports, with its first subject."""
    mails = [mail for mail in sent if mail.tags["kind"] != _REPORT]
    groups: dict[tuple[str, str], list[Sent]] = {}
    for mail in mails:
        groups.setdefault((_day(network, mail.at), mail.tags["kind"]), []).append(mail)
    for (day, kind), group in groups.items():
        yield {
            "date": day,
            "time": f"{network.local(group[0].at):%H:%M}",
            "kind": kind,
            "people": len({mail.to[0] for mail in group}),
            "subject": group[0].subject,
        }


def _day(network: Network, at: datetime) -> str:
    return f"{network.local(at):%Y-%m-%d}"
