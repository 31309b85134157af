"""Addresses of this room, each with its rule."""

from vigie.accounts.routes import ANOTHERS, ANY, RED
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.partners import views

app_name = "partners"
ROUTES = [
    Route("", views.releases, "releases", right="partners.read", shows=RED),
    Route(
        "new/", views.propose, "propose", right="partners.release.propose", methods=BOTH, shows=RED,
        records=("partners.release.proposed/1",),
    ),
    Route(
        "agree/", views.agree, "agree", right="partners.audience.agree", methods=BOTH,
        records=("partners.audience.agreed/1",),
    ),
    Route(
        "consent/", views.consent, "consent", right="partners.consent.record", methods=BOTH,
        records=("partners.consent.recorded/1",),
    ),
    Route("<slug:id>/", views.release, "release", right="partners.read", objects=ANY, shows=RED),
    Route(
        "<slug:id>/approve/", views.approve, "approve", right="partners.release.approve", methods="POST", objects=ANOTHERS, shows=RED,
        step_up=True, records=("partners.release.approved/1", "accounts.assertion.kept/1", "ledger.outer.signed/1"),
    ),
    Route(
        "<slug:id>/reject/", views.reject, "reject", right="partners.release.approve", methods="POST", objects=ANY,
        records=("partners.release.rejected/1",),
    ),
    Route(
        "<slug:id>/withdraw/", views.withdraw, "withdraw", right="partners.release.withdraw", methods="POST", objects=ANY,
        records=("partners.release.withdrawn/1", "ledger.outer.signed/1"),
    ),
    Route("<slug:id>/bundle/", views.bundle, "bundle", right="partners.read", objects=ANY, shows=RED),
    Route("<slug:id>/proof/", views.proof, "proof", right="partners.read", objects=ANY, shows=RED),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
