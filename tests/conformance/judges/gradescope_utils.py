"""The results that gradescope-utils writes for a passed and a failed test with weights.

In: nothing. Out: results.json. Source: gradescope-utils 0.5.0, JSONTestRunner.
"""

import io
import json
import sys
import unittest

sys.path.pop(0)  # this folder has a file of the same name

from gradescope_utils.autograder_utils.decorators import number, visibility, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class Sample(unittest.TestCase):
    @weight(25)
    @number("1")
    @visibility("visible")
    def test_right(self):
        """Segment 1"""

    @weight(25)
    @number("2")
    def test_wrong(self):
        """Segment 2"""
        self.fail("expected 1, found 2")


stream = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Sample)
JSONTestRunner(stream=stream, visibility="visible").run(suite)
print(json.dumps(json.loads(stream.getvalue())))
