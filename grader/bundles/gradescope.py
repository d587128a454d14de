"""A zip file to upload as a programming assignment's autograder; Codio takes it too.

Source: autograder_samples, docs/specs.md, commit af5dee4 (2025-01-15), read in November 2026:
setup.sh runs once, as root and with network, when the image is built; run_autograder is copied
beside source/ and run in /autograder.
"""

from grader.bundles import UNPACK, Bundle, Parts, core, text

# Ubuntu 22.04, Gradescope's usual image, has Python 3.10; the package python3.11 is in its
# repositories. 24.04 has Python 3.12.
_SETUP = """\
#!/bin/bash
# Finds or installs Python 3.11 or later and unpacks the grader. The rest needs no network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

path_of_a_good_one='import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)'
find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        python=$("$name" -c "$path_of_a_good_one" 2>/dev/null) && return 0
    done
    return 1
}

if ! find_python; then
    apt-get update
    apt-get install -y --no-install-recommends python3.11
    find_python
fi
UNPACK
NUMPYprintf '%s\\n' "$python" > "$here/python-path"
"""

_NUMPY = """\
if ! "$python" -m pip --version >/dev/null 2>&1; then
    apt-get update
    apt-get install -y --no-install-recommends python3-pip
fi
"$python" -m pip install --no-cache-dir --only-binary :all: --target "$here/lib" "numpy==VERSION"
"""

_RUN = """\
#!/bin/sh
# Grades /autograder/submission and writes /autograder/results/results.json.
root=/autograder
[ -e "$root/source/start.py" ] || root=$PWD
read -r python < "$root/source/python-path"
exec "$python" -I "$root/source/start.py" --root "$root"
"""

NEXT = "upload it on the assignment's page, under Configure Autograder"


def bundle(parts: Parts) -> Bundle:
    """Return the files at the zip's root."""
    numpy = _NUMPY.replace("VERSION", parts.numpy) if parts.numpy else ""
    setup = _SETUP.replace("UNPACK\n", UNPACK).replace("NUMPY", numpy)
    return {
        **core(parts, "gradescope"),
        "setup.sh": text(setup, executable=True),
        "run_autograder": text(_RUN, executable=True),
    }
