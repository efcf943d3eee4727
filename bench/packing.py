"""Packs what our functions are compared with, for this machine: with valid byte-code, and as SAM ships it."""

import platform
import shutil
from pathlib import Path

from bench.function import BUILD, PEERS, ROOT, python
from infra.pack import install, to_byte_code

_CODE = ROOT / "bench/peers"
# What a peer needs; `sam build` compiles nothing, so each cold start compiles what it imports.
_REQUIREMENTS = {"plain": ROOT / "requirements/lambda.txt", "typical": _CODE / "typical.txt"}


def peers() -> dict[str, tuple[Path, str]]:
    """Return the folder and the handler of each peer; pack those that are not there."""
    for name, requirements in _REQUIREMENTS.items():
        if not (PEERS / name).exists():
            _pack(name, requirements)
    return {
        "noop": (PEERS / "plain", "noop.handler"),
        "plain": (PEERS / "plain", "plain.handler"),
        "typical": (PEERS / "typical", "typical.handler"),
        "typical as shipped": (PEERS / "typical-as-shipped", "typical.handler"),
    }


def _pack(name: str, requirements: Path) -> None:
    fresh = BUILD / "unfinished-peer"
    shutil.rmtree(fresh, ignore_errors=True)
    install(fresh, platform.machine(), "3.13", requirements)
    (fresh / "report.json").unlink(missing_ok=True)  # of pip
    for path in _CODE.glob("*.py"):
        shutil.copy(path, fresh)
    PEERS.mkdir(parents=True, exist_ok=True)
    shutil.copytree(fresh, PEERS / f"{name}-as-shipped", dirs_exist_ok=True)
    to_byte_code(python(), fresh, fresh)
    fresh.rename(PEERS / name)
