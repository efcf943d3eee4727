"""The attacks that a stranger can try, by what they aim at."""

from bench.attack import attacks
from bench.attacks import bodies, crowds, doors, invented, keeping, mailboxes, robots

__all__ = ["ATTACKS", "bodies", "crowds", "doors", "invented", "keeping", "mailboxes", "robots"]
ATTACKS = attacks()
