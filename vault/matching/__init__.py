"""Finding people and matters again by names spelt differently, without a name leaving the vault."""

from vault.matching.likeness import Likeness
from vault.matching.matter import Matter, WhoIsWho

__all__ = ["Likeness", "Matter", "WhoIsWho"]
