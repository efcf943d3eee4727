"""Writes what SAM makes of template.yaml, which is what CloudFormation sees; needs no account.

Run as `python -m infra.translate FILE.json`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from local import cfn

TEMPLATE = Path(__file__).parent / "template.yaml"
_REGION = "eu-west-1"  # SAM asks for one; nothing in the template depends on which


def translated() -> dict[str, Any]:
    """Return the template with SAM's own resources replaced by those that they stand for."""
    template = cfn.read(TEMPLATE)
    template["Globals"]["Function"]["CodeUri"] = "s3://example/artifact.zip"  # as if `sam package` had been
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=_REGION))
    plain: dict[str, Any] = json.loads(json.dumps(translator.translate(template, parameter_values={})))
    return plain


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(translated(), indent=1) + "\n")
