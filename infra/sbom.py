"""Writes the software bill of materials of the artifacts: CycloneDX 1.5, which Amazon Inspector reads.

Run as `python3 sbom.py FOLDER REPORT LOCKED FILE`: the folder of the artifacts, pip's report of what it
installed, the locked requirements, and where the document goes. Exits with a message if these contradict.
"""

import json
import re
import sys
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import Any

_LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)", re.MULTILINE)


def main() -> None:
    """Write the document of all artifacts."""
    folder, report, locked, target = map(Path, sys.argv[1:])
    document = sbom(folder, json.loads(report.read_text()), locked.read_text())
    target.write_text(json.dumps(document, indent=2) + "\n")
    print(f"build/{target.name} lists {len(document['components'])} packages.")


def sbom(folder: Path, report: dict[str, Any], locked: str) -> dict[str, Any]:
    """Return the document, or exit if a package is not as locked or names no licence."""
    paths = {path.parent.name: path for path in folder.glob("*/*.dist-info/METADATA")}  # each once
    packages = [message_from_string(path.read_text()) for path in paths.values()]
    installed = {_name(each["metadata"]["name"]): _sha256(each) for each in report["install"]}
    pins = _LOCKED.findall(locked)
    allowed = {(name, version): re.findall("[0-9a-f]{64}", lines) for name, version, lines in pins}
    components = [_component(package, installed.get(_name(package["Name"]), "")) for package in packages]
    wrong = []
    for each in components:
        name, version = each["name"], each["version"]
        is_locked = each["hashes"][0]["content"] in allowed.get((name, version), ())
        wrong += [] if is_locked else [f"{name} {version} is not as locked"]
        wrong += [] if each["licenses"] else [f"{name} {version} names no licence"]
    if wrong or not components:
        sys.exit("\n".join(["The software bill of materials is not right:", *sorted(wrong)]))
    ours = {"type": "application", "bom-ref": "tweetal", "name": "tweetal"}
    parts = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": ours}}
    return {**parts, "components": sorted(components, key=lambda each: str(each["name"]))}


def _component(package: "Message[str, str]", sha256: str) -> dict[str, Any]:
    name, version = _name(package["Name"]), package["Version"]
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
        "licenses": _licences(package),
        "purl": f"pkg:pypi/{name}@{version}",
    }


def _licences(package: "Message[str, str]") -> list[dict[str, Any]]:
    """Return what a package says itself: an expression, classifiers, or a line of text."""
    if expression := package["License-Expression"]:
        return [{"expression": expression}]
    kinds = [each.split(" :: ") for each in package.get_all("Classifier", [])]
    names = [kind[-1] for kind in kinds if kind[0] == "License"]
    return [{"license": {"name": name}} for name in names or (package["License"] or "").splitlines()[:1]]


def _sha256(installed: dict[str, Any]) -> str:
    archive = installed["download_info"]["archive_info"]
    return str(archive.get("hashes", {}).get("sha256") or archive["hash"].removeprefix("sha256="))


def _name(written: str) -> str:
    return re.sub(r"[-_.]+", "-", written).lower()


if __name__ == "__main__":
    main()
