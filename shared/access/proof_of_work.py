"""Proof of work: each post costs a robot processor time. ALTCHA's protocol, version 1, SHA-256.

A browser gets the hash of a salt and a secret number, and finds the number by trying. The challenge carries
our signature, so we store nothing until a visitor uses it.
"""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

LASTS = timedelta(minutes=20)
HARDEST = 50_000  # numbers to try at most: about a second on an old phone
# The salt ends in "&", so no digit of the number can pass for a digit of the salt.
_SALT = re.compile(r"[0-9a-f]{24}\?expires=(\d{1,12})&network=([a-z0-9-]+)&")


def challenge(key: bytes, network: str, at: datetime, request_id: str) -> dict[str, Any]:
    """Return a challenge; the id of the request and the key make its random parts."""
    random = hmac.digest(key, request_id.encode(), hashlib.sha256)
    salt = f"{random[:12].hex()}?expires={int((at + LASTS).timestamp())}&network={network}&"
    digest = _digest(salt, int.from_bytes(random[12:20]) % (HARDEST + 1))
    return {
        "algorithm": "SHA-256",
        "challenge": digest,
        "maxnumber": HARDEST,
        "salt": salt,
        "signature": _signature(key, digest),
    }


def solved_challenge(keys: list[bytes], payload: str, network: str, at: datetime) -> str:
    """Return the challenge of this network that a payload solves in time; "" if it solves none."""
    try:
        solution = json.loads(base64.b64decode(payload, validate=True))
        salt, digest = _SALT.fullmatch(solution["salt"]), _digest(solution["salt"], solution["number"])
        signature = solution["signature"].encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # a visitor can send anything
        return ""
    is_ours = any(hmac.compare_digest(_signature(key, digest).encode(), signature) for key in keys)
    if not is_ours or not salt or salt[2] != network:
        return ""
    return digest if at < datetime.fromtimestamp(int(salt[1]), UTC) else ""


def _digest(salt: str, number: object) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signature(key: bytes, digest: str) -> str:
    return hmac.digest(key, digest.encode(), hashlib.sha256).hex()
