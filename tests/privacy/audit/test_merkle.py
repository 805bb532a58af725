"""Roots and proofs are those of RFC 9162, by the vectors that Certificate Transparency tests with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_of,
    subtrees_of,
    verify_consistency_path,
    verify_inclusion_path,
)
from privacy.errors import Tampered

CONTENTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
LEAVES = [leaf_hash(bytes.fromhex(content)) for content in CONTENTS]
TREE = subtrees_of(LEAVES)
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert root_of(size, TREE).hex() == ROOTS[size]
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    assert frontier.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "path"), INCLUSION.items())
def test_inclusion_paths_are_those_of_certificate_transparency(
    place: tuple[int, int], path: list[str]
) -> None:
    assert [one.hex() for one in inclusion_path(*place, TREE)] == path


@pytest.mark.parametrize(("sizes", "path"), CONSISTENCY.items())
def test_consistency_paths_are_those_of_certificate_transparency(
    sizes: tuple[int, int], path: list[str]
) -> None:
    assert [one.hex() for one in consistency_path(*sizes, TREE)] == path


def _naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(_naive_root(leaves[:k]), _naive_root(leaves[k:]))


def _leaves(count: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


MANY = _leaves(300)
ROOTS_OF_MANY = [_naive_root(MANY[:size]) for size in range(301)]


def test_the_root_of_any_size_is_that_of_the_definition() -> None:
    frontier = Frontier()
    for size in range(301):
        assert frontier.root() == root_of(size, subtrees_of(MANY)) == ROOTS_OF_MANY[size]
        if size < 300:
            frontier.append(MANY[size])


@given(st.integers(0, 299))
def test_a_frontier_can_be_taken_up_at_any_size(size: int) -> None:
    frontier = Frontier(size, subtrees_of(MANY))
    assert frontier.root() == ROOTS_OF_MANY[size]
    for leaf in MANY[size:]:
        frontier.append(leaf)
    assert frontier.root() == ROOTS_OF_MANY[300]


def test_a_frontier_names_each_subtree_it_completes() -> None:
    frontier, tree = Frontier(), subtrees_of(MANY)
    completed = [one for leaf in MANY for one in frontier.append(leaf)]
    assert all(tree(level, index) == node for level, index, node in completed)
    assert len(completed) == sum(300 >> level for level in range(1, 9))


@given(st.data())
def test_every_inclusion_is_proven(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, subtrees_of(MANY))
    verify_inclusion_path(MANY[index], index, size, ROOTS_OF_MANY[size], path)


@given(st.data())
def test_every_consistency_is_proven(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 300))
    old = data.draw(st.integers(1, new))
    path = consistency_path(old, new, subtrees_of(MANY))
    verify_consistency_path(old, ROOTS_OF_MANY[old], new, ROOTS_OF_MANY[new], path)


@given(st.data())
def test_no_changed_inclusion_proof_is_believed(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 64))
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, subtrees_of(MANY))
    leaf, root = MANY[index], ROOTS_OF_MANY[size]
    change = data.draw(st.sampled_from(["leaf", "index", "root", "drop", "add", "flip"]))
    if change == "leaf":
        leaf = MANY[(index + 1) % 300]
    elif change == "index":
        index = data.draw(st.integers(-3, size + 3).filter(lambda other: other != index))
    elif change == "root":
        root = ROOTS_OF_MANY[size + 1]
    elif change == "drop" and path:
        path.pop(data.draw(st.integers(0, len(path) - 1)))
    elif change == "flip" and path:
        path[data.draw(st.integers(0, len(path) - 1))] = bytes(32)
    else:
        path.insert(data.draw(st.integers(0, len(path))), bytes(32))
    with pytest.raises(Tampered):
        verify_inclusion_path(leaf, index, size, root, path)


@given(st.data())
def test_no_changed_consistency_proof_is_believed(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 64))
    old = data.draw(st.integers(1, new - 1))
    path = consistency_path(old, new, subtrees_of(MANY))
    old_root, new_root = ROOTS_OF_MANY[old], ROOTS_OF_MANY[new]
    change = data.draw(st.sampled_from(["old", "new", "drop", "add", "flip"]))
    if change == "old":
        old_root = ROOTS_OF_MANY[old + 1]
    elif change == "new":
        new_root = ROOTS_OF_MANY[new + 1]
    elif change == "drop":
        path.pop(data.draw(st.integers(0, len(path) - 1)))
    elif change == "flip":
        path[data.draw(st.integers(0, len(path) - 1))] = bytes(32)
    else:
        path.insert(data.draw(st.integers(0, len(path))), bytes(32))
    with pytest.raises(Tampered):
        verify_consistency_path(old, old_root, new, new_root, path)


@pytest.mark.parametrize(("old", "new"), [(0, 1), (0, 0), (2, 1), (-1, 3)])
def test_an_empty_or_shrinking_tree_is_never_consistent(old: int, new: int) -> None:
    with pytest.raises(Tampered):
        verify_consistency_path(old, EMPTY_ROOT, new, EMPTY_ROOT, [])
    with pytest.raises(ValueError, match="old tree"):
        consistency_path(old, new, TREE)


def test_an_empty_path_joins_no_two_sizes() -> None:
    for old in (3, 4):
        with pytest.raises(Tampered):
            verify_consistency_path(old, ROOTS_OF_MANY[old], 5, ROOTS_OF_MANY[5], [])


def test_equal_sizes_need_equal_roots_and_no_path() -> None:
    verify_consistency_path(3, ROOTS_OF_MANY[3], 3, ROOTS_OF_MANY[3], [])
    for root, path in ((ROOTS_OF_MANY[4], []), (ROOTS_OF_MANY[3], [bytes(32)])):
        with pytest.raises(Tampered):
            verify_consistency_path(3, ROOTS_OF_MANY[3], 3, root, path)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1)])
def test_there_is_no_proof_of_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion_path(index, size, TREE)
    with pytest.raises(Tampered):
        verify_inclusion_path(LEAVES[0], index, size, EMPTY_ROOT, [])


def test_a_leaf_can_never_be_passed_off_as_a_node() -> None:
    left, right = LEAVES[0], LEAVES[1]
    assert leaf_hash(left + right) != node_hash(left, right)
