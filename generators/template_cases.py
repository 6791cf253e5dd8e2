"""What a template is tried with before it is accepted: a kind's example, and how acts may differ.

The other cases are made from the example: each change is kept if the request is still one that
can be read and that the law allows. So they fit every kind, and nobody lists them for one.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.errors import MinutierError
from generators.drafting import legal_checks, template_source
from generators.json_schema import json_schema
from generators.kind import ActKind, examined
from generators.package import open_package
from generators.render import parse_parts
from generators.request import load_snapshot
from generators.sandbox import environment
from generators.template_names import Shape, shape_of, shape_read
from generators.template_trial import Trial
from law.rates import RateTables

Body = dict[str, Any]
_MANY: Final = 60
_LONG_NAME: Final = (
    "Société fictive des très longues dénominations & associés réunis du Val d'Essai"
)
_OTHER_SIREN: Final = "802345678"
_LONG_TEXT: Final = (
    "Texte d'essai volontairement long, qui montre comment une ligne se coupe & où elle passe. "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCases:
    """What templates of a kind are tried with.

    Attributes:
        trials: The example first.
        shape: Names that a template may read, beside those that the trials show.
    """

    trials: Sequence[Trial]
    shape: Mapping[str, Any]

    @property
    def names(self) -> Shape:
        """Every name that a template of the kind may read."""
        return shape_of([*(trial.context for trial in self.trials), self.shape])


def template_cases(kind: ActKind, rates: RateTables) -> TemplateCases:
    """What templates of a kind are tried with; made once for the same rates.

    Raises:
        MinutierError: the example of the kind does not generate: our bug.
    """
    key = kind.slug, rates.data_sha256
    if key not in _MADE:
        if len(_MADE) >= _MOST_MADE:
            _MADE.clear()
        _MADE[key] = _made(kind, rates)
    return _MADE[key]


_MADE: Final[dict[tuple[str, str], TemplateCases]] = {}
_MOST_MADE: Final = 64


def _made(kind: ActKind, rates: RateTables) -> TemplateCases:
    example: Body = copy.deepcopy(dict(kind.example))
    trials = [_trial("example", kind, example, rates)]
    for name, body in _variants(kind, example, rates):
        trial = _attempt(name, kind, body, rates)
        if trial is not None and all(trial.context != known.context for known in trials):
            trials.append(trial)
    package, _ = open_package(template_source(kind))
    if package is None:  # pragma: no cover - a template of the house is a package
        raise AssertionError(kind.slug)
    shape = shape_read(parse_parts(package, environment()))
    return TemplateCases(trials=trials, shape=shape if isinstance(shape, dict) else {})


def _trial(name: str, kind: ActKind, body: Body, rates: RateTables) -> Trial:
    request = load_snapshot(body)
    legal_checks(request, rates)
    facts = examined(kind, request.facts, rates)
    context = kind.build(facts, kind.statement(facts, rates))
    return Trial(name=name, context=context, required=list(kind.required(context)))


def _attempt(name: str, kind: ActKind, body: Body, rates: RateTables) -> Trial | None:
    try:
        return _trial(name, kind, body, rates)
    except MinutierError:
        return None


def _variants(kind: ActKind, example: Body, rates: RateTables) -> Iterator[tuple[str, Body]]:
    yield "least", _least(kind, example, rates)
    worst = example
    for name, change in _CHANGES.items():
        yield name, _changed(example, change)
        greater = _changed(worst, change)
        if _attempt(name, kind, greater, rates) is not None:
            worst = greater
    yield "worst", worst
    for name, value in _option_values(kind):
        yield f"options.{name}={value}", _changed(example, _option(name, value))


def _changed(body: Body, change: Callable[[Body], None]) -> Body:
    changed = copy.deepcopy(body)
    try:
        change(changed)
    except (LookupError, TypeError, AttributeError):  # the kind has no debtor, no claims…
        return body
    return changed


def _least(kind: ActKind, example: Body, rates: RateTables) -> Body:
    """The example without whatever it can do without."""
    body = example
    for path in list(_removable(example)):
        smaller = copy.deepcopy(body)
        holder: Any = smaller
        for step in path[:-1]:
            holder = holder.get(step, {})
        if holder.pop(path[-1], None) and _attempt("least", kind, smaller, rates) is not None:
            body = smaller
    return body


def _removable(body: Body) -> Iterator[tuple[str, ...]]:
    case = body["case"]
    yield from (("options", key) for key in body.get("options", {}))
    for key, value in case.items():
        if key not in {"reference", "claims"}:
            yield ("case", key)
            if isinstance(value, dict):
                yield from (("case", key, inner) for inner in value)


def _option_values(kind: ActKind) -> Iterator[tuple[str, Any]]:
    """A value or two for each option that chooses."""
    for name, schema in json_schema(kind.options_schema).get("properties", {}).items():
        if "enum" in schema:
            yield from ((name, value) for value in schema["enum"] if value is not None)
        elif "boolean" in str(schema.get("type")):
            yield from ((name, value) for value in (True, False))
        elif "minimum" in schema and "maximum" in schema:
            yield from ((name, value) for value in (schema["minimum"], schema["maximum"]))


def _option(name: str, value: Any) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        body.setdefault("options", {})[name] = value

    return change


def _many_claims(body: Body) -> None:
    claims = body["case"]["claims"]
    first = claims[0]
    for at in range(len(claims), _MANY):
        more = copy.deepcopy(first) | {"id": f"essai-{at}"}
        if "number" in more:
            more["number"] = f"{first['number']}-{at}"
        claims.append(more)


def _long_names(body: Body) -> None:
    for role in ("creditor", "debtor"):
        party = body["case"].get(role) or {}
        party["name" if "name" in party else "last_name"] = _LONG_NAME
        party.get("address", {})["lines"] = [
            f"{part} du Très Long Essai de Ligne" for part in ("Bâtiment", "Entrée", "Rue")
        ]


def _long_texts(body: Body) -> None:
    for claim in body["case"].get("claims", []):
        claim["description"] = (_LONG_TEXT * 3)[:200]
    for exhibit in body["case"].get("exhibits", []):
        exhibit["label"] = (_LONG_TEXT * 3)[:200]


def _note(body: Body) -> None:
    body.setdefault("options", {})["body_note"] = f"{_LONG_TEXT * 8}\n{_LONG_TEXT}"


def _clauses(body: Body) -> None:
    contract = body["case"].get("contract") or {"reference": "Contrat d'essai"}
    clause = {"article": "12", "quote": "Le contrat est résolu de plein droit."}
    body["case"]["contract"] = contract | {"resolutive_clause": clause}


def _no_clauses(body: Body) -> None:
    body["case"]["contract"] = None
    for claim in body["case"].get("claims", []):
        claim.pop("penalty_clause", None)


def _no_interest(body: Body) -> None:
    for claim in body["case"].get("claims", []):
        claim["late_interest"] = {"basis": "none"}


def _default_interest(body: Body) -> None:
    for claim in body["case"].get("claims", []):
        claim.pop("late_interest", None)


def _paid(body: Body) -> None:
    claims = body["case"].get("claims", [])
    body["case"]["payments"] = [
        {"received_on": claim["due_on"], "amount": "1.00", "claim_id": claim["id"]}
        for claim in claims
    ]


def _no_payments(body: Body) -> None:
    body["case"]["payments"] = []


def _no_steps(body: Body) -> None:
    body["case"]["steps"] = []


def _no_account(body: Body) -> None:
    for key in ("iban", "bic"):
        body["case"]["creditor"].pop(key, None)


def _credit_note(body: Body) -> None:
    claim = body["case"]["claims"][0]
    body["case"]["credit_notes"] = [
        {
            "number": "AV-1",
            "issued_on": claim["due_on"],
            "amount_incl_tax": "1.00",
            "claim_id": claim["id"],
        }
    ]


def _costs(body: Body) -> None:
    body["case"]["costs"] = [
        {"label": "Frais d'essai", "amount": "12.34", "type": "court_fee", "borne_by": "debtor"}
    ]


def _person(body: Body, *, professional: bool) -> None:
    body["case"]["debtor"] = {
        "type": "individual",
        "civility": "Mme",
        "first_name": "Solène",
        "last_name": "Modèle",
        "acts_as_professional": professional,
        "address": body["case"]["debtor"]["address"],
    }


def _consumer(body: Body) -> None:
    _person(body, professional=False)


def _sole_trader(body: Body) -> None:
    _person(body, professional=True)


def _public_body(body: Body) -> None:
    body["case"]["debtor"] = {
        "type": "public_body",
        "name": "Commune d'Essai-la-Fictive",
        "address": body["case"]["debtor"]["address"],
    }


def _rent(body: Body) -> None:
    _consumer(body)
    for claim in body["case"]["claims"]:
        claim["type"] = "rent"


def _agency_to_consumer(body: Body) -> None:
    _consumer(body)
    _representative("collection_agency")(body)


def _representative(role: str) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        party = {
            "type": "company",
            "name": "Mandataire Fictif SAS",
            "legal_form": "SAS",
            "share_capital": {"amount": "50000.00", "currency": "EUR"},
            "siren": _OTHER_SIREN,
            "rcs_city": "Lyon",
            "email": "contact@mandataire-fictif.example",
            "phone": "04 65 71 40 41",
            "address": copy.deepcopy(body["case"]["creditor"]["address"]),
        }
        acting = {"role": role, "party": party, "mandate_date": "2026-01-15"}
        body["case"]["representative"] = acting | ({"bar": "Lyon"} if role == "lawyer" else {})

    return change


_CHANGES: Final[Mapping[str, Callable[[Body], None]]] = {
    "long names": _long_names,
    "many claims": _many_claims,
    "long texts": _long_texts,
    "note": _note,
    "resolutive clause": _clauses,
    "credit note": _credit_note,
    "costs": _costs,
    "payments": _paid,
    "no clauses": _no_clauses,
    "no interest": _no_interest,
    "default interest": _default_interest,
    "no payments": _no_payments,
    "no steps": _no_steps,
    "no account": _no_account,
    "consumer": _consumer,
    "sole trader": _sole_trader,
    "agency": _representative("collection_agency"),
    "lawyer": _representative("lawyer"),
    "commissaire": _representative("commissaire_de_justice"),
    "agency to a consumer": _agency_to_consumer,
    "public body": _public_body,
    "rent": _rent,
}
"""Changes of a request. Those that take something away come last: the worst case is the sum of
those that could be made one after the other."""
