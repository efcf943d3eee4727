"""Translates template.yaml as SAM does: what CloudFormation gets. Needs no account.

Run as `python -m infra.translate FILE.json`.
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from local import cfn
from local.template import PATH

logging.getLogger("samtranslator").setLevel(logging.ERROR)  # metrics that nobody collects
_REGION = "eu-west-1"  # SAM needs one; the result is the same for every region


def translated(**parameters: str) -> dict[str, Any]:
    """Return the template with each resource of SAM replaced by the resources that it stands for.

    SAM itself looks at one parameter, GradualDeployment.
    """
    template = cfn.read(PATH)
    template["Globals"]["Function"]["CodeUri"] = "s3://example/artifact.zip"  # as after `sam package`
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=_REGION))
    document: dict[str, Any] = json.loads(json.dumps(translator.translate(template, parameters)))
    return document


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(translated(), indent=1) + "\n")
