"""The example of each kind, which clients copy, becomes a file fit for the archive."""

from __future__ import annotations

from operator import attrgetter

import pytest

from generators.drafting import draft
from generators.kind import ActKind
from generators.office import OfficePool
from generators.pdf import finish
from generators.registry import act_kinds
from generators.request import load_snapshot
from law.rates import RateTables
from tests.support.verapdf import Verdict, verify_both

KINDS = list(act_kinds().values())


@pytest.fixture(scope="module")
def verdicts(
    pool: OfficePool, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Verdict]]:
    folder = tmp_path_factory.mktemp("examples")
    paths = {kind.slug: folder / f"{kind.slug}.pdf" for kind in KINDS}
    for kind in KINDS:
        paths[kind.slug].write_bytes(_pdf(kind, pool))
    found = verify_both(paths.values())
    return {slug: found[path] for slug, path in paths.items()}


def _pdf(kind: ActKind, pool: OfficePool) -> bytes:
    act = draft(load_snapshot(kind.example), RateTables.load())
    described = {"title": act.title, "author": act.author, "subject": act.subject}
    return finish(pool.convert(act.docx), language="fr-FR", **described)


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_example_of_a_kind_is_fit_for_the_archive_and_for_readers_of_screens(
    kind: ActKind, verdicts: dict[str, dict[str, Verdict]]
) -> None:
    assert {flavour: verdict.failed for flavour, verdict in verdicts[kind.slug].items()} == {
        "3b": (),
        "ua1": (),
    }
