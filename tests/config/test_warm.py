"""Templates are read before the first page is asked for."""

from django.template import engines

from vigie.config.warm import read_templates


def test_every_template_of_the_house_can_be_read_and_is_kept_from_then_on():
    count = read_templates()
    [cached] = engines["django"].engine.template_loaders
    kept = {
        str(template.name) for template in cached.get_template_cache.values() if hasattr(template, "name")
    }
    assert {"measures/matrix.html", "ui/base.html", "console/situation.html"} <= kept
    assert count >= 100
