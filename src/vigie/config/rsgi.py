"""What `vigie serve` runs: the house as `wsgi` has it, behind its lanes."""

from django.urls import reverse

from vigie.config.bridge import Bridge
from vigie.config.wsgi import application as house

application = Bridge(house, owners=reverse("measures:yours", args=["-"]).removesuffix("-/"))
