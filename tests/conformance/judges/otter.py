"""otter's test cases over a student's names, and the Gradescope output that otter makes of them.

In: {name: [source of the test file, {name: value}]}. Out: {name: [score, output]}.
Source: otter-grader 7.0.0, test_files.
"""

import json
import sys
import tempfile
from pathlib import Path

sys.path.pop(0)  # this folder has a file of the same name

from otter.run.run_autograder.autograder_config import AutograderConfig
from otter.test_files import ExceptionTestFile, GradingResults


def verdict(source, names):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q1.py"
        path.write_text(source)
        test = ExceptionTestFile.from_file(str(path))
        test.run(names)
    results = GradingResults([test])
    return [results.total, results.to_gradescope_dict(AutograderConfig())]


question = json.load(sys.stdin)
print(json.dumps({name: verdict(*asked) for name, asked in question.items()}))
