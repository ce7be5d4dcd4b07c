"""Sealing a text for one person and one place. Pure.

AES-256-GCM (NIST SP 800-38D) with a key of its own for every person, derived by HKDF-SHA-256 (RFC 5869) from a master
key outside the database. Person and place are authenticated with the text: a row that is copied to another person or
another place does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from trainer.errors import DomainError
from trainer.wording import said

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = "1"


class Unopenable(DomainError):
    """A sealed text that no key opens. Its words appear nowhere, not even here."""

    def __init__(self) -> None:
        super().__init__(
            said("One of your notes cannot be opened here."),
            said(
                "It is still kept. "
                "Whoever runs this service can open it again by restoring the notebook key of that time."
            ),
        )


class Sealer:
    """Seals with the first key and opens with all of them, so that a key can be replaced without losing a note."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Raises ValueError for no key, or for one that is not 32 bytes long."""
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a notebook key is 32 bytes long")
        self._keys = {key_name(key): key for key in keys}
        self._first = key_name(keys[0])

    def __repr__(self) -> str:
        """Never a key."""
        return f"Sealer({len(self._keys)} keys)"

    def seal(self, text: str, *, person_id: int, place: str) -> str:
        """The text as it is stored: version, name of the key, nonce and ciphertext."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = AESGCM(_derived(self._keys[self._first], person_id))
        sealed = cipher.encrypt(nonce, text.encode(), _bound(person_id, place))
        return f"{VERSION}.{self._first}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, person_id: int, place: str) -> str:
        """The text again. Raises Unopenable for another person, another place, a lost key or a changed byte."""
        version, _, rest = sealed.partition(".")
        name, _, body = rest.partition(".")
        if version != VERSION or name not in self._keys:
            raise Unopenable
        try:
            raw = base64.b64decode(body, validate=True)
            cipher = AESGCM(_derived(self._keys[name], person_id))
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(person_id, place)).decode()
        except (binascii.Error, InvalidTag, ValueError):
            raise Unopenable from None


def key_name(key: bytes) -> str:
    """Tells keys apart without telling them."""
    return hashlib.sha256(b"notebook key " + key).hexdigest()[:8]


def _derived(key: bytes, person_id: int) -> bytes:
    return HKDF(SHA256(), length=KEY_BYTES, salt=None, info=f"notebook of {person_id}".encode()).derive(key)


def _bound(person_id: int, place: str) -> bytes:
    return f"{person_id}\n{place}".encode()
