"""Let HybridJSONTestRunner finish our results as it finishes its own: it adds up the tests.

In: {name: results.json}. Out: {name: score}. Source: hybridjsontestrunner 1.0.0, ResultFinalizers.
"""

import json
import sys

from autograder_utils.ResultFinalizers import gradescopeResultFinalizer

scores = {}
for name, text in json.load(sys.stdin).items():
    data = json.loads(text)
    gradescopeResultFinalizer(data)
    scores[name] = data["score"]
print(json.dumps(scores))
