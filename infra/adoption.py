"""Writes how CloudFormation takes a table and a secret, which stayed after a deletion, into a new stack.

Run as `python -m infra.adoption FOLDER TABLE SECRET`; docs/deploy.md has the commands around it.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.translate import translated

Identifiers = Mapping[str, Mapping[str, str]]


def adoption(made: Mapping[str, Any], kept: Identifiers) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the template and the resources of a change set that imports what was kept.

    `made` has the resources of the translated template, and `kept` identifiers, both by logical id.
    CloudFormation makes nothing beside what it imports, so the template has nothing else.
    """
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {name: _settled(made[name]) for name in kept},
    }
    resources = [
        {
            "ResourceType": made[name]["Type"],
            "LogicalResourceId": name,
            "ResourceIdentifier": dict(identifier),
        }
        for name, identifier in kept.items()
    ]
    return template, resources


def _settled(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return a resource without what a parameter decides, because this template has none."""
    properties = dict(resource["Properties"])
    if "DeletionProtectionEnabled" in properties:
        properties["DeletionProtectionEnabled"] = True
    return {**resource, "Properties": properties}


if __name__ == "__main__":
    folder, table, secret = sys.argv[1:]
    template, resources = adoption(
        translated()["Resources"], {"Table": {"TableName": table}, "LinkSecret": {"Id": secret}}
    )
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / "template.json").write_text(json.dumps(template, indent=1) + "\n")
    (Path(folder) / "resources.json").write_text(json.dumps(resources, indent=1) + "\n")
