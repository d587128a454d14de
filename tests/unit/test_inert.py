import pytest

from grader.text.inert import inert


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("José 東京 🙂", "José 東京 🙂"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc", r"a\nb\tc"),
        ("a\u202eb", r"a\u202eb"),
        ("\ud800", r"\ud800"),
        ("\u2028", r"\u2028"),
        ("\ue000", r"\ue000"),
        ("\x7f", r"\x7f"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 4),
    ],
)
def test_nothing_in_it_moves_a_cursor(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_long_text_is_cut() -> None:
    assert inert("a" * 10, 10) == "a" * 10
    assert inert("a" * 11, 10) == "a" * 10 + "…"
    assert inert("é" * 11, 10) == "é" * 10 + "…"
    assert inert("aaaa\n" * 10, 9) == "aaaa\\naaa…"
    assert len(inert("\x00" * 10**6, 40)) <= 41
