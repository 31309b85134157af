"""Documents through the API: the files that the console hands out."""

from django.http import HttpRequest, HttpResponse

from vigie.accounts.api import Right
from vigie.accounts.routes import ANY, GREEN, STRICT
from vigie.measures import queries
from vigie.measures.api import router
from vigie.measures.documents import queries as documents
from vigie.measures.documents.views import handed
from vigie.measures.phrases import pick

__all__ = ["router"]


@router.get(
    "/postures/{id}/directive", response={200: None}, auth=Right("measures.read", objects=ANY, shows=GREEN)
)
def directive(
    request: HttpRequest,
    id: str,  # noqa: A002
    form: str = "pdf",
    sector: str = "",
    language: str = "en",
) -> HttpResponse:
    """Give the directive of a posture as pdf, docx or html; of one sector (a domain of the catalogue), or of all."""
    del request
    written = documents.directive(queries.posture(id), language=pick(language), sector=sector)
    return handed(documents.drawn(written, form, name="-".join(filter(None, (id, sector)))))


@router.get(
    "/owners/{owner}/page",
    response={200: None},
    auth=Right("measures.answer.take", objects=ANY, shows=STRICT),
)
def own_page(request: HttpRequest, owner: str, posture: str = "", language: str = "") -> HttpResponse:
    """Give an owner's page as PDF, with their link and the part to give back; in the owner's language unless another is named."""
    del request
    written = documents.own_page(owner, posture=posture, language=pick(language) if language else "")
    return handed(documents.drawn(written, "pdf", name=owner))
