"""What an answer says, without what differs between two that look alike: the address asked for, the form's token, the hour."""

import re

_HOUR = re.compile(r"You are signed in until \d\d:\d\d")
_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def said(answer):
    """Status and words of an answer; the address asked for reads `*`, the token of a form `*`."""
    content = b"a file" if answer.streaming else answer.content
    words = _TOKEN.sub(r"\1*", content.decode(errors="replace"))
    words = _HOUR.sub("You are signed in", words)
    return answer.status_code, words.replace(answer.wsgi_request.path, "*")
