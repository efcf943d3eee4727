"""Where coverage is measured: measuring doubles the time of all that runs, also of what is not ours."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import coverage
from botocore.client import BaseClient

_CALL = BaseClient._make_api_call  # type: ignore[attr-defined] # the stubs leave it out
_PARTS = ("shared", "functions", "journeys")
_HOOKS = ("aws", "test_no_time.py")  # where the tests are of our hooks in botocore


@contextmanager
def measuring(path: Path) -> Iterator[None]:
    """Measure the tests of the parts and the journeys, and no others.

    While these ask AWS, nothing of ours runs but some hooks: only the tests of those measure that too.
    """
    stopped = [] if path.parts[0] in _PARTS else list(_stop())
    try:
        with _asking_unmeasured() if set(_HOOKS).isdisjoint(path.parts) else nullcontext():
            yield
    finally:
        for measurement in reversed(stopped):
            measurement.start()


def _stop() -> Iterator[coverage.Coverage]:
    """Stop each measurement, and yield it; a process of xdist has two."""
    while measurement := coverage.Coverage.current():
        measurement.stop()
        yield measurement


@contextmanager
def _asking_unmeasured() -> Iterator[None]:
    BaseClient._make_api_call = _unmeasured  # type: ignore[attr-defined] # the same
    try:
        yield
    finally:
        BaseClient._make_api_call = _CALL  # type: ignore[attr-defined] # the same


def _unmeasured(*arguments: Any, **named: Any) -> Any:
    tracer: Any = sys.gettrace()
    if not hasattr(tracer, "stop"):
        return _CALL(*arguments, **named)
    tracer.stop()  # that of this thread
    try:
        return _CALL(*arguments, **named)
    finally:
        tracer.start()
