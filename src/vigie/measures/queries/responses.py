"""Responses of sites: which stand, which stood, who may set them by link."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from vigie.errors import NotFound
from vigie.exposure.models import Contact, Owner
from vigie.homes import Home
from vigie.measures.models import SiteResponse
from vigie.measures.queries.links import BadLink
from vigie.measures.queries.owners import owner_names, owners_of, site_names, sites_of

# The salt keeps a signature made for anything else from opening the page of an owner's sites.
_SIGNER = Signer(salt="vigie.measures.sites", sep="~")


@dataclass(frozen=True)
class AtSite:
    """One site of an owner's and its response. response: the one that stands, None where it holds none."""

    site: str
    name: str
    response: SiteResponse | None


def responses(site: str = "") -> list[SiteResponse]:
    """List the response levels that stand, of one site or of all."""
    found = SiteResponse.objects.filter(ended_at=None)
    return list(found.filter(site=site) if site else found.order_by("site"))


def past_responses(site: str) -> list[SiteResponse]:
    """List every response a site ever held, the newest first. Raises NotFound where there is no such site on record."""
    found = list(SiteResponse.objects.filter(site=site).order_by("-set_at", "-id"))
    if not found and not site_names([site]):
        raise NotFound("There is no site {given}.", given=site)
    return found


def response(given: str) -> SiteResponse:
    """Give the response of that id. Raises NotFound."""
    found = SiteResponse.objects.filter(id=given).first()
    if found is None:
        raise NotFound("There is no response {given}.", given=given)
    return found


def of_owner(owner: str) -> list[AtSite]:
    """List the sites an owner answers for, by name, each with the response it holds; of several schemes the newest."""
    names = site_names(sites_of(owner))
    held = {row.site: row for row in SiteResponse.objects.filter(ended_at=None, site__in=names)}
    return [
        AtSite(site, name, held.get(site)) for site, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def answering_for(site: str) -> str:
    """Name those who answer for a site, as owners read it; its own name where nobody does."""
    named = owner_names([owner.id for owner in owners_of(site)])
    return ", ".join(sorted(named.values())) or site_names([site]).get(site, site)


def sites_link(owner: str) -> str:
    """Give the address at which an owner sets the responses of its sites; only who holds it can open it.

    It dies when the owner's contact changes. Raises NotFound where there is no such owner on the list.
    """
    home: Home = settings.VIGIE_HOME
    if not Owner.objects.filter(id=owner, withdrawn_at=None).exists():
        raise NotFound(
            "There is no owner {given}. Owners come with the tables that are imported.", given=owner
        )
    token = _SIGNER.sign(f"{owner}~{_contact(owner)}")
    return home.address.rstrip("/") + reverse("measures:your_sites", kwargs={"token": token})


def holder_of_sites(token: str) -> str:
    """Give the owner whose link it is. Raises BadLink where this home did not make it, or the owner's contact has changed."""
    try:
        owner, _, contact = _SIGNER.unsign(token).partition("~")
    except BadSignature:
        owner, contact = "", ""
    if not Owner.objects.filter(id=owner, withdrawn_at=None).exists() or contact != _contact(owner):
        raise BadLink(
            "This link is not one that was sent to you. Open it exactly as it stands in the message."
        )
    return owner


def _contact(owner: str) -> str:
    newest = Contact.objects.filter(owner=owner).first()
    return newest.id if newest else "none"
