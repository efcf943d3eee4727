"""Packs what runs on Lambda: our code, what it depends on without what it never uses, and byte-code."""

import argparse
import fcntl
import hashlib
import shutil
import subprocess  # nosec B404 # to run pip and to compile
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REQUIREMENTS = Path("requirements/lambda.txt")
CODE = ("functions", "shared")
SERVICES = frozenset(["dynamodb", "secretsmanager", "sesv2"])  # of the four hundred that botocore describes
UNUSED = (
    "**/tests",
    "aws_lambda_powertools/event_handler",  # of Powertools we use the Logger
    "aws_lambda_powertools/utilities/data_classes",
    "aws_lambda_powertools/utilities/parser",
    "bin",
    "boto3/data",  # describes boto3's resources; we use its clients
    "boto3/examples",
    "dns",  # for looking up whether a domain takes mail, which we do not
)


def main() -> None:
    """Pack the code and the requirements of the current folder into an artifact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("artifact", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="where installed dependencies are kept")
    parser.add_argument("--machine", required=True, help="aarch64 or x86_64")
    parser.add_argument("--version", required=True, help="of Python: 3.13")
    asked = parser.parse_args()
    python = _python(asked.version)
    ready = _dependencies(asked.cache, asked.machine, asked.version, python)
    shutil.copytree(ready, asked.artifact, dirs_exist_ok=True)
    for name in CODE:
        ours = asked.artifact / name
        shutil.copytree(name, ours, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        _compile(python, ours, asked.artifact)


def _dependencies(cache: Path, machine: str, version: str, python: str | None) -> Path:
    """Return the folder that holds the dependencies, after making it if nobody did."""
    made_of = REQUIREMENTS.read_bytes() + Path(__file__).read_bytes() + str(python).encode()
    ready = cache / f"{machine}-{version}-{hashlib.sha256(made_of).hexdigest()[:12]}"
    with _lock(cache):
        if not ready.exists():
            fresh = cache / "unfinished"
            shutil.rmtree(fresh, ignore_errors=True)
            _install(fresh, machine, version)
            _trim(fresh)
            _replace_by_byte_code(python, fresh)
            fresh.rename(ready)
    return ready


@contextmanager
def _lock(cache: Path) -> Iterator[None]:
    """Let one process at a time pass: `sam build --parallel` packs all functions at once."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(target: Path, machine: str, version: str) -> None:
    """Install exactly what is locked, as wheels, whatever machine and Python this is."""
    platforms = [f"--platform={name}_{machine}" for name in ("manylinux2014", "manylinux_2_28")]
    where = [f"--target={target}", f"--python-version={version}", "--implementation=cp", *platforms]
    what = ["--require-hashes", "--no-deps", "--only-binary=:all:", f"--requirement={REQUIREMENTS}"]
    quietly = ["--quiet", "--no-compile", "--disable-pip-version-check", "--no-input"]
    _run(sys.executable, "-m", "pip", "install", *quietly, *where, *what).check_returncode()


def _trim(target: Path) -> None:
    """Remove what no function uses; metadata stay, with licences and versions that packages ask for."""
    described = {path for path in target.glob("botocore/data/*") if path.is_dir()}
    unused = {path for path in described if path.name not in SERVICES}
    for path in unused.union(*map(target.glob, UNUSED)):
        shutil.rmtree(path)


def _python(version: str) -> str | None:
    """Return a Python of this version, or None and say so: byte-code of another version is of no use."""
    asked = f"import sys; sys.exit(sys.version_info[:2] != ({version.replace('.', ', ')}))"
    for python in (sys.executable, shutil.which(f"python{version}")):
        # Asked, because a name on the path may be a shim for a Python that is not there.
        if python and _run(python, "-c", asked, stderr=subprocess.DEVNULL).returncode == 0:
            return python
    print(f"No python{version} here: without byte-code a cold start takes twice as long.", file=sys.stderr)
    return None


def _compile(python: str | None, folder: Path, root: Path, *how: str) -> None:
    """Compile for good (PEP 552): a zip's dates make other byte-code stale, in a read-only folder."""
    if python:
        kind = ["-q", "--invalidation-mode", "unchecked-hash", *how]
        names = ["-s", str(root), "-p", "/var/task"]  # a traceback names the file as it is on Lambda
        _run(python, "-m", "compileall", *kind, *names, str(folder)).check_returncode()


def _replace_by_byte_code(python: str | None, target: Path) -> None:
    """Keep of others' code only what Lambda reads: a quarter less to fetch at a cold start."""
    _compile(python, target, target, "-b")
    for source in target.rglob("*.py") if python else ():
        source.unlink()


def _run(*command: str, stderr: int | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, stderr=stderr, check=False)  # noqa: S603 only commands from this file # nosec B603


if __name__ == "__main__":
    main()
