"""A test cell run by a real kernel, and what nbgrader gives for it.

In: {name: [source of the cell, its points]}. Out: {name: points}.
Source: nbgrader 0.9.6, utils.determine_grade.
"""

import json
import sys

sys.path.pop(0)  # this folder has a file of the same name

import nbformat
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

question = json.load(sys.stdin)
notebook = nbformat.v4.new_notebook()
for source, points in question.values():
    metadata = {"grade": True, "solution": False, "points": points, "schema_version": 3}
    cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": metadata})
    notebook.cells.append(cell)
NotebookClient(notebook, timeout=60, allow_errors=True, kernel_name="python3").execute()
grades = [determine_grade(cell)[0] for cell in notebook.cells]
print(json.dumps(dict(zip(question, grades, strict=False))))
