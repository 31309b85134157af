"""Gather every sentence to translate into src/vigie/locale/fr/LC_MESSAGES/django.po; what was translated stays.

Templates are turned into code by Django's own `templatize`, then read by Babel's Python extractor, so that no gettext
tools need to be installed. Errors, and whatever else can say itself (`said`), are templates too: what they are made
with is gathered. A sentence kept in a variable is marked with gettext_noop where it stands.
"""

import ast
import io
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "vigie"
PO = SRC / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "_": None, "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "gettext_noop": None,
}  # fmt: skip


def gather() -> Catalog:
    """Give a catalogue of all sentences, each with the files it stands in."""
    catalogue = Catalog(project="vigie", charset="utf-8")
    for path in sorted(SRC.rglob("*.html")) + sorted(SRC.rglob("templates/**/*.txt")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # Within brackets, Python does not mind how a template is indented.
        _read(catalogue, f"(\n{code}\n)", path, KEYWORDS)
    codes = {
        path: path.read_text(encoding="utf-8")
        for path in sorted(SRC.rglob("*.py"))
        if "migrations" not in path.parts
    }
    known = tellers(codes.values())
    for path, code in codes.items():
        _read(catalogue, code, path, KEYWORDS)
        for sentence in told(code, known):
            catalogue.add(sentence, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def _read(catalogue: Catalog, code: str, path: Path, keywords: dict[str, object]) -> None:
    place = path.relative_to(ROOT).as_posix()
    for _line, message, comments, context in extract("python", io.BytesIO(code.encode()), keywords=keywords):
        catalogue.add(message, locations=[(place, 0)], auto_comments=comments, context=context)


def tellers(sources: Iterable[str]) -> set[str]:
    """Name the classes whose objects say themselves in a reader's language (`said`): errors, and sentences of pure files."""
    parents, found = {}, set()
    for code in sources:
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ClassDef):
                parents[node.name] = {_name(base) for base in node.bases}
                if any(isinstance(each, ast.FunctionDef) and each.name == "said" for each in node.body):
                    found.add(node.name)
    while more := {name for name, bases in parents.items() if bases & found} - found:
        found |= more
    return found


def told(code: str, tellers: set[str]) -> list[str]:
    """List the sentences given to the classes of `tellers`; one word alone is a name, not a sentence."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and _name(node.func) in tellers:
            given = [each.value for each in node.args if isinstance(each, ast.Constant)]
            found += [each for each in given if isinstance(each, str) and " " in each]
    return found


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def main() -> int:
    """Update the catalogue; the answer is the number of sentences not translated yet."""
    settings.configure(USE_I18N=True)
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    django.setup()
    template = gather()
    catalogue = (
        read_po(io.BytesIO(PO.read_bytes()), locale="fr")
        if PO.exists()
        else Catalog(locale="fr", project="vigie")
    )
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    # Dates that change by themselves would dirty every checkout.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, no_location=False, include_lineno=False, width=120)
    PO.write_bytes(out.getvalue())
    missing = [m.id for m in catalogue if m.id and not m.string]
    print(f"{len(catalogue)} sentences, {len(missing)} not translated")
    sys.path.insert(0, str(ROOT))
    from build_messages import compile_catalogues

    compile_catalogues(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
