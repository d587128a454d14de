from grader.mistakes.table import DIAGNOSES
from grader.text.codes import ERRORS, REVEAL


def test_error_codes_in_the_order_in_which_they_apply() -> None:
    assert list(ERRORS) == [
        "unreadable",
        "too-large",
        "not-utf8",
        "not-json",
        "not-an-object",
        "duplicate-key",
        "unknown-parameter",
        "not-text",
        "unknown-exercise",
        "wrong-exercise",
        "variants-changed",
        "wrong-variant",
        "no-variant",
        "fixed-parameter",
        "missing-parameter",
        "not-a-number",
        "out-of-range",
        "no-function",
        "raised",
        "timed-out",
        "out-of-memory",
        "crashed",
        "bad-return",
        "not-weights",
        "wrong-network",
        "grader-fault",
        "sandbox-unavailable",
    ]


def test_diagnoses_in_the_order_in_which_they_count() -> None:
    assert list(DIAGNOSES) == [
        "unit-unset",
        "copied-line",
        "absolute-slope",
        "ignored-output-weight",
        "bias-is-breakpoint",
        "bias-sign",
        "missing-bias",
        "intercept-as-bias",
        "wrong-side",
        "weight-sign",
        "swapped-w-and-b",
        "wrong-breakpoint",
        "dead-unit",
        "always-on",
        "slope-change-off",
        "knot-off",
        "unrecognised",
        "units-permuted",
    ]


def test_levels_of_reveal_from_the_lowest() -> None:
    assert REVEAL == ("verdict", "hints", "answers")


def test_every_code_is_explained_in_words() -> None:
    assert all(" " in text for text in (*DIAGNOSES.values(), *ERRORS.values()))
