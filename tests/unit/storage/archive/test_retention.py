"""Classes of retention: whose choice prevails, how long, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage.retention import RetentionRules, RetentionRulesInvalid, last_day, lock_end

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
OTHERS = """
[classes.short]
label = "Court"
years = 5
basis = "essai"

[kinds]
relance = "public_officer_minute"

[tenants.ten_1]
class = "short"
kinds = { relance = "accounting_paper" }
"""


@pytest.fixture
def others(tmp_path: Path) -> Path:
    path = tmp_path / "retention.toml"
    path.write_text(OTHERS)
    return path


def test_an_act_is_kept_ten_years_by_default() -> None:
    retention = RetentionRules.load().of("mise_en_demeure", "ten_1")
    assert (retention.years, retention.basis) == (10, "C. com. L. 123-22")
    assert retention.until(NOON) == date(2036, 11, 22)


def test_minutes_are_kept_twenty_five_years() -> None:
    retention = RetentionRules.load().of("any", "ten_1", "public_officer_minute")
    assert (retention.years, retention.basis) == (25, "C. patrimoine R. 212-15")


def test_years_that_the_deployment_sets_are_not_laid_at_the_door_of_a_text() -> None:
    retention = RetentionRules.load(default_years=6).of("mise_en_demeure", "ten_1")
    assert retention.until(NOON) == date(2032, 11, 22)
    assert (retention.slug, retention.basis) == ("deployment", "durée choisie pour ce service")


def test_years_that_the_deployment_sets_yield_to_the_class_of_the_kind() -> None:
    rules = RetentionRules.load(default_years=6)
    assert rules.of("x", "ten_1", "accounting_paper").years == 10


@pytest.mark.parametrize(
    ("tenant", "kind", "expected"),
    [
        pytest.param("ten_1", "relance", "accounting_paper", id="tenant and kind"),
        pytest.param("ten_1", "mise_en_demeure", "short", id="tenant"),
        pytest.param("ten_2", "relance", "public_officer_minute", id="deployment's kind"),
        pytest.param("ten_2", "mise_en_demeure", "accounting_paper", id="default"),
    ],
)
def test_the_closest_choice_prevails(others: Path, tenant: str, kind: str, expected: str) -> None:
    assert RetentionRules.load(others).of(kind, tenant).slug == expected


def test_a_class_that_the_kind_declares_yields_to_the_tenant(others: Path) -> None:
    rules = RetentionRules.load(others)
    assert rules.of("x", "ten_1", "public_officer_minute").slug == "short"
    assert rules.of("x", "ten_2", "public_officer_minute").slug == "public_officer_minute"


def test_a_class_nobody_described_is_refused() -> None:
    with pytest.raises(RetentionRulesInvalid, match="eternity"):
        RetentionRules.load().of("x", "ten_1", "eternity")


@pytest.mark.parametrize(
    "text",
    [
        '[kinds]\nrelance = "eternity"\n',
        '[tenants.ten_1]\nclass = "eternity"\n',
        '[tenants.ten_1.kinds]\nrelance = "eternity"\n',
        '[classes.eternity]\nlabel = "x"\nyears = 300\nbasis = "x"\n',
        '[classes.nothing]\nlabel = "x"\nyears = 0\nbasis = "x"\n',
    ],
)
def test_faulty_rules_are_refused_when_they_are_loaded(tmp_path: Path, text: str) -> None:
    (tmp_path / "faulty.toml").write_text(text)
    with pytest.raises(RetentionRulesInvalid):
        RetentionRules.load(tmp_path / "faulty.toml")


@pytest.mark.parametrize(
    ("day", "end"),
    [
        pytest.param(date(2036, 11, 22), datetime(2036, 11, 22, 23, tzinfo=UTC), id="winter"),
        pytest.param(date(2036, 7, 14), datetime(2036, 7, 14, 22, tzinfo=UTC), id="summer"),
    ],
)
def test_the_lock_lasts_through_the_last_day_in_paris(day: date, end: datetime) -> None:
    assert lock_end(day) == end
    assert last_day(end) == day


def test_an_act_archived_after_midnight_in_paris_is_of_that_day() -> None:
    retention = RetentionRules.load().of("mise_en_demeure", "ten_1")
    assert retention.until(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == date(2036, 11, 23)
