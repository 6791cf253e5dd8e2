"""Where a request for signatures and each of its recipients may stand, and go. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from core.errors import Conflict

RequestState = Literal[
    "draft",
    "preparing",
    "preparation_failed",
    "active",
    "sealing",
    "seal_failed",
    "completed",
    "declined",
    "expired",
    "cancelled",
]
RecipientState = Literal[
    "waiting",
    "notified",
    "opened",
    "authenticated",
    "consented",
    "signed",
    "approved",
    "declined",
    "locked",
    "replaced",
    "expired",
]
Role = Literal["signer", "approver", "viewer", "copy"]
AuthMode = Literal["link", "email_code", "sms_code", "statement"]

REQUEST_MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    "draft": frozenset({"preparing", "cancelled"}),
    "preparing": frozenset({"active", "preparation_failed", "cancelled"}),
    "preparation_failed": frozenset({"preparing", "cancelled"}),
    "active": frozenset({"sealing", "declined", "expired", "cancelled"}),
    "sealing": frozenset({"completed", "seal_failed"}),
    "seal_failed": frozenset({"sealing"}),
    "expired": frozenset({"active"}),
    "completed": frozenset(),
    "declined": frozenset(),
    "cancelled": frozenset(),
}
"""From each state of a request, where it may go. `expired` may be extended once."""

_ENDS: frozenset[RecipientState] = frozenset({"declined", "locked", "replaced", "expired"})
RECIPIENT_MOVES: Mapping[RecipientState, frozenset[RecipientState]] = {
    "waiting": _ENDS.union({"notified"}),
    "notified": _ENDS.union({"opened"}),
    "opened": _ENDS.union({"authenticated", "notified"}),
    "authenticated": _ENDS.union({"consented", "approved", "notified"}),
    "consented": frozenset({"signed"}),
    "locked": frozenset({"notified", "replaced", "expired"}),
    "expired": frozenset({"waiting", "notified", "replaced"}),
    "signed": frozenset(),
    "approved": frozenset(),
    "declined": frozenset(),
    "replaced": frozenset(),
}
"""From each state of a recipient, where they may go; who has consented only signs."""

ENDED: frozenset[RequestState] = frozenset({"completed", "declined", "expired", "cancelled"})
MUST_ACT: frozenset[Role] = frozenset({"signer", "approver"})
HAS_ACTED: frozenset[RecipientState] = frozenset({"consented", "signed", "approved"})
MAY_ACT: frozenset[RecipientState] = frozenset({"notified", "opened", "authenticated"})


class SignatureStateConflict(Conflict):
    """The request, or its recipient, is not in a state from which this is possible."""

    slug = "signature-state-conflict"
    title = "The state of the signature request does not allow this"


def check_request_move(from_: RequestState, to: RequestState) -> None:
    """Refuse a move of a request that its life does not have.

    Raises:
        SignatureStateConflict: it cannot go there from where it is.
    """
    if to not in REQUEST_MOVES[from_]:
        raise SignatureStateConflict(f"the request is {from_}; it cannot become {to}")


def check_recipient_move(from_: RecipientState, to: RecipientState) -> None:
    """Refuse a move of a recipient that their life does not have.

    Raises:
        SignatureStateConflict: they cannot go there from where they are.
    """
    if to not in RECIPIENT_MOVES[from_]:
        raise SignatureStateConflict(f"the recipient is {from_}; they cannot become {to}")
