"""Whether a signature inside a CAP message still fits it: the digest of the message, and the value over that digest.

W3C XML Signature 1.1, as CAP uses it (OASIS CAP 1.2, section 3.3.4.1): enveloped in the alert, over the whole of it. A
signature that fits says only that nothing changed since whoever holds that key signed. Whose key it is stays
open: no certificate is traced to a root, and their dates are not read (those of old messages have run out by now).
"""

import base64
import binascii
import copy
import hashlib
from collections.abc import Iterator

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from vigie.warning.cap_rules import Finding, found

MOST = 4
"""Signatures read in one message: each is judged over a copy of the whole."""

_DSIG = "http://www.w3.org/2000/09/xmldsig#"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_TAG = "{" + _DSIG + "}"
_ENVELOPED = _DSIG + "enveloped-signature"
_C14N = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
"""Canonical form to (exclusive, with comments). XML 1.0 forms only: CAP has no other."""
_DIGESTS = {
    _DSIG + "sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    _MORE + "sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_METHODS = {
    _DSIG + "rsa-sha1": ("rsa", "sha1"),
    **{f"{_MORE}rsa-{name}": ("rsa", name) for name in ("sha256", "sha384", "sha512")},
    **{f"{_MORE}ecdsa-{name}": ("ecdsa", name) for name in ("sha256", "sha384", "sha512")},
}


class _NotReadable(Exception):
    """The signature uses something not known here, or lacks a part; the text names it."""


def signature(root: etree._Element) -> Iterator[Finding]:
    """Give what is wrong with the signatures of the message; nothing when it has none.

    root: parsed with comments and processing instructions kept, since both may be part of what was signed.
    """
    for number, element in enumerate(root.findall(_TAG + "Signature"), 1):
        path = f"alert/Signature[{number}]"
        if number > MOST:
            yield found("signature-unread", element.sourceline, path, given=f"more than {MOST} signatures")
            return
        try:
            yield from _judged(root, element, path)
        except _NotReadable as fault:
            yield found("signature-unread", element.sourceline, path, given=str(fault))


def _judged(root: etree._Element, element: etree._Element, path: str) -> Iterator[Finding]:
    info = _part(element, "SignedInfo")
    line = element.sourceline
    references = info.findall(_TAG + "Reference")
    if [reference.get("URI") for reference in references] != [""]:
        # A signature over a part of the file vouches for none of the rest, whatever it holds.
        yield found("signature-covers", line, path, given=", ".join(repr(r.get("URI")) for r in references))
        return
    digest, expected = _digest(root, element, references[0])
    if digest != expected:
        yield found("signature-digest", line, path)
    weak = {_named(_part(info, "SignatureMethod")), _named(_part(references[0], "DigestMethod"))}
    if any(name.endswith("sha1") for name in weak):
        yield found("signature-weak", line, path)
    if not _value_fits(element, info):
        yield found("signature-value", line, path)


def _digest(root: etree._Element, element: etree._Element, reference: etree._Element) -> tuple[bytes, bytes]:
    if _ENVELOPED not in {_named(transform) for transform in reference.iter(_TAG + "Transform")}:
        raise _NotReadable("no enveloped-signature transform")
    other = [transform for transform in reference.iter(_TAG + "Transform") if _named(transform) != _ENVELOPED]
    if len(other) > 1:
        raise _NotReadable(", ".join(map(_named, other)))
    place = root.findall(_TAG + "Signature").index(element)
    signed = copy.deepcopy(root.getroottree())
    mine = signed.getroot().findall(_TAG + "Signature")[place]
    _cut(mine)
    data = _canonical(signed, other[0] if other else None)
    method = _named(_part(reference, "DigestMethod"))
    if method not in _DIGESTS:
        raise _NotReadable(method)
    return hashlib.new(_DIGESTS[method], data).digest(), _bytes(_part(reference, "DigestValue"))


def _canonical(tree: etree._ElementTree, how: etree._Element | None) -> bytes:
    """Give the canonical bytes of a tree; how: the element that names the form, None for the standard's default."""
    if how is None:
        return etree.tostring(tree, method="c14n", exclusive=False, with_comments=False)
    name = _named(how)
    if name not in _C14N:
        raise _NotReadable(name)
    exclusive, comments = _C14N[name]
    kept = how.find("{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
    prefixes = (kept.get("PrefixList") or "").split() if kept is not None else []
    return etree.tostring(
        tree,
        method="c14n",
        exclusive=exclusive,
        with_comments=comments,
        inclusive_ns_prefixes=[prefix for prefix in prefixes if prefix != "#default"] if exclusive else None,
    )


def _cut(element: etree._Element) -> None:
    """Take an element out and leave the text after it where it was: it is part of what was signed."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _value_fits(element: etree._Element, info: etree._Element) -> bool:
    method = _named(_part(info, "SignatureMethod"))
    if method not in _METHODS:
        raise _NotReadable(method)
    # lxml's canonical form of an element inside a tree declares empty namespaces that are not there; as the root of a
    # tree of its own, with the declarations around it, it comes out right.
    alone = etree.fromstring(etree.tostring(info, with_tail=False, encoding="utf-8"))
    data = _canonical(alone.getroottree(), _part(info, "CanonicalizationMethod"))
    kind, name = _METHODS[method]
    value, key = _bytes(_part(element, "SignatureValue")), _key(element)
    try:
        if kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, data, padding.PKCS1v15(), _HASHES[name]())
        elif kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            half = len(value) // 2
            plain = encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))
            key.verify(plain, data, ec.ECDSA(_HASHES[name]()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _key(element: etree._Element) -> object:
    certificate = element.find(f"{_TAG}KeyInfo/{_TAG}X509Data/{_TAG}X509Certificate")
    if certificate is None:
        raise _NotReadable("no X509Certificate")
    try:
        return x509.load_der_x509_certificate(_bytes(certificate)).public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise _NotReadable("X509Certificate") from None


def _part(element: etree._Element, name: str) -> etree._Element:
    part = element.find(_TAG + name)
    if part is None:
        raise _NotReadable(f"no {name}")
    return part


def _named(element: etree._Element) -> str:
    return element.get("Algorithm") or ""


def _bytes(element: etree._Element) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise _NotReadable(etree.QName(element).localname) from None
