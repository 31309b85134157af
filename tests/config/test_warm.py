"""Templates are read before the first page is asked for."""

from django.template import engines
from django.urls import get_resolver

from vigie.config.warm import read_all, read_templates
from vigie.exposure import feasts
from vigie.measures import phrases


def test_every_template_of_the_house_can_be_read_and_is_kept_from_then_on():
    count = read_templates()
    [cached] = engines["django"].engine.template_loaders
    kept = {
        str(template.name) for template in cached.get_template_cache.values() if hasattr(template, "name")
    }
    assert {"measures/matrix.html", "ui/base.html", "console/situation.html"} <= kept
    assert count >= 100


def test_phrases_addresses_and_feasts_are_read_with_them():
    read_all()
    assert phrases._all.cache_info().currsize == 1
    assert get_resolver()._populated
    assert feasts.of_year.cache_info().currsize >= 3
