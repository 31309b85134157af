"""The README's own path, by someone who knows nothing else: a level received, told, answered, and stood down."""

import email
import email.policy
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest

SITES = """Identifiant;Nom;Type;Latitude;Longitude;Zone;Visiteurs par an;Capacité;Horaires;Responsable
gare;Gare centrale;gare;48,0061;0,1996;FR-72;6200000;;Mo-Su 05:00-24:00;transport
tram;Pôle d’échanges;gare;48,0080;0,1930;FR-72;;;;transport
centre;Centre commercial des Chênes;centre commercial;48,0150;0,2050;FR-72;4 100 000;;;commerces
galerie;Galerie de l’Étoile;centre commercial;48,0070;0,1985;FR-72;;;;commerces
musee;Musée;musée;48,0095;0,2010;FR-72;120000;;;mairie
chateau;Château;monument;48,0102;0,2005;FR-72;;;;mairie
theatre;Théâtre;salle de spectacle;48,0066;0,1955;FR-72;;830;;mairie
ecole;École Jules-Ferry;école;48,0040;0,1962;FR-72;;320;;mairie
stade;Stade;stade;47,9590;0,2240;FR-72;;25000;;commerces
place;Place du marché;espace public;48,0059;0,1970;FR-72;;;;mairie
marche;Marché couvert;marché;48,0041;0,1963;FR-72;;;;mairie
mairie;Hôtel de ville;mairie;48,0077;0,1990;FR-72;;;;mairie
"""
OWNERS = """Identifiant;Nom;Type;Langue;Courriel;Téléphone
transport;Transports – PC sécurité;transporteur;fr;pc@transports.example.org;02 43 00 00 01
commerces;Commerces réunis – sûreté;exploitant;fr;surete@commerces.example.org;02 43 00 00 02
mairie;Mairie – service sécurité;mairie;fr;securite@mairie.example.org;02 43 00 00 03
"""
RAISE = [
    "receive", "fr-vigipirate-2016", "UA", "--zone", "FR", "--authority", "Premier ministre",
    "--words", "La posture est portée au niveau urgence attentat.", "--source", "https://www.sgdsn.gouv.fr/vigipirate",
]  # fmt: skip
LOWER = [word if word != "UA" else "SRRA" for word in RAISE]


class Browser:
    """A person's browser: keeps cookies, follows redirects."""

    def __init__(self, port):
        self.root = f"http://localhost:{port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def open(self, path, **given):
        """Open a page, or send a form; give status and text."""
        data = urllib.parse.urlencode(given).encode() if given else None
        try:
            with self.opener.open(self.root + path, data, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def send(self, path, **given):
        """Read a page's form and send it."""
        _status, text = self.open(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        assert token, text
        return self.open(path, csrfmiddlewaretoken=token.group(1), **given)


@contextmanager
def served(home):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    env = os.environ | {"VIGIE_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "vigie.cli", "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 40
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Browser(port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def letters(home):
    """Give, for each mail file in the outbox, its addressee and the path of its link."""
    found = {}
    for file in sorted((home / "outbox").glob("*.eml")):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        link = re.search(r"http://\S+", letter.get_content()).group()
        found[letter["To"].partition("@")[0]] = urllib.parse.urlsplit(link).path
    return found


@pytest.fixture
def folder(tmp_path):
    """A folder as people name theirs, with the tables a French spreadsheet writes."""
    folder = tmp_path / "Mes données d'été"
    folder.mkdir()
    for name, text in (("sites.csv", SITES), ("contacts.csv", OWNERS)):
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
    return folder


def test_a_stranger_receives_sends_is_answered_and_stands_down_by_the_readme_alone(vigie, folder):
    home = folder / "notre poste"

    def run(*words):
        done = vigie(*words, cwd=folder, VIGIE_HOME=str(home))
        assert done.code == 0, done.err
        return done.out

    sign_ins = dict(re.findall(r"^  (duty|second) +(\S+)", run("init"), re.MULTILINE))
    assert "12 new" in run("sites", "import", "sites.csv")
    assert "3 new" in run("owners", "import", "contacts.csv")
    said = run(*RAISE)
    assert "UA holds for FR on one person's word. 28 tasks given." in said
    raised = said.partition(":")[0]
    sent = run("send")
    assert "3 messages stand as mail files" in sent
    assert "which opens on this machine alone" in sent
    assert run("send").startswith("Nothing waits to be sent.")
    link = letters(home)
    assert set(link) == {"pc", "surete", "securite"}

    with served(home) as browser:
        assert browser.open(link["pc"][:-3] + "zz/")[0] == 404
        assert browser.open(link["surete"], given="cannot", reason="")[0] == 400
        for owner, answer in (
            ("pc", {"given": "done"}),
            ("securite", {"given": "done"}),
            ("surete", {"given": "cannot", "reason": "pas assez d'agents"}),
        ):
            status, page = browser.open(link[owner], **answer)
            assert status == 200
            assert "Votre réponse est enregistrée." in page
        assert "0 not answered, 0 late, 9 cannot, 19 done" in run("tasks")

        reception = re.match(r"reception-\d+", run(*LOWER)).group()
        assert "Urgence attentat (UA)" in browser.open(link["pc"])[1], "one person alone lowers nothing"
        second = Browser(browser.root.rpartition(":")[2])
        assert "not correct" in second.send("/accounts/login/", login="second", password="wrong")[1]
        second.send("/accounts/login/", login="second", password=sign_ins["second"])
        status, held = second.open(f"/look/{raised}/")
        assert status == 200
        assert "Owners told" not in held, "what holds already has no consequences to come"
        status, page = second.send(f"/look/{reception}/", agrees="yes", password=sign_ins["second"])
        assert status == 200
        assert "SRRA" in page

        after = browser.open(link["pc"])[1]
        assert "Sécurité renforcée" in after
        assert "Tout ce qui se termine" in after
        assert browser.open(link["pc"], given="stopped")[0] == 200
    assert "5 stopped" in run("tasks")
    assert "Every entry, every checkpoint" in run("record", "verify")


def test_a_refusal_that_gives_a_command_quotes_a_folder_with_spaces(vigie, folder):
    done = vigie("sites", "import", "sites.csv", cwd=folder, VIGIE_HOME=str(folder / "notre poste"))
    assert done.code == 2
    assert f"vigie init --home {folder}/notre poste" not in done.err
    assert "notre poste'" in done.err
    assert "Traceback" not in done.err
