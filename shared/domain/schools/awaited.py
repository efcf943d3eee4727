"""Colleagues who were named without an address: whom a school still waits for, and how they register."""

from collections.abc import Sequence
from dataclasses import replace

from shared.domain.registration.colleague import new_colleague
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.registration import COUNTED, Change, Registration, State
from shared.domain.text import fold


def awaited_colleagues(me: Registration, registrations: Sequence[Registration]) -> tuple[str, ...]:
    """Return the colleagues whom a person named without an address, as far as the school lacks them still.

    `registrations` are the school's. Somebody of that name there is that colleague, also if they left since.
    """
    if not me.without_address or me.state not in (*COUNTED, State.LATE):
        return ()
    others = [
        r.name for r in registrations if r.person_key != me.person_key and r.state is not State.QUARANTINED
    ]
    return tuple(n for n in me.without_address if not any(_is_called(n, other) for other in others))


def awaited_at(registrations: Sequence[Registration]) -> tuple[str, ...]:
    """Return everybody whom a school waits for, each of them once."""
    names = (name for r in registrations for name in awaited_colleagues(r, registrations))
    return tuple(dict.fromkeys(names))


def _is_called(awaited: str, name: str) -> bool:
    """Say whether a name may be the awaited one; of some colleagues a form has the first name only."""
    words = fold(awaited).split()
    return words[0] in fold(name).split() if len(words) == 1 else is_same_name(awaited, name)


def brought(
    me: Registration, name: str, email: str, seed: str, change: Change
) -> tuple[Registration, Registration]:
    """Return a person without an awaited colleague, and that colleague as newly registered by them.

    `change` is when, into which state and why.
    """
    awaited = tuple(other for other in me.without_address if other != name)
    return replace(me, without_address=awaited), new_colleague(me, name, email, seed, change)
