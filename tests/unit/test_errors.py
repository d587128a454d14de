from grader.errors import GraderError, Problem, SandboxError, SpecError, SubmissionError


def test_spec_error_sorts_its_problems_by_line_and_says_file_line_key() -> None:
    error = SpecError("hat.yaml", (Problem(7, "title", "is empty"), Problem(2, "", "is not YAML")))
    assert error.problems == (Problem(2, "", "is not YAML"), Problem(7, "title", "is empty"))
    assert error.lines() == ["hat.yaml:2: is not YAML", "hat.yaml:7: title: is empty"]
    assert str(error) == "hat.yaml:2: is not YAML\nhat.yaml:7: title: is empty"


def test_submission_error_holds_the_fields_of_a_report() -> None:
    error = SubmissionError("not-json", "is not JSON", "line 2")
    assert (error.code, error.message, error.where) == ("not-json", "is not JSON", "line 2")
    assert str(error) == "is not JSON"
    assert SubmissionError("not-json", "is not JSON").where is None


def test_sandbox_error_holds_code_and_reason() -> None:
    error = SandboxError("grader-fault", "the helper died")
    assert (error.code, error.message, str(error)) == (
        "grader-fault",
        "the helper died",
        "the helper died",
    )


def test_all_share_a_base() -> None:
    assert {SpecError, SubmissionError, SandboxError} <= set(GraderError.__subclasses__())
