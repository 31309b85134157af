import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given, strategies as st
from lxml import etree

from tests.warning.messages import SOUND
from vigie.warning.cap_check import check

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
TEXT = SOUND.replace("second bulletin", "second <!-- kept? --> bulletin").replace(
    "\n  <sender>", "\n<?pi is signed?>  <sender>"
)


def certificate(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
    )
    # Long run out: a signature that fitted when it was made still fits.
    return (
        built.not_valid_before(datetime(2015, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2016, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def keys():
    """A key of each kind, with its certificate; kept for the module since making RSA keys takes long."""
    pairs = [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    ]
    return dict(zip(("rsa", "ecdsa", "other"), [(key, certificate(key)) for key in pairs], strict=True))


def signed(
    keys,
    kind="ecdsa",
    name="sha256",
    form=C14N,
    uri="",
    transform=f"{DSIG}enveloped-signature",
    text=TEXT,
    beside=None,
):
    """Sign a message as a foreign tool would: digest over the message, value over SignedInfo, both canonical."""
    root = etree.fromstring(text.encode())
    exclusive = form.startswith(EXCLUSIVE)
    digest = hashlib.new(
        name, etree.tostring(root.getroottree(), method="c14n", exclusive=exclusive, with_comments=False)
    ).digest()
    method = (
        f"{DSIG}rsa-sha1"
        if (kind, name) == ("rsa", "sha1")
        else f"http://www.w3.org/2001/04/xmldsig-more#{kind}-{name}"
    )
    digest_method = f"{DSIG}sha1" if name == "sha1" else f"http://www.w3.org/2001/04/xmlenc#{name}"
    info = (
        f'<SignedInfo xmlns="{DSIG}"><CanonicalizationMethod Algorithm="{form}"/><SignatureMethod Algorithm="{method}"/>'
        f'<Reference URI="{uri}"><Transforms><Transform Algorithm="{transform}"/>'
        + (f'<Transform Algorithm="{form}"/>' if exclusive else "")
        + f'</Transforms><DigestMethod Algorithm="{digest_method}"/><DigestValue>{base64.b64encode(digest).decode()}</DigestValue>'
        "</Reference></SignedInfo>"
    )
    data = etree.tostring(etree.fromstring(info).getroottree(), method="c14n", exclusive=exclusive)
    algorithm = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[name]()
    key, own = keys[kind]
    if kind == "rsa":
        value = key.sign(data, padding.PKCS1v15(), algorithm)
    else:
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(algorithm)))
        value = r.to_bytes(32) + s.to_bytes(32)
    der = (beside or own).public_bytes(Encoding.DER)
    whole = (
        f'<Signature xmlns="{DSIG}">{info}<SignatureValue>{base64.b64encode(value).decode()}</SignatureValue><KeyInfo><X509Data>'
        f"<X509Certificate>{base64.encodebytes(der).decode()}</X509Certificate></X509Data></KeyInfo></Signature>"
    )
    return text.replace("</alert>", f"{whole}</alert>")


def rules(text):
    verdict = check(text.encode())
    assert verdict.signed
    return [f.rule for f in verdict.findings]


@pytest.mark.parametrize(
    ("kind", "form"), [("rsa", C14N), ("ecdsa", C14N), ("rsa", EXCLUSIVE), ("ecdsa", EXCLUSIVE)]
)
def test_a_signature_that_fits_is_silent(keys, kind, form):
    assert rules(signed(keys, kind, form=form)) == []


def test_a_word_changed_after_signing_is_found(keys):
    assert rules(signed(keys).replace("Niveau", "niveau")) == ["signature-digest"]


def test_so_is_a_blank_between_elements(keys):
    assert rules(signed(keys).replace("</status>", "</status> ")) == ["signature-digest"]


def test_a_comment_changed_is_not_as_the_canonical_form_leaves_comments_out(keys):
    assert rules(signed(keys).replace("kept?", "gone")) == []


def test_a_digest_put_right_after_the_change_no_longer_fits_the_key(keys):
    changed = signed(keys, text=TEXT.replace("Niveau", "niveau"))
    digest = changed.split("<DigestValue>")[1].split("<")[0]
    old = signed(keys)
    forged = old.replace(old.split("<DigestValue>")[1].split("<")[0], digest).replace("Niveau", "niveau")
    assert rules(forged) == ["signature-value"]


def test_another_s_certificate_beside_the_signature_is_found(keys):
    assert rules(signed(keys, beside=keys["other"][1])) == ["signature-value"]
    assert rules(signed(keys, beside=keys["rsa"][1])) == ["signature-value"]


@pytest.mark.parametrize("uri", ["#info", "other.xml"])
def test_a_signature_over_a_part_vouches_for_nothing(keys, uri):
    assert rules(signed(keys, uri=uri)) == ["signature-covers"]


def test_sha_1_is_advised_against(keys):
    assert rules(signed(keys, "rsa", "sha1")) == ["signature-weak"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("enveloped-signature", "xpath"),
        ("-sha256", "-md5"),
        (C14N, "urn:other"),
        ("<SignatureValue>", "<SignatureValue>é"),
        ("X509Certificate", "X509Other"),
        ("<X509Certificate>", "<X509Certificate>AAAA"),
        ("DigestValue", "DigestOther"),
        ("xmlenc#sha256", "xmlenc#ripemd160"),
    ],
)
def test_a_signature_that_cannot_be_read_is_said_so_and_is_no_fault(keys, old, new):
    verdict = check(signed(keys).replace(old, new).encode())
    assert "signature-unread" in [f.rule for f in verdict.findings]


def test_each_of_two_signatures_is_judged(keys):
    text = signed(keys)
    signature = text[text.index("<Signature ") : text.index("</alert>")]
    # The second was made over the message alone; the first now stands inside what it covers.
    assert rules(text.replace("</alert>", f"{signature}</alert>")) == ["signature-digest", "signature-digest"]


def test_a_file_stuffed_with_signatures_is_not_read_to_the_end(keys):
    text = signed(keys)
    signature = text[text.index("<Signature ") : text.index("</alert>")]
    assert rules(text.replace("</alert>", signature * 20 + "</alert>"))[-1:] == ["signature-unread"]


@given(st.data())
def test_no_change_of_a_signed_file_makes_the_check_fail_otherwise(keys, data):
    text = signed(keys)
    start = data.draw(st.integers(text.index("<Signature "), len(text) - 1))
    check(
        (
            text[:start] + data.draw(st.text(max_size=3)) + text[start + data.draw(st.integers(0, 3)) :]
        ).encode()
    )


def test_a_signed_file_from_the_wild_fits_and_no_longer_once_touched(shared):
    data = (shared / "cap" / "bc_earthquake-2.xml").read_bytes()
    assert check(data).findings == ()
    assert [f.rule for f in check(data.replace(b"Protect yourself", b"Protect ourself", 1)).findings] == [
        "signature-digest"
    ]
