"""What may be asked of `grade`, each thing with its default."""

from fractions import Fraction

from grader.named import NamedTuple
from grader.text.codes import Reveal

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from grader.console.class_options import ClassOptions
    from grader.submission.variant import Whose


class CodeOptions(NamedTuple):
    """What Python files and notebooks are run with, in seconds, MiB and KiB."""

    function: str = "submission"
    max_wall: float = 10.0
    max_cpu: float = 5.0
    max_memory: float = 512.0
    max_output: float = 4.0
    verbose: bool = False


class Options(NamedTuple):
    """What is graded against which exercise, and where the reports go.

    `of_class` is there where a whole class's folder or archive is asked about.
    """

    submissions: tuple[str, ...]
    exercise: str | None = None
    format: str | None = None
    output: str | None = None
    fail_under: Fraction | None = None
    reveal: Reveal | None = None
    since: str | None = None
    code: CodeOptions = CodeOptions()
    of_class: "ClassOptions | None" = None
    whose: "Whose | None" = None
