"""Supporting files: received, joined to an act, read for an audit, swept if nobody claims them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from core.errors import Conflict, Fault, InvalidFacts, NotFound, Unavailable
from generators.attachments import DOCX, PDF, ExaminedFile, examine_file
from generators.dossier import Dossier, DossierOf, ExhibitFile, bind
from generators.pdf_pages import page_count
from generators.pdf_text import NoText, terms_of_pdf
from generators.registry import act_kinds
from generators.request import ActRequest
from generators.word_terms import terms_of_word
from jobs.services import Services
from storage import acts, archives_db, attachments, trail
from storage.acts import Act, Status
from storage.attachments import Attachment, AttachmentMissing, file_bytes, pdf_bytes, put_bytes
from storage.database import Transaction
from storage.drafts import put_content
from storage.keys import Principal

WithinAttachment = Callable[[Transaction, Attachment], None]
UNCLAIMED_FOR: Final = timedelta(hours=24)
OPEN: Final[frozenset[Status]] = frozenset(
    {"queued", "rendering", "draft", "changes_requested", "approved", "signing", "signed", "failed"}
)
"""Statuses in which a file may still join an act."""
_SWEPT_AT_ONCE: Final = 100
_PAGED: Final = (PDF, "image/png", "image/jpeg")


class AttachmentNotUsable(InvalidFacts):
    """The data name an attachment that cannot be used there."""

    slug = "attachment-not-usable"
    title = "An attachment cannot be used"


class BeingArchived(Conflict):
    """The act is being sealed: what belongs to it is fixed."""

    slug = "being-archived"
    title = "The act is being archived"


class AttachmentBelongs(Conflict):
    """The file belongs to an act, and stays with it."""

    slug = "attachment-belongs-to-act"
    title = "The attachment belongs to an act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as a client sends it.

    Attributes:
        file_name: As the client calls it; never trusted.
        label: What it is, in the client's words.
    """

    data: bytes
    file_name: str
    label: str | None


def receive(
    services: Services,
    principal: Principal,
    upload: Upload,
    *,
    act_id: str | None,
    actor: str | None,
    within: WithinAttachment | None = None,
) -> Attachment:
    """Keep a supporting file; with an act, join it to that act at once.

    Raises:
        AttachmentRefused: no type that is accepted, or unsafe; nothing is stored.
        WordFileRefused: the same of a Word file.
        StatusConflict: the act is archived or voided.
        BeingArchived: the act is being sealed.
    """
    if act_id is not None:
        with services.database.reading() as tx:
            _require_open(tx, acts.get_act(tx, principal.tenant_id, act_id))
    found = examine_file(upload.data)
    attachment = _attachment(services, principal, upload, found, actor)
    put_bytes(services.drafts, attachment, upload.data, found.page)
    try:
        with services.database.transaction() as tx:
            attachments.insert_attachment(tx, attachment)
            joined = attachment
            if act_id is not None:
                act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
                _require_open(tx, act)
                who = {"type": "key", "key_id": principal.key_id, "name": actor}
                joined = _join(tx, act, attachment, who, services.now())
            if within:
                within(tx, joined)
    except (Conflict, NotFound):
        with suppress(Unavailable):  # no row knows them: nobody else would delete them
            attachments.delete_bytes(services.drafts, attachment)
        raise
    return joined


def discard(services: Services, principal: Principal, attachment_id: str) -> None:
    """Delete a file that belongs to no act.

    Raises:
        AttachmentMissing: there is none.
        AttachmentBelongs: it belongs to an act.
    """
    with services.database.transaction() as tx:
        attachment = attachments.get_attachment(tx, principal.tenant_id, attachment_id)
        if not attachments.give_up(tx, attachment_id, at=services.now()):
            raise AttachmentBelongs(f"it belongs to act {attachment.act_id}")
    with suppress(Unavailable):  # the sweep comes back to it
        _delete(services, attachment)


def claim_named(
    tx: Transaction, act: Act, request: ActRequest, actor: Mapping[str, Any], at: datetime
) -> None:
    """Join the files that a request names to its act, in the transaction that accepts it.

    Raises:
        AttachmentNotUsable: one is unknown, another act's, named twice, or of a type that cannot
            stand there; each with its pointer.
    """
    faults: list[Fault] = []
    seen: set[str] = set()
    for pointer, attachment_id, types in _named(request):
        if attachment_id in seen:
            faults.append(_fault(pointer, "attachment-twice", "This file is named twice."))
            continue
        seen.add(attachment_id)
        try:
            attachment = attachments.get_attachment(tx, act.tenant_id, attachment_id)
        except AttachmentMissing:
            faults.append(_unknown(pointer))
            continue
        if attachment.media_type not in types:
            detail = f"A file of this type cannot stand here: {attachment.media_type}."
            faults.append(_fault(pointer, "attachment-type", detail))
        elif attachment.act_id is None:
            _join(tx, act, attachment, actor, at)
        elif attachment.act_id != act.id:
            faults.append(_claimed(pointer))
    if faults:
        raise _not_usable(faults)


def with_terms(services: Services, tenant_id: str, body: Any, *, kind: str | None = None) -> Any:
    """A request body with the text of the file that it names for an audit.

    Only a kind that reads a file asks for it (`ActKind.reads_file`); any other body, and one that
    is no object, comes back as it is.

    Raises:
        AttachmentNotUsable: the file is unknown, has no text, or the text given beside it differs.
    """
    path = _text_path(body, kind)
    if path is None:
        return body
    options, name = body["options"], path
    part = options[name]
    attachment_id, pointer = part["attachment_id"], f"/options/{name}/attachment_id"
    try:
        with services.database.reading() as tx:
            attachment = attachments.get_attachment(tx, tenant_id, str(attachment_id))
    except AttachmentMissing as error:
        raise _not_usable([_unknown(pointer)]) from error
    text = _terms(services, attachment, pointer)
    if part.get("text") not in (None, text):
        detail = "The text and the file say different things: give one of them."
        raise _not_usable([_fault(f"/options/{name}/text", "text-and-attachment", detail)])
    return {**body, "options": {**options, name: {**part, "text": text}}}


def put_dossier(
    services: Services,
    tenant_id: str,
    request: ActRequest,
    act_pdf: bytes,
    convert: Callable[[bytes], bytes],
) -> dict[str, Any] | None:
    """Bind the act with the exhibits that have a file; what the version keeps of it (`Version`).

    Raises:
        ContentDamaged: the store gives back other bytes.
        PdfUnreadable: an exhibit cannot be read any more.
    """
    made = _bound(services, tenant_id, request, act_pdf, convert)
    if made is None:
        return None
    return {
        "sha256": put_content(services.drafts, tenant_id, made.pdf, PDF),
        "pages": page_count(made.pdf),
        "pdfa": made.is_archival,
        "reasons": [{"exhibit": number, "why": why} for number, why in made.reasons],
    }


def _bound(
    services: Services,
    tenant_id: str,
    request: ActRequest,
    act_pdf: bytes,
    convert: Callable[[bytes], bytes],
) -> Dossier | None:
    files = list(_exhibit_files(services, tenant_id, request))
    if not files:
        return None
    facts = request.facts
    made_on: date = getattr(facts.options, "letter_date", None) or facts.as_of
    about = DossierOf(title=request.kind.title, reference=facts.case.reference, made_on=made_on)
    return bind(act_pdf, files, about, convert=convert)


def sweep(services: Services) -> int:
    """Delete the files that nobody claimed within a day, and those given up; how many.

    A store that is away leaves them given up, for the next sweep.
    """
    now, swept = services.now(), 0
    with services.database.transaction() as tx:
        attachments.give_up_old(tx, before=now - UNCLAIMED_FOR, at=now)
    while True:
        with services.database.reading() as tx:
            left = attachments.given_up(tx, limit=_SWEPT_AT_ONCE)
        if not left:
            return swept
        for attachment in left:
            _delete(services, attachment)
        swept += len(left)


def _delete(services: Services, attachment: Attachment) -> None:
    """Delete one that was given up: its row last, for it says where its bytes are."""
    attachments.delete_bytes(services.drafts, attachment)
    with services.database.transaction() as tx:
        attachments.forget(tx, attachment.id)


def _exhibit_files(
    services: Services, tenant_id: str, request: ActRequest
) -> Iterator[ExhibitFile]:
    for number, exhibit in enumerate(request.facts.case.exhibits, start=1):
        if exhibit.attachment_id is None:
            continue
        with services.database.reading() as tx:
            attachment = attachments.get_attachment(tx, tenant_id, exhibit.attachment_id)
        yield ExhibitFile(
            number=number,
            label=exhibit.label,
            on=exhibit.on,
            pdf=pdf_bytes(services.drafts, attachment),
        )


def _named(request: ActRequest) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Each file that a request names: its pointer, its id, the types that may stand there."""
    for at, exhibit in enumerate(request.facts.case.exhibits):
        if exhibit.attachment_id is not None:
            yield f"/case/exhibits/{at}/attachment_id", exhibit.attachment_id, _PAGED
    name = request.kind.reads_file
    part = getattr(request.facts.options, name) if name else None
    if part is not None and part.attachment_id is not None:
        yield f"/options/{name}/attachment_id", part.attachment_id, (DOCX, PDF)


def _text_path(body: Any, kind: str | None) -> str | None:
    """The option whose file is to be read, if the body has one."""
    if not isinstance(body, Mapping):
        return None
    named = act_kinds().get(str(kind or body.get("kind")))
    name = named.reads_file if named else None
    options = body.get("options")
    part = options.get(name) if name and isinstance(options, Mapping) else None
    if not isinstance(part, Mapping) or not isinstance(part.get("attachment_id"), str):
        return None
    return name


def _terms(services: Services, attachment: Attachment, pointer: str) -> str:
    data = file_bytes(services.drafts, attachment)
    if attachment.media_type == DOCX:
        return terms_of_word(data)
    if attachment.media_type == PDF:
        try:
            return terms_of_pdf(data)
        except NoText as error:
            raise _not_usable([_fault(pointer, "attachment-without-text", error.detail)]) from error
    detail = "A picture has no text: send the terms as Word, as a PDF with text, or as text."
    raise _not_usable([_fault(pointer, "attachment-without-text", detail)])


def _attachment(
    services: Services,
    principal: Principal,
    upload: Upload,
    found: ExaminedFile,
    actor: str | None,
) -> Attachment:
    sha256 = hashlib.sha256(upload.data).hexdigest()
    of_page = hashlib.sha256(found.page).hexdigest() if found.page is not None else None
    return Attachment(
        id=services.new_id("att"),
        tenant_id=principal.tenant_id,
        act_id=None,
        label=upload.label,
        file_name=upload.file_name,
        media_type=found.media_type,
        size=len(upload.data),
        sha256=sha256,
        pdf_sha256=sha256 if found.media_type == PDF else of_page,
        pages=found.pages,
        key_id=principal.key_id,
        actor_name=actor,
        created_at=services.now(),
        claimed_at=None,
    )


def _join(
    tx: Transaction, act: Act, attachment: Attachment, actor: Mapping[str, Any], at: datetime
) -> Attachment:
    if not attachments.claim(tx, act.tenant_id, attachment.id, act.id, at=at):
        raise AttachmentBelongs("another act claimed it meanwhile")
    trail.append(
        tx,
        tenant_id=act.tenant_id,
        act_id=act.id,
        at=at,
        actor=actor,
        action="attachment_added",
        details={
            "attachment_id": attachment.id,
            "sha256": attachment.sha256,
            "media_type": attachment.media_type,
            "size": attachment.size,
        },
    )
    return replace(attachment, act_id=act.id, claimed_at=at)


def _require_open(tx: Transaction, act: Act) -> None:
    if act.status not in OPEN:
        raise acts.StatusConflict(f"the act is {act.status}; nothing is added to it any more")
    begun = archives_db.find_archive(tx, act.tenant_id, act.id)
    if begun and begun.status == "sealing" and begun.version == act.current_version:
        raise BeingArchived("what belongs to the act is being sealed")


def _unknown(pointer: str) -> Fault:
    detail = "There is no such attachment: upload it first, within the last 24 hours."
    return _fault(pointer, "attachment-unknown", detail)


def _claimed(pointer: str) -> Fault:
    return _fault(pointer, "attachment-claimed", "This file belongs to another act: send it again.")


def _fault(pointer: str, code: str, detail: str) -> Fault:
    return Fault(pointer=pointer, code=code, detail=detail)


def _not_usable(faults: list[Fault]) -> AttachmentNotUsable:
    return AttachmentNotUsable("An attachment cannot be used; see errors.", faults=faults)
