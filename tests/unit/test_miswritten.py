"""What people write for JSON, and what they are told: one row for each way to slip."""

import contextlib
import json

import pytest

from grader.errors import SubmissionError
from grader.submission.record import Origin, read_parameters
from grader.submission.sources.json import read
from lab import lab

REST = '"b1": -1, "w2": 2, "b2": -4}'
ALL = '"w1": 1, ' + REST[:-1]
FRACTIONS = "JSON has no fractions; write a decimal: 0.5, not 1/2"
PLAIN = "write a plain decimal number: 1000 or 0.5"
DIGITS = "write the digits without anything between them"
POINT = "write digits on both sides of the decimal point"
MISSING = "a number is missing here; write one, such as 1 or -0.5"
ARITHMETIC = "JSON does no arithmetic"
FUNCTIONS = "JSON has no functions; write the number alone"
COMMENT = "delete the comment; JSON has none"
NAMES = "did you mean w1, b1, w2 and b2?"
OWN_KEY = "Give each parameter a key of its own and one number"
DAMAGED = "it was damaged when it was saved or uploaded"
NO_OBJECT = "this is not a JSON object; hand in one JSON object and nothing else"
BEFORE = "delete everything before the first {"


def told(text: str | bytes) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(SubmissionError) as caught:
        read_parameters(read(data), lab(), Origin())
    return caught.value.message


VALUES = [
    *((f"{c}1", f"U+{ord(c):04X} is not the minus sign -; type the - of the keyboard")
      for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u207b\u02d7\ufe58\ufe63\uff0d\u2796"),
    *((f"{c}1", f"a special space, U+{ord(c):04X}, got in here; replace it")
      for c in "\u00a0\u1680\u2003\u2007\u2009\u2028\u2029\u202f\u205f\u3000\u0085\v\f"),
    *((f"{c}1", f"an invisible character, U+{ord(c):04X}, got in here; delete it")
      for c in "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff"),
    *((c, f"U+{ord(c):04X} is not an ordinary digit; type 1")
      for c in "\uff11\u0661\u0967\u00b9\U0001d7cf"),
    ("\x1f1", "a control character, U+001F, got in here; delete it"),
    ("\u00bd", "U+00BD is not a number in JSON; write a decimal"),
    ("1\u20442", "U+2044 is not /; type the / of the keyboard"),
    ("1\uff0e5", "U+FF0E is not .; type the . of the keyboard"),
    ("\u221e", "U+221E is not allowed here"),
    ("1,5", "write a decimal point, not a comma"),
    ("1/2", FRACTIONS), ("-1 / 3", FRACTIONS), ("1.5/2", FRACTIONS),
    (".5", "write a 0 before the decimal point"), ("-.5", "write a 0 before the decimal point"),
    ("1.", POINT), ("-1.", POINT), ("1.e5", POINT), ("1.5.2", "a number has one decimal point"),
    ("+1", "without the plus sign"), ("- 1", "write the minus sign directly before the number"),
    ("--1", "one minus sign or none"), ("-+1", "one minus sign or none"), ("-", MISSING),
    ("007", "without the 0 before it"), ("-01.5", "without the 0 before it"),
    ("1e", PLAIN), ("1e+", PLAIN), ("0x10", PLAIN), ("0b1", PLAIN), ("1_000", PLAIN),
    ("1 000", DIGITS), ("1'000", DIGITS), ("12 345.5", DIGITS),
    ("nan", "only ordinary numbers count here"), ("-inf", "only ordinary numbers count here"),
    ("NaN", "it is NaN"), ("Infinity", "it is Infinity"), ("null", "it is null"),
    ("None", MISSING), ("True", "write a number, not true or false"), ("undefined", MISSING), ("???", MISSING), ("...", MISSING),
    ("true", "it is the boolean true"), ("[1]", "it is a list"), ('{"a": 1}', "it is an object"),
    ("np.float64(1.0)", FUNCTIONS), ("Fraction(1, 2)", FUNCTIONS), ("-sqrt(2)", FUNCTIONS),
    ("1 + 1", ARITHMETIC), ("2*3", ARITHMETIC), ("10**3", ARITHMETIC), ("1^2", ARITHMETIC),
    ("(1)", ARITHMETIC), ("0-1", ARITHMETIC),
    ("w2", "write a number here, not a name or a word"), ("pi", "not a name or a word"),
    ("'1'", "a number takes no quotes"), ("\u201c1\u201d", "a number takes no quotes"),
    ("1;", "a comma in place of the semicolon"), ("1f", "delete what follows the number"),
    ("1%", "delete what follows the number"), ("1\\n", "delete what follows the number"),
    ("1 // one", COMMENT), ("1 /* one */", COMMENT), ("1 # one", COMMENT), ("// one\n1", COMMENT),
    ("<1>", "write the number alone"), ("$1$", "write the number alone"),
    ("1e400", "over 1,000,000,000 in magnitude"),
    ('"1"', "take the quotes away"), ('"1/2"', "JSON has no fractions"),
    ('"0,5"', "a decimal point in place of the comma"), ('"\u22121"', "U+2212 is not the minus sign"),
    ('"\u00bd"', "JSON has no fractions"), ('"\uff11"', "U+FF11 is not an ordinary digit; type 1"),
    ('"1 000"', DIGITS), ('""', "write the number in place of the quotes"),
    ('"1 \u00b0"', "write the number alone"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "words"), VALUES, ids=[ascii(row[0]) for row in VALUES])
def test_a_value(value: str, words: str) -> None:
    assert words in told(f'{{"w1": {value}, {REST}')
    assert words in told(f'{{{REST[:-1]}, "w1": {value}\n}}') or value == "1,5"


TEXTS = [
    ("{'w1': 1}", "straight double quotes"), ("{\u201cw1\u201d: 1}", "straight double quotes"),
    ("{\u00abw1\u00bb: 1}", "straight double quotes"), ("{`w1`: 1}", "straight double quotes"),
    ("{w1: 1}", "put keys in double quotes"), (f"{{{ALL},}}", "the comma after the last value"),
    (f"{{,{ALL}}}", "delete one of the commas"), ('{"w1": 1,, "b1": 1}', "one of the commas"),
    ('{"w1": 1 "b1": -1}', "put a comma between two values"),
    ('{"w1": 1; "b1": -1}', "a comma in place of the semicolon"),
    ('{"w1" = 1}', "a colon between key and value"), ('{"x" = 1}', "in place of ="),
    ('{"w1" 1}', "put a colon"), ('{"w1"\uff1a 1}', "U+FF1A is not :"),
    ('{"w1": 1\uff0c "b1": 2}', "U+FF0C is not ,"), ('{"w1": 1\u060c "b1": 2}', "U+060C is not ,"),
    ('\uff5b"w1": 1}', "U+FF5B is not {"), ('{"w1": 1', "ends too early"),
    ('{"w1": 1, "b', "close the text with a double quote"), ('{"w1":', "ends too early"),
    (f"{{{ALL}}}}}", "delete the extra }"),
    (f"{{{ALL}}}\n{{{ALL}}}", "a second object begins here; keep one"),
    ('{"w1": 1}\n{"b1": -1}\n', "a second object begins here"),
    (f"{{{ALL}}} done", "the object ended earlier"), (f"{{{ALL}}}\n```", "the Markdown fence"),
    (f"```json\n{{{ALL}}}\n```", "the Markdown fence"), (f"See:\n~~~\n{{{ALL}}}", "Markdown fence"),
    (f"submission = {{{ALL}}}", BEFORE), (f"Answer: {{{ALL}}}", BEFORE),
    (f"return {{{ALL}}}", BEFORE), (f"const s = {{{ALL}}};", BEFORE), (f"f({{{ALL}}})", BEFORE),
    (f"print({{{ALL}}})", "looks like Python"), ("dict(w1=1, b1=-1)", "looks like Python"),
    ("def submission():\n    return 1", "a name that ends in .py"),
    *((text, "lines such as w1 = 1 or w1: 1 are not JSON") for text in (
        "w1 = 1\nb1 = -1", "W1 = 1", "w_1 = 1", "w1: 1\nb1: -1", "w1=1; b1=-1", "export w1=1")),
    ("w1 1\nb1 -1", "lines such as w1 1 are not JSON"),
    ("w1,b1\n1,-1\n", "CSV"), ("w1;b1\n1;-1", "CSV"), ("w1\tb1\n1\t-1", "CSV"),
    ("1, -1, 2, -4", "numbers without names"), ("1 -1 2 -4\n", "numbers without names"),
    ("(1, -1, 2, -4)", "numbers without names"), ("[1, -1, 2, -4]", "numbers without names"),
    ('[["w1", 1]]', "the submission is a list; it must be one object"),
    (f"[{{{ALL}}}]", "delete the brackets"), (json.dumps(f"{{{ALL}}}"), "without quotes around it"),
    ('"w1"', "text in quotes"), ("1", "a single value"), ("null", "a single value"),
    ("---\nw1: 1\n", "YAML"), ("exercise: lab\nw1: 1\n", "YAML"), ("[weights]\nw1 = 1\n", "TOML"),
    ("<w1>1</w1>", "HTML or XML"), ("https://colab.research.google.com/drive/1", "this is a link"),
    ("I think w1 is one.", NO_OBJECT), ("eyJ3MSI6IDF9", NO_OBJECT),
    (f"// mine\n{{{ALL}}}", COMMENT), (f"# mine\n{{{ALL}}}", COMMENT), (f"/* a */{{{ALL}}}", COMMENT),
    ('{\\"w1\\": 1}', "delete the backslashes"), ("{&quot;w1&quot;: 1}", "turned into &quot;"),
    (f"<<<<<<< HEAD\n{{{ALL}}}\n=======\n", "the file holds two versions"),
    (f"{{\n<<<<<<< HEAD\n{ALL}\n=======\n{ALL}\n>>>>>>> x\n}}", "the file holds two versions"),
    ('{"w1": 1, ...}', "replace the dots"), (f"{{{ALL}}}\0\0", DAMAGED), ("\0" * 9, DAMAGED),
    ('{"w1\t": 1}', "there is a tab between the quotes"), ('{"w1\n": 1}', "on the same line"),
    ('{"student": "C:\\ada"}', "two backslashes"), ('{"student": ada}', "put the text in double"),
    ('{"exercise": relu-tent}', "put the text in double quotes"), ('{"student": 007}', '"007"'),
    ('{"student": null}', "it is null"), ("\ufeff\ufeff{}", "U+FEFF"), ("", "is empty"),
    ('{"W1": 1, "B1": 1, "W2": 1, "B2": 1}', NAMES), ('{"w_1": 1, "b-1": 1, "w 2": 1, "b[2]": 1}', NAMES),
    ('{"weight1": 1, "bias_1": 1, "Weight 2": 1, "b02": 1}', NAMES),
    ('{"unit1.w": 1, "unit1.b": 1, "2w": 1, "unit 2 bias": 1}', NAMES),
    ('{"\uff571": 1, "b\u2081": 1, "w\u00b2": 1, " b2 ": 1}', NAMES),
    ('{"unit1": {"w": 1, "b": -1}}', OWN_KEY), ('{"w": [1, 2], "b": [-1, -4]}', OWN_KEY),
    ('{"parameters": {"w1": 1}}', OWN_KEY), ('{"name": "ada"}', "did you mean student?"),
    ('{"Student ID": 7}', "did you mean student?"), ('{"w3": 1}', '"w3" is not a key'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), TEXTS, ids=[ascii(row[0])[:40] for row in TEXTS])
def test_a_text(text: str, words: str) -> None:
    assert words in told(text)


@pytest.mark.parametrize("part", ["w", "1,", "-", "{", "[", '"', "'", " ", "\n", "(", "=", "1 "])
def test_a_hint_is_found_in_no_time(part: str) -> None:
    for text in (part * 100_000, '{"w1": ' + part * 100_000, f"{{{ALL}}}" + part * 100_000):
        with contextlib.suppress(SubmissionError):
            read(text.encode())
