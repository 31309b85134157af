"""`vigie measures document`, `page`, `pages`: directives and owners' pages as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigie.cli.home import HomeOption, JsonOption, open_home, out
from vigie.errors import BadInput

if TYPE_CHECKING:
    from vigie.measures.documents.queries import Drawn

app = typer.Typer(help="Documents of measures: directives and owners' pages as files.", no_args_is_help=True)

LanguageOption = Annotated[str, typer.Option("--language", help="en or fr.")]


class FolderThere(BadInput):
    """The folder to write into holds something already."""


@app.command()
def document(
    posture: Annotated[
        str, typer.Argument(help="Id of a posture, such as posture-40, or a zone that has one, such as FR.")
    ],
    sector: Annotated[
        str, typer.Option("--sector", help="Only this domain of the catalogue, such as premises.")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="pdf, docx or html.")] = "pdf",
    language: LanguageOption = "en",
    to: Annotated[Path | None, typer.Option("--to", help="File to write; else its usual name, here.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the directive of a posture: what is on, asked of whom, on what ground; the same words in every form."""
    open_home(home)
    from vigie.measures.documents import queries
    from vigie.measures.phrases import pick

    written = queries.directive(queries.posture_of(posture), language=pick(language), sector=sector)
    name = "-".join(filter(None, (posture, sector)))
    _written(queries.drawn(written, form, name=name), to, as_json=as_json)


@app.command()
def page(
    owner: Annotated[str, typer.Argument(help="Id of the owner.")],
    posture: Annotated[
        str, typer.Option("--posture", help="About this posture; else the newest they were written to about.")
    ] = "",
    language: Annotated[str, typer.Option("--language", help="en or fr; else the owner's own.")] = "",
    to: Annotated[Path | None, typer.Option("--to", help="File to write; else its usual name, here.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an owner's page as PDF: what changes for them, their link, and a part to answer on. Who holds it can answer for them."""
    open_home(home)
    from vigie.measures.documents import queries
    from vigie.measures.phrases import pick

    written = queries.own_page(owner, posture=posture, language=pick(language) if language else "")
    _written(queries.drawn(written, "pdf", name=owner), to, as_json=as_json)


@app.command()
def pages(
    posture: Annotated[str, typer.Argument(help="Id of a posture, or a zone that has one.")],
    folder: Annotated[Path, typer.Argument(help="Folder to make and write into, one PDF for each owner.")],
    language: Annotated[str, typer.Option("--language", help="en or fr; else each owner's own.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the pages of all owners that a posture wrote to, to be handed over where no message gets through."""
    open_home(home)
    from vigie.measures.documents import queries
    from vigie.measures.phrases import pick

    row = queries.posture_of(posture)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderThere(
            "{folder} holds something already. Name a folder that is new or empty.", folder=folder
        )
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # each page bears its owner's link
    count = 0
    for owner, written in queries.pages_of(row, language=pick(language) if language else ""):
        (folder / f"{owner}.pdf").write_bytes(queries.drawn(written, "pdf", name=owner).data)
        count += 1
    value = {"posture": row.id, "pages": count, "folder": str(folder)}
    out(
        value,
        as_json=as_json,
        text=f"{count} pages stand in {folder}. Each bears its owner's link: keep them as letters.",
    )


def _written(file: "Drawn", to: Path | None, *, as_json: bool) -> None:
    from hashlib import sha256

    where = to or Path(file.name)
    where.write_bytes(file.data)
    value = {
        "file": str(where),
        "bytes": len(file.data),
        "sha256": sha256(file.data).hexdigest(),
        "content_sha256": file.digest,
    }
    text = f"{where}: {len(file.data)} bytes, SHA-256 {value['sha256']}\nwhat it says: SHA-256 {file.digest}"
    out(value, as_json=as_json, text=text)
