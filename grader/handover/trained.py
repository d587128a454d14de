"""What the pages say of files that hold a trained network: how a student makes one, which are read.

A bundle brings the readers of all of them, so nothing must be installed for one.
"""

from grader.exercise.record import Exercise
from grader.submission.sources import CODE, WEIGHTS
from grader.text.lists import listed

_SAVED = """\
Or train the network and hand in what the framework saved, as it is:

```
model.save_weights("submission.weights.h5")                # Keras
torch.save(model.state_dict(), "submission.pt")            # PyTorch
np.savez("submission.npz", *mlp.coefs_, *mlp.intercepts_)  # scikit-learn
```

Files that end in {others} are read, too, and a TensorFlow.js model as one zip file of its
`model.json` and `.bin`. """
_SHOWN = (".pt", ".npz")
_MOST = len(WEIGHTS)
_PASTED = """\
Or train the network in Keras and paste what this prints:

```
import json
print(json.dumps([array.tolist() for array in model.get_weights()]))
```

"""
FILES = f"""\
## What can be handed in

One file, of up to 1 MiB (a notebook up to 50 MiB):

- `.json`: the numbers by their names, as `task.html` shows.
- {listed([f"`{ending}`" for ending in CODE])}: code with a function that returns them.
- Of a trained network, what the framework saved:
  {listed([f"`{ending}`" for ending in WEIGHTS], most=_MOST)};
  a `.json` with the lists of `get_weights()`; a zip file of both files of a TensorFlow.js model.

The bundle brings its own readers of all these: neither h5py nor NumPy nor a framework must be
installed for them. A trained network is read contained, as code is run, and nothing in it is
unpickled or called.
"""
TYPED = """\
## What can be handed in

JSON that is typed or pasted: the numbers by their names, or of a network that was trained in Keras
the lists of `get_weights()`, as the problem shows. The machine that grades needs neither h5py nor
NumPy nor a framework for them. Files such as `.weights.h5` cannot be handed in here.
"""
TYPED_CODE = """\
## What can be handed in

Python that is typed or pasted, with a function that returns the numbers. Files cannot be handed in
here, those of trained networks among them.
"""


def as_a_file(exercise: Exercise) -> str:
    """Return how a student hands in a network's file, as Markdown."""
    others = [f"`{ending}`" for ending in WEIGHTS if ending not in _SHOWN]
    return _SAVED.format(others=listed(others, most=_MOST)) + _network(exercise)


def as_text(exercise: Exercise) -> str:
    """Return how a student pastes a network where no file can be handed in, as Markdown."""
    return _PASTED + _network(exercise)


def _network(exercise: Exercise) -> str:
    """Return the sentences on which network it must be."""
    count = len(exercise.units)
    units = f"{count:,} units" if count > 1 else "one unit"
    kept = "The output layer keeps the weights that the exercise gives it"
    if any(unit.w is not None or unit.b is not None for unit in exercise.units):
        place = "" if exercise.any_order else ", each unit in its place"
        kept = f"What the exercise gives keeps its numbers{place}; so does the output layer"
    return (
        f"The network has one input, one hidden layer of {units} with ReLU, and one output. {kept}."
        "\n"
    )
