"""Packs the artifact of one function: what it imports of our code and its dependencies, and byte-code."""

import argparse
import fcntl
import hashlib
import json
import shutil
import subprocess  # nosec B404 # to run pip and to compile
import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":  # run as a file: `sam build` starts it in a copy of this folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from infra import botocore_data
from infra.imports import NOT_OF, graph, modules, needed

HERE = Path(__file__).resolve().parent
REQUIREMENTS = Path("requirements/lambda.txt")
CODE = ("functions", "shared")
NO_DATA = frozenset([".c", ".h", ".pxd", ".py", ".pyc", ".pyi", ".pyx", ".so", ".typed"])
NO_RECORD = frozenset(["INSTALLER", "RECORD", "REQUESTED", "WHEEL"])  # licences and versions stay
# A service's description is packed with the module of ours that makes its client.
CLIENTS = dict.fromkeys(["dynamodb", "secretsmanager"], "shared.aws.clients") | {
    "s3": "shared.aws.exports",
    "sesv2": "shared.aws.ses",
}


def main() -> None:
    """Pack a function of the current folder into an artifact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("function", help="its folder: submit")
    parser.add_argument("artifact", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="where installed dependencies are kept")
    parser.add_argument("--machine", required=True, help="aarch64 or x86_64")
    parser.add_argument("--version", required=True, help="of Python: 3.13")
    arguments = parser.parse_args()
    python = find_python(arguments.version)
    ready = _install_dependencies(arguments.cache, arguments.machine, arguments.version, python)
    imports = json.loads((ready / "imports.json").read_text())
    for name in CODE:
        imports |= graph(modules(Path(), name))
    names = needed(_starts(arguments.function), imports, NOT_OF.get(arguments.function, ()))
    _copy_ours(names, arguments.artifact, python)
    _copy_dependencies(names, ready, arguments.artifact)


def _starts(function: str) -> list[str]:
    return [f"functions.{function}.{path.stem}" for path in Path(f"functions/{function}").glob("*.py")]


def _copy_ours(names: set[str], artifact: Path, python: str | None) -> None:
    for folder in CODE:
        for name, path in modules(Path(), folder).items():
            if name in names:
                _copy(path, artifact / path)
                _copy_data(path, Path(), artifact)
        to_byte_code(python, artifact / folder, artifact)


def _copy_dependencies(names: set[str], ready: Path, artifact: Path) -> None:
    unused = {ready / "botocore/data" / service for service, ours in CLIENTS.items() if ours not in names}
    for name, path in modules(ready).items():
        if name in names:
            # A compiled module without its source: a cold start then fetches a quarter less.
            compiled = path.with_suffix(".pyc")
            source = compiled if compiled.exists() else path
            _copy(source, artifact / source.relative_to(ready))
            _copy_data(path, ready, artifact, unused)
    for record in ready.glob("*.dist-info/RECORD"):
        files = (line.partition(",")[0] for line in record.read_text().splitlines())
        if any(
            file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in names for file in files
        ):
            for path in record.parent.rglob("*"):
                if path.is_file() and path.name not in NO_RECORD:
                    _copy(path, artifact / path.relative_to(ready))


def _copy_data(module: Path, root: Path, artifact: Path, unused: Set[Path] = frozenset()) -> None:
    """Copy the files in a package that are no modules, and the folders with only such files."""
    if module.stem != "__init__":
        return
    for path in module.parent.iterdir():
        if path.is_file() and path.suffix not in NO_DATA:
            _copy(path, artifact / path.relative_to(root))
        elif path.is_dir() and not any(path.rglob("*.py")):
            for file in path.rglob("*"):
                if file.is_file() and file.suffix not in NO_DATA and unused.isdisjoint(file.parents):
                    _copy(file, artifact / file.relative_to(root))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _install_dependencies(cache: Path, machine: str, version: str, python: str | None) -> Path:
    """Return the folder with the compiled dependencies and their imports; make it if it is not there."""
    own = b"".join(path.read_bytes() for path in (REQUIREMENTS, *sorted(HERE.rglob("*.py"))))
    ready = cache / f"{machine}-{version}-{hashlib.sha256(own + str(python).encode()).hexdigest()[:12]}"
    with _lock(cache):
        if not ready.exists():
            fresh = cache / "unfinished"
            shutil.rmtree(fresh, ignore_errors=True)
            install(fresh, machine, version)
            shutil.copytree(HERE / "standins", fresh, dirs_exist_ok=True)
            botocore_data.trim(fresh / "botocore/data")
            to_byte_code(python, fresh, fresh, "-b")
            (fresh / "imports.json").write_text(json.dumps(graph(modules(fresh))))
            fresh.rename(ready)
        link = cache / f"packed-{machine}-{version}"  # for sbom.py
        link.unlink(missing_ok=True)
        link.symlink_to(ready.name)
    return ready


@contextmanager
def _lock(cache: Path) -> Iterator[None]:
    """Let one process in at a time: `sam build --parallel` packs all functions at once."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(target: Path, machine: str, version: str, requirements: Path = REQUIREMENTS) -> None:
    """Install the locked wheels for a machine and a version of Python, which need not be ours."""
    platforms = [f"--platform={name}_{machine}" for name in ("manylinux2014", "manylinux_2_28")]
    target_options = [f"--target={target}", f"--python-version={version}", "--implementation=cp", *platforms]
    requirement_options = [
        "--require-hashes",
        "--no-deps",
        "--only-binary=:all:",
        f"--requirement={requirements}",
    ]
    output_options = ["--quiet", "--no-compile", "--disable-pip-version-check", "--no-input"]
    report = target.with_name("report.json")  # for sbom.py; pip makes the folder later
    output_options.append(f"--report={report}")
    _run(
        sys.executable, "-m", "pip", "install", *output_options, *target_options, *requirement_options
    ).check_returncode()
    report.rename(target / report.name)


def find_python(version: str) -> str | None:
    """Return a Python of this version, for its byte-code; print a warning and return None without one."""
    test = f"import sys; sys.exit(sys.version_info[:2] != ({version.replace('.', ', ')}))"
    for python in (sys.executable, shutil.which(f"python{version}")):
        # A name on the path may be a shim for a Python that is not installed, so run it.
        if python and _run(python, "-c", test, stderr=subprocess.DEVNULL).returncode == 0:
            return python
    print(f"No python{version} here: without byte-code a cold start takes twice as long.", file=sys.stderr)
    return None


def to_byte_code(python: str | None, folder: Path, root: Path, *options: str) -> None:
    """Compile without time stamps (PEP 552): the dates in a zip file would make the byte-code stale."""
    if python:
        kind = ["-q", "--invalidation-mode", "unchecked-hash", *options]
        names = ["-s", str(root), "-p", "/var/task"]  # tracebacks name the file on Lambda
        _run(python, "-m", "compileall", *kind, *names, str(folder)).check_returncode()


def _run(*command: str, stderr: int | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, stderr=stderr, check=False)  # noqa: S603 only commands in this file # nosec B603


if __name__ == "__main__":
    main()
