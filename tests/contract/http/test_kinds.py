"""The kinds of act, as a client reads them to build its forms."""

from __future__ import annotations

from generators.registry import act_kinds
from tests.support.http import Caller, assert_problem
from tests.support.json_schema_check import mismatches


def test_every_kind_is_listed_and_read(caller: Caller) -> None:
    listed = caller.get("/v1/kinds").get_json()
    assert [kind["kind"] for kind in listed["data"]] == sorted(act_kinds())
    assert listed["next_cursor"] is None
    for kind in listed["data"]:
        assert caller.get(f"/v1/kinds/{kind['kind']}").get_json() == kind
        assert kind["legal_basis"]
        assert kind["senders"]
        assert len(kind["template_version"]) == 64


def test_the_example_of_a_kind_fits_its_schemas_and_makes_an_act(caller: Caller) -> None:
    for kind in caller.get("/v1/kinds").get_json()["data"]:
        example = kind["example"]
        assert mismatches(example["case"], kind["case_schema"]) == []
        assert mismatches(example["options"], kind["options_schema"]) == []
        assert caller.post("/v1/acts", example).status_code == 202


def test_an_unknown_kind_is_not_found(caller: Caller) -> None:
    answer = caller.get("/v1/kinds/nothing")
    assert answer.status_code == 404
    assert_problem(answer, 404, answer.get_json()["type"].removeprefix("/problems/"))
