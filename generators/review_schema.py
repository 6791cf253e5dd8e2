"""Who may approve what, as a cabinet sets it: read strictly, written back in one form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final

from generators.faults import Contradiction, Message
from generators.fields import Cents, CivilDate, Flag
from generators.registry import act_kinds
from generators.review_rules import Delegation, KindRule, ReviewRules, Rule
from generators.schema_base import Fact, FactsSchema, One, Reading, Several, part
from generators.texts import Text

_MOST: Final = 200
_NAME = "As the human is named in `Minutier-Actor`."


class Names(Fact[tuple[str, ...]]):
    """A list of names."""

    json: ClassVar[Mapping[str, Any]] = {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": 200},
        "maxItems": _MOST,
    }
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A list of texts is needed."),
        "too-many": Message("too-many", f"At most {_MOST}."),
    }

    def read(self, value: Any) -> tuple[str, ...]:
        """The names."""
        if not isinstance(value, list):
            raise self.make_error("type")
        if len(value) > _MOST:
            raise self.make_error("too-many")
        return tuple(_TEXT.read(name) for name in value)

    def write(self, value: tuple[str, ...]) -> list[str]:
        """A JSON list."""
        return list(value)


class KindSlug(Fact[str]):
    """The slug of a kind that there is."""

    messages: ClassVar[Mapping[str, Message]] = {
        "unknown": Message("unknown-kind", "There is no such kind of act; see GET /v1/kinds."),
    }

    def read(self, value: Any) -> str:
        """The slug."""
        if not isinstance(value, str) or value not in act_kinds():
            raise self.make_error("unknown")
        return value


class RuleSchema(FactsSchema):
    """What an approval needs."""

    makes: ClassVar[Callable[..., Any]] = Rule
    four_eyes = Flag("Whether who approves must be another than who made the version.")
    second_approval_from = Cents(
        "Sum due from which two people must approve; absent: never.",
        least=0,
        attribute="second_approval_from_cents",
        example="10000.00",
    )
    reviewers = Names("Who may decide; absent or empty: whoever the key speaks for.")


class KindRuleSchema(RuleSchema):
    """What an approval of one kind needs, instead of what others need."""

    makes: ClassVar[Callable[..., Any]] = KindRule
    kind = KindSlug("Slug of the kind.", required=True, example="mise_en_demeure")


class DelegationSchema(FactsSchema):
    """Somebody who decides for somebody else for some time."""

    makes = Delegation
    reviewer = Text(f"Who is away. {_NAME}", most=200, required=True)
    delegate = Text(f"Who decides meanwhile. {_NAME}", most=200, required=True)
    first_on = CivilDate("First day.", required=True)
    last_on = CivilDate("Last day, counted in.", required=True)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """A time that ends before it begins."""
        first, last = reading.get("first_on"), reading.get("last_on")
        if first and last and last < first:
            yield ("last_on",), Message("ends-before-it-begins", "This is before `first_on`.")


class ReviewRulesSchema(FactsSchema):
    """Who may approve what."""

    makes = ReviewRules
    default = One(RuleSchema, "For the kinds that `kinds` does not name.")
    kinds = Several(KindRuleSchema, "Rules of some kinds.", most=_MOST)
    delegations = Several(DelegationSchema, "Who decides for whom.", most=_MOST)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Two rules for one kind."""
        seen: set[str] = set()
        for number, rule in enumerate(reading.get("kinds") or ()):
            kind = part(rule, "kind")
            if kind is None:
                continue
            if kind in seen:
                told = Message("given-twice", "There is a rule for this kind already.")
                yield ("kinds", number, "kind"), told
            seen.add(kind)


_TEXT = Text("", most=200)
