"""The map of courts, from its CSV files to the form that is read: ``python -m scripts.law_data``.

``make law-data`` writes ``law/data/courts/packed.json`` anew and looks at what came out. The
canaries are facts that a shifted column, a lost leading nought or a half-read file would break;
the ministry once published such a file. ``--check`` compares and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from law.court_map import Commune, CourtMap
from law.parameters import COURT_MAP

Row = Mapping[str, str]

COMMUNES: Final = 34_969
ARRONDISSEMENTS: Final = 45
FORMER: Final = 17
POSTAL_CODES: Final = 6_310
STRADDLING: Final = {"tribunal judiciaire": 195, "chambre de proximité": 392, "commercial": 144}
COURTS: Final = {
    "TJ": 164,
    "TPRX": 125,
    "TC": 122,
    "TAE": 12,
    "TMC": 9,
    "TJ_CHAMBRE_COMMERCIALE": 7,
    "TPI": 4,
}
COMMERCIAL_COURTS_BY_COMMUNE: Final = {
    "TC": 30_819,
    "TAE": 2_322,
    "TJ_CHAMBRE_COMMERCIALE": 1_605,
    "TMC": 219,
    "TPI": 4,
}
WITH_PROXIMITY: Final = 8_787
WITHOUT_ADDRESS: Final = {
    "tj-valence",
    "tprx-pontarlier",
    "tae-le-havre",
    "tmc-basse-terre",
    "tmc-saint-pierre-de-la-reunion",
    "tmc-papeete",
    "tmc-noumea",
}
MISPLACED: Final = {
    "tc-saint-nazaire", "tj-belfort", "tj-bergerac", "tj-gap", "tj-laval", "tj-libourne",
    "tj-lons-le-saunier", "tj-meaux", "tj-montlucon", "tj-pointe-a-pitre", "tj-senlis",
    "tj-tarascon", "tj-toulon", "tprx-annonay", "tprx-arcachon", "tprx-aubagne", "tprx-beaune",
    "tprx-brignoles", "tprx-cholet", "tprx-lure", "tprx-menton", "tprx-peronne",
    "tprx-romans-sur-isere", "tprx-saint-claude", "tprx-sete", "tprx-thann",
    "tprx-villeurbanne",
}  # fmt: skip
"""Courts to which the directory gives an address outside of their département: not told."""
CIVIL: Final = {
    "01187": "tj-bourg-en-bresse",
    "13201": "tj-marseille",
    "22050": "tj-saint-malo",  # Dinan, another département
    "33063": "tj-bordeaux",
    "69381": "tj-lyon",
    "75056": "tj-paris",
}
COMMERCIAL: Final = {
    "22050": "tc-saint-malo",
    "25388": "tc-belfort",  # Montbéliard
    "26362": "tc-romans",  # Valence
    "38053": "tc-vienne",  # Bourgoin-Jallieu
    "50097": "tc-coutances",  # annexe 7-1 of the code de commerce against the table
    "76455": "tc-rouen",  # as above
    "75056": "tae-paris",
    "69381": "tae-lyon",
    "13201": "tae-marseille",
    "67482": "tjcc-strasbourg",
    "97411": "tmc-saint-denis-de-la-reunion",
}
TAE_SEATS: Final = {
    "Auxerre",
    "Avignon",
    "Le Havre",
    "Le Mans",
    "Limoges",
    "Lyon",
    "Marseille",
    "Nancy",
    "Nanterre",
    "Paris",
    "Saint-Brieuc",
    "Versailles",
}
"""Arrêté du 5 juillet 2024."""
SPLIT: Final = {
    "tj-aix-en-provence": {"tc-aix-en-provence", "tc-salon-de-provence"},
    "tj-evreux": {"tc-bernay", "tc-evreux"},
    "tj-chalons-en-champagne": {"tc-chalons-en-champagne", "tc-reims"},
    "tj-draguignan": {"tc-draguignan", "tc-frejus"},
    "tj-grasse": {"tc-grasse", "tc-antibes", "tc-cannes"},
    "tpi-mata-utu": {"tmc-papeete", "tpi-mata-utu"},
}
"""Annexe 7-1 of the code de commerce: what else belongs to one commercial court each."""
ALSACE_MOSELLE: Final = {"57", "67", "68"}
_COURT_FACTS: Final = ("kind", "name", "city", "department")
_COURT_FACTS_IF_KNOWN: Final = ("parent_tj", "address", "phone", "email")


def main() -> int:
    """Pack and look, or compare: 0 when all is well."""
    parser = argparse.ArgumentParser(description="The map of courts from its CSV files.")
    parser.add_argument("--from", dest="folder", type=Path, default=COURT_MAP.parent)
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args()
    text = packed(given.folder)
    faults = list(canaries(CourtMap.from_json(text), rows(given.folder / "courts.csv")))
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    if given.check and COURT_MAP.read_text("utf-8") != text:
        print(f"{COURT_MAP.name} is not what the CSV files make: make law-data", file=sys.stderr)
        return 1
    if not given.check:
        COURT_MAP.write_text(text, "utf-8")
    print(f"{COURT_MAP.name}: {len(text.encode()):,} bytes, {len(CANARIES)} canaries hold")
    return 0


def packed(folder: Path) -> str:
    """The packed form of the three CSV files of a folder: JSON, one row a line.

    Raises:
        ValueError: a file contradicts itself or another one.
    """
    courts = {row["court_id"]: row for row in rows(folder / "courts.csv")}
    ressorts: dict[tuple[str, str, str], int] = {}
    communes: dict[str, str] = {}
    for row in sorted(rows(folder / "communes_courts.csv"), key=lambda row: row["insee"]):
        code = row["insee"]
        key = (row["tj_id"], row["tprx_id"], row["commercial_id"])
        _must(code not in communes, f"{code} comes twice")
        _must(courts.keys() >= {each for each in key if each}, f"{code}: a court is not known")
        tprx = courts.get(row["tprx_id"])
        is_of_tj = tprx is None or tprx["parent_tj"] == row["tj_id"]
        _must(is_of_tj, f"{code}: its tribunal de proximité is a chamber of another court")
        _must(row["department"] == _department(code), f"{code}: département {row['department']}")
        ressort = ressorts.setdefault(key, len(ressorts))
        communes[code] = f"{ressort}{_note(row)} {row['commune']}"
    postal_codes: dict[str, set[str]] = defaultdict(set)
    for row in rows(folder / "postcodes.csv"):
        _must(row["insee"] in communes, f"{row['postcode']}: {row['insee']} is no commune")
        postal_codes[row["postcode"]].add(row["insee"])
    return _json(
        {
            "courts": {key: _court(courts[key]) for key in sorted(courts)},
            "ressorts": [list(key) for key in ressorts],
            "communes": communes,
            "postal_codes": {
                key: " ".join(sorted(postal_codes[key])) for key in sorted(postal_codes)
            },
        }
    )


def rows(path: Path) -> Sequence[Row]:
    """The rows of a CSV file.

    Raises:
        ValueError: a row has more or fewer columns than the header.
    """
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, strict=True))
    for number, row in enumerate(found, start=2):
        _must(None not in row and None not in row.values(), f"{path.name}, row {number}: columns")
    return found


def canaries(courts: CourtMap, table: Sequence[Row]) -> Iterator[str]:
    """What is wrong with a map, in sentences; nothing when all is well."""
    for canary in CANARIES:
        for fault in canary(courts, table):
            name = canary.__name__.strip("_").replace("_", " ")
            yield f"{name}: {fault}"


def _numbers_are_the_published_ones(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    communes = list(courts.communes())
    current = [c for c in communes if c.note not in {"former", "arrondissement"}]
    notes = Counter(commune.note for commune in communes)
    yield from _differs("communes", len(current), COMMUNES)
    yield from _differs("arrondissements", notes["arrondissement"], ARRONDISSEMENTS)
    yield from _differs("former communes", notes["former"], FORMER)
    with_proximity = sum(c.ressort.chambre_de_proximite is not None for c in current)
    yield from _differs("with a tribunal de proximité", with_proximity, WITH_PROXIMITY)
    kinds = Counter(commune.ressort.commercial.kind for commune in current)
    yield from _differs("commercial courts of communes", dict(kinds), COMMERCIAL_COURTS_BY_COMMUNE)
    kinds_of_courts = Counter(court.kind for court in courts.courts.values())
    yield from _differs("courts", dict(kinds_of_courts), COURTS)


def _postcodes_straddle_as_measured(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    found = [courts.communes_of(code) for code in courts.postal_codes()]
    yield from _differs("postcodes", len(found), POSTAL_CODES)
    parts: Mapping[str, Callable[[Commune], Any]] = {
        "tribunal judiciaire": lambda commune: commune.ressort.tribunal_judiciaire,
        "chambre de proximité": lambda commune: commune.ressort[:2],
        "commercial": lambda commune: commune.ressort.commercial,
    }
    for name, part in parts.items():
        straddling = sum(len(set(map(part, communes))) > 1 for communes in found)
        yield from _differs(name, straddling, STRADDLING[name])


def _known_communes_have_their_courts(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    for code, court in CIVIL.items():
        yield from _differs(code, courts.commune(code).ressort.tribunal_judiciaire.id, court)
    for code, court in COMMERCIAL.items():
        yield from _differs(code, courts.commune(code).ressort.commercial.id, court)


def _every_seat_lies_in_its_own_ressort(courts: CourtMap, table: Sequence[Row]) -> Iterator[str]:
    for row in table:
        ressort = courts.commune(row["insee_seat"]).ressort
        if row["court_id"] not in {court.id for court in ressort if court}:
            yield f"{row['court_id']} does not serve {row['insee_seat']}, where it sits"


def _every_court_serves_as_many_communes_as_it_says(
    courts: CourtMap, table: Sequence[Row]
) -> Iterator[str]:
    # a tribunal de première instance that is also the commercial court counts twice in the table
    served = Counter(
        court.id for commune in courts.communes() for court in commune.ressort if court
    )
    for row in table:
        yield from _differs(row["court_id"], served[row["court_id"]], int(row["communes"]))


def _tae_are_those_of_the_order(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    found = {court.city for court in courts.courts.values() if court.kind == "TAE"}
    yield from _differs("seats", found, TAE_SEATS)


def _alsace_moselle_has_commercial_chambers(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    for commune in courts.communes():
        is_chamber = commune.ressort.commercial.kind == "TJ_CHAMBRE_COMMERCIALE"
        yield from _differs(commune.insee_code, is_chamber, commune.department in ALSACE_MOSELLE)


def _only_some_tribunaux_are_split(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    commercial = defaultdict(set)
    for commune in courts.communes():
        ressort = commune.ressort
        commercial[ressort.tribunal_judiciaire.id].add(ressort.commercial.id)
    split = {tj: found for tj, found in commercial.items() if len(found) > 1}
    yield from _differs("split", split, SPLIT)


def _addresses_are_known_but_for_some(courts: CourtMap, _: Sequence[Row]) -> Iterator[str]:
    without = {court.id for court in courts.courts.values() if not court.address}
    yield from _differs("without address", without, WITHOUT_ADDRESS | MISPLACED)


CANARIES: Final[Sequence[Callable[[CourtMap, Sequence[Row]], Iterable[str]]]] = (
    _numbers_are_the_published_ones,
    _postcodes_straddle_as_measured,
    _known_communes_have_their_courts,
    _every_seat_lies_in_its_own_ressort,
    _every_court_serves_as_many_communes_as_it_says,
    _tae_are_those_of_the_order,
    _alsace_moselle_has_commercial_chambers,
    _only_some_tribunaux_are_split,
    _addresses_are_known_but_for_some,
)


def _differs(what: str, found: Any, wanted: Any) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found}, not {wanted}"


def _note(row: Row) -> str:
    """What must be said of a commune, after a stroke, if anything."""
    is_derived = row["commercial_source"] == "derived-same-tj"
    is_current = row["status"] == "current"
    _must(is_current or not is_derived, f"{row['insee']}: two things to say")
    _must(row["status"] in {"current", "former", "arrondissement"}, f"{row['insee']}: status")
    return "/derived" if is_derived else "" if is_current else f"/{row['status']}"


def _court(row: Row) -> Mapping[str, str]:
    facts = {name: row[name] for name in _COURT_FACTS}
    _must(all(facts.values()), f"{row['court_id']}: facts are missing")
    return {**facts, **{name: row[name] for name in _COURT_FACTS_IF_KNOWN if row[name]}}


def _department(code: str) -> str:
    return code[: 3 if code[:2] in {"97", "98"} else 2]


def _json(parts: Mapping[str, Any]) -> str:
    """JSON with one entry a line, so that a change shows as what it is."""
    found = []
    for name, part in parts.items():
        entries = (
            [f"{_line(key)}:{_line(value)}" for key, value in part.items()]
            if isinstance(part, dict)
            else [_line(value) for value in part]
        )
        opening, closing = "{}" if isinstance(part, dict) else "[]"
        body = ",\n".join(entries)
        found.append(f"{_line(name)}:{opening}\n{body}\n{closing}")
    return "{" + ",\n".join(found) + "}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise ValueError(otherwise)


if __name__ == "__main__":
    sys.exit(main())
