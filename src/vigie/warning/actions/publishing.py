"""Making the public site anew: within the act that gives it something to say, and in place once the record took the entry."""

import logging

import msgspec
from django.conf import settings

from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.homes import Home
from vigie.ledger.actions import after_commit, append, next_seq
from vigie.ledger.outer import queries as outer
from vigie.ledger.outer.actions import enter
from vigie.ledger.outer.leaves import PUBLIC, Released
from vigie.warning import kinds, queries
from vigie.warning.site import LISTED, Site, cap_name, listing_bytes, proof_name, statement_name
from vigie.warning.staging import put_in_place, stage, sums
from vigie.warning.views import public as pages, site as shown


@verb("warning.page.publish")
def publish(actor: Actor, *, because: str = "") -> str:
    """Make the public site anew from what stands: levels decided here, levels received (as relays), messages, facts.

    because: id of what gave rise to it. Gives the publication's id. Raises OutOfRoom when the disc is full.
    """
    return make_site(actor, because)


def make_site(actor: Actor, because: str) -> str:
    """Do what `publish` does, within an act that gives the site something to say: no further right is asked."""
    home: Home = settings.VIGIE_HOME
    files = _proven(actor, shown.site())
    log = queries.log_files()
    # A tile never changes: those that stand already are not written again.
    new = {
        name: data for name, data in log.items() if "/tile/" not in name or not (home.public / name).exists()
    }
    label = f"publication-{next_seq()}"
    staged = stage(files | new, home.public, label)
    listed = [
        kinds.File(name=name, bytes=len(files[name]), sha256=digest_) for name, digest_ in sums(files).items()
    ]
    append(
        actor.by(),
        kinds.PUBLISHED,
        kinds.Published(because=because, files=listed),
        subjects=[because] if because else [],
        marking="TLP:CLEAR",
    )

    # The entry stands by then. A site that could not be put in place differs from it, and the page of warnings says so
    # (queries.unlike_published).
    def show() -> None:
        try:
            put_in_place(staged, home.public, log.keys())
        except OSError:
            logging.getLogger("vigie").exception("The public site could not be put in place")

    after_commit(show)
    return label


def _proven(actor: Actor, site: Site) -> dict[str, bytes]:
    """Enter what the site shows into the public log, and give its files, with the proof of each statement and message."""
    place = outer.size(PUBLIC)
    statements = {page.statement for page in site.pages if page.statement}
    caps = {message.cap: cap_name(message.id) for message in site.messages}
    released = [
        *(Released("", data) for data in sorted(statements)),
        *(Released(n, c) for c, n in caps.items()),
    ]
    places = outer.places(PUBLIC, (each.sha256 for each in released))
    fresh: list[Released] = []
    for each in released:
        if each.sha256 not in places:
            places[each.sha256] = place + len(fresh)
            fresh.append(each if each.what else Released(statement_name(place + len(fresh)), each.data))
    site = msgspec.structs.replace(site, places=places, vkey=outer.vkey(PUBLIC))
    files = pages.files(site)
    listed = Released(LISTED, listing_bytes(site, sums(files)))
    places[listed.sha256] = place + len(fresh)
    enter(actor.by(), PUBLIC, [*fresh, listed], marking="TLP:CLEAR")
    files[LISTED] = listed.data
    names = {
        places[Released("", data).sha256]: name
        for name, data in files.items()
        if Released("", data).sha256 in places
    }
    files |= {proof_name(names[at]): proof.encode() for at, proof in outer.proofs(PUBLIC, names).items()}
    return files | pages.check_pages(site, outer.head(PUBLIC).note)
