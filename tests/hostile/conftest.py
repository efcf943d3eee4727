from collections import Counter

import pytest

_DONE: Counter[int] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz", type=int, default=80, help="how many requests to make in all")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _DONE:
        answers = ", ".join(f"{n} of {status}" for status, n in sorted(_DONE.items()))
        terminalreporter.write_line(f"{_DONE.total()} strange requests: {answers}")


@pytest.fixture(scope="session")
def done() -> Counter[int]:
    """How many requests were answered with each status."""
    return _DONE
