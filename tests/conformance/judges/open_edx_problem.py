"""What Open edX's LMS makes of a problem's text: the words after its variables were put in.

In: a problem as XML. Out: [the words of its tree, the words that the LMS shows].
Source: xblocks-contrib 0.13.1, problem/capa/util.py (contextualize_text), and capa_problem.py for the
names that every problem's context has.
"""

import json
import sys

import django
from django.conf import settings

settings.configure(
    USE_I18N=False,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    DATABASES={},
    SECRET_KEY="x",
)
django.setup()

from lxml import etree
from xblocks_contrib.problem.capa.util import contextualize_text

NAMES = ("seed", "anonymous_student_id", "script_code", "python_path", "extra_files")

tree = etree.fromstring(json.load(sys.stdin))
html = contextualize_text(etree.tostring(tree).decode(), dict.fromkeys(NAMES, "PUT IN"))
print(json.dumps(["".join(each.itertext()) for each in (tree, etree.fromstring(html))]))
