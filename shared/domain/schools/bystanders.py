"""The schools of people who never counted, such as suspected spam: they are looked up, not compared."""

from collections.abc import Iterable, Mapping

from shared.domain.schools.clusters import SpellingCluster
from shared.domain.schools.spelling import Spelling

Clusters = Mapping[tuple[str, ...], SpellingCluster]


def add_bystanders(clusters: Clusters, everyone: Iterable[Spelling]) -> Clusters:
    """Add the spellings without a cluster: to one with their vestiging, or their name and place, or alone."""
    added = dict(clusters)
    by_code = {code: cluster for cluster in clusters.values() for code in cluster.codes}
    by_name = {spelling_id[:2]: cluster for spelling_id, cluster in sorted(clusters.items(), reverse=True)}
    for spelling in everyone:
        if spelling.id not in added:
            name = spelling.id if spelling.is_vague else spelling.id[:2]
            cluster = by_code.get(spelling.code) or by_name.get(name) or SpellingCluster(spelling)
            added[spelling.id] = by_name[name] = cluster
    return added
