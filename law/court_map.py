"""Which courts a commune belongs to: the packaged map, read once per process.

The map is ``data/courts/packed.json``, made from the CSV files beside it by ``make law-data``
(``scripts/law_data.py``); their origin and licence are in ``data/courts/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, get_args

from core.errors import Fault, InvalidFacts
from law.parameters import COURT_MAP
from law.place_names import is_same_place

CourtKind = Literal["TJ", "TPRX", "TC", "TAE", "TMC", "TJ_CHAMBRE_COMMERCIALE", "TPI"]
CommuneNote = Literal["arrondissement", "former", "derived"]

COURT_KINDS: tuple[str, ...] = get_args(CourtKind)
_NOTES: Mapping[str, CommuneNote | None] = {
    "": None,
    **{note: note for note in get_args(CommuneNote)},
}
_OVERSEAS = ("97", "98")


class CommuneUnknown(InvalidFacts):
    """No commune has this INSEE code, current, former or municipal *arrondissement*."""

    slug = "commune-unknown"
    title = "The commune is not known"


class PostalCodeUnknown(InvalidFacts):
    """No commune has this postcode; postcodes of large users (*Cedex*) name no commune."""

    slug = "postal-code-unknown"
    title = "The postcode is not known"


class AmbiguousPostalCode(InvalidFacts):
    """The communes of this postcode do not share their courts: one of them must be named."""

    slug = "ambiguous-postal-code"
    title = "The postcode straddles courts"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Court:
    """A court, as the official directories name it; one object a court in a map.

    Attributes:
        id: Stable name in our data (``tj-lyon``).
        kind: ``TPRX`` is a chamber of the tribunal judiciaire ``parent_tj``; ``TAE`` a
            tribunal de commerce by another name; ``TMC`` its like overseas.
        address: In one line as the source has it, often in capitals; None where unknown, or
            where the source gives an address that cannot be the court's own.
    """

    id: str
    kind: CourtKind
    name: str
    city: str
    department: str
    parent_tj: str | None
    address: str | None
    phone: str | None
    email: str | None

    @property
    def is_commercial(self) -> bool:
        """Whether it judges commercial matters only."""
        return self.kind in {"TC", "TAE", "TMC", "TJ_CHAMBRE_COMMERCIALE"}


class Ressort(NamedTuple):
    """The courts that communes share.

    Attributes:
        tribunal_judiciaire: Or, in some places overseas, the tribunal de première instance.
        chambre_de_proximite: The tribunal de proximité, None where the seat serves itself.
        commercial: The court of commercial matters, whatever its kind.
    """

    tribunal_judiciaire: Court
    chambre_de_proximite: Court | None
    commercial: Court


class Commune(NamedTuple):
    """A commune and its courts.

    Attributes:
        note: ``former`` when it was merged; ``derived`` when its commercial court was not
            found in a table but follows from its tribunal judiciaire.
    """

    insee_code: str
    name: str
    ressort: Ressort
    note: CommuneNote | None

    @property
    def department(self) -> str:
        """Code of the *département* or collectivity overseas.

        Sources:
            Code officiel géographique: three characters overseas, else two.
        """
        return self.insee_code[: 3 if self.insee_code.startswith(_OVERSEAS) else 2]


_POSTAL_PREFIXES = {"2A": "20", "2B": "20", "977": "971", "978": "971"}
"""Of Corsica, Saint-Barthélemy and Saint-Martin; elsewhere a postcode begins as the department."""


def _own_address(address: str | None, department: str) -> str | None:
    """The address of a court, or None where it lies outside of the court's *département*.

    Some entries of the directory bear the address of another court (ADR 0131).
    """
    if address is None:
        return None
    codes = re.findall(r"\b\d{5}\b", address)
    prefix = _POSTAL_PREFIXES.get(department, department)
    return address if any(code.startswith(prefix) for code in codes) else None


@dataclass(frozen=True, slots=True)
class CourtMap:
    """The courts of every commune of France.

    Attributes:
        courts: By identifier.
        ressorts: Sets of courts that communes share.
    """

    courts: Mapping[str, Court]
    ressorts: Sequence[Ressort]
    _communes: Mapping[str, str]
    _postal_codes: Mapping[str, str]

    @classmethod
    def load(cls) -> CourtMap:
        """The packaged map, read once per process."""
        return _packaged()

    @classmethod
    def from_json(cls, text: str) -> CourtMap:
        """A map from its packed form."""
        packed = json.loads(text)
        courts = {
            key: Court(
                id=key,
                kind=row["kind"],
                name=row["name"],
                city=row["city"],
                department=row["department"],
                parent_tj=row.get("parent_tj"),
                address=_own_address(row.get("address"), row["department"]),
                phone=row.get("phone"),
                email=row.get("email"),
            )
            for key, row in packed["courts"].items()
        }
        ressorts = [
            Ressort(courts[tj], courts[tprx] if tprx else None, courts[commercial])
            for tj, tprx, commercial in packed["ressorts"]
        ]
        return cls(courts, ressorts, packed["communes"], packed["postal_codes"])

    def commune(self, insee_code: str) -> Commune:
        """The commune of an INSEE code.

        Raises:
            CommuneUnknown: there is none.
        """
        found = self._communes.get(insee_code)
        if found is None:
            detail = f"No commune has the INSEE code {insee_code}."
            raise CommuneUnknown(
                detail,
                faults=[Fault(pointer="/insee_code", code=CommuneUnknown.slug, detail=detail)],
            )
        head, _, name = found.partition(" ")
        number, _, note = head.partition("/")
        return Commune(insee_code, name, self.ressorts[int(number)], _NOTES[note])

    def communes(self) -> Iterator[Commune]:
        """Every commune, by INSEE code."""
        return map(self.commune, self._communes)

    def postal_codes(self) -> Iterator[str]:
        """Every postcode."""
        return iter(self._postal_codes)

    def communes_of(self, postal_code: str) -> Sequence[Commune]:
        """The communes of a postcode, by INSEE code.

        Raises:
            PostalCodeUnknown: no commune has it.
        """
        found = self._postal_codes.get(postal_code)
        if found is None:
            detail = f"No commune has the postcode {postal_code}; give the INSEE code."
            raise PostalCodeUnknown(
                detail,
                faults=[Fault(pointer="/postal_code", code=PostalCodeUnknown.slug, detail=detail)],
            )
        return [self.commune(code) for code in found.split()]

    def commune_at(self, postal_code: str, city: str | None = None) -> Commune:
        """A commune of a postcode, when its communes share their courts or ``city`` names one.

        Raises:
            PostalCodeUnknown: no commune has the postcode.
            AmbiguousPostalCode: the communes do not share their courts.
        """
        found = self.communes_of(postal_code)
        named = [commune for commune in found if city and is_same_place(commune.name, city)]
        candidates = named or found
        if len({commune.ressort for commune in candidates}) == 1:
            return candidates[0]
        names = ", ".join(f"{commune.name} ({commune.insee_code})" for commune in candidates)
        detail = f"The communes of {postal_code} belong to different courts: {names}."
        raise AmbiguousPostalCode(
            detail,
            faults=[Fault(pointer="/postal_code", code=AmbiguousPostalCode.slug, detail=detail)],
            communes=[{"insee_code": c.insee_code, "name": c.name} for c in candidates],
        )

    def has_postal_code(self, commune: Commune, postal_code: str) -> bool:
        """Whether a postcode serves a commune; True for the few without any known postcode."""
        if commune.insee_code in self._postal_codes.get(postal_code, "").split():
            return True
        return not any(commune.insee_code in codes for codes in self._postal_codes.values())


@cache
def _packaged() -> CourtMap:
    return CourtMap.from_json(COURT_MAP.read_text("utf-8"))
