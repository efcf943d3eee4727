"""The list of what is packed for AWS: names, versions, hashes and licences."""

import importlib.metadata
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from infra import sbom
from tests.conftest import ROOT

LOCKED = (ROOT / "requirements" / "lambda.txt").read_text()
HASHES = {name: re.findall("[0-9a-f]{64}", lines) for name, _, lines in sbom._LOCKED.findall(LOCKED)}


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    """An artifact with what each locked package says of itself; here the same versions are installed."""
    for name in HASHES:
        metadata = importlib.metadata.distribution(name).read_text("METADATA") or ""
        folder = tmp_path / "Submit" / f"{name}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(metadata)
    return tmp_path


def report(*without: str) -> dict[str, Any]:
    """Return pip's report of an installation of everything that is locked."""
    return {
        "install": [
            {
                "metadata": {"name": name},
                "download_info": {"archive_info": {"hashes": {"sha256": hashes[0]}}},
            }
            for name, hashes in HASHES.items()
            if name not in without
        ]
    }


def test_everything_that_is_locked_for_lambda_is_listed_once(artifact: Path) -> None:
    document = sbom.sbom(artifact, report(), LOCKED)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.5")
    listed = [(each["name"], each["version"], each["purl"]) for each in document["components"]]
    locked = re.findall(r"^([a-z0-9-]+)==(\S+)", LOCKED, re.MULTILINE)
    assert listed == [(name, version, f"pkg:pypi/{name}@{version}") for name, version in sorted(locked)]
    for each in document["components"]:
        (only,) = each["hashes"]
        assert (only["alg"], only["content"] in HASHES[each["name"]]) == ("SHA-256", True)
        assert all(each["licenses"][0].values())


def test_the_list_is_written_beside_the_artifact(
    artifact: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {"report": json.dumps(report()), "locked": LOCKED}.items():
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / name) for name in ("report", "locked", "sbom.json")]
    monkeypatch.setattr(sys, "argv", ["sbom.py", str(artifact), *files])
    sbom.main()
    assert len(json.loads((tmp_path / "sbom.json").read_text())["components"]) == len(HASHES)


def test_a_package_without_its_hash_its_licence_or_its_lock_is_an_error(artifact: Path) -> None:
    (artifact / "Submit" / "six.dist-info" / "METADATA").write_text("Name: Six\nVersion: 1.0\n")
    with pytest.raises(SystemExit) as stopped:
        sbom.sbom(artifact, report("idna"), LOCKED)
    wrong = str(stopped.value)
    assert re.search(r"^idna \S+ is not as locked$", wrong, re.MULTILINE)
    for line in ("six 1.0 is not as locked", "six 1.0 names no licence"):
        assert line in wrong.splitlines()


def test_what_no_function_imports_is_not_listed(artifact: Path) -> None:
    (artifact / "Submit" / "six.dist-info" / "METADATA").unlink()
    shutil.copytree(artifact / "Submit", artifact / "Manage")
    names = [each["name"] for each in sbom.sbom(artifact, report(), LOCKED)["components"]]
    assert names == sorted(HASHES.keys() - {"six"})


def test_an_empty_artifact_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        sbom.sbom(tmp_path, {"install": []}, "")
