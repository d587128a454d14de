"""Open edX's own reading of a grader's reply, and what it stores as points.

In: {name: reply as text}. Out: {name: [valid, correct, points, message]}.
Source: xblocks-contrib 0.13.1, problem/capa/responsetypes.py (CodeResponse).
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

from xblocks_contrib.problem.capa.correctmap import CorrectMap
from xblocks_contrib.problem.capa.responsetypes import CodeResponse


class System:
    class i18n:  # noqa: N801 - what the platform calls it
        gettext = staticmethod(lambda text: text)


def verdict(reply):
    response = CodeResponse.__new__(CodeResponse)
    response.capa_system, response.answer_id, response.context = System, "a1", {}
    valid, correct, _score, message = response._parse_score_msg(reply)
    state = {"key": "k", "time": "20260101000000"}
    answers = CorrectMap(answer_id="a1", correctness="incomplete", queuestate=state)
    response.update_score(reply, answers, "k")
    stored = answers.get_dict()["a1"]
    assert stored["queuestate"] is None
    assert (stored["correctness"] == "correct") == correct
    return [valid, correct, answers.get_npoints("a1"), message]


print(json.dumps({name: verdict(reply) for name, reply in json.load(sys.stdin).items()}))
