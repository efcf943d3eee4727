"""Where AWS is called."""

from typing import NamedTuple


class Site(NamedTuple):
    """The nth request of an operation by a function."""

    function: str
    operation: str
    nth: int

    def __str__(self) -> str:
        return f"{self.function} {self.operation} {self.nth}"
