import pytest

from vigie.exposure import owners_csv
from vigie.exposure.tables import BadTable, FaultyRows

HEAD = "id;nom;type;langue;courriel;telephone;mail suppleant;sites;types de sites;zone\n"


def read(rows):
    return owners_csv.read((HEAD + rows).encode())


def test_an_office_is_read_with_its_contact_apart():
    (owner,) = read(
        "gares;Direction des gares;Transport;fr;securite@gares.example.org;+33 1 00 00 00 00;nuit@gares.example.org;a, b;gare;FR-IDF\n"
    ).whole()
    assert (owner.id, owner.name, owner.kind, owner.language) == (
        "gares",
        "Direction des gares",
        "transport-operator",
        "fr",
    )
    assert owner.contact.mail == "securite@gares.example.org"
    assert owner.contact.deputy_mail == "nuit@gares.example.org"
    assert (owner.sites, owner.site_kinds, owner.area) == (("a", "b"), ("station",), "FR-IDF")


def test_what_is_left_out_has_a_plain_default():
    (owner,) = owners_csv.read(b"id,name,mail\nx,Office,x@example.org\n").whole()
    assert (owner.kind, owner.language, owner.sites, owner.site_kinds, owner.area) == (
        "site-manager",
        "fr",
        (),
        (),
        "",
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";Office;;fr;x@example.org;;;;;\n", "id"),
        ("x;;;fr;x@example.org;;;;;\n", "name"),
        ("x;M. Dupont;;fr;x@example.org;;;;;\n", "name"),
        ("x;Mme la responsable;;fr;x@example.org;;;;;\n", "name"),
        ("x;Office;neighbour;fr;x@example.org;;;;;\n", "kind"),
        ("x;Office;;français;x@example.org;;;;;\n", "language"),
        ("x;Office;;fr;not-an-address;;;;;\n", "mail"),
        ("x;Office;;fr;;;;;;\n", "mail"),
        ("x;Office;;fr;a@b.example\\nBcc: c@d.example;;;;;\n", "mail"),
        ("x;Office;;fr;x@example.org;call me;;;;\n", "phone"),
        ("x;Office;;fr;x@example.org;;nobody;;;\n", "deputy_mail"),
        ("x;Office;;fr;x@example.org;;;a b?;;\n", "sites"),
        ("x;Office;;fr;x@example.org;;;;castle in the air;\n", "site_kinds"),
        ("x;Office;;fr;x@example.org;;;;;Nowhere\n", "area"),
    ],
)
def test_each_faulty_cell_is_named(row, column):
    (fault,) = read(row).faults
    assert (fault.line, fault.column) == (2, column)


def test_a_doubled_id_is_named_and_nothing_is_taken():
    result = read("x;Office;;fr;x@example.org;;;;;\nx;Other;;fr;y@example.org;;;;;\n")
    with pytest.raises(FaultyRows, match="line 2 has it already"):
        result.whole()


@pytest.mark.parametrize("heading", ["prénom", "date de naissance", "personne", "surname"])
def test_a_column_about_a_person_is_refused(heading):
    with pytest.raises(BadTable, match="refused"):
        owners_csv.read(f"id,name,mail,{heading}\nx,Office,x@example.org,y\n".encode())


def test_a_table_without_owners_is_refused():
    with pytest.raises(BadTable, match="no owner"):
        read("").whole()


def test_deputy_superior_and_parent_have_columns_of_their_own():
    (owner,) = owners_csv.read(
        "id;nom;courriel;telephone suppléant;courriel supérieur;téléphone supérieur;siège\n"
        "x;Office;x@example.org;01 02;above@example.org;03 04;head-office\n".encode()
    ).whole()
    assert owner.contact.deputy_phone == "01 02"
    assert (owner.contact.superior_mail, owner.contact.superior_phone) == ("above@example.org", "03 04")
    assert owner.parent == "head-office"


@pytest.mark.parametrize(
    ("cell", "column"), [("nobody,,", "superior_mail"), (",call,", "superior_phone"), (",,a b", "parent")]
)
def test_a_faulty_superior_or_parent_is_named(cell, column):
    head = "id,name,mail,superior_mail,superior_phone,parent\n"
    (fault,) = owners_csv.read(f"{head}x,Office,x@example.org,{cell}\n".encode()).faults
    assert fault.column == column


def test_thirty_faulty_rows_of_five_thousand_are_each_named_and_nothing_is_taken():
    rows = [f"o-{n},Office {n},desk{n}@example.org" for n in range(5000)]
    faulty = range(100, 4900, 160)
    for n in faulty:
        rows[n] = f"o-{n},Office {n},no address"
    result = owners_csv.read(("id,name,mail\n" + "\n".join(rows) + "\n").encode())
    with pytest.raises(FaultyRows) as refused:
        result.whole()
    said = str(refused.value)
    assert len(faulty) == 30
    assert all(f"line {n + 2}, mail" in said for n in faulty)
