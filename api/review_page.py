"""The page on which a lawyer reads, comments, edits and decides on one act, by a link.

Every form goes to an address that holds the link's token, which nobody else knows: that is what
protects it from forged requests. Looking changes nothing; scripts are a comfort, not a need.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as PageNotFound

from api import limits
from api.blueprint import services
from api.changes import Compared, compare, redline_answer
from api.comments import NewCommentSchema
from api.files import DOCX, PDF, PNG, file_answer, file_name
from api.forms import file_form
from api.page_words import (
    CHANGE_KINDS,
    DECISIONS,
    DONE,
    FIGURE_TYPES,
    OUTCOMES,
    STATUSES,
    amount,
    day,
    explained,
    instant,
    percent,
)
from api.previews import PreviewCache
from api.problems import status_of
from api.reviews import DecisionSchema
from api.versions import PreviewQuery, UploadBody
from core.errors import MinutierError
from generators.edited_word import read_edited
from generators.package import MAX_PACKAGE_BYTES
from generators.registry import act_kind
from jobs.commands import RENEWABLE, REVIEWABLE
from jobs.review_links import LinkEnded, link_of, note_use, principal_of
from jobs.reviewing import (
    COMMENTABLE,
    add_comment,
    count_given,
    resolve_comment,
    review,
    rules_of,
)
from jobs.uploads import upload_version
from storage import acts, comments, reviews, versions
from storage.acts import Act
from storage.comments import Comment
from storage.drafts import get_content
from storage.review_links import ReviewLink
from storage.reviews import Review
from storage.versions import Version

blp = Blueprint("review_page", __name__, template_folder="pages")

POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGES = Path(__file__).parent / "pages"
_ASSETS: Final = frozenset({"minutier.css", "review.css", "review.js"})
_DPI: Final = 110
_DIGITS: Final = 10
_Form = Mapping[str, Any]
_Posted = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """All that the page shows."""

    link: ReviewLink
    act: Act
    version: Version
    versions: list[Version]
    threads: list[tuple[Comment, list[Comment]]]
    decisions: list[Review]
    approvals: tuple[int, int]
    lines: Mapping[str, list[str]]
    compared: Compared | None


@blp.get("/pages/<name>")
def asset(name: str) -> Response:
    """A style sheet or a script of the pages."""
    if name not in _ASSETS:
        raise PageNotFound("The pages have no such file.")
    return _guarded(send_from_directory(_PAGES, name, max_age=3600))


def _by_link(view: Callable[..., Response]) -> Callable[..., Response]:
    """Give a view the link of the token in its address, and answer problems as a page."""

    @wraps(view)
    def opened(token: str, **kwargs: Any) -> Response:
        try:
            link = link_of(services(), token)
            limits.take(principal_of(link))
            return _guarded(view(link, **kwargs))
        except LinkEnded:
            return _page("review_ended.html", 404)
        except MinutierError as error:
            told = explained(error.slug, error.detail)
            return _page("review_problem.html", status_of(error), problem=told, token=token)

    return opened


@blp.get("/review/<token>")
@_by_link
def page(link: ReviewLink) -> Response:
    """The page, with the current version or the one asked for."""
    return _shown(link)


@blp.get("/review/<token>/versions/<int:number>/page-<int:at>.png")
@_by_link
def page_image(link: ReviewLink, number: int, at: int) -> Response:
    """A page of a version as an image."""
    version = _version(link, number)
    if version.pdf_sha256 is None or not 1 <= at <= (version.pages or 0):
        raise PageNotFound("There is no such page.")
    dpi = PreviewQuery().load({"dpi": str(_DPI)})["dpi"]
    png = _previews().page(version.pdf_sha256, at, dpi, lambda: _bytes(version, version.pdf_sha256))
    sha256 = hashlib.sha256(png).hexdigest()
    return file_answer(png, PNG, f"page {at}.png", sha256=sha256, inline=True)


@blp.get("/review/<token>/versions/<int:number>/<any('document.docx', 'document.pdf'):name>")
@_by_link
def document(link: ReviewLink, number: int, name: str) -> Response:
    """The Word file or the PDF of a version."""
    version, is_word = _version(link, number), name.endswith("docx")
    sha256 = version.docx_sha256 if is_word else version.pdf_sha256
    if sha256 is None:
        raise PageNotFound("The version has no file yet.")
    with services().database.reading() as tx:
        act = acts.get_act(tx, link.tenant_id, link.act_id)
    extension = name.rsplit(".", 1)[1]
    called = file_name(act, act_kind(act.kind).title, number, extension)
    data = _bytes(version, sha256)
    return file_answer(data, DOCX if is_word else PDF, called, sha256=sha256)


@blp.get("/review/<token>/versions/<int:number>/redline-<int:against>.docx")
@_by_link
def redline(link: ReviewLink, number: int, against: int) -> Response:
    """A version with tracked changes against an earlier one."""
    with services().database.reading() as tx:
        act = acts.get_act(tx, link.tenant_id, link.act_id)
    return redline_answer(act, _version(link, against), _version(link, number))


def _posting(view: _Posted) -> Callable[..., Response]:
    """A form of the page: carried out and shown again, with what was wrong if something was."""

    @wraps(view)
    def posted(link: ReviewLink, **kwargs: Any) -> Response:
        try:
            done = view(link, **kwargs)
        except ValidationError as error:
            return _shown(link, problem=explained("invalid-form", str(error.messages)), status=422)
        except MinutierError as error:
            told = explained(error.slug, error.detail, [fault.detail for fault in error.faults])
            return _shown(link, problem=told, status=status_of(error))
        except HTTPException as error:
            told = explained(f"http-{error.code}", str(error.description))
            return _shown(link, problem=told, status=error.code or 400)
        note_use(services(), link)
        address = url_for(".page", token=request.view_args["token"])  # type: ignore[index]
        return redirect(f"{address}?{urlencode({'fait': done})}#fait", 303)  # type: ignore[return-value]

    return _by_link(posted)


@blp.post("/review/<token>/comments")
@_posting
def comment(link: ReviewLink) -> str:
    """Comment a version, or answer a comment."""
    form = _filled("body", "page", "quote", "in_reply_to", "version")
    anchor = {"page": _number(form["page"]), "quote": form["quote"]} if "page" in form else None
    wanted = NewCommentSchema().load(
        {
            "version": _number(form.get("version")),
            "body": form.get("body", ""),
            "anchor": anchor,
            "in_reply_to": form.get("in_reply_to"),
        }
    )
    add_comment(services(), principal_of(link), link.act_id, wanted, actor=link.reviewer)
    return "commentaire"


@blp.post("/review/<token>/comments/<comment_id>")
@_posting
def settle(link: ReviewLink, comment_id: str) -> str:
    """Resolve a thread, or open it again."""
    resolved = request.form.get("resolved") == "1"
    resolve_comment(
        services(),
        principal_of(link),
        link.act_id,
        comment_id,
        resolved=resolved,
        actor=link.reviewer,
    )
    return "resolu" if resolved else "rouvert"


@blp.post("/review/<token>/versions")
@_posting
def upload(link: ReviewLink) -> str:
    """Take an edited Word file as the next version."""
    form = file_form(MAX_PACKAGE_BYTES)
    said = UploadBody().load({key: text for key, text in form.texts.items() if text.strip()})
    upload_version(
        services(),
        principal_of(link),
        link.act_id,
        form.file,
        note=said.get("note"),
        actor=link.reviewer,
    )
    return "version"


@blp.post("/review/<token>/decision")
@_posting
def decide(link: ReviewLink) -> str:
    """Approve the version that was read, or ask for changes."""
    form = _filled("version", "decision", "comment", "replaces")
    wanted = DecisionSchema().load(
        {
            "version": _number(form.get("version")),
            "decision": form.get("decision", ""),
            "comment": form.get("comment"),
            "acknowledged": request.form.getlist("acknowledged"),
            "replaces": form.get("replaces"),
        }
    )
    review(services(), principal_of(link), link.act_id, wanted, actor=link.reviewer)
    return str(wanted.decision)


def _filled(*names: str) -> dict[str, str]:
    """The fields of the form that were filled in."""
    given = {name: request.form.get(name, "") for name in names}
    return {name: text for name, text in given.items() if text.strip()}


def _number(text: str | None) -> int | str | None:
    return (
        int(text) if text and len(text) < _DIGITS and text.isascii() and text.isdecimal() else text
    )


def _shown(link: ReviewLink, *, problem: Any = None, status: int = 200) -> Response:
    seen = _seen(link)
    return _page(
        "review.html",
        status,
        seen=seen,
        token=request.view_args["token"],  # type: ignore[index]
        kind=act_kind(seen.act.kind),
        problem=problem,
        done=DONE.get(request.args.get("fait", "")) if problem is None else None,
        form=request.form,
        may_comment=seen.act.status in COMMENTABLE,
        may_decide=seen.act.status in REVIEWABLE and seen.version.status == "ready",
        may_upload=seen.act.status in RENEWABLE,
        statuses=STATUSES,
        outcomes=OUTCOMES,
        decisions_said=DECISIONS,
        change_kinds=CHANGE_KINDS,
        figure_types=FIGURE_TYPES,
        amount=amount,
        day=day,
        percent=percent,
        instant=instant,
    )


def _seen(link: ReviewLink) -> _Seen:
    with services().database.reading() as tx:
        act = acts.get_act(tx, link.tenant_id, link.act_id)
        known = versions.list_versions(tx, link.tenant_id, link.act_id)
        said = comments.list_comments(tx, link.act_id)
        decided = reviews.list_reviews(tx, link.act_id)
        rule = rules_of(tx, link.tenant_id).rule(act.kind)
    version = next(one for one in known if one.number == act.current_version)
    given = count_given(one for one in decided if one.version == version.number)
    before = [one for one in known if one.docx_sha256 and one.number < version.number]
    word = None if version.docx_sha256 is None else _bytes(version, version.docx_sha256)
    return _Seen(
        link=link,
        act=act,
        version=version,
        versions=known,
        threads=_threads(said),
        decisions=decided,
        approvals=(given, rule.approvals_needed(act.due_cents)),
        lines={} if word is None else read_edited(word).lines,
        compared=compare(before[-1], version) if word is not None and before else None,
    )


def _threads(said: list[Comment]) -> list[tuple[Comment, list[Comment]]]:
    return [
        (first, [one for one in said if one.in_reply_to == first.id])
        for first in said
        if first.in_reply_to is None
    ]


def _version(link: ReviewLink, number: int) -> Version:
    with services().database.reading() as tx:
        return versions.get_version(tx, link.tenant_id, link.act_id, number)


def _bytes(version: Version, sha256: str | None) -> bytes:
    return get_content(services().drafts, version.tenant_id, str(sha256))


def _page(template: str, status: int, **values: Any) -> Response:
    text = render_template(template, **values)
    return _guarded(Response(text, status, content_type="text/html; charset=utf-8"))


def _guarded(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    g.is_page = True
    return answer


def _previews() -> PreviewCache:
    cache: PreviewCache = current_app.extensions.setdefault("minutier.previews", PreviewCache())
    return cache
