"""The API as it is served: gunicorn with two processes, a worker, a browser."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright

from cli.ports import LOOPBACK
from generators.registry import act_kinds
from storage import package_verifier
from tests.support.http import LAWYER, a_request
from tests.support.running import Running

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def client(shared: Running) -> Iterator[httpx.Client]:
    """A client with a key; a connection for each request lets both processes answer."""
    made = shared.minutier("keys", "create", "--tenant", "Cabinet Essai")
    headers = {"Authorization": f"Bearer {made.stdout.strip()}", "Connection": "close"}
    base = f"http://{LOOPBACK}:{shared.port}"
    with httpx.Client(base_url=base, headers=headers, timeout=40, trust_env=False) as client:
        yield client


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page(viewport={"width": 1280, "height": 1400})
        browser.close()


def test_from_a_case_to_evidence_that_holds_offline(client: httpx.Client, tmp_path: Path) -> None:
    made = client.post("/v1/acts", json=a_request(), headers={"Prefer": "wait=30"})
    assert made.status_code == 201, made.text
    act = made.json()
    assert act["status"] == "draft"
    assert client.get(act["links"]["pdf"]).content.startswith(b"%PDF-")
    assert client.get(f"{act['links']['self']}/versions/1/preview/1.png").content[1:4] == b"PNG"
    decision = {"version": 1, "decision": "approve"}
    approved = client.post(
        f"/v1/acts/{act['id']}/reviews", json=decision, headers={"Minutier-Actor": LAWYER}
    )
    assert approved.status_code == 201
    sealed = client.post(f"/v1/acts/{act['id']}/archive", headers={"Prefer": "wait=30"})
    assert sealed.status_code == 201, sealed.text
    evidence = tmp_path / "evidence.zip"
    evidence.write_bytes(client.get(sealed.json()["links"]["evidence"]).content)
    assert package_verifier.main([str(evidence)]) == 0
    assert client.post(sealed.json()["links"]["verify"]).json()["outcome"] == "ok"


def test_one_idempotency_key_makes_one_act_whichever_process_answers(client: httpx.Client) -> None:
    headers = {"Idempotency-Key": "one"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: client.post("/v1/acts", json=a_request(), headers=headers), range(24)
            )
        )
    assert {answer.status_code for answer in answers} <= {202, 409}
    made = {answer.content for answer in answers if answer.status_code == 202}
    assert len(made) == 1
    again = client.post("/v1/acts", json=a_request(), headers=headers)
    assert again.content in made
    assert again.headers["Idempotency-Replayed"] == "true"


def test_requests_to_both_processes_are_counted_together(client: httpx.Client) -> None:
    left = [int(client.get("/v1/kinds").headers["RateLimit-Remaining"]) for _ in range(8)]
    assert all(a - b == 1 or b > a for a, b in itertools.pairwise(left)), left


def test_a_body_sent_in_chunks_is_measured(client: httpx.Client) -> None:
    def chunks(surplus: int) -> Iterator[bytes]:
        yield json.dumps(a_request()).encode()
        for _ in range(surplus):
            yield b" " * 65_536

    headers = {"Content-Type": "application/json"}
    accepted = client.post("/v1/acts", content=chunks(1), headers=headers)
    assert accepted.status_code == 202
    refused = client.post("/v1/acts", content=chunks(17), headers=headers)
    assert refused.status_code == 413
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_the_reference_opens_in_a_browser_and_asks_nobody_else(shared: Running, page: Page) -> None:
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    origin = f"http://{LOOPBACK}:{shared.port}"
    page.goto(f"{origin}/docs#/acts/postActs")
    operation = page.locator("#operations-acts-postActs")
    operation.get_by_text("Request body").wait_for()
    shown = operation.locator("textarea.body-param__text").first.input_value()
    assert json.loads(shown) in [dict(kind.example) for kind in act_kinds().values()]
    assert page.get_by_text("/v1/archive/{act_id}/evidence.zip").first.is_visible()
    assert errors == []
    assert asked
    assert all(url.startswith((f"{origin}/", "data:")) for url in asked), asked


def test_the_pages_of_problems_open_in_a_browser(shared: Running, page: Page) -> None:
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.goto(f"http://{LOOPBACK}:{shared.port}/problems")
    page.get_by_role("link", name="legal-check-failed").click()
    page.get_by_role("heading", name="The law does not allow this act").wait_for()
    assert errors == []
