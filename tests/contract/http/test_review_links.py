"""Links to the review page: who comes through one, until when, and what may be done there."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from cli.ports import LOOPBACK, free_port
from jobs.mail import (
    FolderMailer,
    MailNotSent,
    MailRefused,
    Message,
    NoMailer,
    SmtpMailer,
    build_mailer,
)
from jobs.review_links import remind, send_link
from storage import outbox
from tests.support.edits import replaced, with_tracked_insertion
from tests.support.http import LAWYER, Caller, House, assert_problem

ACT = "/v1/acts"
REVIEWER = {"name": "Me Jeanne Exemple", "email": LAWYER}
SENDER = "Minutier <minutier@cabinet.example>"
NOTE = Message(id="rvl_1.0", to=LAWYER, subject="Relecture : été", text="Bonjour,\nà relire.")


class Box:
    """What an SMTP server of this machine takes in, and what it answers."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002 - aiosmtpd's names
        if self.answer.startswith("250"):
            self.mails.append(
                email.message_from_bytes(envelope.content, policy=email.policy.default)
            )
        return self.answer


@pytest.fixture(scope="module")
def smtp() -> Iterator[tuple[Box, str]]:
    box = Box()
    controller = Controller(box, hostname=LOOPBACK, port=free_port())
    controller.start()
    yield box, f"smtp://{LOOPBACK}:{controller.port}"
    controller.stop()


@pytest.fixture
def mailed(house: House, smtp: tuple[Box, str]) -> Iterator[Box]:
    """The application with a mail server."""
    box, url = smtp
    box.mails.clear()
    box.answer = "250 OK"
    object.__setattr__(house.services, "mailer", SmtpMailer(url, SENDER, house.clock))
    yield box
    object.__setattr__(house.services, "mailer", NoMailer())


def linked(house: House, caller: Caller, **more: Any) -> tuple[str, dict[str, Any]]:
    act_id = house.drafted(caller)
    answer = caller.post(f"{ACT}/{act_id}/review_links", {"reviewer": REVIEWER, **more})
    assert answer.status_code == 201, answer.text
    return act_id, answer.get_json()


def path_of(link: dict[str, Any]) -> str:
    return "/review/" + str(link["url"]).rsplit("/", 1)[1]


def opened(house: House, link: dict[str, Any]) -> Any:
    return house.app.test_client().get(path_of(link))


def posted(house: House, link: dict[str, Any], where: str, data: dict[str, Any]) -> Any:
    return house.app.test_client().post(f"{path_of(link)}/{where}", data=data)


def mail_of(house: House) -> None:
    """Send what the outbox owes, as a worker does."""
    with house.services.database.reading() as tx:
        rows = outbox.due(tx, now=house.clock(), limit=50)
    for row in rows:
        if row.topic == "mail":
            send_link(house.services, row.payload["link_id"], row.payload["number"])


def test_the_page_shows_the_act_and_looking_changes_nothing(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller)
    before = caller.get(f"{ACT}/{act_id}/audit_trail").get_json()
    rows = house.rows()
    for _ in range(3):  # mail scanners open links
        answer = opened(house, link)
        assert answer.status_code == 200
    assert "Mise en demeure" in answer.text
    assert LAWYER in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    image = house.app.test_client().get(f"{path_of(link)}/versions/1/page-1.png")
    assert image.data.startswith(b"\x89PNG")
    for name, start in (("document.docx", b"PK"), ("document.pdf", b"%PDF-")):
        file = house.app.test_client().get(f"{path_of(link)}/versions/1/{name}")
        assert file.data.startswith(start)
    assert house.rows() == rows
    assert caller.get(f"{ACT}/{act_id}/audit_trail").get_json() == before
    assert caller.get(f"{ACT}/{act_id}/review_links").get_json()["data"][0]["used_at"] is None


def test_a_link_that_is_not_good_opens_nothing(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller, expires_in_hours=2)
    _, other = linked(house, caller)
    token, stranger = path_of(link)[8:], path_of(other)[8:]
    forged = f"{token.split('.')[0]}.{stranger.split('.')[1]}"
    for bad in (forged, token[:-1], token.split(".", maxsplit=1)[0], "x", token + "a", token + "é"):
        answer = house.app.test_client().get(f"/review/{bad}")
        assert answer.status_code == 404
        assert "est plus valable" in answer.text
        assert "Mise en demeure" not in answer.text
    house.clock.move(hours=3)
    assert opened(house, link).status_code == 404
    assert posted(house, link, "decision", {"version": "1"}).status_code == 404
    assert caller.get(f"{ACT}/{act_id}").get_json()["status"] == "draft"


def test_a_revoked_link_opens_nothing_more(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller)
    gone = caller.send("DELETE", f"{ACT}/{act_id}/review_links/{link['id']}")
    assert gone.status_code == 204
    assert opened(house, link).status_code == 404
    (listed,) = caller.get(f"{ACT}/{act_id}/review_links").get_json()["data"]
    assert listed["revoked_at"] is not None
    again = caller.send("DELETE", f"{ACT}/{act_id}/review_links/{link['id']}")
    assert again.status_code == 204
    actions = [e["action"] for e in caller.get(f"{ACT}/{act_id}/audit_trail").get_json()["data"]]
    assert actions[-2:] == ["review_link_made", "review_link_revoked"]
    assert_problem(
        caller.send("DELETE", f"{ACT}/{act_id}/review_links/rvl_none"), 404, "review-link-missing"
    )


def test_what_is_done_is_done_in_the_reviewer_s_name(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller)
    done = posted(
        house, link, "comments",
        {"version": "1", "page": "1", "quote": "délai", "body": "À revoir <script>x</script>"},
    )  # fmt: skip
    assert done.status_code == 303
    assert done.headers["Location"].endswith("?fait=commentaire#fait")
    (said,) = caller.get(f"{ACT}/{act_id}/comments").get_json()["data"]
    assert said["created_by"] == {"key_id": link["id"], "actor": LAWYER}
    assert said["anchor"] == {"page": 1, "quote": "délai"}
    page = opened(house, link).text
    assert "<script>x" not in page
    assert "À revoir &lt;script&gt;" in page
    answered = {"version": "1", "in_reply_to": said["id"], "body": "Fait."}
    assert posted(house, link, "comments", answered).status_code == 303
    assert posted(house, link, f"comments/{said['id']}", {"resolved": "1"}).status_code == 303
    assert caller.get(f"{ACT}/{act_id}/comments").get_json()["data"][0]["resolved"] is True
    assert posted(house, link, f"comments/{said['id']}", {"resolved": "0"}).status_code == 303
    asked = {"version": "1", "decision": "request_changes", "comment": "Le taux."}
    assert posted(house, link, "decision", asked).status_code == 303
    event = caller.get(f"{ACT}/{act_id}/audit_trail").get_json()["data"][-1]
    assert event["action"] == "changes_requested"
    assert event["actor"] == {"type": "review_link", "link_id": link["id"], "name": LAWYER}
    (listed,) = caller.get(f"{ACT}/{act_id}/review_links").get_json()["data"]
    assert listed["used_at"] is not None


def test_what_cannot_be_done_is_said_in_french_on_the_page(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller)
    empty = posted(house, link, "comments", {"version": "1", "body": "  "})
    assert empty.status_code == 422
    assert "est pas complet" in empty.text
    huge = posted(house, link, "comments", {"version": "9" * 5000, "body": "Vu"})
    assert huge.status_code == 422
    old = posted(house, link, "decision", {"version": "9", "decision": "approve"})
    assert old.status_code == 404
    rules = {"default": {"reviewers": ["paul@cabinet.example"]}}
    assert caller.send("PUT", "/v1/settings/review", rules).status_code == 200
    refused = posted(house, link, "decision", {"version": "1", "decision": "approve"})
    assert refused.status_code == 422
    assert "ne vous désignent pas" in refused.text
    assert caller.get(f"{ACT}/{act_id}").get_json()["status"] == "draft"


def test_two_reviewers_who_disagree_are_told(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller)
    caller.post(
        f"{ACT}/{act_id}/reviews",
        {"version": 1, "decision": "request_changes", "comment": "Non"},
        Minutier_Actor="paul@cabinet.example",
    )
    approve = {"version": "1", "decision": "approve"}
    answer = posted(house, link, "decision", approve)
    assert answer.status_code == 409
    assert "Un autre relecteur" in answer.text
    review_id = re.search(r'name="replaces" value="(rev_\w+)"', answer.text)
    assert review_id is not None
    done = posted(house, link, "decision", {**approve, "replaces": review_id[1]})
    assert done.status_code == 303
    assert caller.get(f"{ACT}/{act_id}").get_json()["status"] == "approved"


def test_an_edited_file_is_the_next_version(house: House, caller: Caller) -> None:
    act_id, link = linked(house, caller)
    word = house.word(caller, act_id)
    edited = replaced(word, "Madame, Monsieur", "Cher Monsieur")
    sent = posted(
        house, link, "versions", {"file": (io.BytesIO(edited), "relu.docx"), "note": "Ton"}
    )
    assert sent.status_code == 303, sent.text
    waiting = opened(house, link)
    assert "en préparation" in waiting.text
    house.produce(act_id, 2)
    version = caller.get(f"{ACT}/{act_id}/versions/2").get_json()
    assert (version["origin"], version["note"]) == ("uploaded", "Ton")
    assert version["created_by"]["actor"] == LAWYER
    page = opened(house, link).text
    assert "Ce qui a changé depuis la version 1" in page
    redline = house.app.test_client().get(f"{path_of(link)}/versions/2/redline-1.docx")
    assert redline.data.startswith(b"PK")
    pending = with_tracked_insertion(word, "encore")
    posted(house, link, "versions", {"file": (io.BytesIO(pending), "a.docx")})
    house.produce(act_id, 3)
    refused = posted(house, link, "decision", {"version": "3", "decision": "approve"})
    assert refused.status_code == 409
    assert "modifications suivies" in refused.text
    bad = posted(house, link, "versions", {"file": (io.BytesIO(b"PK\x03\x04"), "a.docx")})
    assert bad.status_code == 422
    assert "refusé" in bad.text


def test_without_mail_the_caller_passes_the_link_on(house: House, caller: Caller) -> None:
    _, link = linked(house, caller, remind_every_days=2)
    assert (link["mailed_at"], link["remind_at"]) == (None, None)
    assert not _owed(house)


def test_the_link_is_sent_once_and_reminded_of_while_the_act_waits(
    house: House, caller: Caller, mailed: Box
) -> None:
    act_id, link = linked(house, caller, remind_every_days=2)
    mail_of(house)
    mail_of(house)
    (mail,) = mailed.mails
    assert (mail["To"], mail["From"]) == (LAWYER, SENDER)
    assert mail["Message-ID"] == f"<{link['id']}.0@cabinet.example>"
    assert link["url"] in mail.get_content()
    assert "Ce lien vous est personnel" in mail.get_content()
    house.clock.move(days=1)
    assert remind(house.services) == 0
    house.clock.move(days=1, hours=1)
    assert remind(house.services) == 1
    assert remind(house.services) == 0
    mail_of(house)
    assert mailed.mails[1]["Subject"].startswith("Rappel")
    posted(house, link, "decision", {"version": "1", "decision": "approve"})
    house.clock.move(days=3)
    assert remind(house.services) == 0
    assert len(mailed.mails) == 2
    (listed,) = caller.get(f"{ACT}/{act_id}/review_links").get_json()["data"]
    assert listed["reminders"] == 1
    assert listed["mailed_at"] is not None


def test_a_version_made_after_a_request_for_changes_is_reminded_of(
    house: House, caller: Caller, mailed: Box
) -> None:
    act_id, link = linked(house, caller, remind_every_days=1)
    mail_of(house)
    asked = {"version": "1", "decision": "request_changes", "comment": "Le taux."}
    posted(house, link, "decision", asked)
    house.clock.move(days=1, hours=1)
    assert remind(house.services) == 0
    caller.post(f"{ACT}/{act_id}/versions", {"note": "Corrigé"})
    house.produce(act_id, 2)
    house.clock.move(days=1, hours=1)
    assert remind(house.services) == 1
    mail_of(house)
    assert len(mailed.mails) == 2
    house.clock.move(days=7)  # the link has ended
    assert remind(house.services) == 0
    (listed,) = caller.get(f"{ACT}/{act_id}/review_links").get_json()["data"]
    assert listed["remind_at"] is None


def test_a_mail_server_that_is_busy_is_asked_again_one_that_refuses_is_not(
    house: House, caller: Caller, mailed: Box
) -> None:
    act_id, link = linked(house, caller)
    mailed.answer = "451 come again"
    mail_of(house)
    assert _owed(house, later=True) == [link["id"]]
    mailed.answer = "250 OK"
    house.clock.move(minutes=2)
    mail_of(house)
    assert len(mailed.mails) == 1
    _, other = linked(house, caller)
    mailed.answer = "550 no such user"
    mail_of(house)
    assert not _owed(house, later=True)
    act_id = other["act_id"]
    (listed,) = caller.get(f"{ACT}/{act_id}/review_links").get_json()["data"]
    assert "550" in listed["mail_problem"]


def test_every_mailer_sends_the_same_message(smtp: tuple[Box, str], tmp_path: Any) -> None:
    box, url = smtp
    box.mails.clear()
    box.answer = "250 OK"
    folder = FolderMailer(tmp_path / "mail", SENDER)
    for mailer in (SmtpMailer(url, SENDER), folder):
        assert mailer.carries
        mailer.send(NOTE)
    (path,) = (tmp_path / "mail").glob("*.eml")
    written = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for mail in (box.mails[0], written):
        assert mail["Subject"] == NOTE.subject
        assert mail["Message-ID"] == "<rvl_1.0@cabinet.example>"
        assert mail.get_content().splitlines() == NOTE.text.splitlines()
    folder.send(NOTE)  # again does no harm
    assert len(list((tmp_path / "mail").iterdir())) == 1
    box.answer = "451 later"
    with pytest.raises(MailNotSent):
        SmtpMailer(url, SENDER).send(NOTE)
    box.answer = "554 never"
    with pytest.raises(MailRefused):
        SmtpMailer(url, SENDER).send(NOTE)
    with pytest.raises(MailNotSent):
        SmtpMailer("smtp://127.0.0.1:1", SENDER).send(NOTE)
    with pytest.raises(MailNotSent):  # it offers no TLS, and nothing is said in the clear
        SmtpMailer(f"{url}?tls=starttls", SENDER).send(NOTE)
    assert not build_mailer(None, SENDER).carries
    with pytest.raises(MailRefused):
        NoMailer().send(NOTE)


def test_without_a_secret_there_are_no_links(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    bare = dataclasses.replace(house.services.settings, link_secret=None)
    object.__setattr__(house.services, "settings", bare)
    answer = caller.post(f"{ACT}/{act_id}/review_links", {"reviewer": REVIEWER})
    assert_problem(answer, 503, "links-not-configured")


def _owed(house: House, *, later: bool = False) -> list[str]:
    if later:
        house.clock.move(minutes=2)
    with house.services.database.reading() as tx:
        rows = outbox.due(tx, now=house.clock(), limit=50)
    return [row.payload["link_id"] for row in rows if row.topic == "mail"]
