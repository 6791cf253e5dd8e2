"""The example of every kind of act as PDF before veraPDF, and its longest golden case."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.drafting import Draft, draft
from generators.office import OfficePool
from generators.pdf import finish
from generators.registry import act_kinds
from generators.request import load_snapshot
from law.rates import RateTables
from tests.support.golden import CASES, made
from tests.support.verapdf import Verdict, verify_both

KINDS = sorted(act_kinds())


def _acts(slug: str) -> dict[str, Draft]:
    example = draft(load_snapshot(act_kinds()[slug].example), RateTables.load())
    cases = [path for path in CASES if path.parent.parent.name == slug]
    longest = max(map(made, cases), key=lambda act: len(act.text))
    return {f"{slug} example": example, f"{slug} longest": longest}


@pytest.fixture(scope="module")
def verdicts(
    pool: OfficePool, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Verdict]]:
    """The verdict on each act; one Java machine judges them all."""
    folder = tmp_path_factory.mktemp("acts")
    paths: dict[str, Path] = {}
    for slug in KINDS:
        for name, act in _acts(slug).items():
            paths[name] = folder / f"{name.replace(' ', '-')}.pdf"
            pdf = finish(
                pool.convert(act.docx),
                title=act.title,
                author=act.author,
                subject=act.subject,
                language="fr-FR",
            )
            paths[name].write_bytes(pdf)
    found = verify_both(paths.values())
    return {name: found[path] for name, path in paths.items()}


@pytest.mark.parametrize("which", ["example", "longest"])
@pytest.mark.parametrize("slug", KINDS)
def test_an_act_is_archival_and_accessible(
    verdicts: dict[str, dict[str, Verdict]], slug: str, which: str
) -> None:
    of_act = verdicts[f"{slug} {which}"]
    assert {flavour: of_act[flavour].failed for flavour in ("3b", "ua1")} == {"3b": (), "ua1": ()}
