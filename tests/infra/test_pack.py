"""How the artifact is packed, and how it is checked that it works on its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from infra import botocore_data, pack
from infra.imports import NOT_OF, graph, modules, needed
from shared.aws.clients import object_store

ROOT = Path(__file__).parents[2]
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


# Plays awslambdaric: imports the handler, and asks for the first request.
RUNTIME = """
import importlib, os, urllib.request
def main(arguments):
    importlib.import_module(arguments[1].rpartition(".")[0])
    urllib.request.urlopen(f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/next")
"""
INSTALLED = {
    "greetings/__init__.py": "from greetings import words\n\nhello = words.HELLO\n",
    "greetings/words.py": "HELLO = 'dag'\n",
    "greetings/unused.py": "",
    "greetings/list.txt": "",
    "greetings/tests/test_hello.py": "",
    "greetings-1.0.dist-info/RECORD": "greetings/__init__.py,,\n",
    "greetings-1.0.dist-info/METADATA": "",
    "greetings-1.0.dist-info/LICENSE": "",
    "goodbyes/__init__.py": "",
    "goodbyes-1.0.dist-info/RECORD": "goodbyes/__init__.py,,\n",
    "goodbyes-1.0.dist-info/METADATA": "",
}
HANDLER = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import goodbyes


def handler(event, context):
    from shared.later import said

    return said
"""


def verify(folder: Path, *functions: str) -> tuple[int, str]:
    (folder / "runtime/awslambdaric").mkdir(parents=True, exist_ok=True)
    (folder / "runtime/awslambdaric/__main__.py").write_text(RUNTIME)
    verifier = [sys.executable, "-I", "-S", "-B", str(ROOT / "infra" / "verify.py")]
    command = [*verifier, str(folder), str(folder / "runtime"), *functions]
    done = subprocess.run(command, capture_output=True, text=True, env={}, check=False)  # noqa: S603 our own
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def artifact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An artifact of one small function, packed from a project with its dependencies already installed."""
    project, artifact = tmp_path / "project", tmp_path / "greet"
    files = {
        "functions/greet/__init__.py": "",
        "functions/greet/handler.py": HANDLER,
        "functions/part/handler.py": HANDLER,
        "shared/__init__.py": "",
        "shared/later.py": "from greetings import hello as said\n",
        "shared/unused.py": "",
        "requirements/lambda.txt": "",
    }
    write(project, files)
    monkeypatch.chdir(project)
    monkeypatch.setattr(pack, "install", lambda target, *_: write(target, INSTALLED))
    monkeypatch.setattr(botocore_data, "trim", lambda _: None)
    options = ["--machine", "x86_64", "--version", VERSION, "--cache", str(tmp_path / "cache")]
    monkeypatch.setattr(sys, "argv", ["pack.py", *options, "greet", str(artifact)])
    pack.main()
    return artifact


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def test_an_artifact_holds_what_its_function_imports_and_nothing_else(artifact: Path) -> None:
    held = {path.relative_to(artifact).as_posix() for path in artifact.rglob("*") if path.is_file()}
    assert {name for name in held if "__pycache__" not in name} == {
        "functions/greet/__init__.py",
        "functions/greet/handler.py",
        "shared/__init__.py",
        "shared/later.py",
        "greetings/__init__.pyc",
        "greetings/words.pyc",
        "greetings/list.txt",
        "greetings-1.0.dist-info/METADATA",
        "greetings-1.0.dist-info/LICENSE",
    }


def test_a_packed_function_starts_on_its_own(artifact: Path) -> None:
    code, output = verify(artifact.parent, "greet")
    assert (code, output.partition("\n")[0]) == (0, "These functions start on their own: greet.")
    assert "MB zipped, met: at most 9.0" in output


def test_an_artifact_without_byte_code_is_reported(artifact: Path) -> None:
    for compiled in (artifact / "functions").rglob("*.pyc"):
        compiled.unlink()
    code, output = verify(artifact.parent, "greet")
    assert code == 1
    assert "no byte-code in the artifact for what is compiled" in output
    assert "functions/greet/handler.py" in output


def test_a_dependency_that_is_imported_later_and_lacks_is_reported(artifact: Path) -> None:
    (artifact / "greetings/words.pyc").unlink()
    code, output = verify(artifact.parent, "greet")
    assert code == 1
    assert "greet: " in output
    assert "words" in output


def test_no_function_at_all_is_reported(tmp_path: Path) -> None:
    assert verify(tmp_path)[0] == 1


def test_botocore_keeps_every_call_that_our_functions_make() -> None:
    ours = modules(ROOT, "functions") | modules(ROOT, "shared")
    packed = needed([name for name in ours if name.startswith("functions.")], graph(ours))
    code = "".join(ours[name].read_text() for name in packed if name.startswith("shared.aws"))
    called = re.findall(r"client\.([a-z_]+)[(,]", code) + re.findall(r"get_paginator\(\"([a-z_]+)", code)
    names = {name.replace("_", "") for name in called}
    kept = {call.lower() for calls in botocore_data.CALLS.values() for call in calls}
    assert names - {"getpaginator"} == kept


def test_nothing_that_submit_is_packed_with_imports_boto3() -> None:
    ours = modules(ROOT, "functions") | modules(ROOT, "shared")
    imports, starts = graph(ours), [name for name in ours if name.startswith("functions.submit")]
    packed = needed(starts, imports, NOT_OF["submit"])
    assert "shared.aws.direct" in packed
    assert [name for name in packed if any(each.startswith("boto3") for each in imports[name])] == []


def test_a_trimmed_description_of_a_service_makes_the_same_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(botocore.__file__).parent / "data"
    for name in [*botocore_data.CALLS, "acm"]:
        shutil.copytree(data / name, tmp_path / name)
    shutil.copy(data / "endpoints.json", tmp_path)
    botocore_data.trim(tmp_path)
    assert not (tmp_path / "acm").exists()
    whole = Loader([str(data)], include_default_search_paths=False)
    trimmed = Loader([str(tmp_path)], include_default_search_paths=False)
    for service, calls in botocore_data.CALLS.items():
        models = [
            ServiceModel(each.load_service_model(service, "service-2"), service) for each in (whole, trimmed)
        ]
        before, after = (model.client_context_parameters for model in models)
        assert before == after
        for call in calls:
            before, after = (shape(model.operation_model(call).input_shape) for model in models)
            assert before == after


def test_the_client_of_s3_needs_nothing_of_boto3_that_is_not_packed(
    aws: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3.s3.inject", None)
    assert object_store().meta.service_model.service_name == "s3"


def shape(one: Any, depth: int = 6) -> Any:
    """Say what a shape consists of, as deep as a value can be nested in a request of ours."""
    if depth == 0:
        return one.name
    members = getattr(one, "members", {})
    return one.name, one.type_name, {name: shape(each, depth - 1) for name, each in members.items()}


def test_without_a_python_of_lambdas_version_the_sources_stay(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack.find_python("2.0") is None
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
