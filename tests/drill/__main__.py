"""Plays a season again and again, and loses and restores its table each time: `python -m tests.drill 60`."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import product
from time import monotonic
from typing import NamedTuple

from local.world import World
from shared.domain.registration.registration import Registration
from tests.drill.drill import Drill
from tests.journeys.conftest import Story
from tests.journeys.season import acts, after_the_deadline, before_the_deadline


class Loss(NamedTuple):
    """What is lost: these kinds of items, or all; and after how many items the command fails, if ever."""

    what: str
    kinds: tuple[str, ...] = ()
    fails_after: int = 0


_LOSSES = (
    Loss("everything"),
    Loss("everything, and the command fails twice", fails_after=25),
    Loss("people", ("REGISTRATION#",)),
    Loss("the records of mails", ("MAIL#",)),
    Loss("people, mails and reports", ("REGISTRATION#", "MAIL#", "REPORT#")),
)


def _in_time(story: Story) -> None:
    before_the_deadline(story)


def _decided(story: Story) -> None:
    before_the_deadline(story)
    after_the_deadline(story)


_BACKUPS: Mapping[str, Callable[[Story], None]] = {"before the deadline": _in_time, "after it": _decided}


def main() -> int:
    """Play each loss after each backup; 1 where somebody was lost, mailed twice or came back."""
    people, wrong = int(sys.argv[1]), 0
    print("The emulator cannot restore a table to a moment: at the backup the drill copies it.")
    for (moment, season), loss in product(_BACKUPS.items(), _LOSSES):
        start = monotonic()
        with World() as world:
            faults, counts = _drill(Story(world), people, season, loss)
        wrong += bool(faults)
        print(f"backup {moment}, lost: {loss.what}: {counts}; {monotonic() - start:.0f} s", flush=True)
        for fault in faults:
            print(f"  WRONG: {fault}", flush=True)
    print(f"{len(_BACKUPS) * len(_LOSSES)} drills, {wrong} went wrong")
    return bool(wrong)


def _drill(story: Story, people: int, season: Callable[[Story], None], loss: Loss) -> tuple[list[str], str]:
    world, drill = story.world, Drill(story.world)
    for number in range(people):
        school, client = f"Bosschool {number // 3}", f"10.1.{number}.1"
        email = f"gast{number:03}@bos{number // 3}.example"
        story.registers(f"Gast{number:03} Boom", school, client=client, email=email)
    world.set_clock(world.now + timedelta(hours=3))  # so many first mails do not go in one hour
    season(story)
    drill.copies()
    backup = _people(drill)
    # On the day after the backup people are erased, leave and come; then its check and its export.
    drill.erases("gast001@bos0.example")
    acts(story, "gast002", "action=erase&sure=yes")
    acts(story, "gast004", "action=cancel&sure=yes")
    late = story.registers("Zus Laat", "Zeecollege", client="10.2.1.1")
    world.next_day()
    world.set_clock(world.now.replace(hour=9))
    world.export()
    before, mailed = _people(drill), drill.mailed()
    drill.loses(*loss.kinds)
    for _ in range(2 if loss.fails_after else 0):
        drill.stops_halfway(after=loss.fails_after)
    told = drill.restores()
    world.sweep()
    faults = [f"mail {id_} went again" for id_, n in drill.mailed().items() if n != mailed[id_]]
    faults += _faults(backup, before, drill)
    if "REGISTRATION#" in (loss.kinds or ("REGISTRATION#",)) and late not in {
        p["reference"] for p in told["lost"]
    }:
        faults.append(f"{late} came after the backup, and is not listed")
    for _ in range(3):
        world.next_day()
    faults += [f"mail {id_} went {n} times" for id_, n in drill.mailed().items() if n > 1]
    restored = sum(each["count"] for each in told["items"])
    world.set_clock(datetime.fromisoformat("2024-03-01T07:00:00+01:00"))
    world.check()
    faults += [f"{person.reference} is still there a year later" for person in world.registrations()]
    return faults, f"{len(backup)} people, {sum(mailed.values())} mails, {restored} items put back"


def _people(drill: Drill) -> dict[str, Registration]:
    return {person.reference: person for person in drill.world.registrations()}


def _faults(
    backup: Mapping[str, Registration], before: Mapping[str, Registration], drill: Drill
) -> Iterator[str]:
    """Yield who of the backup is lost or came back; `before` is everybody just before the loss."""
    after, stored = _people(drill), str(drill.items())
    for reference, person in backup.items():
        if reference not in after:
            yield f"{reference} is lost"
        elif before[reference].is_erased and not after[reference].is_erased:
            yield f"{reference} was erased, and is back"
        elif not before[reference].email and person.email and person.email in stored:
            yield f"{reference} was erased, and their address is back"
        elif not before[reference].is_erased and after[reference].name != person.name:
            yield f"{reference} has another name"


if __name__ == "__main__":
    sys.exit(main())
