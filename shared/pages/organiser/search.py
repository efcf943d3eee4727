"""Where an organiser looks for the school that somebody means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.domain.actions.organiser.typings import Typing
from shared.domain.schools.school import School
from shared.pages.organiser import Desk, behind

if TYPE_CHECKING:
    from shared.domain.schools.matching import Vestiging


def search_page(
    desk: Desk,
    typing: Typing,
    asked: str,
    rows: Sequence["Vestiging"],
    schools: Sequence[School],
    has_register: bool,
) -> str:
    """Show which schools of the register, and which of this network, are called like what was asked."""
    return behind(
        "search", desk, typing=typing, asked=asked, rows=rows, schools=schools, has_register=has_register
    )
