"""Saves the people of an order, of whom others may change some at the same moment."""

from collections.abc import Sequence

from shared.aws.store import pieces
from shared.aws.table import Table
from shared.domain.registration.registration import Registration


def save_people(people: Sequence[Registration], table: Table) -> list[Registration]:
    """Save people in batches, and return who is saved; the others changed meanwhile.

    Where somebody in a batch did, the others of it are saved one by one. Of a group, the overview asks again.
    """
    saved: list[Registration] = []
    for batch in pieces(people):
        saved += batch if table.save(*batch) else [r for r in batch if table.save(r)]
    return saved
