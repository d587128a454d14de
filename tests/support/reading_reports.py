"""Every claim of a report, read again and compared with the exact numbers."""

from collections.abc import Iterator

from blamed import Blamed
from check_claims import is_true
from claims import are_permuted, false_sentences, shows
from grader import Exercise, Report
from grader.exact.network import Network, Unit
from grader.mistakes.wrong_units import diagnose


def false_claims(report: Report) -> Iterator[str]:
    """Yield what is false in a report on a network."""
    exercise, network = report.exercise, report.network
    assert exercise is not None
    assert network is not None
    passed = all(check.credit == 1 for check in report.checks)
    findings = {f.k: f.answer for f in diagnose(exercise, network, passed=passed).findings}
    units = tuple(findings.get(k) or unit for k, unit in enumerate(network.units))
    mended = Network(units, network.bias)
    yield from (c.message for c in report.checks if not is_true(report, c))
    for found in report.diagnoses:
        if found.unit is None:
            far = {
                k for k, answer in findings.items() if _is_far(exercise, network.units[k], answer)
            }
            if not are_permuted(exercise, network, far, found.message):
                yield found.message
            continue
        blamed = Blamed(exercise, network, mended, found.unit, findings[found.unit], found.code)
        yield from false_sentences(blamed, found.message)
        for code in (found.code, *found.also):
            if not shows(blamed, code):
                yield f"{code} is not so"
            if "unrecognised" in (found.code, *found.also) and found.also:
                yield "unrecognised beside others"


def _is_far(exercise: Exercise, unit: Unit, answer: Unit | None) -> bool:
    if answer is None:
        return True
    value, around, slope = exercise.rules.tolerance
    off = [abs(unit.v * (own - right)) for own, right in zip(unit, answer, strict=True)]
    in_place = None not in {unit.knot, answer.knot} and abs(unit.knot - answer.knot) <= around
    return off[0] > slope or (off[1] > value and not in_place)
