from grader.text.markup import lines, text


def test_a_text_is_one_escaped_line() -> None:
    assert text('<a href="x">&\'\n') == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\n"


def test_lines_are_bounded_together() -> None:
    assert lines("one\r\ntwo\rthree\n\n") == ["one", "two", "three"]
    assert lines("a" * 5 + "\n" + "b" * 5 + "\nc", 8) == ["aaaaa", "bb…", "…"]
    assert lines("\tx") == ["    x"]
