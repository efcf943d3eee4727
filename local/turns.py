"""A lock around the local stack, because moto loses concurrent writes; it counts the threads that wait."""

import threading


class Turns:
    """A re-entrant lock that counts the threads that wait for it."""

    def __init__(self) -> None:
        self._lock, self._count_lock = threading.RLock(), threading.Lock()
        self._waiting = 0

    def __enter__(self) -> None:
        self._add_waiters(1)
        self._lock.acquire()
        self._add_waiters(-1)

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def has_waiters(self) -> bool:
        """Say whether another thread waits for the lock."""
        return self._waiting > 0

    def _add_waiters(self, change: int) -> None:
        with self._count_lock:
            self._waiting += change
