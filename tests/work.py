"""A browser that does the work of a challenge (ALTCHA, version 1)."""

import base64
import hashlib
import json
from typing import Any


def done(challenge: dict[str, Any]) -> str:
    """Find the number by trying, and return what a form sends in its field `altcha`."""
    salt, wanted = challenge["salt"], challenge["challenge"]
    tries = range(challenge["maxnumber"] + 1)
    number = next(n for n in tries if hashlib.sha256(f"{salt}{n}".encode()).hexdigest() == wanted)
    said = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**said, "number": number, "took": 12}).encode()).decode()
