"""A lawyer's review in a real browser: read, comment, edit in Word, see the change, approve."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from cli.ports import LOOPBACK
from tests.support.browser import DESKTOP, TELEPHONE, assert_accessible, chromium
from tests.support.edits import replaced
from tests.support.http import a_request
from tests.support.office import eventually
from tests.support.running import Running

LAWYER = "jeanne@cabinet.example"


@pytest.fixture
def client(shared: Running) -> Iterator[httpx.Client]:
    made = shared.minutier("keys", "create", "--tenant", "Cabinet Relecture")
    headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
    base = f"http://{LOOPBACK}:{shared.port}"
    with httpx.Client(base_url=base, headers=headers, timeout=40, trust_env=False) as client:
        yield client


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page(viewport=DESKTOP)


def linked(client: httpx.Client) -> tuple[str, str]:
    """An act that waits for its review: its id, and the address of the page."""
    made = client.post("/v1/acts", json=a_request(), headers={"Prefer": "wait=30"})
    assert made.status_code == 201, made.text
    act_id = made.json()["id"]
    body = {"reviewer": {"name": "Me Jeanne Exemple", "email": LAWYER}}
    link = client.post(
        f"/v1/acts/{act_id}/review_links", json=body, headers={"Minutier-Actor": "Paul Clerc"}
    )
    assert link.status_code == 201, link.text
    return act_id, link.json()["url"]


def shot(page: Page, tmp_path: Path, name: str) -> None:
    """Screenshots at both widths, for people to look at."""
    for size, wide in ((DESKTOP, "desktop"), (TELEPHONE, "telephone")):
        page.set_viewport_size(size)  # type: ignore[arg-type] # a dict of the right keys
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.screenshot(path=tmp_path / f"{name}-{wide}.png", full_page=True)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def test_a_lawyer_reads_comments_edits_and_approves(
    client: httpx.Client, shared: Running, page: Page, tmp_path: Path
) -> None:
    act_id, url = linked(client)
    folder = shared.data / "mail"
    assert eventually(lambda: any(_mails(folder, url)), seconds=20)
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mise en demeure")
    assert page.locator(".sheets img").first.evaluate("i => i.complete && i.naturalWidth > 600")
    assert_accessible(page)

    page.get_by_label("Page", exact=True).select_option("1")
    page.get_by_label("Passage visé").fill("dans un délai")
    page.get_by_label("Votre commentaire").fill("Le délai me paraît court.")
    page.get_by_role("button", name="Ajouter le commentaire").click()
    expect(page.get_by_role("status")).to_contain_text("commentaire est enregistré")
    expect(page.locator(".thread .said")).to_have_text("Le délai me paraît court.")

    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Télécharger le fichier Word").click()
    word = Path(downloaded.value.path()).read_bytes()
    edited = tmp_path / "relu.docx"
    edited.write_bytes(replaced(word, "mettons en demeure", "mettons formellement en demeure"))
    page.get_by_label("Fichier Word (.docx)").set_input_files(edited)
    page.get_by_role("button", name="Envoyer le fichier").click()
    expect(page.get_by_role("status")).to_contain_text("nouvelle version")
    deadline = time.monotonic() + 40
    while page.get_by_role("heading", name="acte, version 2").count() == 0 or not (
        page.locator(".sheets img").count()
    ):
        assert time.monotonic() < deadline, page.content()
        page.goto(url)
    expect(page.locator("#modifications ins", has_text="formellement")).to_be_visible()
    shot(page, tmp_path, "review")
    assert_accessible(page)

    # The demand is no longer what was computed: who approves must say that they accept this.
    page.get_by_role("button", name="Approuver la version 2").click()
    expect(page.get_by_role("alert")).to_contain_text("cochez chacun des points")
    assert_accessible(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approuver la version 2").click()
    expect(page.get_by_role("status")).to_contain_text("approbation est enregistrée")
    assert_accessible(page)
    act = client.get(f"/v1/acts/{act_id}").json()
    assert act["status"] == "approved"
    (decision,) = client.get(f"/v1/acts/{act_id}/reviews").json()["data"]
    assert (decision["reviewer"], decision["version"]) == (LAWYER, 2)
    events = client.get(f"/v1/acts/{act_id}/audit_trail").json()["data"]
    assert events[-1]["actor"]["type"] == "review_link"


def test_from_the_keyboard_on_a_telephone_changes_are_asked_for(
    client: httpx.Client, page: Page
) -> None:
    act_id, url = linked(client)
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type] # a dict of the right keys
    page.goto(url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    field = page.get_by_label("Observations")
    for _ in range(60):
        page.keyboard.press("Tab")
        if field.evaluate("f => f === document.activeElement"):
            break
    expect(field).to_be_focused()
    page.keyboard.type("Préciser la date de livraison.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("demande de modifications")
    assert_accessible(page)
    assert client.get(f"/v1/acts/{act_id}").json()["status"] == "changes_requested"


def _mails(folder: Path, url: str) -> Iterator[str]:
    """The texts of the mails that hold an address."""
    for path in folder.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        text = message.get_content()
        if url in re.sub(r"\s", "", text):
            assert message["To"] == LAWYER
            yield text
