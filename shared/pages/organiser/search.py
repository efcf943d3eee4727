"""The page where an organiser looks up which school somebody means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.domain.actions.organiser.typings import SchoolTyping
from shared.domain.schools.school import School
from shared.pages.organiser import Desk, render_desk_page

if TYPE_CHECKING:
    from shared.domain.schools.matching import Vestiging


def search_page(
    desk: Desk,
    typing: SchoolTyping,
    query: str,
    rows: Sequence["Vestiging"],
    schools: Sequence[School],
    has_register: bool,
) -> str:
    """Show the schools of the register and of this network whose names are like the query."""
    facts = {"rows": rows, "schools": schools, "has_register": has_register}
    return render_desk_page("search", desk, typing=typing, query=query, **facts)
