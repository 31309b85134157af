"""The public pages: drawn to bytes when they are published, and served as those bytes."""

from hashlib import sha256
from importlib.resources import files as shipped
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from vigie import times
from vigie.errors import NotFound
from vigie.homes import Home
from vigie.ledger.exports.layout import PROOF_CHECKER
from vigie.ledger.tlog_proof import SUFFIX
from vigie.ui.shapes import SHAPES
from vigie.warning.cap import MEDIA_TYPE
from vigie.warning.public import Fact, LevelPage, as_text
from vigie.warning.site import (
    LEVELS,
    LOG,
    Site,
    cap_name,
    check_name,
    data_bytes,
    feed,
    page_name,
    proof_name,
)
from vigie.warning.words import words

TYPES = {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": MEDIA_TYPE,
    "py": "text/plain; charset=utf-8",
    SUFFIX[1:]: "text/plain; charset=utf-8",
}
PLAIN = {f"{LOG}/checkpoint", f"{LOG}/vkey", f"{LOG}/vkey.mldsa44"}
FOR_GOOD = 365 * 24 * 3600
"""Seconds a cache may keep a tile of the public log: its bytes never change."""
FRESH_FOR = 60
"""Seconds a cache may keep a public page: an answer to a flood of readers, and no more late than that."""


class NothingPublished(NotFound):
    """The public site has not been made yet."""


def files(site: Site) -> dict[str, bytes]:
    """Draw the whole site: name relative to its root, to bytes."""
    drawn: dict[str, bytes] = {
        "style.css": render_to_string("warning/public/style.css").encode(),
        LEVELS: data_bytes(site),
        "index.html": _index(site, site.languages[0], root=""),
        "feed.atom": feed(site, site.languages[0]),
    }
    if site.exercise:
        drawn["robots.txt"] = f"# {site.exercise}\nUser-agent: *\nDisallow: /\n".encode()
    for language in site.languages:
        drawn[f"{language}/index.html"] = _index(site, language, root="../")
        drawn[f"{language}/feed.atom"] = feed(site, language)
    for page in site.pages:
        drawn[page_name(page.language, page.scheme, page.zone)] = _level(site, page)
        drawn[page_name(page.language, page.scheme, page.zone, "txt")] = as_text(page).encode()
    drawn |= {cap_name(message.id): message.cap for message in site.messages}
    drawn |= {site.statement_name(page): page.statement for page in site.pages if page.statement}
    drawn[PROOF_CHECKER] = (shipped("vigie.ledger") / PROOF_CHECKER).read_bytes()
    return drawn


def check_pages(site: Site, head: str) -> dict[str, bytes]:
    """Draw the pages that say how to check what is published; head: the public log's newest signed checkpoint."""
    return {check_name(language): _check(site, language, head) for language in site.languages}


def _check(site: Site, language: str, head: str) -> bytes:
    said = words(language)
    shown = next((name for name in (*map(site.statement_name, site.pages), "") if name), "")
    context = {
        **_frame(site, language, "../"),
        "title": f"{site.exercise} – {said['check']}" if site.exercise else said["check"],
        "head": head,
        "checker": PROOF_CHECKER,
        "log": LOG,
        "example": PurePosixPath(shown or "decisions/0.json").name,
        "example_proof": PurePosixPath(proof_name(shown or "decisions/0.json")).name,
        "others": [
            (other, words(other)["language_name"], check_name(other))
            for other in site.languages
            if other != language
        ],
    }
    return render_to_string("warning/public/check.html", context).encode()


def _level(site: Site, page: LevelPage) -> bytes:
    said = words(page.language)
    own = [m for m in site.messages if (m.scheme, m.zone) == (page.scheme, page.zone)]
    context = {
        **_frame(site, page.language, "../"),
        "page": page,
        "title": page.title,
        "outline": SHAPES.get(page.shape, ""),
        "panel": [
            (said[state], [_item(page, fact) for fact in items])
            for state, items in page.panel().items()
            if items
        ],
        "budget": [
            said["budget_days"].format(
                days=page.budget.days, so_far=page.budget.so_far, year=page.budget.year
            ),
            said["budget_warnings"].format(count=page.budget.warnings, year=page.budget.year),
        ],
        "updated": said["updated"].format(at=page.instant(page.updated)),
        "clock": said["times_in"].format(zone=page.time_zone),
        "disclaimer": said["not_an_authority"].format(by=page.author.by) if page.author else "",
        "source_href": page.author.href
        if page.author and page.author.href.startswith(("https://", "http://"))
        else "",
        "messages": [
            (
                cap_name(m.id),
                m.headlines[page.language],
                said["state_" + m.state],
                said["issued"].format(at=page.instant(times.from_text(m.approved))),
                proof_name(cap_name(m.id)),
            )
            for m in own
        ],
        "others": [
            (language, words(language)["language_name"], page_name(language, page.scheme, page.zone))
            for language in site.languages
            if language != page.language
        ],
        "text_name": page_name(page.language, page.scheme, page.zone, "txt"),
        "statement": site.statement_name(page),
        "proof": proof_name(site.statement_name(page)) if page.statement else "",
    }
    return render_to_string("warning/public/level.html", context).encode()


def _item(page: LevelPage, fact: Fact) -> dict[str, str]:
    said = words(page.language)
    return {
        "text": fact.text,
        "source": fact.source,
        "href": fact.href,
        "seen": said["seen"].format(at=page.instant(fact.at)),
        "before": said["before"].format(state=said[fact.before]) if fact.before else "",
    }


def _index(site: Site, language: str, root: str) -> bytes:
    said = words(language)
    mark = f"{site.exercise} – " if site.exercise else ""
    context = {
        **_frame(site, language, root),
        "title": mark + site.title,
        "levels": [
            (page_name(page.language, page.scheme, page.zone), page, SHAPES.get(page.shape, ""))
            for page in site.in_language(language)
        ],
        "messages": [
            (cap_name(m.id), m.headlines[language], said["state_" + m.state], m.zone) for m in site.messages
        ],
        "others": [
            (other, words(other)["language_name"], f"{other}/index.html")
            for other in site.languages
            if other != language
        ],
    }
    return render_to_string("warning/public/index.html", context).encode()


def _frame(site: Site, language: str, root: str) -> dict[str, Any]:
    """Give what every page needs. root: the way back to the site's root, so that links hold on any host."""
    return {
        "site": site,
        "language": language,
        "root": root,
        "w": words(language),
        "feed_name": f"{language}/feed.atom",
        "check_name": check_name(language),
    }


@require_safe
def serve(request: HttpRequest, name: str = "") -> HttpResponse:
    """Serve a published file, byte for byte. Strangers may ask; nothing outside the site is reached."""
    home: Home = settings.VIGIE_HOME
    if name == "" or name.endswith("/"):
        name += "index.html"
    site = home.public.resolve()
    try:
        file = (site / PurePosixPath(name)).resolve()
        there = file.is_relative_to(site) and file.is_file()
    except (ValueError, OSError):  # a null byte, a name longer than the disc allows
        raise Http404 from None
    if not there:
        if name == "index.html":
            raise NothingPublished("Nothing has been published here yet.")
        raise Http404
    data = file.read_bytes()
    kind = TYPES["txt"] if name in PLAIN else TYPES.get(file.suffix[1:], "application/octet-stream")
    response = HttpResponse(data, content_type=kind)
    kept = f"{FOR_GOOD}, immutable" if name.startswith(f"{LOG}/tile/") else FRESH_FOR
    response["Cache-Control"] = f"public, max-age={kept}"
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = quote_etag(sha256(data).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
