"""How the artifact is packed, and how it is checked that it works on its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from infra import pack

ROOT = Path(__file__).parents[2]
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


def verify(artifact: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", str(ROOT / "infra" / "verify.py"), str(artifact)]
    done = subprocess.run(command, capture_output=True, text=True, env={}, check=False)  # noqa: S603 our own
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def artifact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An artifact of one small function, packed from a project with its dependency already installed."""
    project, artifact = tmp_path / "project", tmp_path / "artifact"
    for name in ("functions/greet/handler.py", "shared/__init__.py", "requirements/lambda.txt"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).touch()
    code = "from greetings import hello\n\n\ndef handler(event, context):\n    return hello\n"
    (project / "functions/greet/handler.py").write_text(code)
    monkeypatch.chdir(project)
    monkeypatch.setattr(pack, "_install", install)
    options = ["--machine", "x86_64", "--version", VERSION, "--cache", str(tmp_path / "cache")]
    monkeypatch.setattr(sys, "argv", ["pack.py", *options, str(artifact)])
    pack.main()
    return artifact


def install(target: Path, _machine: str, _version: str) -> None:
    for name in (
        "greetings/__init__.py",
        "greetings/tests/test_hello.py",
        "greetings-1.0.dist-info/METADATA",
        "botocore/data/sesv2/2019-09-27/service-2.json.gz",
        "botocore/data/ec2/2016-11-15/service-2.json.gz",
        "botocore/data/endpoints.json",
    ):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).touch()
    (target / "greetings/__init__.py").write_text("hello = 'dag'\n")
    target.with_name(f"{target.name}.json").write_text('{"install": []}')


def test_an_artifact_holds_our_code_and_the_used_parts_of_dependencies(artifact: Path) -> None:
    held = {path.relative_to(artifact).as_posix() for path in artifact.rglob("*") if path.is_file()}
    assert {name for name in held if "__pycache__" not in name} == {
        "functions/greet/handler.py",
        "shared/__init__.py",
        "greetings/__init__.pyc",
        "greetings-1.0.dist-info/METADATA",
        "botocore/data/sesv2/2019-09-27/service-2.json.gz",
        "botocore/data/endpoints.json",
    }


def test_a_packed_artifact_works_on_its_own(artifact: Path) -> None:
    assert verify(artifact) == (0, "These handlers import on their own: greet.\n")


def test_an_artifact_without_byte_code_is_reported(artifact: Path) -> None:
    for compiled in (artifact / "functions").rglob("*.pyc"):
        compiled.unlink()
    code, output = verify(artifact)
    assert code == 1
    assert "no byte-code in the artifact for: " in output
    assert "functions/greet/handler.py" in output


def test_an_artifact_without_a_dependency_is_reported(artifact: Path) -> None:
    (artifact / "greetings/__init__.pyc").unlink()
    code, output = verify(artifact)
    assert code == 1
    assert "No module named 'greetings'" in output or "cannot import name 'hello'" in output


def test_an_artifact_without_handlers_is_told(tmp_path: Path) -> None:
    assert verify(tmp_path)[0] == 1


def test_without_a_python_of_lambdas_version_the_sources_stay(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack._find_python("2.0") is None
    assert "No python2.0 here" in capsys.readouterr().err


def test_the_locks_for_lambda_do_not_depend_on_the_python_that_packs() -> None:
    # pip evaluates markers for the Python that runs it, not for the Python that it installs for.
    lines = (ROOT / "requirements/lambda.txt").read_text().splitlines()
    assert [line for line in lines if re.match(r"[a-z]", line) and ";" in line] == []


@pytest.mark.parametrize("name", ["lambda", "run", "dev", "sam"])
def test_locked_requirements_name_no_address(name: str) -> None:
    locked = (ROOT / f"requirements/{name}.txt").read_text()
    assert not re.search(r"://|^--|@ file", locked, re.MULTILINE)


def pinned(name: str) -> set[tuple[str, str]]:
    locked = (ROOT / f"requirements/{name}.txt").read_text()
    return set(re.findall(r"^([a-z0-9-]+)==(\S+)", locked, re.MULTILINE))


def test_the_local_stack_and_the_tests_have_the_versions_that_lambda_has() -> None:
    assert pinned("lambda") < pinned("run") < pinned("dev")
