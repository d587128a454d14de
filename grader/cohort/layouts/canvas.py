"""Canvas, "Download Submissions": name, id of the user, id of the attachment, the file's name.

Only the latest attempt is in a download; two downloads in one folder make attempts, since a later
attachment has a larger id. Of a group Canvas writes the group's name and one member's id.

Source: instructure/canvas-lms, lib/content_zipper.rb and text_entry_page.html.erb.
"""

import re
from collections import Counter

from grader.cohort.holding import Member
from grader.cohort.layouts import Claim, Contents, Understood, matched, most

TITLE = "Canvas, downloaded submissions"
_NAMED = re.compile(
    r"(?:anon_(?P<anon>\w{5})(?:_(?P<late1>LATE))?|(?P<name>[^/]*?)(?:_(?P<late>LATE))?_(?P<uid>\d+))"
    r"_(?:(?P<att>\d+)_(?P<file>[^/]+)|(?P<typed>text|link)\.html)"
)
_ANONYMOUS = (
    "The assignment is anonymous, so that ids are Canvas's anonymous ones; grades cannot be "
    "matched with a gradebook until it is not."
)
_AGAIN = re.compile(r"-\d+(?=\.[^.]*$)")  # submission-1.json: handed in for the second time


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if this is not Canvas's naming."""
    found = matched(contents, _NAMED)
    if not most(contents, found):
        return None
    claims = [_claim(*each) for each in found]
    is_anonymous = any(claim.student.startswith("anon_") for claim in claims)
    return Understood(_attempts(claims), notes=(_ANONYMOUS,) * is_anonymous)


def _claim(member: Member, match: "re.Match[str]") -> Claim:
    anonymous = match["anon"]
    return Claim(
        member,
        f"anon_{anonymous}" if anonymous else match["uid"],
        match["name"] or "",
        _AGAIN.sub("", match["file"]) if match["file"] else f"{match['typed']}.html",
        attempt=match["att"] or "",
        late=bool(match["late"] or match["late1"]),
        form="html" if match["typed"] == "text" else "file",
    )


def _attempts(claims: list[Claim]) -> tuple[Claim, ...]:
    """Count what one student has handed in under one name, by the attachments' ids."""
    seen: Counter[tuple[str, str]] = Counter()
    order = sorted(range(len(claims)), key=lambda k: int(claims[k].attempt or 0))
    numbered = list(claims)
    for k in order:
        whose = (claims[k].student, claims[k].file)
        seen[whose] += 1
        numbered[k] = claims[k]._replace(attempt=str(seen[whose]))
    return tuple(numbered)
