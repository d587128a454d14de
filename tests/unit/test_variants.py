"""The list of variants against brute force, and the draw against the standard library's HMAC."""

import hashlib
import hmac
import unicodedata
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exact.formula import condition
from grader.exercise.variants import TooMany, Variants, draw, listing

TEXTS = ("a < b", "a != b", "b - a >= c", "a + b + c != 0", "a*c <= b", "c > 0", "a < b < c")
SECRET = b"0123456789abcdef"


@given(
    st.lists(
        st.lists(st.integers(-3, 3), min_size=1, max_size=5, unique=True), min_size=3, max_size=3
    ),
    st.lists(st.sampled_from(TEXTS), max_size=4),
)
def test_the_list_is_every_combination_that_meets_the_conditions(
    choices: list[list[int]], texts: list[str]
) -> None:
    given_ = {name: [Fraction(n) for n in each] for name, each in zip("abc", choices, strict=True)}
    conditions = [condition(text) for text in texts]
    expected = [
        row
        for row in product(*given_.values())
        if all(each.holds(dict(zip("abc", row, strict=True))) for each in conditions)
    ]
    assert list(listing(given_, conditions).rows) == expected


def test_the_digest_is_of_names_and_numbers_in_their_order() -> None:
    made = Variants(("t1", "s"), ((Fraction(1, 2), Fraction(-1)), (Fraction(1), Fraction(2))))
    text = "relu-grader variants 1\nt1 s\n1/2 -1\n1 2\n"
    assert made.digest == hashlib.sha256(text.encode()).hexdigest()
    assert made.values(1) == {"t1": 1, "s": 2}


def test_a_hundred_million_combinations_are_refused_at_once() -> None:
    choices = {f"n{k}": [Fraction(n) for n in range(100)] for k in range(4)}
    with pytest.raises(TooMany) as caught:
        listing(choices, [])
    assert str(caught.value) == (
        "make 100,000,000 combinations; at most 1,000,000 can be gone through, of which the "
        "conditions may leave 100,000"
    )


def test_more_variants_than_can_be_listed_are_refused() -> None:
    choices = {f"n{k}": [Fraction(n) for n in range(100)] for k in range(3)}
    with pytest.raises(TooMany) as caught:
        listing(choices, [condition("n0 < n1")])
    assert str(caught.value) == "leave more than 100,000 variants, and no more can be listed"


@settings(max_examples=30)
@given(st.binary(min_size=1, max_size=100), st.text("abc-", min_size=1), st.text(min_size=1))
def test_the_draw_is_hmac_modulo_the_number(secret: bytes, exercise: str, student: str) -> None:
    normal = unicodedata.normalize("NFC", student).encode("utf-8", "surrogatepass")
    fields = (exercise.encode(), normal)
    message = b"".join(len(field).to_bytes(8, "big") + field for field in fields)
    digest = hmac.new(secret, message, "sha256").digest()
    for count in (2, 312):
        assert draw(secret, exercise, student, count) == int.from_bytes(digest, "big") % count


# For ever: who changes one of these deals every class new exercises.
GOLDEN = {
    ("stitch-your-own", "ada"): 9_251,
    ("stitch-your-own", "Ada"): 23_498,
    ("stitch-your-own", "0042"): 66_321,
    ("stitch-your-own", "Zo\u00eb"): 31_569,
    ("stitch-your-own", "\u0391\u03b8\u03b7\u03bd\u03ac"): 93_097,
    ("another", "ada"): 12_043,
}


@pytest.mark.parametrize(("exercise", "student"), GOLDEN)
def test_golden_draws(exercise: str, student: str) -> None:
    assert draw(SECRET, exercise, student, 100_000) == GOLDEN[exercise, student]


def test_an_id_is_taken_as_given_save_for_its_normal_form() -> None:
    assert draw(SECRET, "x", "Zoe\u0308", 10**9) == draw(SECRET, "x", "Zo\u00eb", 10**9)
    assert draw(SECRET, "x", "ada", 10**9) != draw(SECRET, "x", "Ada", 10**9)
    assert draw(SECRET, "x", "ada ", 10**9) != draw(SECRET, "x", "ada", 10**9)


def test_fields_do_not_run_into_each_other() -> None:
    assert draw(SECRET, "ab", "c", 10**9) != draw(SECRET, "a", "bc", 10**9)


@pytest.mark.thorough
def test_the_draw_is_uniform_within_what_chance_allows() -> None:
    count, ids = 312, 100_000
    drawn = Counter(draw(SECRET, "stitch-your-own", f"student-{n}", count) for n in range(ids))
    mean = ids / count
    chi = sum((drawn[n] - mean) ** 2 / mean for n in range(count))
    # 311 degrees of freedom: below 180 or above 450 once in a hundred million.
    assert 180 < chi < 450
