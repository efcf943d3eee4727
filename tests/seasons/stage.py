"""The local stack as a season's stage: a clock that goes on, weather, and no lines of log on the screen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.log import Log, LogLine
from local.mailbox import Sent
from local.runtime import InvocationError
from local.world import START, World
from shared.aws import direct, keys
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import from_wire
from shared.domain.outbox import OPEN
from shared.domain.schools.school import schools
from tests.engines import Engine, without_chance
from tests.seasons.letters import ids, kind_of, reference_of
from tests.seasons.quick import clients, reads
from tests.seasons.rules import ID
from tests.seasons.weather import KilledError, Weather

_QUARTER = timedelta(minutes=15)
_IN_FULL = timedelta(hours=4)  # a network is read in full so often, in case the stream lost a change


class _Quiet(Log):
    def write(self, function: str, at: datetime, text: str) -> None:
        """Keep some lines."""
        self.lines.extend(LogLine(at, function, line) for line in text.splitlines())


class Stage(World):
    """Everything that runs, for one season."""

    def __init__(self, networks: Path) -> None:
        super().__init__(networks_dir=networks)
        self.log = _Quiet()
        self._runtime._log = self.log
        self.weather = Weather(self._took)
        self._until = START  # sweeps before this instant say nothing of what changed just now
        self._unsettled = False  # something went wrong since the last sweep
        self._lost: dict[str, datetime] = {}  # whose change the stream last lost, by reference
        self.failures: list[str] = []  # what people were told went wrong
        self.swept: Callable[[datetime], None] = lambda _: None  # is told of each sweep
        self.read_mails: Callable[[], None] = lambda: None  # before something else becomes so

    def plays(self, patch: pytest.MonkeyPatch) -> None:
        """Put the weather between the functions and AWS, and let nobody wait."""
        Engine().around(patch, self.weather)
        without_chance(patch)
        patch.setattr("botocore.endpoint.time", _Still())
        patch.setattr("cli.form.now", lambda: self.now)
        patch.setattr("boto3.client", clients(self.weather.is_fair))
        connect = direct.dynamodb
        patch.setattr("shared.aws.direct.time", _Still())
        patch.setattr("shared.aws.direct.dynamodb", lambda *how: reads(connect(*how), self.weather.is_fair))
        self.table = Table(Store(self.template.table["TableName"]))
        self._schools = Schools(self.table)
        self._runtime.restart()

    def go(self, to: datetime) -> None:
        """Go on to an instant; the sweeps in between are played where something is left to mail."""
        far = to - self.now >= _QUARTER
        self.now = max(self.now, to)
        if far and self._unsettled:
            self._unsettled = self.now < self._until
            self.tries(self.sweep)

    def waits_until(self, at: datetime) -> None:
        """Have a sweep after this instant, before anything else of a later day."""
        self._until, self._unsettled = max(self._until, at), True

    def sweep(self) -> None:
        """Run the schedules but that of the check, and say so."""
        super().sweep()
        self.swept(self.now)

    def tries(self, what: Any) -> Any:
        """Do what a schedule would, which tries again what failed; then in fair weather."""
        try:
            return what()
        except InvocationError:
            self.weather.turns(0)
            return what()

    def evening(self) -> None:
        """Let a day end in fair weather, with sweeps until nothing is left to mail."""
        self.weather.turns(0)
        for minutes in (16, 35, 40, 65, 65, 65):
            self.now += timedelta(minutes=minutes)
            before = len(self.mailbox.sent)
            self.sweep()
            self.read_mails()
            # What follows from a mail goes at the next sweep: whoever brought them hears that it came back,
            # and whom an organiser reminds had to be mailed first.
            if self.now < self._until or len(self.mailbox.sent) > before:
                continue
            if not any(mail.state in OPEN for mail in self.table.mails(ID)):
                return

    def people(self) -> list[Any]:
        """Return everybody on the list."""
        return list(self.table.registrations(ID))

    def parts(self) -> list[set[str]]:
        """Return the references of whom the system takes to be of one school, school by school."""
        knowledge = self._schools.at(self.now)
        return [{r.reference for r in school.registrations} for school in schools(self.people(), knowledge)]

    def was_mailed(self, reference: str, kind: str, since: datetime) -> bool:
        """Say whether somebody was sent a mail of a kind since an instant."""
        letters = ((mail, id_) for mail in self.mailbox.sent if mail.at >= since for id_ in ids(mail))
        return any((reference_of(id_), kind_of(mail, id_)) == (reference, kind) for mail, id_ in letters)

    def everything(self) -> str:
        """Return all that the table holds, as text."""
        scanned = boto3.client("dynamodb").scan(TableName=self.template.table["TableName"])
        assert "LastEvaluatedKey" not in scanned, "too much for one look"
        return str(scanned["Items"])

    def unread(self) -> dict[str, datetime]:
        """Return of whom a mail may not know yet how they stand, by reference, and since when."""
        return {reference: at for reference, at in self._lost.items() if self.now < at + _IN_FULL}

    def invoke(self, function: str, event: Any) -> Any:
        """Run one function, in the weather of now."""
        if "Records" not in event:
            return self._run(function, event)
        if "Sns" in event["Records"][0]:
            return self._deliver(function, event)
        return self._stream(function, event["Records"])

    def _stream(self, function: str, records: list[Any]) -> Any:
        come = self.weather.stream(records)
        if len(come) < len(records):
            self._loses(records)
        try:
            answer = self._run(function, {"Records": come}) if come else {}
        except InvocationError:
            self._loses(records)  # the last retry may fail too
            raise
        # A network's new file is followed by a sweep of its own.
        if function == "Mail" and not answer.get("batchItemFailures") and any(map(_is_file, come)):
            self.swept(self.now)
        return answer

    def _loses(self, records: list[Any]) -> None:
        self.waits_until(self.now + _IN_FULL)
        images = [from_wire(record["dynamodb"].get("NewImage", {})) for record in records]
        people = [i["reference"] for i in images if "reference" in i and keys.is_registration(i)]
        self._lost |= dict.fromkeys(people, self.now)

    def _deliver(self, function: str, event: Any) -> Any:
        try:
            for come in self.weather.events(event):
                self._run(function, come)
        except InvocationError:
            self.weather.lost(event)
            raise

    def _run(self, function: str, event: Any) -> Any:
        self.weather.inside += 1
        self._unsettled |= not self.weather.is_fair()
        try:
            return super().invoke(function, event)
        except KilledError as killed:
            self._runtime.restart()
            raise InvocationError("killed") from killed
        finally:
            self.weather.inside -= 1

    def _took(self, request: Any, id_: str) -> None:
        mail = Sent(id_, request, self.now)
        self.mailbox.sent.append(mail)
        self.mailbox.fresh.append(mail)


def _is_file(record: Any) -> bool:
    return keys.is_version(from_wire(record["dynamodb"]["Keys"]))


class _Still:
    def sleep(self, _: float) -> None:
        """Take no time."""
