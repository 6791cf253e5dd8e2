"""The real application for tests: SQLite on disk, stores and queue in memory, LibreOffice."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from api.files import DOCX
from core.clock import IdFactory
from core.settings import Settings
from generators.office import OfficePool
from jobs.produce import produce
from jobs.seal import seal_act
from jobs.services import Services
from storage.database.tables import metadata
from storage.keys import ALL_SCOPES, NewKey, create_key

EXAMPLE: Mapping[str, Any] = json.loads(
    (Path(__file__).parents[2] / "generators/kinds/mise_en_demeure/example.json").read_text("utf-8")
)
LAWYER = "jane@cabinet.example"


class Clock:
    """Time for tests: it moves a millisecond each time it is read, and when it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def __call__(self) -> datetime:
        self._at += timedelta(milliseconds=1)
        return self._at

    def move(self, **by: float) -> None:
        """Let time pass."""
        self._at += timedelta(**by)


def settings_for(data: Path, **changes: Any) -> Settings:
    """Settings of a stack whose servers nobody asks."""
    environ = {
        "MINUTIER_DATA": str(data),
        "MINUTIER_DATABASE_URL": f"sqlite:///{data / 'minutier.db'}",
        "MINUTIER_REDIS_URL": "redis://127.0.0.1:1",
        "MINUTIER_S3_ENDPOINT": "http://127.0.0.1:1",
        "MINUTIER_S3_ACCESS_KEY": "nobody",
        "MINUTIER_S3_SECRET_KEY": "nothing",
        "MINUTIER_LINK_SECRET": "a secret of thirty-two characters",
        **changes,
    }
    return Settings.from_env(environ)


def a_request(**changes: Any) -> dict[str, Any]:
    """The example of a formal notice, to be changed freely; keys of the top level are replaced."""
    return {**copy.deepcopy(dict(EXAMPLE)), **changes}


def set_in(body: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    """A body with the value at a JSON pointer replaced, added, or removed if it is `...`."""
    target: Any = body
    *steps, last = pointer.lstrip("/").split("/")
    for step in steps:
        target = target[int(step) if isinstance(target, list) else step]
    place = int(last) if isinstance(target, list) else last
    if value is ...:
        del target[place]
    else:
        target[place] = value
    return body


_BOUNDARY = b"minutier-5f1c0a"


def _part(said: str, data: bytes) -> bytes:
    """A part of a form; Werkzeug's own writer leaves the file of a large one open."""
    head = f"Content-Disposition: form-data; {said}\r\n\r\n".encode()
    return b"".join([b"--", _BOUNDARY, b"\r\n", head, data, b"\r\n"])


@dataclass
class Caller:
    """A client with a key."""

    client: FlaskClient
    key: NewKey
    seen: Callable[[str, str, TestResponse], None]
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET."""
        return self.send("GET", path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        """POST of a JSON body, or of none."""
        return self.send("POST", path, body, headers=headers)

    def put_file(
        self, path: str, data: bytes, media_type: str = DOCX, **headers: str
    ) -> TestResponse:
        """PUT of a file."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.put(
            path,
            data=data,
            content_type=media_type,
            headers={"Authorization": f"Bearer {self.key.secret}", **self.headers, **named},
        )
        self.seen("PUT", path, answer)
        return answer

    def send(
        self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        """A request; header names are given as Python names."""
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        answer = self.client.open(
            path,
            method=method,
            json=body,
            headers={"Authorization": f"Bearer {self.key.secret}", **self.headers, **named},
        )
        self.seen(method, path, answer)
        return answer

    def upload(
        self, path: str, word: bytes, note: str | None = None, **headers: str
    ) -> TestResponse:
        """POST of a form with a Word file."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        parts = [_part('name="file"; filename="acte.docx"', word)]
        if note is not None:
            parts.append(_part('name="note"', note.encode()))
        answer = self.client.post(
            path,
            data=b"".join([*parts, b"--", _BOUNDARY, b"--\r\n"]),
            content_type=f"multipart/form-data; boundary={_BOUNDARY.decode()}",
            headers={"Authorization": f"Bearer {self.key.secret}", **self.headers, **named},
        )
        self.seen("POST", path, answer)
        return answer

    def attach(
        self,
        path: str,
        data: bytes,
        *,
        name: str = "facture.pdf",
        label: str | None = None,
        **headers: str,
    ) -> TestResponse:
        """POST of a form with a supporting file."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        parts = [_part(f'name="file"; filename="{name}"', data)]
        if label is not None:
            parts.append(_part('name="label"', label.encode()))
        answer = self.client.post(
            path,
            data=b"".join([*parts, b"--", _BOUNDARY, b"--\r\n"]),
            content_type=f"multipart/form-data; boundary={_BOUNDARY.decode()}",
            headers={"Authorization": f"Bearer {self.key.secret}", **self.headers, **named},
        )
        self.seen("POST", path, answer)
        return answer


@dataclass
class House:
    """The application with its parts, and its first cabinet."""

    app: Flask
    services: Services
    clock: Clock
    office: Callable[[], OfficePool]
    seen: Callable[[str, str, TestResponse], None]

    def caller(self, *scopes: str, tenant: str = "Cabinet Essai") -> Caller:
        """A client of a cabinet, whose key may do everything unless scopes are named."""
        wanted = frozenset(scopes or (ALL_SCOPES,))
        with self.services.database.transaction() as tx:
            key = create_key(tx, tenant, wanted, self.clock(), self.services.new_id)
        return Caller(self.app.test_client(), key, self.seen)

    def produce(self, act_id: str, number: int = 1) -> None:
        """Render a version, as a worker does."""
        produce(self.services, self.office(), "worker", act_id, number)

    def word(self, caller: Caller, act_id: str, number: int = 1) -> bytes:
        """The Word file of a version."""
        answer = caller.get(f"/v1/acts/{act_id}/versions/{number}/document.docx")
        assert answer.status_code == 200, answer.text
        return answer.data

    def uploaded(self, caller: Caller, act_id: str, word: bytes, number: int = 2) -> dict[str, Any]:
        """An edited Word file as a finished version, as it is read."""
        answer = caller.upload(f"/v1/acts/{act_id}/versions", word)
        assert answer.status_code == 202, answer.text
        self.produce(act_id, number)
        found: dict[str, Any] = caller.get(f"/v1/acts/{act_id}/versions/{number}").get_json()
        assert found["status"] == "ready", found
        return found

    def seal(self, act_id: str) -> None:
        """Seal an act, as a worker does."""
        seal_act(self.services, act_id)

    def drafted(self, caller: Caller, **changes: Any) -> str:
        """An act that is a draft; its identifier."""
        act_id = str(created(caller, **changes)["id"])
        self.produce(act_id)
        return act_id

    def approved(self, caller: Caller) -> str:
        """An act whose version is approved; its identifier."""
        act_id = self.drafted(caller)
        body = {"version": 1, "decision": "approve"}
        answer = caller.post(f"/v1/acts/{act_id}/reviews", body, Minutier_Actor=LAWYER)
        assert answer.status_code == 201, answer.text
        return act_id

    def archived(self, caller: Caller) -> str:
        """A sealed act; its identifier."""
        act_id = self.approved(caller)
        accepted = caller.post(f"/v1/acts/{act_id}/archive", Prefer="wait=0")
        assert accepted.status_code == 202, accepted.text
        self.seal(act_id)
        return act_id

    def rows(self) -> dict[str, int]:
        """How many rows each table of acts holds."""
        with self.services.database.reading() as tx:
            return {
                name: tx.scalar(select(func.count()).select_from(metadata.tables[name])) or 0
                for name in metadata.tables
                if name not in {"tenants", "api_keys"}
            }

    def is_empty(self) -> bool:
        """Whether nothing of any act is stored anywhere."""
        return not any(self.rows().values()) and not list(self.services.drafts.list(""))


def created(caller: Caller, **changes: Any) -> dict[str, Any]:
    """An act just accepted, as it was answered."""
    answer = caller.post("/v1/acts", a_request(**changes))
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def assert_problem(
    answer: TestResponse, status: int, slug: str, *pointers: str
) -> list[dict[str, Any]]:
    """An answer is a problem of a type; its errors, which include these pointers."""
    body = answer.get_json()
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert body["type"] == f"/problems/{slug}", body
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["instance"] == answer.request.path
    assert answer.headers["Request-Id"]
    errors: list[dict[str, Any]] = body.get("errors", [])
    assert all({"pointer", "code", "detail"} <= set(error) for error in errors)
    assert set(pointers) <= {error["pointer"] for error in errors}, errors
    return errors


def services_of(settings: Settings, clock: Clock, **parts: Any) -> Services:
    """Services made of given parts."""
    return Services(settings=settings, now=clock, new_id=IdFactory(clock), **parts)
