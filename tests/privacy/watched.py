"""A local stack of which everything is written down that leaves it by another way than a page or a mail."""

import io
import json
import logging
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import SimpleNamespace
from typing import Any, NamedTuple

import boto3
from botocore.model import OperationModel

from local.runtime import InvocationError
from local.world import World
from tests.privacy.leaks import Seen

_LETTER = frozenset({"Content", "Destination", "FromEmailAddress", "ReplyToAddresses"})


class Fault(NamedTuple):
    """What AWS answers an operation instead of carrying it out; AWS quotes what it was sent."""

    code: str
    message: str
    status: int = 400


class WatchedWorld(World):
    """The local stack; `seen` is all that an operator, AWS or whoever reads a log could read."""

    def __init__(self) -> None:
        super().__init__()
        self.traces: list[Seen] = []
        self.faults: dict[str, Fault] = {}
        self._listens = 0

    def reset(self) -> None:
        """Start over; functions connect on first use, so after this."""
        super().reset()
        self.traces, self.faults = [], {}
        assert boto3.DEFAULT_SESSION
        boto3.DEFAULT_SESSION.events.register("before-call", self._called)

    def invoke(self, function: str, event: Any) -> Any:
        """Run one function, and note what it writes, and what Lambda would log and queue when it fails."""
        try:
            with self.listening():
                return super().invoke(function, event)
        except InvocationError as failed:
            self.traces.append(Seen("trace", "".join(traceback.format_exception(failed))))
            self.traces.append(Seen("queue", _queued(function, failed)))
            raise

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note every word that is written meanwhile, and every call of AWS."""
        self._listens += 1
        try:
            with _written(self.traces):
                yield
        finally:
            self._listens -= 1

    @contextmanager
    def failing(self, *operations: str, code: str, message: str, status: int = 400) -> Iterator[None]:
        """Have AWS refuse operations, in new execution environments, which know nothing yet."""
        self.faults = dict.fromkeys(operations, Fault(code, message, status))
        self._runtime.restart()
        yield
        self.faults = {}
        self._runtime.restart()

    def _called(self, params: Mapping[str, Any], model: OperationModel, **_: Any) -> Any:
        if not self._listens:
            return None
        where = f"call of {model.name}"
        about = {key: params[key] for key in ("url", "url_path", "query_string")}
        agent = params["headers"].get("User-Agent", "")
        self.traces += [
            Seen(where, str(about)),
            Seen(where, agent),
            Seen(where, _beside_data(params["body"])),
        ]
        fault = self.faults.get(model.name)
        return fault and _answer(fault)


def _answer(fault: Fault) -> tuple[Any, dict[str, Any]]:
    error = {"Code": fault.code, "Message": fault.message}
    body = {"Error": error, "ResponseMetadata": {"HTTPStatusCode": fault.status, "RequestId": "x"}}
    return SimpleNamespace(status_code=fault.status, headers={}), body


def _beside_data(body: Any) -> str:
    """Return what a request says beside its data: what CloudTrail, metrics and traces may keep of it."""
    text = body.decode() if isinstance(body, bytes) else body or "{}"
    return json.dumps(_keys_only({k: v for k, v in json.loads(text).items() if k not in _LETTER}))


def _keys_only(part: Any) -> Any:
    match part:
        case dict():
            kept = {key: _keys_only(value) for key, value in part.items() if key != "Item"}
            item = part.get("Item", {})
            return kept | {f"item.{key}": item[key] for key in ("pk", "sk") if key in item}
        case list():
            return list(map(_keys_only, part))
    return part


def _queued(function: str, failed: InvocationError) -> str:
    """Return what an on-failure queue gets of us: of a stream only where it was, else also the error.

    Of an event that nobody waited for AWS also queues the event itself, as it was handed to AWS.
    """
    cause = failed.__cause__
    trace = traceback.format_tb(cause.__traceback__) if cause else []
    error = {"errorMessage": str(cause), "errorType": type(cause).__name__, "stackTrace": trace}
    about = {"functionArn": function, "condition": "RetriesExhausted", "approximateInvokeCount": 3}
    return json.dumps({"requestContext": about, "responsePayload": error})


@contextmanager
def _written(traces: list[Seen]) -> Iterator[None]:
    """Note every word that is written meanwhile: Lambda puts all of it in the log of the function."""
    out, err, log = io.StringIO(), io.StringIO(), io.StringIO()
    root = logging.StreamHandler(log)
    root.setLevel(logging.WARNING)  # from which on Lambda logs what any library has to say
    logging.getLogger().addHandler(root)
    try:
        with redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield
    finally:
        logging.getLogger().removeHandler(root)
        for where, text in {"stdout": out, "stderr": err, "logging": log}.items():
            traces += [Seen(where, line) for line in text.getvalue().splitlines()]
        traces += [Seen("warning", str(warning.message)) for warning in warned]
