"""Runs the scripts of tests/tools, which ask libraries of Node about our mails, pages and files."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_TOOLS = Path(__file__).parent / "tools"
_NODE = shutil.which("node")
_HERE = _NODE is not None and (_TOOLS / "node_modules").is_dir()

needs_node = [
    pytest.mark.tools,
    pytest.mark.skipif(not _HERE, reason="there is no Node here, or no: npm ci --prefix tests/tools"),
]


def node(script: str, told: Any) -> Any:
    """Run a script of tests/tools, JSON in and JSON out."""
    command = [str(_NODE), str(_TOOLS / f"{script}.mjs")]
    run = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=True)  # noqa: S603 our own script
    return json.loads(run.stdout)
