"""What an answer says, without what must differ between two that look alike: the address asked for, the form's token."""

import re

_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def said(answer):
    """Status and words of an answer; the address asked for reads `*`, the token of a form `*`."""
    content = b"a file" if answer.streaming else answer.content
    words = _TOKEN.sub(r"\1*", content.decode(errors="replace"))
    return answer.status_code, words.replace(answer.wsgi_request.path, "*")
