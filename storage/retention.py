"""How long an archived act is locked: classes with their legal basis, by kind and by tenant."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from core.clock import PARIS, civil_day

_PACKAGED = Path(__file__).with_name("retention.toml")
MAX_YEARS = 100
"""No class may be longer: a lock in error could never be lifted."""


class RetentionRulesInvalid(Exception):
    """The rules name an unknown class, or one that is too long; a process refuses to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """A class of retention.

    Attributes:
        slug: Stable name, written in manifests.
        label: For readers, in French.
        years: Whole years counted from the day of archiving.
        basis: Text that asks for it.
    """

    slug: str
    label: str
    years: int
    basis: str

    def until(self, archived_at: datetime) -> date:
        """Return the last civil day of retention, in Paris.

        The day of the same number and month; where that month has none, its last day.

        >>> ten = RetentionClass(slug="x", label="x", years=10, basis="x")
        >>> ten.until(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
        datetime.date(2036, 11, 23)
        >>> RetentionClass(slug="x", label="x", years=1, basis="x").until(
        ...     datetime(2028, 2, 29, 12, tzinfo=UTC))
        datetime.date(2029, 2, 28)

        Sources:
            Art. 641 CPC, by analogy, for the day that does not exist. ADR 0057: why from the
            day of archiving.
        """
        archived_on = civil_day(archived_at)
        try:
            return archived_on.replace(year=archived_on.year + self.years)
        except ValueError:  # 29 February
            return archived_on.replace(year=archived_on.year + self.years, day=28)


def lock_end(last_day: date) -> datetime:
    """Return the instant at which a retention of that last civil day is over, in UTC."""
    return datetime.combine(last_day + timedelta(days=1), time(), PARIS).astimezone(UTC)


def last_day(lock_ends_at: datetime) -> date:
    """Return the last civil day, in Paris, of a lock that ends at an instant."""
    return civil_day(lock_ends_at - timedelta(seconds=1))


class RetentionRules:
    """The packaged classes, with what a deployment changes of them."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._classes = {
            slug: RetentionClass(
                slug=slug, label=row["label"], years=row["years"], basis=row["basis"]
            )
            for slug, row in rules["classes"].items()
        }
        self._default = rules["default"]["class"]
        self._kinds: Mapping[str, str] = rules.get("kinds", {})
        self._tenants: Mapping[str, Mapping[str, Any]] = rules.get("tenants", {})
        self._refuse_faults()

    @classmethod
    def load(cls, *overrides: Path, default_years: int | None = None) -> RetentionRules:
        """Read the packaged rules, then files that add classes or choose others.

        Args:
            overrides: TOML files of the same form; a table of theirs adds to ours, and what
                they name again is theirs.
            default_years: Years for acts of which neither their kind nor the tenant says
                anything, where a deployment wants others than the packaged default.

        Raises:
            RetentionRulesInvalid: a class that is not described is named, or lasts more than
                `MAX_YEARS` years or none at all.
        """
        rules = tomllib.loads(_PACKAGED.read_text("utf-8"))
        for path in overrides:
            for table, rows in tomllib.loads(path.read_text("utf-8")).items():
                rules[table] = {**rules.get(table, {}), **rows}
        default = rules["default"]["class"]
        if default_years not in (None, rules["classes"].get(default, {}).get("years")):
            rules["classes"]["deployment"] = {
                "label": "Durée choisie pour ce service",
                "years": default_years,
                "basis": "durée choisie pour ce service",  # not the text that asks for other years
            }
            rules["default"] = {"class": "deployment"}
        return cls(rules)

    def of(self, kind: str, tenant_id: str, declared: str | None = None) -> RetentionClass:
        """Return the class of an act: the tenant's choice, the deployment's, the kind's own.

        Args:
            kind: Slug of the kind of act.
            tenant_id: Whose act it is.
            declared: Class that the kind declares.

        Raises:
            RetentionRulesInvalid: the kind declares a class that is not described.
        """
        tenant = self._tenants.get(tenant_id, {})
        slug = (
            tenant.get("kinds", {}).get(kind)
            or tenant.get("class")
            or self._kinds.get(kind)
            or declared
            or self._default
        )
        return self.named(slug)

    def named(self, slug: str) -> RetentionClass:
        """Return a class by its name.

        Raises:
            RetentionRulesInvalid: none is called so.
        """
        try:
            return self._classes[slug]
        except KeyError:
            raise RetentionRulesInvalid(f"no class of retention is called {slug!r}") from None

    def _refuse_faults(self) -> None:
        for retention in self._classes.values():
            if not 1 <= retention.years <= MAX_YEARS:
                raise RetentionRulesInvalid(
                    f"class {retention.slug!r}: {retention.years} years is not from 1 to "
                    f"{MAX_YEARS}"
                )
        named = {self._default, *self._kinds.values()}
        for tenant in self._tenants.values():
            named |= {*tenant.get("kinds", {}).values()}
            named |= {tenant["class"]} if "class" in tenant else set()
        for slug in named:
            self.named(slug)
