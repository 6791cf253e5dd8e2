"""Background work by name and arguments, as commands, dispatcher and workers share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PRODUCE = "produce"
SEAL = "seal"
MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of background work: a row of the outbox, a job of the queue."""

    topic: str
    payload: Mapping[str, Any]

    @property
    def job_id(self) -> str:
        """The id of its job, the same each time."""
        return "-".join([self.topic, *(str(value) for value in self.payload.values())])

    @property
    def function(self) -> str:
        """What RQ calls."""
        return f"jobs.worker.{self.topic}"

    @property
    def args(self) -> list[str | int]:
        """The arguments RQ passes: ids only."""
        return list(self.payload.values())


def produce_task(act_id: str, number: int) -> Task:
    """Render a version."""
    return Task(topic=PRODUCE, payload={"act_id": act_id, "number": number})


def seal_task(act_id: str) -> Task:
    """Seal an act into the archive."""
    return Task(topic=SEAL, payload={"act_id": act_id})


def mail_task(link_id: str, number: int) -> Task:
    """Send the message of a review link: the invitation (0), or a reminder from 1."""
    return Task(topic=MAIL, payload={"link_id": link_id, "number": number})
