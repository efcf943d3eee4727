import inspect

from shared.aws import keys

# What names nobody who registered, and outlives retention: network files, what typings mean, numbers, audit.
KEPT = {keys.versions_of("plg"), keys.counts_of("plg")}
HOURS = {keys.post_counts_of("plg"), keys.sessions_of("plg")}  # expires by itself, long before


def test_retention_empties_every_partition_of_a_network_but_its_files_and_its_counts() -> None:
    made = dict(inspect.getmembers(keys, inspect.isfunction))
    partitions = {of("plg") for name, of in made.items() if name.endswith("_of") and name != "network_of"}
    assert set(keys.about_people("plg")) == partitions - KEPT - HOURS
