"""Who a person is: the key of an address, a reference to say on the phone, and whether two names are one."""

import hashlib
from difflib import SequenceMatcher

from shared.domain.text import fold

INFIXES = frozenset(
    (
        *("van", "de", "der", "den", "het", "t", "ten", "ter", "te", "in", "op", "aan", "bij", "s"),
        *("la", "le", "du", "el", "al"),
    )
)


def address_key(network: str, email: str) -> str:
    """Return the key of the first person who registers with this address in this network."""
    return hashlib.sha256(f"{network}\n{email.casefold()}".encode()).hexdigest()[:32]


def name_key(name: str) -> str:
    """Return what follows the address's key for a second person on one mailbox."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:16]


def make_reference(prefix: str, seed: str) -> str:
    """Return a reference to say on the phone, "PLG-7K3MQ2XD": 40 bits in Crockford's alphabet."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:5])
    return f"{prefix}-" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> 5 * i & 31] for i in range(8))


def is_same_name(a: str, b: str) -> bool:
    """Say whether two names on one address are nearly the same: initials, infixes and typing errors apart."""
    (first_a, last_a), (first_b, last_b) = _first_and_last(a), _first_and_last(b)
    return _is_near(last_a, last_b) and (_is_initial(first_a, first_b) or _is_near(first_a, first_b))


def _first_and_last(name: str) -> tuple[str, str]:
    last, comma, first = name.partition(",")
    typed = (f"{first} {last}" if comma else name).split()
    kept = [word for word in typed if not _is_infix(word)] or typed
    words = fold(" ".join(kept)).split() or [""]
    return (words[0] if len(words) > 1 else "", words[-1])


def _is_infix(word: str) -> bool:
    """Say whether a word is an infix like "van" or "'t", and not an initial: "T." or "S"."""
    return fold(word) in INFIXES and not word.endswith(".") and not (len(word) == 1 and word.isupper())


def _is_initial(a: str, b: str) -> bool:
    return not a or not b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _is_near(a: str, b: str) -> bool:
    # 0.8: one wrong letter in five; two siblings' first names ("Jan", "Jaap") stay two people.
    return a == b or SequenceMatcher(None, a, b).ratio() >= 0.8
