"""The lists as tables to take away: what the import takes, so that what comes back changed is all that changes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vigie.exposure import exporting, queries


@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """The places as CSV."""
    return _file(exporting.sites(queries.site_rows().values(), _separator(request)), "sites.csv")


@require_GET
def owners(request: HttpRequest) -> HttpResponse:
    """The owners and how they are reached, as CSV."""
    return _file(exporting.owners(queries.owner_rows().values(), _separator(request)), "owners.csv")


def _separator(request: HttpRequest) -> str:
    return request.GET.get("separator") or "comma"


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
