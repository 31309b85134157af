"""What `vigie serve` runs: the house as `wsgi` has it, behind its lanes."""

from django.urls import reverse

from vigie.config.bridge import Bridge
from vigie.config.warm import read_all
from vigie.config.wsgi import application as house
from vigie.ledger.actions import together
from vigie.measures.middleware import taken

# Naming an address reads those of every room. With the rest that is two seconds the first page does not wait.
application = Bridge(
    house, owners=reverse("measures:yours", args=["-"]).removesuffix("-/"), answer=taken, together=together
)
read_all()
