"""Every kind of act, and every case of practice whose kind exists, becomes a draft over HTTP."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import pytest

from generators.kind import ActKind
from generators.registry import act_kinds
from tests.support.cases import CASES, case_body
from tests.support.http import Caller, House

KINDS = list(act_kinds().values())
KNOWN = [number for number in CASES if case_body(number)["kind"] in act_kinds()]


def drafted(house: House, caller: Caller, body: dict[str, Any]) -> dict[str, Any]:
    """The draft of a request, with its first version."""
    answer = caller.post("/v1/acts", body)
    assert answer.status_code == 202, answer.text
    act_id = answer.get_json()["id"]
    house.produce(act_id)
    act: dict[str, Any] = caller.get(f"/v1/acts/{act_id}").get_json()
    return act | {"version": caller.get(f"/v1/acts/{act_id}/versions/1").get_json()}


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_example_of_a_kind_becomes_a_draft(house: House, caller: Caller, kind: ActKind) -> None:
    listed = caller.get(f"/v1/kinds/{kind.slug}").get_json()
    act = drafted(house, caller, listed["example"])
    assert act["status"] == "draft"
    assert caller.get(act["links"]["pdf"]).data.startswith(b"%PDF-")
    assert (act["version"]["statement"] is None) == (act["totals"] is None)


@pytest.mark.parametrize("number", KNOWN)
def test_a_case_of_practice_becomes_a_draft(house: House, caller: Caller, number: str) -> None:
    act = drafted(house, caller, case_body(number))
    assert act["status"] == "draft"
    assert act["case_reference"] == case_body(number)["case"]["reference"]
