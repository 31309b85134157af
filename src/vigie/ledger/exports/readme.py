"""What stands in README.txt of an export and of an inspector's bundle, in English and in French."""

README = """\
THE RECORD OF A VIGIE INSTANCE
==============================

Each act is one entry, numbered from 0. This folder holds all of them up to its newest checkpoint, what they say,
and what is needed to check that none was changed, taken out, put in or moved. Nothing of vigie is needed for that.

  tile/entries/   the entries: 256 to a file, each after its length in two bytes (C2SP tlog-tiles)
  tile/0/ 1/ ...  the hashes of the tree over them (RFC 6962)
  payloads/       what the entries say: one line each, number, salt (hex), body (JSON)
  checkpoint      the newest signed checkpoint: name, number of entries, root, signature, witnesses' lines
  checkpoints/    every checkpoint, by its size
  timestamps/     when a checkpoint stood, by a time-stamping authority (RFC 3161), where there is one
  vkey            the key that signs (Ed25519), as verifiers of signed notes take it

To check all of it (Python 3.11 or later, and its package "cryptography"):

    python verify_record.py .
    python verify_record.py . OLDER_CHECKPOINT

The second form takes a checkpoint you, a witness or a newspaper kept from earlier. Whoever holds the server and its key
could write the whole history anew and sign it; an older checkpoint, kept elsewhere, is what tells.

An entry names its body by SHA-256(salt, body). A body that was erased by law is not here, nor is its salt; a later entry
of the kind ledger.payload.erased says so, with the ground and the authority. The checker tells of any other that is missing.

A time stamp is checked against the authority's certificate, which you take from the authority:

    openssl ts -verify -data timestamps/58/checkpoint -in timestamps/58/NAME.tsr -CAfile authority.pem


LE REGISTRE D'UNE INSTANCE VIGIE
================================

Chaque acte est une entrée, numérotée à partir de 0. Ce dossier les contient toutes jusqu'à son dernier point de contrôle,
ce qu'elles disent, et de quoi vérifier qu'aucune n'a été modifiée, retirée, ajoutée ou déplacée. Il n'y faut rien de vigie.

  tile/entries/   les entrées : 256 par fichier, chacune après sa longueur sur deux octets (C2SP tlog-tiles)
  tile/0/ 1/ ...  les empreintes de l'arbre qui les couvre (RFC 6962)
  payloads/       ce que disent les entrées : une ligne chacune, numéro, sel (hexadécimal), corps (JSON)
  checkpoint      le dernier point de contrôle signé : nom, nombre d'entrées, racine, signature, lignes des témoins
  checkpoints/    tous les points de contrôle, par taille
  timestamps/     quand un point de contrôle existait, selon une autorité d'horodatage (RFC 3161), s'il y en a une
  vkey            la clé qui signe (Ed25519), telle que la prennent les vérificateurs de notes signées

Pour tout vérifier (Python 3.11 ou plus récent, et son paquet « cryptography ») :

    python verify_record.py .
    python verify_record.py . POINT_DE_CONTROLE_PLUS_ANCIEN

La seconde forme prend un point de contrôle que vous, un témoin ou un journal avez conservé. Qui tient le serveur et sa clé
pourrait réécrire toute l'histoire et la signer ; c'est un point de contrôle plus ancien, gardé ailleurs, qui le révèle.

Une entrée nomme son corps par SHA-256(sel, corps). Un corps effacé en vertu de la loi n'est pas ici, ni son sel ; une entrée
ultérieure du type ledger.payload.erased le dit, avec le fondement et l'autorité. Le vérificateur signale tout autre manque.
"""

BUNDLE = """\
FOR THE INSPECTOR
=================

  record/           the whole record, with a README of its own: start there
  verify_record.py  checks it: python verify_record.py record
  definitions/      the form of every kind of entry (JSON Schema), and a glossary
  schemes/          the national schemes of levels the entries speak of, as data

Nothing here needs vigie, its server or its makers. Keep record/checkpoint when you are done: next time it tells whether
anything of what you saw today was changed since.


POUR L'INSPECTEUR
=================

  record/           le registre entier, avec son propre README : commencez là
  verify_record.py  le vérifie : python verify_record.py record
  definitions/      la forme de chaque type d'entrée (JSON Schema), et un glossaire
  schemes/          les échelles nationales de niveaux dont parlent les entrées, en données

Rien ici n'a besoin de vigie, de son serveur ni de ses auteurs. Gardez record/checkpoint en partant : la prochaine fois,
il dira si quoi que ce soit de ce que vous avez vu aujourd'hui a été modifié.
"""
