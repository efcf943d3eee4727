"""The local stack with a tiny system of four functions in place of Tweetal's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.server import Stack, stack
from local.world import World

TINY = Path(__file__).parent / "tiny" / "template.yaml"


@pytest.fixture(scope="module")
def _tiny() -> Iterator[World]:
    with World(template_path=TINY) as world:
        yield world


@pytest.fixture
def world(_tiny: World) -> World:
    """A world in which nothing has happened yet."""
    _tiny.reset()
    return _tiny


@pytest.fixture(scope="module")
def _served() -> Iterator[Stack]:
    with stack(port=0, form_port=0, template_path=TINY) as running:
        yield running


@pytest.fixture
def served(_served: Stack) -> Stack:
    """A world behind real sockets on free ports, in which nothing has happened yet."""
    _served.world.reset()
    return _served
