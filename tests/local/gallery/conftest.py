"""The season that the gallery shows, played once."""

import pytest

from local.gallery.season import BASE_URL, season
from local.gallery.shot import Shot
from local.world import World
from shared import pages


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count whatever looks at the season among the slow tests: to play it takes half a minute."""
    for item in items:
        if isinstance(item, pytest.Function) and "shots" in item.fixturenames:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def shots() -> list[Shot]:
    """Every mail and page of the gallery; the cache of templates then holds those that they use."""
    pages._environment.cache_clear()
    with World(base_url=BASE_URL) as world:
        return list(season(world))
