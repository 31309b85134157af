"""Files to save: a posture's directive, owners' own pages, the call-down sheet, the matrix."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vigie.measures import queries
from vigie.measures.call_sheet import check_chip
from vigie.measures.documents import queries as documents
from vigie.measures.phrases import pick
from vigie.measures.templatetags.measures import chip_word


@require_GET
def directive(request: HttpRequest, id: str, form: str) -> HttpResponse:  # noqa: A002
    """The directive of a posture, of one sector or of all."""
    sector = request.GET.get("sector", "")
    written = documents.directive(queries.posture(id), language=_readers(request), sector=sector)
    return handed(documents.drawn(written, form, name="-".join(filter(None, (id, sector)))))


@never_cache
@require_GET
def own_page(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """An owner's page to print and hand over, in the owner's language unless another is asked for."""
    given = request.GET.get("language", "")
    posture = request.GET.get("posture", "")
    written = documents.own_page(id, posture=posture, language=pick(given) if given else "")
    return handed(documents.drawn(written, "pdf", name=id))


@never_cache
@require_GET
def page_of_link(request: HttpRequest, token: str) -> HttpResponse:
    """The owner's page to print, for who holds the link. Reading it changes nothing."""
    link = queries.open_link(token)
    given = request.GET.get("language", "")
    written = documents.page_of_link(link, language=pick(given) if given else "")
    answer = handed(documents.drawn(written, "pdf", name=link.owner))
    answer["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


@require_GET
def call_sheet(request: HttpRequest) -> HttpResponse:
    """The call-down sheet of one filter; of those who have not answered, where none is named."""
    known = check_chip(request.GET.get("show") or "not-answered")
    language = _readers(request)
    with translation.override(language):
        words = chip_word(known)
    written = documents.call_sheet(known, words, language=language, measure=request.GET.get("measure", ""))
    return handed(documents.drawn(written, "pdf", name=f"calls-{known}"))


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Owners × measures, all of them, under the filter that is shown."""
    given = request.GET.get("show", "")
    chip = check_chip(given) if given else None
    language = _readers(request)
    with translation.override(language):
        words = chip_word(chip) if chip else ""
    written = documents.matrix(chip, words, language=language, measure=request.GET.get("measure", ""))
    return handed(documents.drawn(written, "pdf", name="measures"))


def handed(file: documents.Drawn) -> HttpResponse:
    """Hand a file out to be saved: nothing of it is shown, or run, within a page of the house."""
    answer = HttpResponse(file.data, content_type=file.media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Vigie-Digest"] = f"sha256={file.digest}"
    return answer


def _readers(request: HttpRequest) -> str:
    """Give the language asked for in the address, else that of the reader's pages."""
    return pick(request.GET.get("language", "") or translation.get_language() or "")
