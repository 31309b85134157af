"""A document drawn as a file, ready to be handed out."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from vigie.errors import NotFound
from vigie.measures.documents.paper import Paper
from vigie.measures.documents.pdf import pdf
from vigie.measures.documents.word_file import word_file

FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
"""What a document is drawn as, and how each is named to who fetches it."""


class UnknownForm(NotFound):
    """A document is not drawn like that."""


@dataclass(frozen=True)
class Drawn:
    """A file. name: to save it under; media: its type; digest: SHA-256 of what it says, the same in every form."""

    name: str
    media: str
    data: bytes
    digest: str


def drawn(given: Paper, form: str, *, name: str) -> Drawn:
    """Draw a document as `pdf`, `docx` or `html`. name: of the file, without its ending. Raises UnknownForm."""
    if form not in FORMS:
        raise UnknownForm(
            "{given!r} is no form of a document. Expected one of: {known}.",
            given=form,
            known=", ".join(FORMS),
        )
    if form == "pdf":
        data = pdf(given)
    elif form == "docx":
        data = word_file(given)
    else:
        with translation.override(given.language):
            said = {"paper": given, "style": _style()}
            data = render_to_string("measures/document_file.html", said).encode()
    return Drawn(f"{name}.{form}", FORMS[form], data, given.digest)


@cache
def _style() -> SafeString:
    """Give the file's own look: saved by itself, it can fetch none."""
    css = resources.files("vigie.measures.documents").joinpath("file.css").read_text(encoding="utf-8")
    return mark_safe(f"<style>\n{css}</style>")  # noqa: S308 - ours, and the same for every document
