"""One at a time, because moto loses writes otherwise; whoever has the turn can tell whether others wait."""

import threading


class Turns:
    """A lock that its holder may take again, and that counts who waits for it."""

    def __init__(self) -> None:
        self._lock, self._counting = threading.RLock(), threading.Lock()
        self._waiting = 0

    def __enter__(self) -> None:
        self._count(1)
        self._lock.acquire()
        self._count(-1)

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def someone_waits(self) -> bool:
        """Say whether anybody waits for this turn to end."""
        return self._waiting > 0

    def _count(self, change: int) -> None:
        with self._counting:
            self._waiting += change
