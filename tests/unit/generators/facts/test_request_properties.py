"""Whatever is sent, a request is accepted once for all, or refused with faults that point well."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.case_schema import DebtCaseSchema
from generators.faults import json_pointer
from generators.fields import money_text, percent_text
from generators.json_schema import json_schema
from generators.request import load_request, load_snapshot
from tests.support.cases import case_body, changed, places, without
from tests.support.json_schema_check import mismatches
from tests.support.requests import TODAY, faults_of_request

BODY = case_body("05")
PLACES = list(places(BODY))
unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

letters = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Pd", "Po", "Sm", "Zs"], max_codepoint=0x2FFF),
    max_size=30,
)
texts = st.builds("{}É{}".format, letters, letters)
days = st.dates(date(2020, 1, 1), date(2026, 11, 1))
cents = st.integers(1, 10**9)
money = cents.map(money_text)
percents = st.decimals(0, 1, places=6).map(percent_text)
sirens = st.sampled_from(["812345676", "823 456 785", " 834567893 ", None])
blanks = st.sampled_from(["", " ", "\u00a0"])
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=20)
    | st.sampled_from(["2026-11-22", "12.00", "-1.00", "c1", "EUR", "company", "cheque"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of some keys, some of them null."""
    return st.fixed_dictionaries(
        {}, optional={key: value | st.none() for key, value in keys.items()}
    )


def both(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects that have the keys of several."""
    return st.tuples(*parts).map(lambda found: {k: v for part in found for k, v in part.items()})


addresses = both(
    st.fixed_dictionaries(
        {
            "lines": st.lists(texts, min_size=1, max_size=4),
            "postal_code": st.from_regex(r"[0-9]{5}", fullmatch=True),
            "city": texts,
        }
    ),
    optional(country=st.just("FR"), insee_code=st.just("2a 004")),
)
parties = both(
    st.fixed_dictionaries({"address": addresses}),
    st.fixed_dictionaries({"type": st.sampled_from(["company", "public_body"]), "name": texts})
    | st.fixed_dictionaries(
        {"type": st.just("individual"), "first_name": texts, "last_name": texts}
    ),
    optional(
        acts_as_professional=st.just(True),  # noqa: FBT003  # hypothesis takes the value so
        legal_form=texts,
        share_capital=st.fixed_dictionaries({"amount": money}),
        legal_representative=both(st.fixed_dictionaries({"name": texts}), optional(capacity=texts)),
        email=st.just("compta@exemple.example"),
        phone=st.just("04 65 71 10 10"),
        iban=st.just("FR76 3000 6000 0110 0000 0000 102"),
        insolvency=both(
            st.fixed_dictionaries({"type": st.just("liquidation"), "opened_on": days.map(str)}),
            optional(court=texts),
        ),
        electronic_registered_consent_on=days.map(str),
    ),
)
interests = st.one_of(
    st.builds(lambda rate: {"basis": "contractual", "percent": rate}, percents),
    st.builds(lambda rate: {"basis": "ecb_plus", "points": rate, "percent": None}, percents),
    st.sampled_from([{"basis": "legal_multiple", "multiple": "1.50"}, {"basis": "none"}]),
)


@st.composite
def claims(draw: st.DrawFn, at: int) -> dict[str, Any]:
    """An invoice whose VAT adds up."""
    base, issued_on = draw(cents), draw(days)
    vat = (base * 20 + 50) // 100
    told = draw(st.booleans())
    return {
        "id": f"{draw(blanks)}c{at}{draw(blanks)}",
        "type": draw(st.sampled_from(["invoice", "rent", "other"])),
        "number": draw(texts),
        "issued_on": str(issued_on),
        "due_on": str(issued_on + timedelta(days=draw(st.integers(0, 90)))),
        "amount_incl_tax": money_text(base + vat),
        "vat": [{"rate": "20", "base": money_text(base), "amount": money_text(vat)}]
        if told
        else [],
    } | draw(
        optional(
            description=texts,
            currency=st.just("EUR"),
            late_interest=interests,
            penalty_clause=st.builds(lambda amount: {"amount": amount}, money),
            disputed=st.booleans(),
            interest_from=days.map(str),
        )
    )


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """A request that is right."""
    count = draw(st.integers(1, 3))
    claim_ids = st.none() | st.sampled_from([f"c{at}" for at in range(count)])
    case: dict[str, Any] = {
        "reference": draw(texts),
        "creditor": {**draw(parties), "siren": draw(sirens)},
        "debtor": draw(parties),
        "claims": [draw(claims(at)) for at in range(count)],
    } | draw(
        optional(
            payments=st.lists(
                st.fixed_dictionaries(
                    {"received_on": days.map(str), "amount": money, "claim_id": claim_ids}
                ),
                max_size=2,
            ),
            steps=st.lists(
                st.fixed_dictionaries({"date": days.map(str), "type": st.just("reminder")}),
                max_size=2,
            ),
        )
    )
    options = optional(place=texts, letter_date=st.just("2026-11-23"), body_note=texts)
    day = optional(as_of=st.just("2026-11-20"), language=st.just("fr"), options=options)
    return {"kind": "mise_en_demeure", "case": case} | draw(day)


@unhurried
@given(requests())
def test_a_snapshot_reads_as_the_request_it_was_taken_of(request_: dict[str, Any]) -> None:
    first = load_request(request_, TODAY)
    kept = json.loads(json.dumps(first.snapshot))
    assert kept == first.snapshot
    again = load_snapshot(kept)
    assert again.facts == first.facts
    assert again.snapshot == first.snapshot
    assert load_request(kept, TODAY + timedelta(days=5_000)).snapshot == first.snapshot


@unhurried
@given(requests())
def test_a_snapshot_is_what_the_json_schema_describes(request_: dict[str, Any]) -> None:
    snapshot = load_request(request_, TODAY).snapshot
    assert mismatches(snapshot["case"], json_schema(DebtCaseSchema)) == []


@settings(unhurried, max_examples=300)
@given(st.sampled_from(PLACES), json_values)
def test_whatever_stands_in_a_place_is_read_or_refused_there(
    path: Sequence[str | int], value: Any
) -> None:
    request_ = changed(BODY, path, value)
    faults = faults_of_request(request_)
    for fault in faults:
        assert _points_into(fault.pointer, request_), fault
        assert fault.code
        assert fault.detail
    if not faults:
        first = load_request(request_, TODAY)
        assert load_snapshot(first.snapshot).facts == first.facts


@unhurried
@given(st.sampled_from(PLACES[1:]))
def test_whatever_is_left_out_is_not_needed_or_told_missing(path: Sequence[str | int]) -> None:
    for fault in faults_of_request(without(BODY, path)):
        assert fault.code in {"missing", "empty-list", "unknown-claim", "amounts-contradict"}


def _points_into(pointer: str, request_: Any) -> bool:
    """Whether a pointer leads to a value, or to a key that a value there could have."""
    known = {json_pointer(path) for path in places(request_)}
    return pointer in known or pointer.rpartition("/")[0] in known
