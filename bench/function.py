"""A packed function under awslambdaric on this machine, and what it costs in time, memory and logs."""

import json
import queue
import ssl
import subprocess  # nosec B404 # to start the functions
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Self

from bench.table import BenchTable
from infra.pack import find_python
from infra.runtime_api import RuntimeApi

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
RUNTIME = BUILD / "awslambdaric-3.13"
PEERS = BUILD / "peers"
NETWORK_FILE = ROOT / "networks/plg-2023.toml"
_TOML = NETWORK_FILE.read_text()
ITEMS = [{"pk": {"S": "NETWORKS"}, "sk": {"S": "plg-2023"}, "toml": {"S": _TOML}, "v": {"N": "1"}}]
_RUN = """
import sys
sys.path[:0] = sys.argv[1:3]
from awslambdaric.__main__ import main
main(["", sys.argv[3]])
"""
_SETTINGS = {
    "SENDER": "aanmelden@tweetal.example",
    "CONFIGURATION_SET": "set",
    "BASE_URL": "https://tweetal.example",
    "METRICS_NAMESPACE": "tweetal",
    "AROUND_FRONT": "open",
    "IDEMPOTENCY_TABLE": "idempotency",
    "POWERTOOLS_SERVICE_NAME": "f",
}


class NotMeasuredError(Exception):
    """Something that a part of the bench needs is not on this machine."""


@cache
def python() -> str:
    """Return Lambda's own Python; raise `NotMeasuredError` without one, or without packed functions."""
    path = find_python("3.13")
    if not path or not RUNTIME.exists():
        raise NotMeasuredError("this needs Python 3.13, and functions that are packed with it")
    return path


class BenchApi(RuntimeApi):
    """The Runtime API for one function, and AWS as the stand-in of the table plays it."""

    def __init__(self, table: BenchTable, tls: ssl.SSLContext | None = None) -> None:
        self.table, self._tls = table, tls
        super().__init__()

    def get_request(self) -> Any:
        """Return the next connection, over TLS where that is wanted."""
        connection, client = super().get_request()
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection, client

    def answer(self, call: str, request: Any) -> Any:
        """Return what AWS answers to a call."""
        return self.table.answer(call, request)


class RunningFunction:
    """A function from its start; a context manager, which stops it."""

    def __init__(
        self, folder: Path, handler: str, table: BenchTable, tool: Sequence[str] = (), tls: bool = False
    ) -> None:
        self._api = BenchApi(table)
        environment = self._api.environment(str(folder), handler) | _SETTINGS
        if tls:
            environment |= _open_tls_door(self._api)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed with the function
        # No site-packages, no folder of ours, and no byte-code written: Lambda's own folder is read-only.
        command = [*tool, python(), "-s", "-S", "-P", "-B", "-c", _RUN, str(folder), str(RUNTIME), handler]
        started = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 our own # nosec B603
            command, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        self._expect("next")
        self.seconds = self.init = time.perf_counter() - started
        self.processor = self._processor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._api.close()
        self._log.close()

    def invoke(self, event: Any) -> Any:
        """Return the answer to an event; `seconds` and `processor` are then of this event."""
        before, started = self._processor(), time.perf_counter()
        self._api.events.put(event)
        answer = self._expect("response")
        self.seconds = time.perf_counter() - started
        self._expect("next")
        self.processor = self._processor() - before
        return answer

    @property
    def memory(self) -> float:
        """The most memory that it held so far, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    @property
    def log_bytes(self) -> int:
        """How much it has logged."""
        return self._log.seek(0, 2)

    def _processor(self) -> float:
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def _expect(self, report: str) -> Any:
        while True:
            try:
                came, what = self._api.reports.get(timeout=1)
                break
            except queue.Empty:
                if self._process.poll() is not None:
                    raise SystemExit(f"a function ended: {self._tail()}") from None
        if came != report:
            raise SystemExit(f"a function sent {came}: {what} {self._tail()}")
        return what

    def _tail(self) -> str:
        self._log.seek(max(0, self.log_bytes - 2000))
        return self._log.read().decode()


def ours(function: str) -> tuple[Path, str]:
    """Return the folder and the handler of one of our functions."""
    folder = BUILD / "here" / function
    entry = "start" if (folder / f"functions/{function}/start.py").exists() else "handler"
    return folder, f"functions.{function}.{entry}.handler"


def post(number: int) -> Any:
    """Return the event of a new person's post."""
    event = json.loads((ROOT / "events/submit-json.json").read_text())
    body = {
        "name": f"Persoon {number}",
        "email": f"p{number}@s{number}.example",
        "school": f"School {number}",
        "place": "Ede",
        "role": "docent",
        "phone": "030 555 01 23",
    }
    context = event["requestContext"]
    context["requestId"] = f"CBn{number:08}EEPaQ="
    context["http"]["sourceIp"] = f"198.51.{number // 250 % 250}.{number % 250}"
    return event | {"body": json.dumps(body), "isBase64Encoded": False}


def _open_tls_door(api: BenchApi) -> dict[str, str]:
    """Let AWS be called over TLS as well, and return the variables by which a function does so."""
    certificate, authorities = _certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    door = BenchApi(api.table, context)
    return {"AWS_ENDPOINT_URL": f"https://{door.address}", "AWS_CA_BUNDLE": str(authorities)}


@cache
def _certificate() -> tuple[Path, Path]:
    """Return a certificate with its key, and all authorities that the SDK trusts together with it."""
    own, authorities = BUILD / "bench-tls.pem", BUILD / "bench-authorities.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench"
    )
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(own), "-out", str(authorities)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)  # noqa: S603 our own # nosec B603
    certificate = authorities.read_text()
    own.write_text(own.read_text() + certificate)
    authorities.write_text((PEERS / "plain/botocore/cacert.pem").read_text() + certificate)
    return own, authorities
