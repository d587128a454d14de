"""SHA-256 without OpenSSL: hashlib loads it first, which takes a twelfth of what `grade` may take.

Source: random.py in the standard library gets its hash function in the same way.
"""

try:
    from _sha2 import sha256  # type: ignore[import-not-found] # Python 3.12 and later
except ModuleNotFoundError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ModuleNotFoundError:
        from hashlib import sha256

__all__ = ["sha256"]
