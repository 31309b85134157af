import pytest

from tests.warning.messages import SOUND
from vigie.warning.cap_parse import LARGEST, Unreadable, tree_of

BOMB = '<!DOCTYPE a [<!ENTITY b "bang"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
FILE = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
BODY = SOUND.split("\n", 1)[1]


def rule_of(data: bytes) -> tuple[str, int]:
    with pytest.raises(Unreadable) as caught:
        tree_of(data)
    return caught.value.rule, caught.value.line


@pytest.mark.parametrize("declaration", [BOMB, FILE, "<!DOCTYPE alert>", "<!doctype alert>"])
@pytest.mark.parametrize("before", ["", "<?xml version='1.0'?>\n", "<!-- a comment -->", "<?pi <!x ?>\n"])
def test_a_document_type_is_refused_before_parsing(declaration, before):
    assert rule_of((before + declaration + BODY).encode())[0] == "doctype"


def test_the_line_of_the_document_type_is_named():
    assert rule_of(("<?xml version='1.0'?>\n\n\n" + BOMB + BODY).encode()) == ("doctype", 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_hidden_in_utf_16_is_refused(encoding):
    text = f'<?xml version="1.0" encoding="UTF-16"?>{BOMB}<a>&c;</a>'
    assert rule_of(text.encode(encoding))[0] in {"doctype", "encoding", "control-character"}


@pytest.mark.parametrize(
    "encoding", ["UTF-7", "IBM037", "cp037", "UTF-32", "punycode", "rot13", "unicode_escape", "nothing"]
)
def test_encodings_that_can_hide_a_document_type_are_refused(encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'.encode()
    assert rule_of(data)[0] == "encoding"


def test_a_message_about_document_types_is_not_one():
    text = SOUND.replace("second bulletin", "<![CDATA[<!DOCTYPE html>]]>")
    assert tree_of(text.encode())[6].text == "<!DOCTYPE html>"


def test_utf_16_with_its_mark_is_read():
    text = SOUND.replace("UTF-8", "UTF-16").replace("Niveau", "Niveau élevé")
    assert "élevé" in tree_of(text.encode("utf-16"))[8][2].text


def test_latin_1_is_read_as_declared():
    text = SOUND.replace("UTF-8", "ISO-8859-1").replace("second", "deuxième")
    assert tree_of(text.encode("latin-1"))[6].text == "deuxième bulletin"


def test_bytes_that_are_not_the_encoding_are_named_by_line():
    assert rule_of(SOUND.replace("second", "deuxième").encode("latin-1")) == ("encoding", 9)


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_nothing_is_refused_as_nothing(data):
    assert rule_of(data) == ("empty", 1)


def test_what_is_too_large_is_refused_unread():
    assert rule_of(b"x" * (LARGEST + 1))[0] == "too-large"


@pytest.mark.parametrize("text", ["second\x08", "second&#8;", "second&#xFFFE;", "second\x00"])
def test_control_characters_are_refused_written_plainly_or_by_number(text):
    assert rule_of(SOUND.replace("second", text).encode()) == ("control-character", 9)


@pytest.mark.parametrize("text", ["<note>", "second & third", "&undefined;", "<a b=c/>"])
def test_what_is_not_well_formed_is_refused_with_its_line(text):
    rule, line = rule_of(SOUND.replace("second bulletin", text).encode())
    assert (rule, line >= 9) == ("not-xml", True)


def test_a_deep_nest_is_refused():
    assert rule_of(b"<a>" * 40 + b"</a>" * 40)[0] == "too-deep"


def test_a_nest_that_would_break_a_parser_is_refused():
    assert rule_of(b"<a>" * 100_000)[0] in {"not-xml", "too-deep"}


def test_bytes_that_are_no_text_are_refused():
    assert rule_of(bytes(range(256)) * 4)[0] in {"encoding", "control-character"}
