"""Whatever is called in whatever order, nothing that was not approved is archived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from generators.office import OfficePool
from tests.support.edits import replaced, with_paragraph, with_tracked_insertion
from tests.support.http import Caller, House, created

PEOPLE = st.sampled_from(
    ["jane@cabinet.example", "paul@cabinet.example", "jane@cabinet.example", None]
)
LATE = st.sampled_from([False, False, False, True])
DECIDED = {"approved", "signing", "signed", "archived"}
EDITS: dict[str, Callable[[bytes], bytes]] = {
    "clean": lambda word: with_paragraph(word, "Une ligne."),
    "unsettled": lambda word: with_tracked_insertion(word, "À voir"),
    "contradicting": lambda word: replaced(word, "mettons en demeure", "demandons"),
}


class SameOffice:
    """Gives the PDF of the first document for every other: the pages do not matter here."""

    version = "LibreOffice"

    def __init__(self, office: Callable[[], OfficePool]) -> None:
        self._office = office
        self._pdf: bytes | None = None

    def convert(self, docx: bytes) -> bytes:
        """The PDF."""
        if self._pdf is None:
            self._pdf = self._office().convert(docx)
        return self._pdf


class Life(RuleBasedStateMachine):
    """An act, all that may be called on it, and what its reviewers were told was done."""

    house: House
    caller: Caller
    reached: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.act_id = created(self.caller)["id"]
        self.house.produce(self.act_id)
        self.second_needed = self.four_eyes = False
        self.put_rules(second=False, four_eyes=False)
        self.author: str | None = None
        self.approvers: set[str] = set()
        self.is_approved = False

    def call(self, method: str, path: str, body: Any = None, by: str | None = None) -> Any:
        """Call something of the act; no answer is an error of ours."""
        headers = {} if by is None else {"Minutier_Actor": by}
        answer = self.caller.send(method, f"/v1/acts/{self.act_id}{path}", body, headers=headers)
        assert answer.status_code < 500, answer.text
        return answer

    def act(self) -> dict[str, Any]:
        """The act as it stands."""
        found: dict[str, Any] = self.call("GET", "").get_json()
        return found

    def began_anew(self, answer: Any, by: str | None, *, late: bool) -> None:
        """A new version was taken, or refused."""
        if answer.status_code == 202:
            self.author, self.approvers, self.is_approved = by, set(), False
            if not late:
                self.a_worker_comes()

    @rule(second=st.booleans(), four_eyes=st.booleans())
    def put_rules(self, second: bool, four_eyes: bool) -> None:  # noqa: FBT001 - Hypothesis calls it by names
        rules = {"four_eyes": four_eyes, **({"second_approval_from": "0.00"} if second else {})}
        answer = self.caller.send("PUT", "/v1/settings/review", {"default": rules})
        assert answer.status_code == 200
        self.second_needed, self.four_eyes = second, four_eyes

    @rule(by=PEOPLE, late=LATE)
    def change_the_facts(self, by: str | None, late: bool) -> None:  # noqa: FBT001 - as above
        self.began_anew(self.call("POST", "/versions", {"note": "Relu"}, by), by, late=late)

    @rule(by=PEOPLE, edit=st.sampled_from(sorted(EDITS)), base=st.integers(1, 3), late=LATE)
    def send_an_edited_file(
        self,
        by: str | None,
        edit: str,
        base: int,
        late: bool,  # noqa: FBT001 - as above
    ) -> None:
        found = self.call("GET", f"/versions/{base}/document.docx")
        if found.status_code != 200:
            return
        try:
            word = EDITS[edit](found.data)
        except AssertionError:  # edited so already
            return
        headers = {} if by is None else {"Minutier_Actor": by}
        path = f"/v1/acts/{self.act_id}/versions"
        self.began_anew(self.caller.upload(path, word, **headers), by, late=late)

    @rule()
    def a_worker_comes(self) -> None:
        self.house.produce(self.act_id, self.act()["current_version"])

    @rule(by=PEOPLE)
    def approve(self, by: str | None) -> None:
        self.decide(by, "approve", 0, acknowledges=True, overrules=True)

    @rule()
    def go_by_the_book(self) -> None:
        """Whoever may approves what stands, then it is archived; chance alone seldom does both."""
        self.a_worker_comes()
        for by in ("jane@cabinet.example", "paul@cabinet.example"):
            self.decide(by, "approve", 0, acknowledges=True, overrules=True)
        self.archive()

    @rule(
        by=PEOPLE,
        decision=st.sampled_from(["approve", "approve", "request_changes"]),
        offset=st.sampled_from([0, 0, 0, -1]),
        acknowledges=st.booleans(),
        overrules=st.booleans(),
    )
    def decide(
        self,
        by: str | None,
        decision: str,
        offset: int,
        acknowledges: bool,  # noqa: FBT001 - as above
        overrules: bool,  # noqa: FBT001 - as above
    ) -> None:
        current = self.act()["current_version"]
        body: dict[str, Any] = {"version": max(current + offset, 1), "decision": decision}
        concerns = self.call("GET", f"/versions/{body['version']}").get_json()["concerns"]
        if acknowledges:
            body["acknowledged"] = [one["id"] for one in concerns]
        reviews = self.call("GET", "/reviews").get_json()["data"]
        if overrules and reviews:
            body["replaces"] = reviews[-1]["id"]
        answer = self.call("POST", "/reviews", body, by)
        if answer.status_code != 201:
            return
        assert by is not None
        assert body["version"] == current
        if decision == "request_changes":
            self.approvers, self.is_approved = set(), False
            return
        effects = {one["effect"] for one in concerns}
        assert "blocks" not in effects
        assert "acknowledge" not in effects or acknowledges
        assert not (self.four_eyes and by == self.author)
        self.approvers.add(by)
        self.is_approved = len(self.approvers) >= (2 if self.second_needed else 1)

    @rule()
    def archive(self) -> None:
        self.call("POST", "/archive")
        self.house.seal(self.act_id)

    @rule()
    def comment(self) -> None:
        version = self.act()["current_version"]
        self.call("POST", "/comments", {"version": version, "body": "Vu"})

    @invariant()
    def only_what_was_approved_goes_on(self) -> None:
        act = self.act()
        self.reached.add(act["status"])
        if act["status"] in DECIDED:
            assert self.is_approved, act["status"]
        if act["status"] == "archived":
            record = self.caller.get(f"/v1/archive/{self.act_id}").get_json()
            assert record["version"] == act["current_version"]


def test_no_sequence_of_calls_archives_what_was_not_approved(
    house: House, caller: Caller, office: Callable[[], OfficePool]
) -> None:
    same: Any = SameOffice(office)
    fast = House(house.app, house.services, house.clock, lambda: same, house.seen)
    Life.house, Life.caller = fast, caller
    caller.client.get("/healthz")
    calm = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=calm)
    assert Life.reached >= {"draft", "changes_requested", "approved", "archived"}
