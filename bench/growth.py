"""How the work of an own page, the overview, a check and a mail grows with hostile rows.

The rows are written straight to the table, as a flood would leave them: people who were put aside, which is
what one place can have us store; or people who are registered from everywhere, each at an own school, which
the mail function has stored. The first mail is that of a process that has to read everybody; for the next it
knows them.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import boto3

from bench.meter import Meter, counting_steps, metering
from bench.scene import NETWORK, VERA, Scene
from local import schedule
from shared.aws import items, keys
from shared.aws.schools import Schools
from shared.aws.versions import marked
from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.membership import memberships
from shared.domain.schools.school import schools

Row = Callable[[Scene, int], Registration]
_EACH, _READ = 2.5, 0.6  # milliseconds for one row more: one that counts, and one that is only read
BEN, CARLA = "ben@dal.example", "carla@zee.example"
# What rows of each sort cost nothing.
FLAT = {"aside": ("own page", "mail", "first mail"), "registered": ("own page", "mail")}


class Grown(NamedTuple):
    """What one thing costs with so many hostile rows of a sort."""

    what: str
    sort: str
    rows: int
    meter: Meter

    @property
    def most(self) -> float:
        """The most milliseconds of processor that it may take."""
        is_flat = self.what in FLAT[self.sort]
        return 150 + self.rows * (0 if is_flat else _EACH if self.sort == "registered" else _READ)


def aside(scene: Scene, number: int) -> Registration:
    """Return somebody who was put aside, with the longest remark."""
    reason = Reason(ReasonCode.TOO_MANY)
    person = registered(scene, number)
    change = Change(person.received_at, State.QUARANTINED, "person", reason=reason)
    return replace(person, state=State.QUARANTINED, history=(change,))


def registered(scene: Scene, number: int) -> Registration:
    """Return somebody who is registered at a school of their own."""
    return replace(
        scene.vera,
        person_key=f"{number:064x}",
        reference=f"PLG-X{number:07}",
        name=f"Robot R{number}",
        email=f"r{number}@robot.example",
        school=f"School {number} van {number % 97}",
        remarks="z" * 500,
        revision=1,
    )


# Two thousand are more than the schools of the country.
ROWS: dict[Row, tuple[int, ...]] = dict.fromkeys((aside, registered), (0, 200, 2_000, 20_000))


def grow(scene: Scene, row: Row, sizes: Sequence[int], *, counts_steps: bool = False) -> Iterator[Grown]:
    """Yield what each thing costs, with ever more rows of a sort."""
    scene.opens()
    page, home = scene.link(VERA), scene.home()
    cookie, written = scene.signs_in(home), 0
    scene.gets(page)  # so that the function is warm
    for size in sizes:
        _write(scene, [row(scene, number) for number in range(written, size)])
        written = size
        for what, act in _acts(scene, page, home, cookie).items():
            scene.world.now += timedelta(seconds=1)  # nobody comes at the instant of another
            with metering() as meter, counting_steps(meter) if counts_steps else nullcontext():
                act()
            yield Grown(what, row.__name__, size, meter)
        scene.forgets(BEN)
        scene.forgets(CARLA)


def _acts(scene: Scene, page: str, home: str, cookie: str) -> dict[str, Callable[[], object]]:
    world = scene.world
    check = schedule.event(world.daily, world.now)
    return {
        "own page": lambda: scene.gets(page),
        "first mail": lambda: scene.registers("Carla Bos", CARLA, "Zeecollege"),
        "mail": lambda: scene.registers("Ben Bos", BEN, "Dalcollege"),
        "check": lambda: world.invoke(world.daily.function, check),
        "overview": lambda: scene.gets(home, cookie),
    }


def _write(scene: Scene, people: list[Registration]) -> None:
    """Store people as they are, of whom no process knows yet; nobody is mailed about it."""
    table = boto3.resource("dynamodb").Table(scene.world.template.table["TableName"])
    with table.batch_writer() as batch:
        for person in people:
            batch.put_item(Item=marked(items.from_registration(person)))
    table.delete_item(Key={"pk": keys.STREAM, "sk": keys.STREAM})
    _settle(scene)
    scene.world.store_images({})
    gc.collect()
    gc.freeze()  # moto keeps the table in this process, and no function of ours would look through that


def _settle(scene: Scene) -> None:
    """Store of which school everybody is, as the mail function would have."""
    table, now = scene.world.table, scene.world.now
    knowledge, everyone = Schools(table).at(now), without_aside(table.everybody(NETWORK))
    table.memberships.settle(NETWORK, table.memberships.read(NETWORK), (), knowledge.name)
    table.memberships.add_members(NETWORK, memberships(schools(everyone, knowledge)))
