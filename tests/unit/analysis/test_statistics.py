"""The statistics of a class, against figures that others have published, and brute force."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb, isclose, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cohort.analysis.coincidence import chance_pairs, pairs_of
from grader.cohort.analysis.f_distribution import f_quantile, incomplete_beta
from grader.cohort.analysis.items import alpha, correlation, feldt, fisher, kelley
from grader.cohort.analysis.order import QUARTERS, reached_by
from grader.cohort.analysis.shares import newcombe, wilson
from grader.cohort.analysis.significance import LEVEL, is_more, seen_differences, sign_test


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_published_it(successes: int, n: int, low: float, high: float) -> None:
    """Statistics in Medicine 17 (1998) 857, table I, method 3."""
    found = wilson(successes, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("n", [5, 10, 20])
def test_wilson_covers_what_it_says_on_average(n: int) -> None:
    """Exactly, by going through all counts: the mean over shares is near 95 %, and above."""
    covered = []
    for k in range(1, 200):
        share = k / 200
        covered.append(
            sum(
                comb(n, got) * share**got * (1 - share) ** (n - got)
                for got in range(n + 1)
                if wilson(got, n).low <= share <= wilson(got, n).high
            )
        )
    assert 0.945 < sum(covered) / len(covered) < 0.965


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_as_newcombe_published_them(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """Statistics in Medicine 17 (1998) 873, table II, method 10."""
    found = newcombe(one, other)
    assert found.low == pytest.approx(low, abs=6e-5)
    assert found.high == pytest.approx(high, abs=6e-5)


def test_the_sign_test_is_that_of_all_ways() -> None:
    for one, other in product(range(7), repeat=2):
        n, least = one + other, min(one, other)
        extreme = [
            ways for ways in product((0, 1), repeat=n) if min(sum(ways), n - sum(ways)) <= least
        ]
        assert sign_test(one, other) == Fraction(len(extreme), 2**n)


def test_the_most_frequent_is_said_to_be_it_only_if_it_is() -> None:
    assert is_more(6, 0)
    assert is_more(10, 2)
    assert not is_more(9, 2)
    assert not is_more(2, 10)
    assert not is_more(5, 0)
    for n in (60, 10_050):  # the counts that are told without the test are told as by it
        apart = int(n**0.5)
        for far in range(apart, 3 * apart + 2, 1 + apart // 9):
            one, other = n // 2 + far, n // 2 - far
            assert is_more(one, other) == (sign_test(one, other) <= LEVEL), (one, other)


def test_of_many_differences_only_the_clear_ones_are_seen() -> None:
    clear, weak, none = ((90, 100), (50, 100)), ((60, 100), (46, 100)), ((50, 100), (50, 100))
    assert seen_differences([weak]) == (newcombe(*weak),)
    assert seen_differences([none, weak, clear, none]) == (None, None, newcombe(*clear), None)
    assert seen_differences([none] * 3) == (None, None, None)
    assert seen_differences([]) == ()


@pytest.mark.parametrize(
    ("share", "one", "other", "value"),
    [
        (0.95, 5, 10, 3.3258),
        (0.975, 10, 20, 2.7737),
        (0.99, 3, 12, 5.9525),
        (0.95, 1, 120, 3.9201),
        (0.05, 10, 5, 1 / 3.3258),
        (0.975, 2, 2, 39.0),
    ],
)
def test_quantiles_of_f_as_in_the_printed_tables(
    share: float, one: int, other: int, value: float
) -> None:
    assert f_quantile(share, one, other) == pytest.approx(value, rel=3e-5)


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0.001, 0.999))
def test_the_incomplete_beta_of_whole_numbers_is_a_binomial_tail(a: int, b: int, x: float) -> None:
    n = a + b - 1
    tail = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert incomplete_beta(a, b, x) == pytest.approx(tail, abs=1e-12)


def test_the_interval_of_a_correlation_is_fishers() -> None:
    """From 0.6 of 40: z = 0.6931, half = 1.96 / sqrt(37) = 0.3222."""
    found = fisher(0.6, 40)
    assert (found.low, found.high) == pytest.approx((0.3548, 0.7680), abs=1e-4)
    assert fisher(1, 40) == (1, 1, 1)


def test_a_correlation_is_silent_for_few_and_where_nothing_varies() -> None:
    values = [float(k % 7) for k in range(30)]
    assert correlation(values[:29], values[:29]) is None
    assert correlation(values, [0.1] * 30) is None
    assert correlation(values, values) == (1, 1, 1)
    moved = [3 - 2 * value for value in values]
    assert isclose((correlation(values, moved) or (0,))[0], -1)


def _rank_free(credits_: Sequence[float], totals: Sequence[float]) -> float:
    found = kelley(credits_, totals)
    assert found is not None
    return found.estimate


def test_kelleys_difference_is_that_of_the_outer_27_percent() -> None:
    assert kelley([1.0] * 99, [1.0] * 99) is None
    credits_ = [float(k >= 50) for k in range(100)]
    assert _rank_free(credits_, [float(k) for k in range(100)]) == 1
    assert _rank_free(credits_, [float(k < 27) for k in range(100)]) == pytest.approx(-50 / 73)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing_where_totals_tie(random: Random) -> None:
    rows = [(float(k % 2), float(k % 5)) for k in range(120)]
    before = _rank_free(*zip(*rows, strict=True))
    random.shuffle(rows)
    assert _rank_free(*zip(*rows, strict=True)) == pytest.approx(before)


def test_alpha_of_parallel_halves_is_spearman_browns() -> None:
    """k items that correlate by r, all of one variance, have alpha k r / (1 + (k - 1) r)."""
    base = [float(k % 6) for k in range(30)]
    items = [base] * 5
    found = alpha(items)
    assert found is not None
    assert found.estimate == pytest.approx(1)
    assert alpha(items[:4]) is None
    assert alpha([base[:29]] * 5) is None
    assert alpha([[1.0] * 30] * 5) is None


def test_alpha_is_that_of_its_covariances() -> None:
    random = Random(3)  # noqa: S311 - the same numbers each time
    ability = [random.gauss(0, 1) for _ in range(40)]
    items = [[each + random.gauss(0, 1) for each in ability] for _ in range(6)]
    means = [sum(item) / 40 for item in items]
    shared = [
        sum((a - m) * (b - o) for a, b in zip(one, other, strict=True)) / 39
        for one, m in zip(items, means, strict=True)
        for other, o in zip(items, means, strict=True)
    ]
    own = sum(shared[k * 7] for k in range(6))
    found = alpha(items)
    assert found is not None
    assert found.estimate == pytest.approx(6 / 5 * (1 - own / sum(shared)))
    assert found.low < found.estimate < found.high


def test_feldts_interval_covers_what_it_says() -> None:
    """Of 400 courses whose true alpha is 0.75 about 95 % have it in their interval."""
    random, covered = Random(1), 0  # noqa: S311 - the same numbers each time
    for _ in range(400):
        ability = [random.gauss(0, 1) for _ in range(30)]
        items = [[each + random.gauss(0, sqrt(5 / 3)) for each in ability] for _ in range(5)]
        found = alpha(items)
        assert found is not None
        covered += found.low <= 0.75 <= found.high
    assert 370 <= covered <= 392
    assert feldt(0.8, 41, 5).high > 0.8


def test_quartiles_are_scores_that_somebody_has() -> None:
    scores = [Fraction(k) for k in (0, 20, 20, 50, 100)]
    assert [reached_by(scores, 1 - share) for share in QUARTERS] == [20, 20, 50]


@given(st.lists(st.fractions(), min_size=1), st.fractions(Fraction(1, 100), 1))
def test_the_share_reaches_it_and_no_higher_score_is_reached_by_it(
    scores: list[Fraction], share: Fraction
) -> None:
    found = reached_by(scores, share)
    assert sum(score >= found for score in scores) >= share * len(scores)
    assert all(
        sum(each >= score for each in scores) < share * len(scores)
        for score in scores
        if score > found
    )


def test_chance_pairs_are_pairs_over_settings() -> None:
    assert pairs_of(5) == 10
    assert chance_pairs(30, Fraction(1, 54)) == Fraction(435, 54)
    assert float(chance_pairs(30, Fraction(1, 4407))) == pytest.approx(0.1, abs=0.002)
    assert float(chance_pairs(30, Fraction(1, 60335))) == pytest.approx(0.007, abs=0.0003)
