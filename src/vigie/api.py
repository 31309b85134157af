"""The one API: each room adds its router; what crosses rooms goes through steps."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from vigie import __version__
from vigie.alert.api import router as alert
from vigie.assessment.api import router as assessment
from vigie.errors import VigieError
from vigie.exposure.api import router as exposure
from vigie.history.api import router as history
from vigie.measures.api import router as measures
from vigie.partners.api import router as partners
from vigie.patrols.api import router as patrols
from vigie.reports.api import router as reports
from vigie.warning.api import router as warning

api = NinjaAPI(
    title="vigie",
    version=__version__,
    description="From a change of terror-alert level to the right acts at every place, on a record anyone can check.",
    docs_url=None,
)


@api.exception_handler(VigieError)
def said(request: HttpRequest, error: VigieError) -> HttpResponse:
    """Say one of vigie's own errors: its sentence, its status."""
    return api.create_response(request, {"error": str(error)}, status=error.status)


api.add_router("/places", exposure)
api.add_router("/reports", reports)
api.add_router("/assessments", assessment)
api.add_router("/levels", alert)
api.add_router("/measures", measures)
api.add_router("/patrols", patrols)
api.add_router("/warnings", warning)
api.add_router("/partners", partners)
api.add_router("/history", history)
