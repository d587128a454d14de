"""Ratio: a Fraction whose arithmetic does not ask which kinds of numbers it has been given.

A class's folder is graded in arithmetic of fractions, and most of the time of an operation of
`fractions.Fraction` goes into finding out what the other operand is. Where both are fractions, or
one is an int, the operation is done here; anything else is left to Fraction. Values, results,
hashes, texts and comparisons are Fraction's own, and a result is a Ratio again.

Source: Knuth, The Art of Computer Programming, volume 2, 4.5.1: sums and products of fractions in
lowest terms with the smallest greatest common divisors.
"""

from fractions import Fraction
from functools import lru_cache
from math import gcd

TYPE_CHECKING = False  # type checkers take it for true: for them a Ratio is a Fraction
if TYPE_CHECKING:
    Ratio = Fraction
else:
    _new = object.__new__
    # CPython's modulus with 64 and with 32 bits, and the hash of what has no hash by it.
    _MODULUS = 2**61 - 1 if hash(2**61 - 1) == 0 else 2**31 - 1
    _INFINITE = hash(float("inf"))

    @lru_cache(1024)
    def _inverse(denominator):
        """Return what a hash is multiplied by, 0 if there is none; few denominators come often."""
        try:
            return pow(denominator, -1, _MODULUS)
        except ValueError:  # a multiple of the modulus
            return 0

    def _made(numerator, denominator):
        """Return the ratio of two whole numbers without a common divisor."""
        made = _new(Ratio)
        made._numerator = numerator
        made._denominator = denominator
        return made

    def _sum(na, da, nb, db):
        if da == 1 and db == 1:
            return _made(na + nb, 1)
        common = gcd(da, db)
        if common == 1:
            return _made(na * db + da * nb, da * db)
        part = da // common
        top = na * (db // common) + nb * part
        again = gcd(top, common)
        if again == 1:
            return _made(top, part * db)
        return _made(top // again, part * (db // again))

    def _product(na, da, nb, db):
        common = gcd(na, db)
        if common > 1:
            na //= common
            db //= common
        common = gcd(nb, da)
        if common > 1:
            nb //= common
            da //= common
        return _made(na * nb, da * db)

    def _quotient(na, da, nb, db):
        if not nb:
            raise ZeroDivisionError(f"Fraction({na}, 0)")
        return _product(na, da, db, nb) if nb > 0 else _product(-na, da, db, -nb)

    class Ratio(Fraction):
        """An exact number; as a Fraction in everything but time."""

        __slots__ = ()

        def __add__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return _sum(
                    self._numerator, self._denominator, other._numerator, other._denominator
                )
            if type(other) is int:
                return _made(self._numerator + other * self._denominator, self._denominator)
            return Fraction.__add__(self, other)

        __radd__ = __add__

        def __sub__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return _sum(
                    self._numerator, self._denominator, -other._numerator, other._denominator
                )
            if type(other) is int:
                return _made(self._numerator - other * self._denominator, self._denominator)
            return Fraction.__sub__(self, other)

        def __rsub__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return _sum(
                    other._numerator, other._denominator, -self._numerator, self._denominator
                )
            if type(other) is int:
                return _made(other * self._denominator - self._numerator, self._denominator)
            return Fraction.__rsub__(self, other)

        def __mul__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return _product(
                    self._numerator, self._denominator, other._numerator, other._denominator
                )
            if type(other) is int:
                return _product(self._numerator, self._denominator, other, 1)
            return Fraction.__mul__(self, other)

        __rmul__ = __mul__

        def __truediv__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return _quotient(
                    self._numerator, self._denominator, other._numerator, other._denominator
                )
            if type(other) is int:
                return _quotient(self._numerator, self._denominator, other, 1)
            return Fraction.__truediv__(self, other)

        def __rtruediv__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return _quotient(
                    other._numerator, other._denominator, self._numerator, self._denominator
                )
            if type(other) is int:
                return _quotient(other, 1, self._numerator, self._denominator)
            return Fraction.__rtruediv__(self, other)

        def __neg__(self):
            return _made(-self._numerator, self._denominator)

        def __abs__(self):
            return self if self._numerator >= 0 else _made(-self._numerator, self._denominator)

        def __bool__(self):
            return bool(self._numerator)

        def __eq__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return (
                    self._numerator == other._numerator and self._denominator == other._denominator
                )
            if type(other) is int:
                return self._denominator == 1 and self._numerator == other
            return Fraction.__eq__(self, other)

        def __hash__(self):
            if self._denominator == 1:
                return hash(self._numerator)
            # Source: the library reference, "Hashing of numeric types".
            inverse = _inverse(self._denominator)
            found = hash(hash(abs(self._numerator)) * inverse) if inverse else _INFINITE
            found = found if self._numerator >= 0 else -found
            return -2 if found == -1 else found

        def __lt__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return self._numerator * other._denominator < other._numerator * self._denominator
            if type(other) is int:
                return self._numerator < other * self._denominator
            return Fraction.__lt__(self, other)

        def __le__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return self._numerator * other._denominator <= other._numerator * self._denominator
            if type(other) is int:
                return self._numerator <= other * self._denominator
            return Fraction.__le__(self, other)

        def __gt__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return self._numerator * other._denominator > other._numerator * self._denominator
            if type(other) is int:
                return self._numerator > other * self._denominator
            return Fraction.__gt__(self, other)

        def __ge__(self, other):
            if type(other) is Ratio or type(other) is Fraction:
                return self._numerator * other._denominator >= other._numerator * self._denominator
            if type(other) is int:
                return self._numerator >= other * self._denominator
            return Fraction.__ge__(self, other)

        def __repr__(self):
            return f"Fraction({self._numerator}, {self._denominator})"


__all__ = ["Ratio"]
