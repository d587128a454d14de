"""Coursera's own check of a grader's output, with a stand-in for the container's client.

In: {name: {file: text}}. Out: {name: score, or null where the check rejects it}.
Source: coursera_autograder 0.1.4, commands/grade.py (run_container).
"""

import argparse
import io
import json
import logging
import sys
import tarfile
import tempfile
from unittest.mock import MagicMock

from coursera_autograder.commands import grade

logging.disable(logging.CRITICAL)


def verdict(files, exit_code):
    data = files.get("feedback.json", "").encode()
    archive = io.BytesIO()
    with tarfile.open(mode="w", fileobj=archive) as tar:
        member = tarfile.TarInfo("feedback.json")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    client = MagicMock()
    client.wait.return_value = exit_code
    client.logs.return_value = b""
    client.get_archive.return_value = ([archive.getvalue()], {})
    with tempfile.TemporaryDirectory() as folder:
        arguments = argparse.Namespace(timeout=300, no_rm=False, dst_dir=folder)
        try:
            grade.run_container(client, {"Id": "x"}, arguments)
        except SystemExit as end:
            if end.code:
                return None
    return json.loads(data)["fractionalScore"]


question = json.load(sys.stdin)
print(json.dumps({name: verdict(files, 0 if files else 4) for name, files in question.items()}))
