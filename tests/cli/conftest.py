"""The golden help: `pytest tests/cli/test_help.py --help-update` writes it; read the diff then."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden help again."""
    parser.addoption("--help-update", action="store_true", help="write the golden help again")
