"""Holds pairs apart that someone has ruled are not one person, however links would join them.

Removing the link between the two is not enough: a third subject linked to both would join them
again. Only the few components that hold such a pair come here.
"""

from collections.abc import Collection, Iterable, Mapping

Pair = tuple[str, str]


def groups(
    subjects: Collection[str],
    links: Iterable[Pair],
    cuts: Iterable[Pair],
    current: Mapping[str, str],
) -> dict[str, str]:
    """Join subjects by their links as far as no cut pair comes to stand in one group.

    Links within a present customer are taken first, the others in the order of their ids, so the
    outcome does not depend on the order given, and a second run finds what the first one left.

    Args:
        subjects: Of one component.
        links: Between them.
        cuts: Pairs to hold apart.
        current: Present customer of a subject, where it has one.

    Returns:
        The smallest subject of each subject's group.
    """
    parent = {subject: subject for subject in subjects}
    members = {subject: [subject] for subject in subjects}
    enemies: dict[str, set[str]] = {subject: set() for subject in subjects}
    for one, other in cuts:
        if one in parent and other in parent:
            enemies[one].add(other)
            enemies[other].add(one)

    def root_of(subject: str) -> str:
        while parent[subject] != subject:
            parent[subject] = parent[parent[subject]]
            subject = parent[subject]
        return subject

    def rank(link: Pair) -> tuple[bool, Pair]:
        home = current.get(link[0])
        return (home is None or home != current.get(link[1]), link)

    for one, other in sorted({(min(link), max(link)) for link in links}, key=rank):
        first, second = root_of(one), root_of(other)
        if first == second:
            continue
        small, large = sorted((first, second), key=lambda root: len(members[root]))
        if any(subject in enemies[large] for subject in members[small]):
            continue
        parent[small] = large
        members[large] += members.pop(small)
        enemies[large] |= enemies.pop(small)
    return {subject: min(group) for group in members.values() for subject in group}
