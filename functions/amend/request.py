"""A posted action of a registrant's own page, with all that it is judged by."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.network.network import Network
from shared.domain.registration.bounces import BouncedAddresses
from shared.domain.registration.registration import Registration
from shared.domain.schools.school import School
from shared.domain.schools.school_domains import SchoolDomains
from shared.domain.text import clean

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register

Lookup = Callable[[str], Registration | None]
Changed = tuple[Registration, ...]


class ActionRequest(NamedTuple):
    """A posted action: who posts it, the typed fields, when, and a way to find the holder of another key.

    `seed` is what a new colleague's reference is made from.
    """

    network: Network
    me: Registration
    school: School
    everyone: Changed
    fields: Mapping[str, str]
    at: datetime
    seed: str
    find: Lookup
    bounced: BouncedAddresses = BouncedAddresses()
    register: "Register | None" = None

    @property
    def domains(self) -> SchoolDomains:
        """Which mail domains are of schools."""
        return SchoolDomains(self.everyone, self.register)

    def text(self, field: str) -> str:
        """Return the typed value of a field, cleaned."""
        return clean(self.fields.get(field, ""))


def invalid_field(field: str, code: str, limit: int = 0) -> InvalidError:
    """Return the error of one field; `code` is a mistake that the pages can word."""
    return InvalidError((FieldError(field, code, limit),))
