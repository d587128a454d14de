import json
import re
from time import process_time

import pytest

from grader.errors import SubmissionError
from grader.submission.expected import expected
from grader.submission.miswritten import refusal
from grader.submission.origin import Whole
from grader.submission.record import Unnumber
from grader.submission.sources.json import read


def test_keys_and_values_in_the_order_of_the_file() -> None:
    data = '\ufeff{"w1": 1, "b1": -0.5, "w1": 1e400, "x": [1, {"a": 2}], "s": "é", "t": true}'
    assert list(read(data.encode())) == [
        ("w1", 1.0),
        ("b1", -0.5),
        ("w1", float("inf")),
        ("x", [1.0, [("a", 2.0)]]),
        ("s", "é"),
        ("t", True),
    ]
    assert list(read(b"{}")) == []
    assert all(isinstance(v, float) for _, v in read(b'{"a": 1, "b": -0}'))


def test_numbers_that_json_does_not_have_are_named() -> None:
    assert list(read(b'{"a": NaN, "b": Infinity, "c": -Infinity}')) == [
        ("a", Unnumber("NaN")),
        ("b", Unnumber("Infinity")),
        ("c", Unnumber("-Infinity")),
    ]


JSON = "the submission is not JSON at line"
LOOKS = 'it must look like {"w1": 1, "b1": 0}'
ONE = 'it must be one object, such as {"w1": 1, "b1": -1}'
DEEP = f"the submission is nested too deep; {LOOKS}"


@pytest.mark.parametrize(
    ("data", "code", "message", "where"),
    [
        (b'{\n"a": "\xff"}', "not-utf8", "byte 9 of the submission is not UTF-8 text; save the file as UTF-8", "line 2"),
        (b'"\xed\xa0\x80"', "not-utf8", "byte 2 of the submission is not UTF-8 text; save the file as UTF-8", "line 1"),
        (b"", "not-json", f"the submission is empty; {LOOKS}", None),
        (b'{"a": .5}', "not-json", f"{JSON} 1, column 7: write a 0 before the decimal point: 0.5, not .5", "line 1"),
        (b'{"a": 1/2}', "not-json", f"{JSON} 1, column 8: JSON has no fractions; write a decimal: 0.5, not 1/2", "line 1"),
        (b'{"a": 1,5}', "not-json", f"{JSON} 1, column 9: write a decimal point, not a comma: 0.5, not 0,5", "line 1"),
        (b'{"a": 1.}', "not-json", f"{JSON} 1, column 8: write digits on both sides of the decimal point: 0.5, 1.0", "line 1"),
        (b'{"a": 01}', "not-json", f"{JSON} 1, column 8: write the number without the 0 before it: 1, not 01", "line 1"),
        (b'{"a": 0x10}', "not-json", f"{JSON} 1, column 8: write a plain decimal number: 1000 or 0.5", "line 1"),
        (b'{"a": 1, // one', "not-json", f"{JSON} 1, column 10: delete the comment; JSON has none", "line 1"),
        (b"// one", "not-json", f"{JSON} 1, column 1: delete the comment; JSON has none", "line 1"),
        (b'{"a": 1]', "not-json", f"{JSON} 1, column 8: close the object with }}, not with ]", "line 1"),
        (b'{"a": 1', "not-json", f"{JSON} 1, column 8: the file ends too early; complete it and close the object with }}", "line 1"),
        (b"{'a': 1}", "not-json", f'{JSON} 1, column 2: use straight double quotes: "w1"', "line 1"),
        ('{"a": “b”}'.encode(), "not-json", f'{JSON} 1, column 7: use straight double quotes: "w1"', "line 1"),
        (b"{a: 1}", "not-json", f"{JSON} 1, column 2: put keys in double quotes, and no comma after the last value", "line 1"),
        (b'{"a" 1}', "not-json", f"{JSON} 1, column 6: put a colon between key and value", "line 1"),
        (b'{"a": 1\n"b": 2}', "not-json", f"{JSON} 2, column 1: put a comma between two values", "line 2"),
        (b'{"a": "x\ny"}', "not-json", f"{JSON} 1, column 9: close the text with a double quote on the same line", "line 1"),
        (b'{"a": "x', "not-json", f"{JSON} 1, column 7: close the text with a double quote", "line 1"),
        (b'{"a": 1} x', "not-json", f"{JSON} 1, column 10: delete everything after it".replace("delete", "the object ended earlier; delete"), "line 1"),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", "not-json", f"{JSON} 1, column 1: an invisible character, U+FEFF, got in here; delete it", "line 1"),
        (b'{"a": "\\q"}', "not-json", f"{JSON} 1, column 8: in text write two backslashes for one", "line 1"),
        (b"[" * 500_000, "not-json", DEEP, None),
        (b'{"a":' * 100_000, "not-json", DEEP, None),
        (b"[1, 2]", "not-an-object", f"the submission is a list of numbers without names; {ONE}", None),
        (b'[{"name": "w1", "value": "1"}, {"value": 2, "name": "b1"}]', "not-an-object", f"the submission is a list of names and values, as web forms make it; {ONE}", None),
        (b"[]", "not-an-object", f"the submission is a list; {ONE}", None),
        (b"null", "not-an-object", f"the submission is a single value; {ONE}", None),
        (b"1", "not-an-object", f"the submission is a single value; {ONE}", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, code: str, message: str, where: str | None) -> None:
    with pytest.raises(SubmissionError) as caught:
        read(data)
    error = caught.value
    assert (error.code, error.message.removesuffix(": "), error.where) == (code, message, where)


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("", "value"),
        ("{", "key"),
        ('{"a"', "colon"),
        ('{"a" :', "value"),
        ('{"a": 1', "comma"),
        ('{"a": 1,', "key"),
        ('{"a": [1,', "value"),
        ('{"a": [1]', "comma"),
        ('{"a": {}', "comma"),
        ('{"a": "}"', "comma"),
        ("{}", "end"),
        ("[]", "end"),
        ("1", "end"),
        ('{"a', "text"),
        ('{"a\\"', "text"),
        ('{"a\\', "text"),
        ('{"a\\\\"', "colon"),
        ("]}", "end"),
    ],
)
def test_what_json_expects_follows_from_what_stands_before(before: str, wanted: str) -> None:
    assert expected(before) == wanted


@pytest.mark.parametrize("text", ['{"a": 1}', '{"a": [1, {"b": "c"}], "d": true}', '[1, "x"]'])
def test_it_agrees_with_the_parser_wherever_a_text_breaks_off(text: str) -> None:
    """The characters tried are those that may stand where JSON expects what it does."""
    goes_on = {"key": '"k": 1', "colon": ": 1", "value": "1", "comma": "", "end": "", "text": '"'}
    for cut in range(len(text)):
        start = text[:cut]
        wanted = expected(start)
        if start[-1:].isalnum() and wanted == "comma" and text[cut].isalnum():
            continue  # within a number or a word
        start += goes_on[wanted]
        while (wanted := expected(start)) != "end":
            close = {"key": '"k": 1', "colon": ": 1", "value": "1", "text": '"'}
            start += close.get(wanted) or ("}" if _innermost(start) == "{" else "]")
        json.loads(start)


def _innermost(start: str) -> str:
    plain = re.sub(r'"[^"]*"', "", start)
    while (shorter := re.sub(r"\{[^{}\[\]]*\}|\[[^{}\[\]]*\]", "", plain)) != plain:
        plain = shorter
    return re.findall(r"[{\[]", plain)[-1]


def test_a_comma_after_the_last_value() -> None:
    """Python 3.13 words it in another way than those before."""
    with pytest.raises(SubmissionError, match=r": delete the comma after the last value$"):
        read(b'{"a": 1,}')


def test_a_million_digits_take_no_time() -> None:
    before = process_time()
    assert list(read(b'{"a": ' + b"9" * 10**6 + b"}")) == [("a", float("inf"))]
    assert process_time() - before < 1


def test_a_number_that_is_longer_than_any_double_needs() -> None:
    assert list(read(b'{"a": 1.' + b"0" * 9_998 + b"}")) == [("a", 1.0)]
    kind = "a number of 10,001 characters"
    assert list(read(b'{"a": 1.' + b"0" * 9_999 + b"}")) == [("a", Unnumber(kind))]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_text_with_a_mark_is_read(encoding: str) -> None:
    assert list(read('{"s": "Zo\u00eb"}'.encode(encoding))) == [("s", "Zo\u00eb")]


@pytest.mark.parametrize("mark", ["be", "le"])
@pytest.mark.parametrize("bits", ["16", "32"])
def test_text_of_wide_characters_without_a_mark_is_named(bits: str, mark: str) -> None:
    with pytest.raises(SubmissionError, match=rf"is UTF-{bits} text without a byte-order mark"):
        read('{"w1": 1}'.encode(f"utf-{bits}-{mark}"))


def test_a_mark_that_lies_is_named() -> None:
    with pytest.raises(SubmissionError, match="begins as UTF-16 but does not go on as UTF-16"):
        read(b"\xff\xfe{")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{"b1": \u22121}', "U+2212 is not the minus sign -"),
        ('{"b1": \u20131}', "U+2013 is not the minus sign -"),
        ('{"b1": \u20101}', "U+2010 is not the minus sign -"),
        ('{"b1": \u20111}', "U+2011 is not the minus sign -"),
        ('{"b1": \uff0d1}', "U+FF0D is not the minus sign -"),
        ('{"b1":\u00a01}', "a special space, U+00A0"),
        ('{"b1":\u20281}', "a special space, U+2028"),
        ('{\u3000"b1": 1}', "a special space, U+3000"),
        ('{"b1": \u200b1}', "an invisible character, U+200B"),
        ('{"b1": 1\u200d}', "an invisible character, U+200D"),
        ('{"b1": \uff11}', "U+FF11 is not an ordinary digit; type 1"),
        ('{"b1": -\uff12}', "U+FF12 is not an ordinary digit; type 2"),
        ('{"b1": 1\uff0c "w1": 1}', "U+FF0C is not ,"),
        ('{"b1"\uff1a 1}', "U+FF1A is not :"),
        ('```json\n{"b1": 1}\n```', "delete the Markdown fence"),
        ("w1 = 1\nb1 = -1", "lines such as w1 = 1 or w1: 1 are not JSON"),
        ("{w1 = 1, b1 = -1}", "a colon between key and value"),
        ("w1,b1\n1,-1\n", "looks like CSV"),
        ("w1;b1\n1;-1\n", "looks like CSV"),
        ("<p>1</p>", "looks like HTML"),
        ('{"student": 007}', 'put it in quotes: "007"'),
        ('{"student": 00420, "w1": 1}', 'put it in quotes: "00420"'),
        ('{"w1": +1}', "without the plus sign"),
        ('{"w1": 1/3}', "JSON has no fractions"),
    ],
)  # fmt: skip
def test_the_hint_follows_from_the_character_that_stands_there(text: str, hint: str) -> None:
    with pytest.raises(SubmissionError) as caught:
        read(text.encode())
    assert hint in caught.value.message


def test_the_digits_of_a_long_number_are_kept_for_a_student() -> None:
    ((_, value),) = read(b'{"student": 12345678901234567890}')
    assert isinstance(value, Whole)
    assert value.digits == "12345678901234567890"


@pytest.mark.parametrize("pos", [9, 11])
def test_a_comma_too_many_is_placed_alike_by_every_python(pos: int) -> None:
    """Position 9 is the comma's, where CPython 3.13 reports it; 11 that of the brace."""
    text = '{"w1": 1 , }'
    error = refusal(text, pos, text.encode())
    assert error.message == (
        "the submission is not JSON at line 1, column 12: delete the comma after the last value"
    )
