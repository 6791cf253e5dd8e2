"""Where an edited text no longer says what was computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generators.concerns import Concern
from generators.document_text import flat
from generators.figures import figures
from law.french import typographic

_APOSTROPHES: Final = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'"})
_NEW: Final = {
    "amount": (
        "amount-not-computed",
        "Ce montant n'est pas dans le texte calculé : il contredit le décompte ou s'y ajoute.",
    ),
    "iban": (
        "iban-not-in-data",
        "Cet IBAN n'est pas dans le texte calculé : vérifiez à qui le paiement ira.",
    ),
}


def contradictions(edited: str, computed: str, required: Sequence[str]) -> Iterator[Concern]:
    """What whoever approves an edited text must acknowledge.

    Args:
        edited: The text as it is now.
        computed: The text as it was made from the data: amounts in it are those of the statement.
        required: Values that the act must say (`ActKind.required`), each in ``computed``.
    """
    said = _folded(edited)
    for value in dict.fromkeys(required):
        if _folded(value) not in said:
            yield Concern(
                code="computed-value-missing",
                effect="acknowledge",
                detail=typographic("Cette mention, calculée ou requise, n'est plus dans le texte."),
                text=value,
            )
    known, now = figures(flat(computed)), figures(flat(edited))
    for figure in sorted(now.keys() - known.keys()):
        if figure.type in _NEW:
            code, detail = _NEW[figure.type]
            yield Concern(
                code=code, effect="acknowledge", detail=typographic(detail), text=figure.value
            )


def _folded(text: str) -> str:
    return flat(text.translate(_APOSTROPHES))
