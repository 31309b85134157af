"""One owner's page on paper: what changes for you, how to answer, and a part to cut off.

It says the sentences of the link page and of the mail, made by the same functions of notice.py.
"""

from vigie.measures.documents.paper import Block, Choices, Items, Lines, Paper, Square, TearOff, paper
from vigie.measures.documents.square import square
from vigie.measures.notice import Line, Notice, head, named_sites, sections
from vigie.measures.phrases import in_words, say


def own_page(
    notice: Notice,
    language: str,
    *,
    link: str,
    code: str,
    marking: str,
    closed: bool,
    version: str,
    page: str,
) -> Paper:
    """Write an owner's page. link: the address it is answered at; code: what a text message answers by.

    closed: nothing of it is asked any more. version, page: of the foot, see `Paper`.
    """
    said: list[Block] = []
    if notice.exercise:
        said.append(Lines((say(language, "exercise", word=notice.exercise),), strong=True))
    if closed:
        said.append(Lines((say(language, "closed"),), strong=True))
    else:
        said.append(Lines(head(notice, language)))
    said += [
        Items(
            section.kind,
            f"{section.heading} ({len(section.lines)})",
            tuple(_item(line, language) for line in section.lines),
        )
        for section in sections(notice.lines, language)
    ]
    asked = [line for line in notice.lines if line.kind != "unchanged"]
    if not asked:
        said.append(Lines((say(language, "nothing"),)))
    if asked and not closed:
        said += _answering(notice, asked, language, link, code)
    return paper(
        title=say(language, "title"),
        about=notice.owner,
        language=language,
        marking=marking,
        exercise=notice.exercise,
        home=notice.home,
        version=version,
        page=page,
        made=int(notice.at.timestamp()),
        blocks=said,
    )


def _item(line: Line, language: str) -> tuple[str, ...]:
    instead = line.before is not None and line.before != line.code
    name = f"{line.code} ({say(language, 'instead', before=line.before)})" if instead else line.code
    where = (say(language, "where", sites=named_sites(line.sites)),) if line.sites else ()
    return (name, in_words(line.words, language), *where)


def _answering(notice: Notice, asked: list[Line], language: str, link: str, code: str) -> list[Block]:
    doing = tuple(line.code for line in asked if line.kind != "ended")
    ending = tuple(line.code for line in asked if line.kind == "ended")
    groups = []
    if doing:
        words = ("do_received", "do_doing", "do_done", "do_cannot")
        groups.append(
            Choices(_all(doing, "all", language), tuple(say(language, one) for one in words), line=True)
        )
    if ending:
        stopped = (say(language, "do_stopped"),)
        groups.append(Choices(_all(ending, "all_ending", language), stopped, line=False))
    return [
        Square(
            square(link),
            say(language, "square"),
            (say(language, "answer", link=link), say(language, "short_answer", code=code)),
        ),
        TearOff(
            cut=say(language, "cut"),
            heading=say(language, "give_back", home=notice.home),
            about=(
                (say(language, "cut_owner"), notice.owner),
                (say(language, "cut_level"), notice.level),
                (say(language, "cut_code"), code),
            ),
            groups=tuple(groups),
            blanks=(say(language, "cut_office"), say(language, "cut_when")),
            help=say(language, "no_persons"),
        ),
    ]


def _all(codes: tuple[str, ...], every: str, language: str) -> tuple[str, ...]:
    """Put a row for all of them first, where there are several."""
    return (say(language, every), *codes) if len(codes) > 1 else codes
