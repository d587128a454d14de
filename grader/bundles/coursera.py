"""A folder with a Dockerfile to build and upload as a custom grader's image.

Source: coursera/programming-assignments-demo, custom-graders, commit 7ccb36f (2021-11-30), read in
November 2026: the image runs without privileges and network, the entry point grades, partId comes
in the environment.
"""

from grader.bundles import IMAGE, Bundle, Parts, below, core, text

_DOCKERFILE = """\
FROM {image}
COPY grader /grader
RUN for wheel in /grader/wheels/*.whl; do python3 -m zipfile -e "$wheel" /grader/lib; done \\
 && python3 -m compileall -q /grader/lib{numpy} \\
 && chmod -R a+rX /grader
USER 1000
ENTRYPOINT ["python3", "-I", "/grader/start.py"]
"""
_NUMPY = """ \\
 && python3 -m pip install --no-cache-dir --only-binary :all: --target /grader/lib numpy=={}"""

NEXT = "build the image in it, try it with coursera_autograder, and upload it to the assignment"


def bundle(parts: Parts) -> Bundle:
    """Return the folder's files, the Dockerfile at its top."""
    numpy = _NUMPY.format(parts.numpy) if parts.numpy else ""
    return {
        **below("grader", core(parts, "coursera")),
        "Dockerfile": text(_DOCKERFILE.format(image=IMAGE, numpy=numpy)),
    }
