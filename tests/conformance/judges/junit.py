"""Validate reports with an XML schema.

In: {"schema": text, "reports": {name: text}}. Out: {name: reason, or null if it is valid}.
"""

import json
import sys

import xmlschema

question = json.load(sys.stdin)
schema = xmlschema.XMLSchema(question["schema"])
print(
    json.dumps(
        {
            name: next((str(error.reason) for error in schema.iter_errors(text)), None)
            for name, text in question["reports"].items()
        }
    )
)
