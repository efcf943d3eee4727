"""Writes each role's policy, its references resolved, for the scanners that judge policies.

Run as `python -m tests.infra.permissions.export FOLDER`.
"""

import json
import sys
from pathlib import Path

from infra.translate import translated
from tests.infra.permissions.deployed import Deployed

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    deployed = Deployed(translated()["Resources"])
    for name, role in deployed.of_type("AWS::IAM::Role").items():
        for policy in role["Policies"]:
            document = deployed.resolve(policy["PolicyDocument"])
            (folder / f"{name}-{policy['PolicyName']}.json").write_text(json.dumps(document, indent=1))
