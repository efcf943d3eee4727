"""Starts each packed function with nothing but its artifact, which is read-only, and prints how large it is.

Run as `python3.13 -I -S verify.py FOLDER AWSLAMBDARIC FUNCTION…`.
"""

import io
import subprocess  # nosec B404 # to start the functions
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # Python was started without this folder

from infra.runtime_api import RuntimeApi  # noqa: E402 for that reason

MOST = {"submit": 4.5}  # MB zipped; the others:
MOST_OF_OTHERS = 9.0
_IMPORT_ALL = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for module in sys.argv[2:]:
    importlib.import_module(module)
"""


def main() -> None:
    """Exit with a message if a function does not start, compiles something, or lacks a module."""
    folder, runtime, *functions = sys.argv[1:]
    if not functions:
        sys.exit("There are no functions.")
    for function in functions:
        artifact = Path(folder).resolve() / function
        before = _files(artifact)
        wrong = _start(artifact, runtime, function) or _import_all(artifact) or _stray(artifact, before)
        if wrong:
            sys.exit(f"{function}: {wrong}")
    print(f"These functions start on their own: {', '.join(functions)}.")
    for function in functions:
        size, most = zipped(Path(folder) / function), MOST.get(function, MOST_OF_OTHERS)
        print(f"{function:10} {size:5.2f} MB zipped, {'met' if size <= most else 'NOT MET'}: at most {most}")


def _start(artifact: Path, runtime: str, function: str) -> str:
    """Start a function up to its first request; return what is wrong."""
    api = RuntimeApi()
    entry = "start" if (artifact / "functions" / function / "start.py").exists() else "handler"
    handler = f"functions.{function}.{entry}.handler"
    command = [sys.executable, "-I", "-S", str(HERE / "start.py"), str(artifact), runtime, handler]
    with subprocess.Popen(  # noqa: S603 our own # nosec B603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=api.environment(str(artifact), handler)
    ) as process:
        try:
            report, what = api.reports.get(timeout=120)
        finally:
            process.kill()
        output = process.communicate()[0].decode()
    compiled = [line for line in output.splitlines() if line.startswith("compiled")]
    if compiled:
        return "no byte-code in the artifact for what is " + ", ".join(compiled)
    return "" if report == "next" else f"it does not start: {what} {output}"


def _import_all(artifact: Path) -> str:
    """Import every module of ours in an artifact, those of a later moment too; return what is wrong."""
    paths = [path for name in ("functions", "shared") for path in artifact.glob(f"{name}/**/*.py")]
    names = [".".join(path.relative_to(artifact).with_suffix("").parts) for path in paths]
    names = [name.removesuffix(".__init__") for name in names if not name.endswith(".start")]
    command = [sys.executable, "-I", "-S", "-B", "-c", _IMPORT_ALL, str(artifact), *names]
    done = subprocess.run(command, capture_output=True, text=True, env={}, check=False)  # noqa: S603 our own # nosec B603
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


def _stray(artifact: Path, before: set[Path]) -> str:
    written = _files(artifact) - before
    return f"it writes in its own folder: {written}" if written else ""


def _files(artifact: Path) -> set[Path]:
    return set(artifact.rglob("*"))


def zipped(artifact: Path) -> float:
    """Return the size of an artifact as a zip file, in MB."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(artifact.rglob("*")):
            file.write(path, path.relative_to(artifact))
    return len(zipped.getvalue()) / 1e6


if __name__ == "__main__":
    main()
