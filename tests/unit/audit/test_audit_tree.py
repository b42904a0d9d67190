"""The RFC 6962 tree: known roots, and proofs that hold for what they show and for nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest

from footprint.audit.tree import EMPTY, Frontier, Tree, grew, includes, leaf_hash, node_hash

DATA = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""The test data and roots of the Certificate Transparency project."""

LEAVES = [leaf_hash(str(number).encode()) for number in range(20)]


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_known_roots(size: int, root: str) -> None:
    """Trees of one to eight leaves have the roots that Certificate Transparency publishes, both ways of building."""
    leaves = [leaf_hash(entry) for entry in DATA[:size]]
    frontier = Frontier()
    frontier.extend(leaves)

    assert frontier.root().hex() == Tree(leaves).root().hex() == root


def test_empty_tree_has_the_hash_of_nothing() -> None:
    """RFC 6962, 2.1: the root of no leaves is SHA-256 of the empty string."""
    assert Frontier().root() == Tree([]).root() == EMPTY == sha256(b"").digest()


def test_leaf_and_node_cannot_be_taken_for_one_another() -> None:
    """A leaf whose content is two hashes is not the node over them."""
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


@pytest.mark.parametrize("step", [1, 2, 3, 7, 20])
def test_frontier_gives_the_same_root_however_it_is_fed(step: int) -> None:
    """Leaves may come one at a time or many; the root is that of the whole tree at every stop."""
    frontier = Frontier()
    for start in range(0, len(LEAVES), step):
        frontier.extend(LEAVES[start : start + step])

        assert frontier.root() == Tree(LEAVES).root(frontier.size)


@pytest.mark.parametrize("size", range(1, 18))
def test_inclusion_is_proven_for_every_leaf_and_no_other(size: int) -> None:
    """Each leaf's proof holds at its place; not at another place, for another leaf, cut short or with more."""
    tree = Tree(LEAVES[:size])
    root = tree.root()
    for index in range(size):
        proof = tree.inclusion(index)

        assert includes(LEAVES[index], index, size=size, root=root, proof=proof)
        assert not includes(LEAVES[index + 1], index, size=size, root=root, proof=proof)
        assert not any(
            includes(LEAVES[index], other, size=size, root=root, proof=proof)
            for other in range(-1, size + 2)
            if other != index
        )
        assert not includes(LEAVES[index], index, size=size, root=root, proof=(*proof, EMPTY))
        assert not proof or not includes(LEAVES[index], index, size=size, root=root, proof=proof[:-1])


@pytest.mark.parametrize("size", range(1, 18))
def test_growth_is_proven_from_every_earlier_size(size: int) -> None:
    """Each earlier root is shown to be of the same log; another root, or a proof that was cut or added to, is not."""
    tree = Tree(LEAVES)
    root = tree.root(size)
    for old in range(size + 1):
        proof = tree.consistency(old, size)

        assert grew(old, tree.root(old), size=size, root=root, proof=proof)
        assert not grew(old, LEAVES[19], size=size, root=root, proof=proof)
        assert not grew(old, tree.root(old), size=size, root=root, proof=(*proof, EMPTY))
        assert not proof or not grew(old, tree.root(old), size=size, root=root, proof=proof[:-1])
        assert not proof or not grew(old, tree.root(old), size=size, root=LEAVES[19], proof=proof)


def test_a_log_does_not_shrink() -> None:
    """A later head with fewer lines is no growth, whatever the proof."""
    tree = Tree(LEAVES)

    assert not grew(9, tree.root(9), size=8, root=tree.root(8), proof=tree.consistency(8, 9))
    assert not grew(3, tree.root(3), size=8, root=tree.root(8), proof=())


def test_log_with_a_changed_line_is_no_growth() -> None:
    """A proof from a tree in which an early line was changed does not reach the earlier root."""
    changed = Tree([LEAVES[19], *LEAVES[1:]])

    assert not grew(6, Tree(LEAVES).root(6), size=12, root=changed.root(12), proof=changed.consistency(6, 12))
