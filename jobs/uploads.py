"""A version from a Word file that a lawyer edited: accepted, and made a PDF of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from core.clock import PARIS
from core.errors import Conflict, InvalidFacts
from generators import pdf
from generators.concerns import Concern, numbered
from generators.contradictions import contradictions
from generators.drafting import computed
from generators.edited_word import INACCESSIBLE, EditedWord, read_edited
from generators.office import OfficePool
from generators.request import ActRequest, load_snapshot
from generators.revisions import without_comments
from jobs.attachments import put_dossier
from jobs.commands import RENEWABLE, Within, add_version, key_actor
from jobs.rates import rates_of
from jobs.services import SOFTWARE_VERSION, Services
from law.french import typographic
from law.statement import Statement
from storage import acts, versions
from storage.acts import Act
from storage.drafts import get_content, put_content
from storage.keys import Principal
from storage.versions import Rendered, Version

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"
_EARLIER = (
    "Le fichier part de la version {base} : ce que la version {current} a changé n'y est pas."
)
_UNKNOWN = (
    "Le fichier ne dit pas de quelle version il part : il est rattaché à la version {current}."
)


class WordFileOfAnotherAct(InvalidFacts):
    """The Word file says that it descends from another act, or from a version there is not."""

    slug = "word-file-of-another-act"
    title = "The Word file belongs to another act"


class BaseNotReady(Conflict):
    """The version that the Word file descends from has no files: nothing can be edited in it."""

    slug = "base-not-ready"
    title = "The edited version was never made"


class VersionOutrun(Conflict):
    """Another version was made while this one was being received."""

    slug = "version-outrun"
    title = "There is a newer version by now"


def upload_version(
    services: Services,
    principal: Principal,
    act_id: str,
    word: bytes,
    *,
    note: str | None,
    actor: str | None,
    within: Within | None = None,
) -> Act:
    """Add a version whose text is a Word file as it is; it keeps the data that it came from.

    Raises:
        WordFileRefused: the file is unsafe; nothing is stored.
        WordFileOfAnotherAct: it descends from another act.
        StatusConflict: the act is signed, archived, voided or still being rendered.
        VersionOutrun: another version was added meanwhile.
    """
    edited = read_edited(word)
    with services.database.reading() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id)
        known = versions.list_versions(tx, act.tenant_id, act_id)
    if act.status not in RENEWABLE:
        allowed = " or ".join(sorted(RENEWABLE))
        raise acts.StatusConflict(f"the act is {act.status}; this needs {allowed}")
    base = _base(edited, act, known)
    request = load_snapshot(json.loads(base.snapshot))
    statement, concerns = _examined(services, edited, base, known, request)
    number = act.current_version + 1
    stored = edited.stamped(act_id, number)
    docx_sha256 = put_content(services.drafts, act.tenant_id, stored, _DOCX)
    case = request.facts.case
    with services.database.transaction() as tx:
        now = services.now()
        locked = acts.get_act(tx, act.tenant_id, act_id, lock=True)
        if locked.current_version != act.current_version:
            raise VersionOutrun(f"version {locked.current_version} is the current one")
        acts.set_status(tx, act_id, from_=RENEWABLE, to="queued", at=now)
        act = replace(
            locked,
            status="queued",
            current_version=number,
            case_reference=case.reference,
            creditor_name=case.creditor.display_name,
            debtor_name=case.debtor.display_name if case.debtor else None,
            debtor_siren=case.debtor.siren if case.debtor else None,
            as_of=request.facts.as_of,
            language=request.facts.language,
            due_cents=statement.totals.due_cents if statement else None,
            problem=None,
            updated_at=now,
        )
        version = replace(
            base,
            number=number,
            origin="uploaded",
            status="queued",
            note=note,
            created_by_key=principal.key_id,
            actor_name=actor,
            created_at=now,
            docx_sha256=docx_sha256,
            software_version=SOFTWARE_VERSION,
            based_on=base.number,
            concerns=numbered(concerns),
            pdf_sha256=None,
            dossier=None,
            office_version=None,
            pages=None,
            rendered_at=None,
            problem=None,
            attempts=0,
            lease_by=None,
            lease_until=None,
            retry_at=None,
        )
        acts.set_current_version(tx, act)
        received = {
            "based_on": base.number,
            "docx_sha256": docx_sha256,
            "received_sha256": hashlib.sha256(word).hexdigest(),
            "concerns": sorted({concern.code for concern in concerns}),
        }
        add_version(
            tx, act, version, key_actor(principal, actor), action="version_created", more=received
        )
        if within:
            within(tx, act)
    return act


def render_upload(services: Services, office: OfficePool, version: Version) -> Rendered:
    """The PDF of an uploaded version; its Word file stays as it is."""
    request = load_snapshot(json.loads(version.snapshot))
    _, context = computed(request, rates_of(services.database, version))
    described: Mapping[str, str] = context["document"]
    word = get_content(services.drafts, version.tenant_id, str(version.docx_sha256))
    exported = office.convert(without_comments(word))
    final = pdf.finish(
        exported,
        title=described["title"],
        author=described["author"],
        subject=described["subject"],
        language="fr-FR",
        created_at=datetime.combine(request.facts.as_of, time(), tzinfo=PARIS),
        is_accessible=INACCESSIBLE.isdisjoint(one["code"] for one in version.concerns),
    )
    return Rendered(
        template_sha256=version.template_sha256,
        law_data_sha256=version.law_data_sha256,
        software_version=SOFTWARE_VERSION,
        due_cents=None,  # the act has had it since the acceptance
        statement=version.statement,
        docx_sha256=str(version.docx_sha256),
        pdf_sha256=put_content(services.drafts, version.tenant_id, final, _PDF),
        office_version=office.version,
        pages=pdf.page_count(final),
        rendered_at=services.now(),
        findings_sha256=version.findings_sha256,
        dossier=put_dossier(services, version.tenant_id, request, final, office.convert),
    )


def _base(edited: EditedWord, act: Act, known: list[Version]) -> Version:
    """The version whose text was edited, as the file says; else the current one."""
    if edited.act_id is not None and edited.act_id != act.id:
        raise WordFileOfAnotherAct(f"the file is a version of act {edited.act_id}")
    number = edited.number if edited.act_id is not None else None
    base = next((one for one in known if one.number == (number or act.current_version)), None)
    if base is None:
        raise WordFileOfAnotherAct(f"the act has no version {number}")
    if base.status != "ready":
        raise BaseNotReady(f"version {base.number} is {base.status}")
    return base


def _examined(
    services: Services,
    edited: EditedWord,
    base: Version,
    known: list[Version],
    request: ActRequest,
) -> tuple[Statement | None, list[Concern]]:
    """The statement of the data, and what a reviewer must know of the text."""
    statement, context = computed(request, rates_of(services.database, base))
    origin = base
    while origin.origin == "uploaded":
        origin = next(one for one in known if one.number == origin.based_on)
    made = get_content(services.drafts, origin.tenant_id, str(origin.docx_sha256))
    concerns = [
        *edited.concerns,
        *contradictions(edited.text, read_edited(made).text, request.kind.required(context)),
    ]
    current = known[-1].number
    if edited.act_id is None:
        concerns.append(_told("descent-unknown", _UNKNOWN.format(current=current)))
    elif base.number != current:
        concerns.append(
            _told("earlier-version-edited", _EARLIER.format(base=base.number, current=current))
        )
    return statement, concerns


def _told(code: str, detail: str) -> Concern:
    return Concern(code=code, effect="notice", detail=typographic(detail))
