"""Golden mails: `pytest tests/shared/mails --golden-update` writes them; read the diff then."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shared.domain.mail import Mail

_GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden mails again")


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> Callable[[str, Mail], None]:
    """Compares a mail with the one that was looked at and approved."""
    update = request.config.getoption("--golden-update", default=False)

    def compare(name: str, mail: Mail) -> None:
        parts = {"txt": f"{mail.subject}\n\n{mail.text}", "html": mail.html}
        for suffix, made in parts.items():
            file = _GOLDEN / f"{name}.{suffix}"
            if update:
                file.write_text(made, encoding="utf-8")
            assert made == file.read_text(encoding="utf-8"), f"{file.name} changed"

    return compare
