"""Proof of work: a robot pays with its processor for each post. ALTCHA's protocol, version 1, SHA-256.

A browser gets the hash of a salt and a secret number, and finds the number by trying. What it sends back is
signed by us, so that nothing is kept until it is used.
"""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

LASTS = timedelta(minutes=20)
HARDEST = 50_000  # numbers to try at most: a moment on an old phone
# It ends in "&", so that no digit of the number can be taken for one of the salt's.
_SALT = re.compile(r"[0-9a-f]{24}\?expires=(\d{1,12})&network=([a-z0-9-]+)&")


def challenge(key: bytes, network: str, at: datetime, request: str) -> dict[str, Any]:
    """Return a challenge; what must differ each time follows from the id of the request and the key."""
    chance = hmac.digest(key, request.encode(), hashlib.sha256)
    salt = f"{chance[:12].hex()}?expires={int((at + LASTS).timestamp())}&network={network}&"
    digest = _digest(salt, int.from_bytes(chance[12:20]) % (HARDEST + 1))
    return {
        "algorithm": "SHA-256",
        "challenge": digest,
        "maxnumber": HARDEST,
        "salt": salt,
        "signature": _signature(key, digest),
    }


def worked(keys: list[bytes], payload: str, network: str, at: datetime) -> str:
    """Return which challenge a payload solves, of this network and in time; "" for one that solves none."""
    try:
        said = json.loads(base64.b64decode(payload, validate=True))
        salt, digest = _SALT.fullmatch(said["salt"]), _digest(said["salt"], said["number"])
        signature = said["signature"].encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # whatever a visitor sends
        return ""
    signed = any(hmac.compare_digest(_signature(key, digest).encode(), signature) for key in keys)
    if not signed or not salt or salt[2] != network:
        return ""
    return digest if at < datetime.fromtimestamp(int(salt[1]), UTC) else ""


def _digest(salt: str, number: object) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signature(key: bytes, digest: str) -> str:
    return hmac.digest(key, digest.encode(), hashlib.sha256).hex()
