import pytest

from vigie.exposure import forbidden, owners_csv, sites_csv
from vigie.exposure.tables import BadTable

REFUSED = {
    "ethnicity": ["ethnicity", "Ethnic group", "race", "origine", "country of origin"],
    "religion": ["religion", "Religion of inhabitants", "faith", "croyance"],
    "nationality": ["nationality", "% étrangers", "immigrés", "citizenship"],
    "income": ["income", "median income", "taux de pauvreté", "revenu", "chômage"],
    "housing": ["social housing", "HLM", "logement", "QPV"],
    "age": ["age", "average age", "jeunes", "sexe"],
    "stops": ["stops", "past stops", "contrôles d'identité", "fouilles"],
    "arrests": ["arrests", "interpellations", "fiche S", "suspects"],
    "crime counts": ["crime count", "crimes", "délinquance", "infractions", "hotspot score"],
    "persons": ["prénom", "person", "surname", "plate", "Facebook"],
    "weak points": ["weak points", "failles", "digicode"],
}


def test_every_topic_is_tried():
    assert set(forbidden.topics()) == set(REFUSED)


@pytest.mark.parametrize("heading", [h for headings in REFUSED.values() for h in headings])
def test_a_forbidden_column_is_refused_whatever_table_brings_it(heading):
    reason = forbidden.reason(heading)
    assert reason
    for read, sound in ((sites_csv.read, "name,kind,lat,lon"), (owners_csv.read, "id,name,mail")):
        with pytest.raises(BadTable, match="refused") as refusal:
            read(f"{sound},{heading}\n".encode())
        assert reason in str(refusal.value)


@pytest.mark.parametrize("columns", [sites_csv.COLUMNS, owners_csv.COLUMNS])
def test_no_column_of_ours_is_forbidden(columns):
    for column in columns:
        for heading in (column.name, *column.headings):
            assert forbidden.reason(heading) is None, heading
