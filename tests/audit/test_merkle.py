"""Roots and proofs: the published vectors, and a second implementation for every size."""

from __future__ import annotations

import pytest

from audit.merkle import (
    EMPTY,
    Edge,
    Tree,
    grew,
    includes,
    leaf_hash,
    root_of,
)
from tests.audit.naive import from_path, from_subproof, mth, path, subproof

SIZES = 256
DATA = tuple(number.to_bytes(2, "big") * (1 + number % 40) for number in range(SIZES))
LEAVES = [leaf_hash(one) for one in DATA]
TREE = Tree(LEAVES)
ROOTS = [mth(DATA[:size]) for size in range(SIZES + 1)]

# The test data of Certificate Transparency, which every implementation of RFC 6962 repeats.
CT_DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
CT_DATA += ["606162636465666768696a6b6c6d6e6f"]
CT_LEAVES = [leaf_hash(bytes.fromhex(one)) for one in CT_DATA]
CT_ROOTS = [
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
CT_GREW = {
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
CT_IN = {
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
}


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_that_are_published(size: int) -> None:
    assert root_of(CT_LEAVES[:size]).hex() == CT_ROOTS[size]


@pytest.mark.parametrize(("old", "new"), CT_GREW)
def test_proofs_of_growth_are_those_that_are_published(old: int, new: int) -> None:
    assert [one.hex() for one in Tree(CT_LEAVES).consistency(old, new)] == CT_GREW[old, new]


@pytest.mark.parametrize(("index", "size"), CT_IN)
def test_proofs_of_inclusion_are_those_that_are_published(index: int, size: int) -> None:
    assert [one.hex() for one in Tree(CT_LEAVES).inclusion(index, size)] == CT_IN[index, size]


def test_the_root_of_every_size_is_that_of_the_definition() -> None:
    edge = Edge()
    assert edge.root() == EMPTY
    for size, leaf in enumerate(LEAVES, 1):
        edge.add(leaf)
        assert edge.root() == root_of(LEAVES[:size]) == TREE.root(size) == ROOTS[size]


@pytest.mark.parametrize("size", range(1, SIZES + 1))
def test_every_leaf_is_shown_to_be_in_the_tree_and_in_no_other_place(size: int) -> None:
    leaves, root = LEAVES[:size], ROOTS[size]
    for index in range(size):
        proof = TREE.inclusion(index, size)
        assert proof == path(index, DATA[:size])
        assert includes(index, size, leaves[index], proof, root)
        assert from_path(index, size, leaves[index], proof) == root
        other = (index + 1) % size
        if other != index:
            assert not includes(other, size, leaves[index], proof, root)
            assert not includes(index, size, leaves[other], proof, root)
        assert not includes(index, size, leaves[index], [*proof, root], root)
        assert not includes(index, size, leaves[index], proof[:-1], root) or not proof


@pytest.mark.parametrize("new", range(1, SIZES + 1))
def test_every_tree_is_shown_to_have_grown_from_every_smaller_one(new: int) -> None:
    for old in range(1, new + 1):
        proof = TREE.consistency(old, new)
        assert proof == subproof(old, DATA[:new])
        assert grew(old, new, ROOTS[old], ROOTS[new], proof)
        assert from_subproof(old, new, ROOTS[old], proof) == (ROOTS[old], ROOTS[new])
        if old < new:
            assert not grew(old, new, ROOTS[old - 1], ROOTS[new], proof)
            assert not grew(old, new, ROOTS[old], ROOTS[new - 1], proof)
            assert not grew(old, new, ROOTS[old], ROOTS[new], proof[:-1])
            assert not grew(old, new, ROOTS[old], ROOTS[new], [*proof, ROOTS[old]])


def test_a_proof_with_any_hash_changed_shows_nothing() -> None:
    for size in (2, 3, 7, 8, 100, 255):
        leaves = LEAVES[:size]
        for place in range(len(TREE.inclusion(size // 2, size))):
            proof = TREE.inclusion(size // 2, size)
            proof[place] = bytes(32)
            assert not includes(size // 2, size, leaves[size // 2], proof, ROOTS[size])
        for place in range(len(TREE.consistency(size // 2, size))):
            proof = TREE.consistency(size // 2, size)
            proof[place] = bytes(32)
            assert not grew(size // 2, size, ROOTS[size // 2], ROOTS[size], proof)


def test_what_cannot_be_is_never_shown() -> None:
    assert not includes(-1, 1, LEAVES[0], [], ROOTS[1])
    assert not includes(1, 1, LEAVES[0], [], ROOTS[1])
    assert not grew(2, 1, ROOTS[2], ROOTS[1], [])
    assert not grew(-1, 1, ROOTS[1], ROOTS[1], [])
    assert grew(0, 5, EMPTY, ROOTS[5], [])
    assert not grew(0, 5, ROOTS[1], ROOTS[5], [])
    assert not grew(5, 5, ROOTS[4], ROOTS[5], [])
    with pytest.raises(IndexError):
        TREE.inclusion(3, 3)
    with pytest.raises(IndexError):
        TREE.consistency(4, 3)
    with pytest.raises(IndexError):
        TREE.root(SIZES + 1)
