"""Texts reproduced word for word: dated, with their source, never put into other words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from law.parameters import ValueNotCovered, read_toml
from law.quotations import quotation, versions

NAMES = sorted(read_toml("quotations.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_version_has_a_source_and_the_day_it_was_checked(name: str) -> None:
    known = versions(name)
    assert all(each.source and each.checked_on and each.paragraphs for each in known)
    assert all(before.since < after.since for before, after in pairwise(known))


def test_l111_8_is_quoted_as_it_reads_since_19_march_2014() -> None:
    second, third = quotation("cpce_l111_8", date(2014, 3, 19)).paragraphs
    assert second == (
        "Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du"
        " créancier, sauf s'ils concernent un acte dont l'accomplissement est prescrit par la loi"
        " au créancier. Toute stipulation contraire est réputée non écrite, sauf disposition"
        " législative contraire."
    )
    assert third == (
        "Cependant, le créancier qui justifie du caractère nécessaire des démarches entreprises"
        " pour recouvrer sa créance peut demander au juge de l'exécution de laisser tout ou partie"
        " des frais ainsi exposés à la charge du débiteur de mauvaise foi."
    )
    assert quotation("cpce_l111_8", date(2026, 11, 22)).paragraphs == (second, third)


def test_a_day_before_the_first_version_read_is_refused() -> None:
    with pytest.raises(ValueNotCovered, match="2014-03-18"):
        quotation("cpce_l111_8", date(2014, 3, 18))
