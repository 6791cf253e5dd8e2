"""Names of places as people write them: accents, hyphens, *Saint* and *Cedex* do not count."""

from __future__ import annotations

import re
import unicodedata

_SHORT = {"SAINT": "ST", "SAINTE": "STE"}
_TAIL = re.compile(r" (CEDEX( \d+)?|\d+( ?(ER|E|EME))?( ARRONDISSEMENT)?)$")


def is_same_place(name: str, other: str) -> bool:
    """Whether two spellings name the same town.

    >>> is_same_place("Saint-Étienne", "ST ETIENNE CEDEX 2"), is_same_place("Lajoux", "Mijoux")
    (True, False)
    >>> is_same_place("Lyon 3e Arrondissement", "Lyon 03")
    True
    """
    return plain_place(name) == plain_place(other)


def plain_place(name: str) -> str:
    """A town's name in bare capitals, without *arrondissement* and *Cedex*.

    >>> plain_place("L'Abergement-Clémenciat"), plain_place("Saint-Denis-lès-Bourg")
    ('L ABERGEMENT CLEMENCIAT', 'ST DENIS LES BOURG')
    """
    bare = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE")).upper()
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    words = re.sub(r"[^A-Z0-9]+", " ", bare).split()
    text = " ".join(_SHORT.get(word, word) for word in words)
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text
