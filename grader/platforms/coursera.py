"""Coursera: feedback.json of a custom grader, and beside it what the learner reads.

Source: coursera/programming-assignments-demo, custom-graders, commit 7ccb36f (2021-11-30);
coursera_autograder 0.1.4, commands/grade.py, commit d340f12 (2026-01-28); read in November 2026.

The score is a number from 0 to 1; `feedback` is a text that must be there.
With `feedbackType` the learner sees only the file beside it, which then has to exist; HTML that is
too long goes as text. A grader that failed leaves no file and ends with a status other than 0:
Coursera then shows that the grader failed.

The bundle. Source: as above: the image runs without privileges and network, the entry point
grades, partId comes in the environment. /shared/submission is mounted into the image's own /shared,
which the user without privileges must be able to write to.
"""

from html import escape

from grader.handover.bundling import IMAGE, Bundle, Parts, as_file, below, core
from grader.handover.feedback import MAX_ASIDE, MAX_TEXT, cut, share, text
from grader.handover.pages import a_file_of_numbers, pages
from grader.platforms import Files, Handed, Place, Settings, as_json, only_file
from grader.report import Report
from grader.reports import Layout, html

SHOWS = {
    "score": "as the grade, a fraction; in points at the top of the feedback",
    "checks": "in the feedback, visible",
    "diagnoses": "in the feedback, visible",
    "picture": "in the feedback, where it fits; else only words",
}
ROOT = "/shared"
DRAWS = "the learner's number on Coursera, which the grader gets as userId"
UPLOAD = "A folder with a Dockerfile to build and upload as a custom grader's image."
NEXT = "Build the image in it, try it with coursera_autograder, and upload it to the assignment."


def answer(report: Report, settings: Settings) -> Files:
    """Return feedback.json and the feedback's own file, or nothing if the grader failed."""
    if report.score is None:
        return {}
    words = text(report, settings.aside)
    data: dict[str, object] = {"fractionalScore": share(report), "feedback": words}
    beside: dict[str, str] = {}
    if not settings.alone:
        page = html.render(report, Layout())
        if settings.aside:
            head, end, tail = page.rpartition("</body>")
            printed = escape(cut(settings.aside, MAX_ASIDE))
            below = f"<h2>What your code printed</h2>\n<pre>{printed}</pre>\n"
            page = f"{head}{below}{end}{tail}"
        if len(page.encode()) <= MAX_TEXT:
            data["feedbackType"] = "HTML"
            beside = {"htmlFeedback.html": page}
        else:
            data["feedbackType"] = "TXT"
            beside = {"txtFeedback.txt": words + "\n"}
    return {**beside, "feedback.json": as_json(data, compact=settings.compact)}


def handed_over(place: Place) -> Handed:
    """Return the file in submission/ and the learner's number; `partId` must be the bundle's."""
    handed = only_file(place.files("submission"), place.environment.get("userId"))
    return handed._replace(part=place.environment.get("partId"), id=handed.student)


_DOCKERFILE = """\
FROM {image}
COPY grader /grader
RUN for wheel in /grader/wheels/*.whl; do python3 -m zipfile -e "$wheel" /grader/lib; done \\
 && python3 -m compileall -q /grader/lib{numpy} \\
 && chmod -R a+rX /grader \\
 && mkdir -p /shared \\
 && chmod 1777 /shared
USER 1000
ENTRYPOINT ["python3", "-I", "/grader/start.py"]
"""
_NUMPY = """ \\
 && python3 -m pip install --no-cache-dir --only-binary :all: --target /grader/lib numpy=={}"""


_HAND_IN = "Upload that one file to the assignment's part on Coursera."
_INSTRUCTOR = """\
## What to do

1. In this folder build the image: `docker build -t relu .`
2. Put a `submission.json` with 0 for every parameter into a folder of its own, FOLDER, and try the
   image: `coursera_autograder grade local relu FOLDER '{{"partId": "{part}"}}'`. The score must
   be 0.
3. Save it: `docker save relu | gzip > relu.tar.gz`
4. In the course's authoring tools upload `relu.tar.gz` as the custom grader of the programming
   assignment's part. Learners hand in one file, such as `submission.json`, `submission.py` or
   `submission.weights.h5`.
5. Put `task.html` where learners find it: attach it to the assignment's instructions, or to a
   reading in front of it.

## What students see

Coursera shows the assignment's own instructions. `task.html` is the whole task, with the picture,
how it is marked, and how to hand in: one file that needs nothing else and is opened from the
learner's own disk. After handing in, learners read the whole report with its pictures.

## What is not possible here

- Coursera knows a fraction, not points: the points are in the report's first line.
- The instructions' editor takes text, not a page: the task is a file beside them. A course that may
  have app or plug-in items can show the page there from an https address of yours, ungraded;
  Coursera's rules for these are not public, and it was not tried.
- Feedback over 60 kB is shown as text, without pictures.
- The image has no network while it grades. Student code can import NumPy if it was put in when the
  image was built, and nothing else that Python does not bring along.
"""


def bundle(parts: Parts) -> Bundle:
    """Return the folder's files, the Dockerfile at its top."""
    numpy = _NUMPY.format(parts.numpy) if parts.numpy else ""
    hand_in = f"{a_file_of_numbers(parts)}\n{_HAND_IN}"
    return {
        **below("grader", core(parts, "coursera")),
        **pages(parts, "Coursera", hand_in, _INSTRUCTOR.format(part=parts.part or "abc12")),
        "Dockerfile": as_file(_DOCKERFILE.format(image=IMAGE, numpy=numpy)),
    }
