"""Names of private persons and what tells their origin are covered, in six languages, by grammar and not by a list."""

import pytest
from hypothesis import given, strategies as st

from vigie.reports.masking import BLOCK, apply
from vigie.reports.reader import read

PRIVATE = [
    (
        "A school guard, Jane Quillfeather, and Aurel Vantongeren were named after the terror attack on the school.",
        ["Quillfeather", "Vantongeren"],
    ),
    (
        "Aurel Vantongeren, 51, Friday's victim, taught at the school near the station, police told the press.",
        ["Vantongeren"],
    ),
    (
        "History teacher Aurel Vantongeren was murdered in his school on Friday after the attack.",
        ["Aurel", "Vantongeren"],
    ),
    (
        "The suspect, Ilir Maskadov, 34, was arrested on Friday after the terror attack in the city.",
        ["Maskadov"],
    ),
    (
        "Jane Quillfeather, 34, was killed in the attack. Quillfeather had two children, neighbours said.",
        ["Quillfeather"],
    ),
    (
        "A man of Ruritanian origin was arrested. The attacker, a Ruritanian national, had been known to police.",
        ["Ruritanian origin", "Ruritanian national"],
    ),
    (
        "The attacker, who converted to Buddhism, was born in Zembla and was known to the police services.",
        ["Buddhism", "born in Zembla"],
    ),
    (
        "Le professeur Aurel Vantongeren a été assassiné vendredi dans son lycée par un ancien élève.",
        ["Aurel", "Vantongeren"],
    ),
    (
        "Le suspect, Ilir Maskadov, 20 ans, d'origine tchétchène, a été interpellé vendredi par la police.",
        ["Maskadov", "origine tchétchène"],
    ),
    (
        "La victime, Solène Marchandeau, est morte à l'hôpital. Mme Marchandeau avait 41 ans, a dit le maire.",
        ["Marchandeau"],
    ),
    (
        "El profesor Aurel Vantongeren fue asesinado el viernes en su instituto por un antiguo alumno.",
        ["Vantongeren"],
    ),
    (
        "El sospechoso, Ilir Maskadov, de 20 años y de origen checheno, fue detenido el viernes en la ciudad.",
        ["Maskadov", "origen checheno"],
    ),
    (
        "Der Geschichtslehrer Aurel Vantongeren wurde am Freitag in seiner Schule getötet, sagte die Polizei.",
        ["Vantongeren"],
    ),
    (
        "Der mutmaßliche Täter Ilir Maskadov ist tschetschenischer Herkunft und wurde am Freitag festgenommen.",
        ["Maskadov", "tschetschenischer Herkunft"],
    ),
    (
        "L'insegnante Aurel Vantongeren è stato ucciso venerdì nella sua scuola da un ex studente, dice la polizia.",
        ["Vantongeren"],
    ),
    (
        "Il sospettato Ilir Maskadov, 20 anni, di origine cecena, è stato arrestato venerdì dalla polizia.",
        ["Maskadov", "origine cecena"],
    ),
    (
        "Geschiedenisleraar Aurel Vantongeren werd vrijdag vermoord op zijn school door een oud-leerling.",
        ["Vantongeren"],
    ),
    (
        "De verdachte Ilir Maskadov, een man van Tsjetsjeense afkomst, werd vrijdag aangehouden door de politie.",
        ["Maskadov", "Tsjetsjeense afkomst"],
    ),
]
KEPT = [
    (
        "Soldiers were sent to Charles de Gaulle airport and to Victoria Station after the terror attack on Monday.",
        "Charles de Gaulle",
    ),
    (
        "Prime Minister Orsolya Benedek said the threat level stays where it is after the terror attack.",
        "Orsolya Benedek",
    ),
    (
        "The level was raised, said Tomas Arvidh, the national coordinator for counter-terrorism, on Monday.",
        "Tomas Arvidh",
    ),
    (
        "Le préfet de police, Anselme Corvisier, a annoncé que le niveau d'alerte terroriste est maintenu.",
        "Anselme Corvisier",
    ),
    (
        "Der Innenminister Ulf Brandstätter erklärte, die Terrorwarnstufe bleibe unverändert auf der Stufe vier.",
        "Ulf Brandstätter",
    ),
    (
        "Forty French nationals were among the dead in the terror attack, the ministry said on Monday.",
        "French nationals",
    ),
    (
        "Friday's attack in the Russian capital was claimed by the Islamic State group, officials said.",
        "Russian capital",
    ),
]


@pytest.mark.parametrize(("text", "secrets"), PRIVATE)
def test_private_names_and_origins_survive_nowhere(text, secrets):
    reading = read(text.encode(), name="r.txt")
    told = repr(reading) + str(reading.to_json())
    assert [secret for secret in secrets if secret in told] == []
    assert reading.masks
    assert all(mask.reason for mask in reading.masks)


@pytest.mark.parametrize(("text", "name"), KEPT)
def test_officials_speaking_in_office_and_whole_peoples_are_kept(text, name):
    assert name in read(text.encode(), name="r.txt").text


@pytest.mark.parametrize(("text", "_secrets"), PRIVATE)
def test_a_mask_keeps_every_other_character_in_its_place(text, _secrets):
    masked = read(text.encode(), name="r.txt").text
    assert len(masked) == len(text)
    assert all(shown in (given, BLOCK) for given, shown in zip(text, masked, strict=True))


def test_a_name_masked_once_is_masked_at_its_other_mentions_too():
    text = "Teacher Aurel Vantongeren was killed.\n\nIn the town, Vantongeren was loved. AUREL VANTONGEREN, they wrote on the wall.\n"
    assert "anton" not in read(text.encode(), name="r.txt").text.lower()


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_applying_a_mask_never_changes_the_length(text, one, other):
    start, end = sorted([min(one, len(text)), min(other, len(text))])
    assert len(apply(text, [(start, end)])) == len(text)
