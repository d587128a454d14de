"""What the command says about a class's folder or archive before anything is graded."""

from grader.cohort.collection import manifest
from grader.cohort.holding import CollectionError
from grader.cohort.telling import told
from grader.console.class_options import ClassOptions
from grader.console.options import Options
from grader.desk.files import complain, to_standard_output
from grader.text.inert import inert

_USAGE_ERROR = 2


def run_class(options: Options, asked: ClassOptions) -> int:
    """Print what is recognised in the one collection that was named; return the exit status."""
    if not asked.dry_run:
        complain("--names and --roster say how to read a class; add --dry-run")
        return _USAGE_ERROR
    if len(options.submissions) != 1:
        complain("--dry-run looks into one folder, zip or tar.gz at a time; name one")
        return _USAGE_ERROR
    (path,) = options.submissions
    try:
        lines = told(manifest(path, names=asked.names, roster=asked.roster))
    except CollectionError as error:
        complain(str(error))
        return _USAGE_ERROR
    except OSError as error:
        where = inert(str(error.filename or path))
        complain(f"{where}: {error.strerror or error}; name the folder or archive of a class")
        return _USAGE_ERROR
    return 0 if to_standard_output(f"{line}\n" for line in lines) else _USAGE_ERROR
