"""Which act may be signed electronically, from which level on, and what may never be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Level = Literal["SES", "AES", "QES"]
LEVELS: tuple[Level, ...] = ("SES", "AES", "QES")
"""Levels of signature by Regulation (EU) 910/2014, the weakest first."""
_DATA = Path(__file__).parent / "data" / "signature.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePolicy:
    """What holds for the signature of a kind of act.

    Attributes:
        least: The weakest level that will do; None: never signed through this program.
        source: Articles on which this rests.
        reason: Why, in French.
    """

    least: Level | None
    source: str
    reason: str

    def allows(self, level: Level) -> bool:
        """Whether a level will do.

        >>> SignaturePolicy(least="AES", source="", reason="").allows("SES")
        False
        """
        return self.least is not None and LEVELS.index(level) >= LEVELS.index(self.least)


def signature_policy(kind: str, *, signers_are_professionals: bool) -> SignaturePolicy:
    """What holds for a kind of act; a kind of which nothing is known is never signed.

    >>> signature_policy("mise_en_demeure", signers_are_professionals=False).least
    'SES'
    >>> signature_policy("mandat_de_recouvrement", signers_are_professionals=False).least
    'AES'
    >>> signature_policy("requete_injonction_de_payer", signers_are_professionals=True).least
    """
    data = _data()
    row = data["kinds"].get(kind, data["unknown"])
    least = row["least"]
    if not signers_are_professionals:
        least = row.get("consumer_least", least)
    return SignaturePolicy(
        least=None if least == "none" else least, source=row["source"], reason=row["reason"]
    )


def settled_kinds() -> frozenset[str]:
    """The kinds of act of which something is settled."""
    return frozenset(_data()["kinds"])


@cache
def _data() -> Mapping[str, Any]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    kinds = {kind: row for row in data["kinds"] for kind in row["kinds"]}
    return {"kinds": kinds, "unknown": data["unknown"]}
