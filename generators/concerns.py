"""What a reviewer must know of an edited text: to be settled, acknowledged, or only told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from law.french import typographic

Effect = Literal["blocks", "acknowledge", "notice"]
MOST_CONCERNS: Final = 200
"""Of one version; a file with more of them is settled in Word, not in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing about an edited text.

    Attributes:
        code: Stable kebab-case name.
        effect: ``blocks`` approval until another version settles it; must be named by who
            approves (``acknowledge``); or is only told (``notice``).
        part: Of the Word file: ``document``, ``header2``; "" for the whole of it.
        paragraph: Number of the paragraph in that part, from 1.
        text: The passage or the value.
        detail: In French: what it means and what to do.
    """

    code: str
    effect: Effect
    detail: str
    part: str = ""
    paragraph: int | None = None
    text: str = ""


def numbered(concerns: Iterable[Concern], *, after: int = 0) -> list[dict[str, Any]]:
    """Concerns as a version keeps them, each with the id by which a reviewer acknowledges it.

    Those beyond the limit are not dropped in silence: one that blocks stands for them.
    """
    found = sorted(concerns, key=lambda concern: _ORDER.index(concern.effect))
    if len(found) > MOST_CONCERNS:
        rest = len(found) - MOST_CONCERNS + 1
        detail = typographic(f"{rest} autres points : le fichier s'écarte trop du texte calculé.")
        more = Concern(code="more-concerns", effect="blocks", detail=detail)
        found = [more, *found[: MOST_CONCERNS - 1]]
    return [{"id": f"c{number}", **asdict(one)} for number, one in enumerate(found, after + 1)]


_ORDER: Final = ("blocks", "acknowledge", "notice")
