"""Open edX's queue server on SQLite, asked over loopback as a watcher asks it.

In: {"start": program of the bundle, "python": interpreter, "points": n, "responses": {name: text}}.
Out: {name: [earned, possible, status]}. Source: edx-submissions 4.0.2, submissions/urls.py; the
steps are those of xqueue-watcher's client.py: log in, get a submission, put its result.
"""

import json
import subprocess
import sys
import tempfile
import threading
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.urls import include, path

question = json.load(sys.stdin)
folder = tempfile.TemporaryDirectory()
settings.configure(
    SECRET_KEY="x",
    USE_TZ=True,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="queue_urls",
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder.name}/q.sqlite3"}
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "rest_framework",
        "submissions",
    ],
    MIDDLEWARE=[
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    MEDIA_ROOT=folder.name,
)
django.setup()
urls = ModuleType("queue_urls")
urls.urlpatterns = [path("xqueue/", include("submissions.urls"))]
sys.modules["queue_urls"] = urls

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from submissions.api import create_external_grader_detail
from submissions.models import ExternalGraderDetail, Score

call_command("migrate", verbosity=0, run_syncdb=True)
user = get_user_model().objects.create_user("watcher", "watcher@example.org", "secret")
user.groups.add(Group.objects.get_or_create(name="xqueue")[0])


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
cookies = CookieJar()
client = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(cookies)
)


def ask(path_, **fields):
    data = urllib.parse.urlencode(fields).encode() if fields else None
    request = urllib.request.Request(address + path_, data)
    token = next((cookie.value for cookie in cookies if "csrf" in cookie.name), None)
    if token:
        request.add_header("X-CSRFToken", token)
    with client.open(request, timeout=30) as answer:
        return json.load(answer)


def verdict(name, response):
    create_external_grader_detail(
        {"item_id": name, "item_type": "problem", "course_id": "c/1", "student_id": name},
        response,
        queue_name="relu-grader",
        queue_key="k",
        grader_file_name="relu-three-segments/start.py",
        points_possible=question["points"],
    )
    item = json.loads(ask("/xqueue/get_submission/?queue_name=relu-grader")["content"])
    done = subprocess.run(
        [question["python"], "-I", question["start"]],
        input=json.dumps(item),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode == 0:
        reply = {"xqueue_header": item["xqueue_header"], "xqueue_body": done.stdout}
        assert ask("/xqueue/put_result/", **reply)["return_code"] == 0
    detail = ExternalGraderDetail.objects.get(submission__student_item__student_id=name)
    score = Score.objects.filter(submission=detail.submission).first()
    return [
        *((score.points_earned, score.points_possible) if score else (None, None)),
        detail.status,
    ]


ask("/xqueue/login/")  # gives the token that later requests carry
assert ask("/xqueue/login/", username="watcher", password="secret")["return_code"] == 0
print(json.dumps({name: verdict(name, text) for name, text in question["responses"].items()}))
server.shutdown()
