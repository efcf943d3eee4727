"""An attack: what a stranger does, and the most that it may cost; and how it is played and judged."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bench.meter import Meter, metering
from bench.scene import VERA, Scene
from local.world import World

Play = Callable[[Scene], Iterable[str]]
Most = int | Callable[[Scene], int]
TIMED = ("processor", "delay")  # costs in milliseconds, which mean nothing where others use the machine
_TIMES = 5  # a page is opened, to know how long it takes


class Attack(NamedTuple):
    """What a stranger does; `play` yields whatever goes wrong for somebody."""

    name: str
    play: Play
    processor: float  # milliseconds for each request, and all that follows from it
    calls: float  # calls of AWS for each request, and all that follows from it
    mails: Most
    places: Most
    delay: float  # milliseconds that a real person's page takes longer
    waits: int  # calls of AWS that it makes more
    settings: str  # of the network's [abuse]
    registration: str  # settings of its [registration]


class Measured(NamedTuple):
    """One cost, and the most that it may be."""

    value: float
    most: float

    @property
    def is_red(self) -> bool:
        """Whether it is too much."""
        return self.value > self.most


class Outcome(NamedTuple):
    """What an attack cost; `harm` says what went wrong for real people."""

    attack: Attack
    requests: int
    costs: dict[str, Measured]
    harm: tuple[str, ...]

    def red(self, *, timed: bool = True) -> list[str]:
        """Return what is too much, or went wrong."""
        costs = [(name, cost) for name, cost in self.costs.items() if timed or name not in TIMED]
        return [f"{name} {cost.value:g} > {cost.most:g}" for name, cost in costs if cost.is_red] + [
            *self.harm
        ]


_LISTED: list[Attack] = []


def attack(
    *,
    calls: float,
    processor: float = 60,
    mails: Most = 0,
    places: Most = 0,
    delay: float = 10,
    waits: int = 0,
    settings: str = "",
    registration: str = "",
) -> Callable[[Play], Play]:
    """List an attack, by what its docstring says, with the most that it may cost."""

    def listed(play: Play) -> Play:
        name = (play.__doc__ or "").partition("\n")[0].rstrip(".")
        most = (processor, calls, mails, places, delay, waits)
        _LISTED.append(Attack(name, play, *most, settings, registration))
        return play

    return listed


def attacks() -> tuple[Attack, ...]:
    """Return every attack that was listed, in that order."""
    return tuple(_LISTED)


def played(attack: Attack, world: World, *, is_full: bool) -> Outcome:
    """Play an attack on the running system, and measure what it costs."""
    scene = Scene(world, is_full)
    scene.opens(attack.settings, attack.registration)
    page, mails = scene.link(VERA), len(world.mailbox.sent)
    scene.own_mails = 0
    before = _page(scene, page)
    harm = list(attack.play(scene))
    world.sweep()
    mailed = len(world.mailbox.sent) - mails - scene.own_mails - scene.to_strangers()
    after = _page(scene, scene.link(VERA))
    costs = {
        "processor": Measured(1000 * scene.processor / scene.sent, attack.processor),
        "calls": Measured(round(scene.calls / scene.sent, 1), attack.calls),
        "mails": Measured(mailed, _most(attack.mails, scene)),
        "places": Measured(scene.strangers(), _most(attack.places, scene)),
        "delay": Measured(max(0, 1000 * (after.processor - before.processor)), attack.delay),
        "waits": Measured(after.calls.total() - before.calls.total(), attack.waits),
    }
    scene.apply()
    return Outcome(attack, scene.sent, costs, (*harm, *_after(scene)))


def _most(most: Most, scene: Scene) -> int:
    return most if isinstance(most, int) else most(scene)


def _page(scene: Scene, path: str) -> Meter:
    """Open somebody's page a few times, and return the measurement in the middle."""
    scene.gets(path)
    meters = []
    for _ in range(_TIMES if scene.is_full else 1):
        with metering() as meter:
            scene.gets(path)
        meters.append(meter)
    return sorted(meters, key=lambda meter: meter.processor)[len(meters) // 2]


def _after(scene: Scene) -> Iterator[str]:
    """Yield what no longer works for real people."""
    if scene.gets(scene.link(VERA)).status != 200:
        yield "Vera's page does not open"
    if scene.registers("Wim Bos", "wim@dal.example", "Dalcollege").status != 303:
        yield "Wim cannot register"
    if not scene.mails("wim@dal.example"):
        yield "Wim got no mail"
