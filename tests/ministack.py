"""MiniStack, an emulator of AWS, on a free port of this machine alone."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from urllib3 import PoolManager, Retry

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / ".venv-ministack" / "bin" / "python"  # it runs the functions in its own Python


@contextmanager
def running(log: IO[bytes] | int = subprocess.DEVNULL) -> Iterator[str]:
    """Start it with nothing in it, and give its address."""
    port = _free_port()
    env = {
        "PATH": os.defpath,
        "BIND_HOST": "127.0.0.1",  # without it, it listens everywhere
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": "eu-west-1",
    }
    process = subprocess.Popen(  # noqa: S603 our own copy of it
        [PYTHON, "-m", "ministack"], env=env, cwd=PYTHON.parent, stdout=log, stderr=log
    )
    try:
        yield answering(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=30)


def answering(url: str) -> str:
    """Return the address of a server when it answers, whatever it says."""
    with PoolManager(retries=Retry(100, backoff_factor=0.05, backoff_max=0.2)) as pool:
        pool.request("GET", url)
    return url


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
