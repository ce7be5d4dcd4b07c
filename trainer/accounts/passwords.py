"""Passwords and tokens: Argon2id for what people choose, SHA-256 for what we draw at random."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from trainer.wording import said

MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 200

# OWASP's Argon2id minimum (19 MiB, two passes): half the library's default time, so that a class
# signing in together is not kept waiting.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_hex(16))

# The few passwords that a twelve-character minimum still lets through and that attackers try first.
_COMMON = frozenset(
    {"123456789012", "passwordpassword", "password1234", "qwertyuiop12", "administrator", "letmeinletmein"}
)


def email_key(email: str) -> str:
    """The canonical form of an address: trimmed, NFKC, casefolded. Two look-alikes share one key."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def hash_password(password: str) -> str:
    """An Argon2id hash, parameters included."""
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def password_matches(password: str, password_hash: str | None) -> bool:
    """Compare in the same time whether or not there is an account: no hash is checked against a stand-in."""
    try:
        _hasher.verify(password_hash or _nobody, unicodedata.normalize("NFKC", password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """True if the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def password_problem(password: str, *, email: str = "") -> str | None:
    """Why a password cannot be taken, as a sentence with the remedy; None if it can."""
    if len(password) < MIN_PASSWORD_LENGTH:
        return said(
            "Use at least %(count)s characters. Three or four unrelated words work well.", count=MIN_PASSWORD_LENGTH
        )
    if len(password) > MAX_PASSWORD_LENGTH:
        return said("Use at most %(count)s characters.", count=MAX_PASSWORD_LENGTH)
    folded = password.casefold()
    if folded in _COMMON or len(set(folded)) < 4 or folded == email.casefold():
        return said("That password is among the first that others would guess. Please choose another.")
    return None


def new_token() -> str:
    """256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
