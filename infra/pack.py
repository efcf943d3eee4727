"""Packs the artifact for Lambda: our code, the used parts of its dependencies, and byte-code."""

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
SERVICES = frozenset(["dynamodb", "secretsmanager", "sesv2"])  # botocore describes four hundred services
UNUSED = (
    "**/tests",
    "aws_lambda_powertools/event_handler",  # we use only the Logger of Powertools
    "aws_lambda_powertools/utilities/data_classes",
    "aws_lambda_powertools/utilities/parser",
    "bin",
    "boto3/data",  # describes boto3's resources; we use its clients
    "boto3/examples",
    "dns",  # email-validator's look-up of domains, which we do not use
)


def main() -> None:
    """Pack the code and the requirements of the current folder into an artifact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("artifact", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="where installed dependencies are kept")
    parser.add_argument("--machine", required=True, help="aarch64 or x86_64")
    parser.add_argument("--version", required=True, help="of Python: 3.13")
    arguments = parser.parse_args()
    python = _find_python(arguments.version)
    ready = _install_dependencies(arguments.cache, arguments.machine, arguments.version, python)
    shutil.copytree(ready, arguments.artifact, dirs_exist_ok=True)
    shutil.copy(_report(ready), arguments.cache / f"packed-{arguments.machine}.json")  # for sbom.py
    for name in CODE:
        ours = arguments.artifact / name
        shutil.copytree(name, ours, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        _compile(python, ours, arguments.artifact)


def _install_dependencies(cache: Path, machine: str, version: str, python: str | None) -> Path:
    """Return the folder with the dependencies; make it first if it is not there."""
    inputs = REQUIREMENTS.read_bytes() + Path(__file__).read_bytes() + str(python).encode()
    ready = cache / f"{machine}-{version}-{hashlib.sha256(inputs).hexdigest()[:12]}"
    with _lock(cache):
        if not ready.exists():
            fresh = cache / "unfinished"
            shutil.rmtree(fresh, ignore_errors=True)
            _install(fresh, machine, version)
            _trim(fresh)
            _replace_by_byte_code(python, fresh)
            _report(fresh).rename(_report(ready))
            fresh.rename(ready)
    return ready


def _report(dependencies: Path) -> Path:
    """Return where pip's report of what it installed is: beside the folder, so that it is not packed."""
    return dependencies.with_name(f"{dependencies.name}.json")


@contextmanager
def _lock(cache: Path) -> Iterator[None]:
    """Let one process in at a time: `sam build --parallel` packs all functions at once."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(target: Path, machine: str, version: str) -> None:
    """Install the locked wheels for a machine and a version of Python, which need not be ours."""
    platforms = [f"--platform={name}_{machine}" for name in ("manylinux2014", "manylinux_2_28")]
    target_options = [f"--target={target}", f"--python-version={version}", "--implementation=cp", *platforms]
    requirement_options = [
        "--require-hashes",
        "--no-deps",
        "--only-binary=:all:",
        f"--requirement={REQUIREMENTS}",
    ]
    output_options = ["--quiet", "--no-compile", "--disable-pip-version-check", "--no-input"]
    output_options.append(f"--report={_report(target)}")
    _run(
        sys.executable, "-m", "pip", "install", *output_options, *target_options, *requirement_options
    ).check_returncode()


def _trim(target: Path) -> None:
    """Remove what no function uses; keep the metadata: licences, and the versions that packages look up."""
    services = {path for path in target.glob("botocore/data/*") if path.is_dir()}
    unused = {path for path in services if path.name not in SERVICES}
    for path in unused.union(*map(target.glob, UNUSED)):
        shutil.rmtree(path)


def _find_python(version: str) -> str | None:
    """Return a Python of this version, for its byte-code; print a warning and return None without one."""
    test = f"import sys; sys.exit(sys.version_info[:2] != ({version.replace('.', ', ')}))"
    for python in (sys.executable, shutil.which(f"python{version}")):
        # A name on the path may be a shim for a Python that is not installed, so run it.
        if python and _run(python, "-c", test, stderr=subprocess.DEVNULL).returncode == 0:
            return python
    print(f"No python{version} here: without byte-code a cold start takes twice as long.", file=sys.stderr)
    return None


def _compile(python: str | None, folder: Path, root: Path, *options: str) -> None:
    """Compile without time stamps (PEP 552): the dates in a zip file would make the byte-code stale."""
    if python:
        kind = ["-q", "--invalidation-mode", "unchecked-hash", *options]
        names = ["-s", str(root), "-p", "/var/task"]  # tracebacks name the file on Lambda
        _run(python, "-m", "compileall", *kind, *names, str(folder)).check_returncode()


def _replace_by_byte_code(python: str | None, target: Path) -> None:
    """Keep only the byte-code of dependencies: a cold start then fetches a quarter less."""
    _compile(python, target, target, "-b")
    for source in target.rglob("*.py") if python else ():
        source.unlink()


def _run(*command: str, stderr: int | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, stderr=stderr, check=False)  # noqa: S603 only commands in this file # nosec B603


if __name__ == "__main__":
    main()
