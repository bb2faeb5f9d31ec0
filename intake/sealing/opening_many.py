"""Opening very many sealed texts one after the other, with the secret of one desk.

`pyrage` makes everything that a secret needs anew for each text, and spends most of its time so.
Here it is made once, and the texts are opened by the rules of age (https://age-encryption.org/v1)
with the primitives of `cryptography`, twice as fast. What is written in any other way than ours is
left to `pyrage`. The public path cannot import this module.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pyrage import x25519

from intake.sealing.unsealing import CannotOpen, identities_in, open_sealed

_FIRST_LINE = b"age-encryption.org/v1"
_X25519 = b"X25519"
_KEY, _NONCE, _FILE_KEY = 32, 16, 16
_LINE = 64
PIECE, TAG = 64 * 1024, 16
_PIECE = PIECE + TAG
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


class Opener:
    """What one secret opens, or each of its lines. Raises CannotOpen for a secret that is none."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._pairs = [_pair(one) for one in identities_in(secret)]

    def open(self, sealed: bytes) -> bytes:
        """The plaintext. Raises CannotOpen."""
        try:
            return self._open(sealed)
        except InvalidTag:
            raise CannotOpen("the secret does not open this") from None
        except ValueError:
            return open_sealed(sealed, self._secret)

    def _open(self, sealed: bytes) -> bytes:
        cipher, body = self.cipher_of(sealed)
        return b"".join(_pieces(cipher, sealed[body:]))

    def cipher_of(self, sealed: bytes) -> tuple[ChaCha20Poly1305, int]:
        """What opens the pieces, and where the first of them begins; the head alone is read.

        Raises InvalidTag where the secret does not open it, ValueError for a damaged head.
        """
        end = sealed.index(b"\n--- ")
        header, line_end = sealed[: end + 4], sealed.index(b"\n", end + 4)
        file_key = self._file_key(header)
        written = _decoded(sealed[end + 5 : line_end])
        if not hmac.compare_digest(_digest(_derived(b"", file_key, b"header"), header), written):
            raise InvalidTag
        body = line_end + 1 + _NONCE
        payload_key = _derived(sealed[line_end + 1 : body], file_key, b"payload")
        return ChaCha20Poly1305(payload_key), body

    def _file_key(self, header: bytes) -> bytes:
        for share, wrapped in _stanzas(header):
            for private, public in self._pairs:
                shared = private.exchange(X25519PublicKey.from_public_bytes(share))
                key = _derived(share + public, shared, b"age-encryption.org/v1/X25519")
                try:
                    file_key = ChaCha20Poly1305(key).decrypt(bytes(12), wrapped, None)
                except InvalidTag:
                    continue
                if len(file_key) == _FILE_KEY:
                    return file_key
        raise InvalidTag


def _pair(secret: str) -> tuple[X25519PrivateKey, bytes]:
    """The private key and the bytes of the public one."""
    try:
        x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise CannotOpen("the secret is damaged") from None
    private = X25519PrivateKey.from_private_bytes(_bytes_of(secret))
    return private, private.public_key().public_bytes_raw()


def _stanzas(header: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The share and the wrapped key of each recipient of our kind; ValueError for a damaged one."""
    first, *lines = header.split(b"\n")[:-1]
    if first != _FIRST_LINE:
        raise ValueError("not this version of age")
    rest = iter(lines)
    for line in rest:
        mark, kind, *arguments = line.split(b" ")
        if mark != b"->":
            raise ValueError("no stanza begins here")
        body = bytearray()
        for more in rest:
            body += more
            if len(more) < _LINE:
                break
        if kind == _X25519 and len(arguments) == 1:
            yield _decoded(arguments[0]), _decoded(bytes(body))


def _pieces(cipher: ChaCha20Poly1305, body: bytes) -> Iterator[bytes]:
    """Each piece says by its nonce where it stands and whether it is the last one."""
    last = max(len(body) - 1, 0) // _PIECE
    for number in range(last + 1):
        sealed = body[number * _PIECE : (number + 1) * _PIECE]
        piece = cipher.decrypt(nonce_of(number, is_last=number == last), sealed, None)
        if number and not piece:
            raise InvalidTag
        yield piece


def nonce_of(number: int, *, is_last: bool) -> bytes:
    """By it a piece is where it was written and nowhere else."""
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")


def _derived(salt: bytes, secret: bytes, about: bytes) -> bytes:
    """HKDF-SHA-256 of 32 bytes: one round of it, which takes a tenth of what a class takes."""
    return _digest(_digest(salt or bytes(_KEY), secret), about + b"\1")


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _decoded(text: bytes) -> bytes:
    """Base64 without its padding; ValueError where it is none, or could be written otherwise."""
    decoded = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if b64encode(decoded).rstrip(b"=") != text:
        raise ValueError("not how it is written")
    return decoded


def _bytes_of(secret: str) -> bytes:
    """Of a secret that was found to be one: five bits a letter, of which the last six check it."""
    bits = 0
    letters = secret.lower().rpartition("1")[2][:-6]
    for letter in letters:
        bits = bits << 5 | _LETTERS.index(letter)
    spare = len(letters) * 5 - _KEY * 8
    return (bits >> spare).to_bytes(_KEY, "big")
