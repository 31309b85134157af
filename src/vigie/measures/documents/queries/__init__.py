"""Documents gathered from the rows: a posture's directive, an owner's page, lists to call and to look over."""

from vigie.measures.documents.queries.directive import directive, posture_of, sectors
from vigie.measures.documents.queries.files import FORMS, Drawn, UnknownForm, drawn
from vigie.measures.documents.queries.lists import call_sheet, matrix
from vigie.measures.documents.queries.own import own_page, page_of_link, pages_of

__all__ = [
    "FORMS",
    "Drawn",
    "UnknownForm",
    "call_sheet",
    "directive",
    "drawn",
    "matrix",
    "own_page",
    "page_of_link",
    "pages_of",
    "posture_of",
    "sectors",
]
