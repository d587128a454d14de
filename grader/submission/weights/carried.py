"""A network on its way from the contained child to the grader: one line of JSON.

What comes out of a child is believed no more than a file: another form than this is refused.
"""

import json

from grader.submission.weights.layers import Dense, Saved, refusal


def written(saved: Saved) -> str:
    """Return the network as one line of printable ASCII."""
    return json.dumps([saved.framework, saved.layers], separators=(",", ":"))


def read(text: str) -> Saved:
    """Return the network. Raises: SubmissionError (not-weights) where it is anything else."""
    try:
        framework, rows = json.loads(text)
        layers = tuple(_dense(Dense(*row)) for row in rows)
    except (ValueError, TypeError):
        raise refusal(
            "what was read from the file is not a network; hand in another file"
        ) from None
    return Saved(framework, layers)


def _dense(row: Dense) -> Dense:
    """Return a layer of what JSON makes of one: lists in place of tuples."""
    if not all(isinstance(each, str) for each in (row.name, row.dtype, *row.weights)):
        raise TypeError(row.name)
    biases = None if row.biases is None else tuple(map(str, row.biases))
    return row._replace(
        inputs=int(row.inputs), units=int(row.units), weights=tuple(row.weights), biases=biases
    )
