"""Read our results into gapper's own records of what Gradescope accepts.

In: {"wheel": path, "results": {name: results.json}}. Out: {name: [score, [[name, score, full marks,
status]]]}. Source: gapper 1.4.0, gapper/gradescope/datatypes/gradescope_output.py. Only that file is
run: the rest of the package needs a newer Python.
"""

import json
import sys
from types import ModuleType
from zipfile import ZipFile

errors = ModuleType("gapper.core.errors")
errors.InternalError = errors.StudentError = Exception
for name in ("gapper", "gapper.core"):
    sys.modules[name] = ModuleType(name)
sys.modules["gapper.core.errors"] = errors

question = json.load(sys.stdin)
module = ModuleType("gradescope_output")
sys.modules[module.__name__] = module
with ZipFile(question["wheel"]) as wheel:
    source = wheel.read("gapper/gradescope/datatypes/gradescope_output.py")
exec(compile(source, "gradescope_output.py", "exec"), vars(module))
read = {
    name: module.GradescopeJson.from_json(text, infer_missing=True)
    for name, text in question["results"].items()
}
print(
    json.dumps(
        {
            name: [each.score, [[t.name, t.score, t.max_score, t.status] for t in each.tests]]
            for name, each in read.items()
        }
    )
)
