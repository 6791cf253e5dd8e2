"""Concerns are numbered by weight, and none is lost in silence."""

from __future__ import annotations

from generators.concerns import MOST_CONCERNS, Concern, numbered


def test_what_blocks_comes_first() -> None:
    told = Concern(code="told", effect="notice", detail="")
    bars = Concern(code="bars", effect="blocks", detail="")
    assert [(one["id"], one["code"]) for one in numbered([told, bars])] == [
        ("c1", "bars"),
        ("c2", "told"),
    ]


def test_too_many_bar_the_approval_instead_of_being_dropped() -> None:
    many = [
        Concern(code="amount-not-computed", effect="acknowledge", detail="", text=str(number))
        for number in range(MOST_CONCERNS + 5)
    ]
    found = numbered(many)
    assert len(found) == MOST_CONCERNS
    assert (found[0]["code"], found[0]["effect"]) == ("more-concerns", "blocks")
    assert found[0]["detail"].startswith("6 ")
