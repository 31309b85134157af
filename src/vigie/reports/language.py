"""The language of a report, by py3langid, whose model lies in its wheel."""

import functools

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# More text changes nothing and costs time.
_ENOUGH = 1200


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> tuple[str, float]:
    """Give the ISO 639-1 code of the text's language and how sure the model is, in [0, 1]."""
    code, sure = _identifier().classify(text[:_ENOUGH])
    return str(code), float(sure)
