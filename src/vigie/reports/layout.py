"""A kept report as paragraphs of sentences, so that a page can light the words a claim rests on."""

from collections.abc import Container, Iterable, Mapping
from typing import Any


def laid_out(passages: Iterable[Mapping[str, Any]], claimed: Container[int]) -> list[dict[str, Any]]:
    """Give the report's own lines (title, subheads, body) as paragraphs of sentences.

    claimed: raw offsets at which some claim's sentence starts; such a sentence is marked.
    """
    return [
        {
            "role": passage["role"],
            "sentences": [{**words, "claimed": words["start"] in claimed} for words in passage["words"]],
        }
        for passage in passages
        if passage["role"] in {"title", "subhead", "body"}
    ]
