"""Situations that users of other tools reported about statistics of classes and about regrading.

Each names the project and the report; what is tested is what goes well here.
"""

from fractions import Fraction

import pytest

from grader.cohort.analysis.as_json import as_json
from grader.cohort.analysis.class_page import page
from grader.cohort.analysis.items import kelley
from grader.cohort.graded import GradedRow, row_of
from grader.cohort.journal import Terms
from grader.cohort.manifest import HandIn, Whereabouts
from grader.cohort.regrading.changes import compared
from grader.cohort.regrading.renderings import as_text
from grader.cohort.regrading.runs import Graded, under
from grader.grading import grade
from grader.text.inert import Inert
from results_made import COPIED, LAB, RIGHT, UNSET, class_of, counted, hand, run_of, unread


def test_how_many_were_looked_at_stands_beside_every_share() -> None:
    """PrairieLearn #3100: the statistics of a question do not say of how many students."""
    made = run_of(class_of([(6, RIGHT), (3, COPIED)]))
    text = page([made], anonymous=True)
    assert "6 of 9" in text
    assert "3 of 3 below full marks" in text
    assert all(each.full + each.partial + each.none == 9 for each in made.found.checks)


def test_a_goal_keeps_its_name_where_others_have_no_figure() -> None:
    """PrairieLearn #2422: plots number the questions anew where one of them has no statistics."""
    made = run_of(class_of([(20, RIGHT), (20, UNSET)]))
    text = page([made], anonymous=True)
    rows = text.split('<th scope="row" class="goal">')[1:]
    names = [row.partition("<svg")[0] for row in rows]
    assert names == ["Segment 1, given", "Breakpoint 1", "Segment 2", "Breakpoint 2", "Segment 3"]
    assert [">-</td>" in row for row in rows] == [True, True, True, False, False]


def test_a_first_attempt_that_could_not_be_read_is_no_first_score() -> None:
    """PrairieLearn #5412: statistics are odd where a first submission could not be graded."""
    found = counted([unread("ada"), hand("ada", COPIED, 2), hand("ada", RIGHT, 3)])
    assert [each.score for each in found.firsts] == [hand("ada", COPIED).score]
    assert [pair[0].attempt for pair in found.again] == [2]


def test_nothing_is_drawn_where_nobody_handed_in() -> None:
    """PrairieLearn #14351: histograms are shown for questions without a submission."""
    for hands in ([], [unread("ada")]):
        text = page([run_of(hands)], anonymous=False)
        assert "<svg" not in text
        assert "nothing to look at" in text


def test_no_share_is_more_than_the_whole() -> None:
    """Chamilo #7038: mistakes are counted by part and held against attempts, which gives 200 %."""
    both_wrong = ("3", "-3", "3", "-5")
    found = counted(class_of([(6, both_wrong)]))
    assert all(each.made <= found.n for each in found.mistakes)
    assert "likely" in page([run_of(class_of([(6, both_wrong)]))], anonymous=True)


def test_ties_at_the_cut_do_not_make_everything_discriminate_fully() -> None:
    """hemp (R) #5: the index is 1 for every item, where totals tie at the cut."""
    item = [float(k % 2) for k in range(100)]
    found = kelley(item, [1.0] * 100)
    assert found is not None
    assert found.estimate == pytest.approx(0)
    assert found.low < 0 < found.high


def test_who_handed_nothing_in_is_in_no_mean_but_counted() -> None:
    """Submitty #1489: means and deviations must be of those who handed in."""
    found = counted(class_of([(4, RIGHT)]), missing=[("zoe", "Zoe"), ("bob", "Bob")])
    assert (found.n, found.full, found.enrolled) == (4, 4, 6)
    assert all(each.credit == 4 for each in found.checks)


def test_a_group_is_one_hand_in_and_every_member_a_student() -> None:
    """Autolab #1002: a group's submission is treated as one of each member."""
    group = [hand(who, COPIED, source="g/a.json", digest="d") for who in ("ada", "bob", "eve")]
    found = counted([*group, hand("zoe", RIGHT)])
    assert (found.n, found.students) == (2, 4)
    assert [each.made for each in found.mistakes] == [1]


def test_a_student_with_unreadable_attempts_only_is_told_and_breaks_nothing() -> None:
    """autograder.io #31: an error where all of a student's submissions were rejected."""
    found = counted([unread("ada"), unread("ada", "not-utf8", 2), hand("bob", RIGHT)])
    assert (found.n, found.students, found.not_read, found.again) == (1, 2, 2, ())


def test_a_fault_of_the_grader_is_not_the_students() -> None:
    """Gradescope's samples #140: runs on which the autograder failed were counted like others."""
    failed = unread("ada", "grader-fault")._replace(status="failed")
    made = run_of([failed, hand("bob", RIGHT)])
    assert (made.found.not_read, made.found.failed, made.found.n) == (0, 1, 1)
    text = page([made], anonymous=False)
    assert "on 1 the grader failed, which is not the students&#39; fault" in text
    assert "What could not be read" not in text
    assert '"failed": 1' in as_json([made], anonymous=False)


def _run(*every: tuple[str, ...]) -> Graded:
    rows = []
    for values in every:
        named = dict(zip(LAB.free, map(Fraction, values), strict=True))
        rows.append(row_of(grade(LAB, named))._replace(digest="d"))
    rows.append(GradedRow("invalid", "0", "e", error="not-json"))
    told = [f'["s{k}", "", 1, "", false, "s{k}.json"]' for k in range(len(rows))]
    nowhere = Whereabouts((), "")
    hand_ins = tuple(
        HandIn(Inert(f"s{k}"), Inert(""), 1, "", late=False, source=Inert(f"s{k}"), place=nowhere)
        for k in range(len(rows))
    )
    terms = {"exercise": LAB.id, "exercise's file": LAB.digest, "version": "1"}
    return Graded(Terms(terms, tuple(told)), LAB, hand_ins, tuple(rows))


def test_regrading_by_the_same_exercise_changes_nothing() -> None:
    """STACK for Moodle #1004: a regrade without any change lowers marks."""
    before = _run(RIGHT, COPIED, UNSET, ("1", "-1.1", "2", "-4"))
    after = under(before, LAB, b"")
    assert after.rows == before.rows
    assert compared(before, after).changed == ()


def test_what_was_and_was_not_graded_again_can_be_seen() -> None:
    """CoCalc #4925: after grading again nobody sees which marks are new and which are old."""
    before = _run(RIGHT, COPIED)
    checks = tuple(check._replace(worth=check.worth * 2) for check in LAB.checks)
    double = LAB._replace(points=LAB.points * 2, checks=checks, digest="other")
    found = compared(before, under(before, double, b""))
    assert [(each.before, each.after) for each in found.scores] == [(100, 200), (25, 50), (0, 0)]
    assert as_text(found).startswith(f"{LAB.id}: of 3 hand-ins 2 rise, 0 fall, 1 stay\n")
