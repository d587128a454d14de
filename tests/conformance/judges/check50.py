"""check50's own record of a result, and its renderers.

In: {name: text of the report}. Out: {name: [passed, ...]}. Source: check50 3.5.0.
"""

import json
import sys

sys.path.pop(0)  # this folder has a file of the same name

import attr
from check50 import renderer
from check50.__main__ import should_fail
from check50.runner import CheckResult


def verdict(text):
    report = json.loads(text)
    results = [attr.asdict(CheckResult.from_dict(result)) for result in report["results"]]
    assert results == report["results"]
    for render in (renderer.to_json, renderer.to_ansi, renderer.to_html):
        shown = render(report["slug"], results, report["version"])
        assert all(result["description"] in shown for result in results)
        assert "<script>alert" not in shown or render is not renderer.to_html
    assert should_fail(report) == ("error" in report or not all(r["passed"] for r in results))
    return [result["passed"] for result in results]


print(json.dumps({name: verdict(text) for name, text in json.load(sys.stdin).items()}))
