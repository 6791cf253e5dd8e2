"""The map of courts: what is packed is what the tables say, and every commune is on it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from law.court_map import AmbiguousPostalCode, CommuneUnknown, CourtMap, PostalCodeUnknown
from law.parameters import COURT_MAP, data_sha256
from scripts.law_data import CANARIES, packed, rows

TABLES = COURT_MAP.parent
MAP = CourtMap.load()
PACKED = COURT_MAP.read_text("utf-8")
COURT_ROWS = rows(TABLES / "courts.csv")


def tables_with(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the tables of which one has a fault."""
    for table in TABLES.glob("*.csv"):
        shutil.copy(table, folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_the_packed_map_is_what_the_tables_make() -> None:
    assert packed(TABLES) == PACKED


def test_the_packed_map_says_of_every_commune_what_the_table_says() -> None:
    with (TABLES / "communes_courts.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == 35_031
    for row in table:
        commune = MAP.commune(row["insee"])
        tj, tprx, commercial = commune.ressort
        assert commune.name == row["commune"]
        assert (tj.id, tprx.id if tprx else "", commercial.id) == (
            row["tj_id"],
            row["tprx_id"],
            row["commercial_id"],
        )
        assert commune.department == row["department"]


def test_the_packed_map_has_every_postcode_of_the_table() -> None:
    pairs = {(row["postcode"], row["insee"]) for row in rows(TABLES / "postcodes.csv")}
    found = {(code, c.insee_code) for code in MAP.postal_codes() for c in MAP.communes_of(code)}
    assert found == pairs


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.__name__.strip("_"))
def test_the_canaries_hold(canary: Callable[..., Iterable[str]]) -> None:
    assert list(canary(MAP, COURT_ROWS)) == []


@pytest.mark.parametrize(
    ("row", "other"),
    [
        pytest.param(
            "75056,Paris,75,current,tj-paris,,tae-paris",
            "75056,Paris,75,current,tj-creteil,,tae-paris",
            id="Paris at Créteil",
        ),
        pytest.param(
            "26362,Valence,26,current,tj-valence,,tc-romans",
            "26362,Valence,26,current,tj-valence,,tc-aubenas",
            id="Valence not at Romans",
        ),
        pytest.param(
            "67482,Strasbourg,67,current,tj-strasbourg,,tjcc-strasbourg",
            "67482,Strasbourg,67,current,tj-strasbourg,,tae-nanterre",
            id="no commercial chamber in Alsace",
        ),
    ],
)
def test_a_canary_sees_a_commune_at_the_wrong_court(tmp_path: Path, row: str, other: str) -> None:
    folder = tables_with(tmp_path, "communes_courts.csv", row, other)
    wrong = CourtMap.from_json(packed(folder))
    assert any(fault for canary in CANARIES for fault in canary(wrong, COURT_ROWS))


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        pytest.param(
            "communes_courts.csv", "75056,Paris,75", "75056,75", "columns", id="shifted columns"
        ),
        pytest.param(
            "communes_courts.csv",
            "75056,Paris,75,",
            "75056,Paris,92,",
            "département",
            id="wrong département",
        ),
        pytest.param(
            "communes_courts.csv", "01002,L'Aber", "01001,L'Aber", "twice", id="a commune twice"
        ),
        pytest.param(
            "communes_courts.csv", ",tj-paris,,", ",tj-parys,,", "not known", id="unknown court"
        ),
        pytest.param("postcodes.csv", "01000,01053", "01000,1053", "no commune", id="lost nought"),
    ],
)
def test_tables_that_contradict_themselves_are_not_packed(
    tmp_path: Path, name: str, old: str, new: str, why: str
) -> None:
    folder = tables_with(tmp_path, name, old, new)
    with pytest.raises(ValueError, match=why):
        packed(folder)


def test_a_map_cut_short_is_seen_by_a_canary(tmp_path: Path) -> None:
    for table in TABLES.glob("*.csv"):
        shutil.copy(table, tmp_path)
    lines = (tmp_path / "postcodes.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "postcodes.csv").write_text("".join(lines[:-5000]), "utf-8")
    cut = CourtMap.from_json(packed(tmp_path))
    assert any(fault for canary in CANARIES for fault in canary(cut, COURT_ROWS))


def test_acts_record_which_map_they_were_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = data_sha256()
    other = tmp_path / "packed.json"
    other.write_text(PACKED.replace("Tribunal judiciaire de Paris", "Tribunal de Paris"), "utf-8")
    monkeypatch.setattr("law.parameters.COURT_MAP", other)
    assert data_sha256.__wrapped__() != before


@pytest.mark.parametrize("code", ["99999", "", "2205", "20001", "97400"])
def test_an_unknown_commune_is_refused(code: str) -> None:
    with pytest.raises(CommuneUnknown) as refused:
        MAP.commune(code)
    assert refused.value.faults[0].pointer == "/insee_code"


def test_a_cedex_names_no_commune() -> None:
    with pytest.raises(PostalCodeUnknown):
        MAP.commune_at("69433", "Lyon Cedex 03")


def test_a_postcode_is_enough_when_its_communes_share_their_courts() -> None:
    for code in MAP.postal_codes():
        communes = MAP.communes_of(code)
        if len({commune.ressort for commune in communes}) == 1:
            assert MAP.commune_at(code).ressort == communes[0].ressort
        else:
            with pytest.raises(AmbiguousPostalCode) as refused:
                MAP.commune_at(code)
            choices = refused.value.extensions["communes"]
            assert choices == [{"insee_code": c.insee_code, "name": c.name} for c in communes]


@pytest.mark.parametrize("city", ["Lajoux", "LAJOUX", " lajoux ", "Lajoux Cedex"])
def test_the_name_of_the_town_chooses_among_the_communes_of_a_postcode(city: str) -> None:
    assert MAP.commune_at("01410", city).insee_code == "39274"


def test_a_town_that_the_postcode_does_not_know_chooses_nothing() -> None:
    with pytest.raises(AmbiguousPostalCode):
        MAP.commune_at("01410", "Genève")
    assert MAP.commune_at("63000", "Nowhere").name == "Clermont-Ferrand"


@pytest.mark.parametrize(
    ("whole", "parts", "postal_code"),
    [
        ("75056", range(75101, 75121), "75012"),
        ("69123", range(69381, 69390), "69003"),
        ("13055", range(13201, 13217), "13016"),
    ],
)
def test_arrondissements_have_the_courts_of_their_city(
    whole: str, parts: range, postal_code: str
) -> None:
    city = MAP.commune(whole).ressort
    assert all(MAP.commune(str(part)).ressort == city for part in parts)
    assert MAP.commune_at(postal_code).ressort == city
