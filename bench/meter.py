"""What requests cost: the calls of AWS and what they bring, and processor time without moto's own."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from moto.core.botocore_stubber import BotocoreStubber

_ROOT = Path(__file__).parent.parent
_OURS = (f"{_ROOT}/shared/", f"{_ROOT}/functions/")


class Meter:
    """The cost of what happens while it runs; moto plays AWS in this process, so its time is set apart."""

    def __init__(self) -> None:
        self.calls = Counter[str]()  # by operation
        self.read = 0  # bytes that AWS answered
        self.steps = 0  # calls of functions, where they are counted
        self.moto, self._started, self._ended = 0.0, time.process_time(), 0.0

    @property
    def processor(self) -> float:
        """The seconds of processor in our code and the SDK."""
        return (self._ended or time.process_time()) - self._started - self.moto

    def stop(self) -> None:
        """End the measurement."""
        self._ended = time.process_time()

    def note(self, request: Any, answer: Any, seconds: float) -> None:
        """Add a call of AWS."""
        target = request.headers.get("X-Amz-Target", request.url.rpartition("/")[2])
        name = target.decode() if isinstance(target, bytes) else target
        self.calls[name.rpartition(".")[2]] += 1
        self.read += len(answer.content) if answer is not None else 0
        self.moto += seconds


@contextmanager
def counting_steps(meter: Meter) -> Iterator[None]:
    """Count the calls of our own functions, which says how much work is done, on any machine."""

    def count(frame: FrameType, event: str, _: object) -> None:
        meter.steps += event == "call" and frame.f_code.co_filename.startswith(_OURS)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


@contextmanager
def metering() -> Iterator[Meter]:
    """Measure until the context ends; a measurement may stand in another."""
    meter, before = Meter(), BotocoreStubber.__call__

    def play(self: BotocoreStubber, event_name: str, request: Any, **named: Any) -> Any:
        started = time.process_time()
        answer = before(self, event_name, request, **named)
        meter.note(request, answer, time.process_time() - started)
        return answer

    BotocoreStubber.__call__ = play  # type: ignore[method-assign] # where every call passes
    try:
        yield meter
    finally:
        BotocoreStubber.__call__ = before  # type: ignore[method-assign] # as it was
        meter.stop()
