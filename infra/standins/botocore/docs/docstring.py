"""In the artifact, instead of the documentation of each method of a client, which nobody reads there."""


class ClientMethodDocstring:
    """Documents nothing."""

    def __init__(self, **_: object) -> None:
        pass


class PaginatorDocstring(ClientMethodDocstring):
    """Documents nothing."""


class WaiterDocstring(ClientMethodDocstring):
    """Documents nothing."""
