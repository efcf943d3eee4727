"""Which release this checkout is."""

import subprocess  # nosec B404 # for the commit that runs
import tomllib
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def version(between: str = " ") -> str:
    """Return the version of this checkout and, where git knows it, its commit: 0.1.0 959a77a.

    The commit ends in "-dirty" if files were changed since.
    """
    number = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    try:
        command = ("git", "-C", str(_ROOT), "describe", "--always", "--exclude=*", "--abbrev=7", "--dirty")
        commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 our own words # nosec B603
    except (OSError, subprocess.CalledProcessError):
        return str(number)
    return f"{number}{between}{commit}"
