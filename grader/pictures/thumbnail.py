"""A target as a small picture: the line and its breakpoints, without numbers."""

from grader.exercise.record import Exercise
from grader.pictures.frame import pixel
from grader.pictures.svg import curve, opening

WIDTH, HEIGHT = 160, 100
_EDGE = 8


def thumbnail(exercise: Exercise) -> str:
    """Return the target as an SVG that fits a contact sheet."""
    corners = [(s.left, s.value(s.left)) for s in exercise.segments]
    last = exercise.segments[-1]
    corners.append((last.right, last.value(last.right)))
    left, right = exercise.domain
    low = min(0, *(y for _, y in corners))
    high = max(0, *(y for _, y in corners))

    def place(x: object, y: object) -> str:
        across = float((x - left) / (right - left))  # type: ignore[operator]
        up = float((y - low) / ((high - low) or 1))  # type: ignore[operator]
        return (
            f"{pixel(_EDGE + across * (WIDTH - 2 * _EDGE))} "
            f"{pixel(HEIGHT - _EDGE - up * (HEIGHT - 2 * _EDGE))}"
        )

    line = "M" + "L".join(place(x, y) for x, y in corners)
    axis = f"M{place(left, 0)}L{place(right, 0)}"
    dots = "".join(f"M{place(x, y)}h0" for x, y in corners[1:-1])
    corners_text = ", ".join(f"({x}, {y})" for x, y in corners)
    return (
        opening("thumbnail", WIDTH, HEIGHT, "The target", f"The target connects {corners_text}.")
        + curve("axis", axis)
        + curve("target", line)
        + curve("corners", dots)
        + "</svg>"
    )
