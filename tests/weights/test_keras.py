"""What Keras itself saves is read as it was built; .ci/weights installs Keras."""

import subprocess
import sys
from pathlib import Path

import pytest
from reading import HIDDEN, OUTPUT, layers, message, nameless

from grader import load_exercise
from grader.submission.record import Trained, read_parameters
from grader.submission.sources import WEIGHTS
from grader.task.training import program
from samples import EXERCISE_IDS

pytestmark = pytest.mark.weights

HERE = Path(__file__).parent
BUILT = ("activation", "relu-layer", "functional")
ENDINGS = (".keras", ".h5", ".weights.h5", ".npz")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of files by Keras, those of every exercise's program among them."""
    folder = tmp_path_factory.mktemp("keras")
    (folder / "programs").mkdir()
    paths = []
    for id_ in EXERCISE_IDS:
        path = folder / "programs" / f"{id_}.py"
        path.write_text(program(load_exercise(id_), "keras") or "", "utf-8")
        paths.append(path)
    command = [sys.executable, HERE / "by_keras.py", folder, *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.xdist_group("keras")
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", BUILT)
def test_every_kind_of_model_in_every_kind_of_file(made: Path, name: str, ending: str) -> None:
    path = made / f"{name}{ending}"
    saved = layers(WEIGHTS[path.suffix], path.read_bytes())
    assert nameless(saved) == [HIDDEN, OUTPUT]
    said = [layer.activation for layer in saved.layers]
    assert said == (["relu", "linear"] if ending in {".keras", ".h5"} else [None, None])


@pytest.mark.parametrize("policy", ["mixed_float16", "float16", "bfloat16"])
def test_numbers_of_another_dtype(made: Path, policy: str) -> None:
    hidden, output = nameless(layers("keras", (made / f"{policy}.keras").read_bytes()))
    kept = "float32" if policy.startswith("mixed") else policy
    assert (hidden, output) == (HIDDEN._replace(dtype=kept), OUTPUT._replace(dtype=kept))


def test_another_model_is_told(made: Path) -> None:
    assert layers("keras", (made / "tanh.keras").read_bytes()).layers[0].activation == "tanh"
    assert 'layer "batch_normalization"' in message(
        "keras", (made / "normalised.keras").read_bytes()
    )
    assert 'a layer "Rescaling"' in message("keras", (made / "scaled.keras").read_bytes())


@pytest.mark.parametrize("id_", EXERCISE_IDS)
def test_the_file_of_an_exercise_s_program_fits_the_exercise(made: Path, id_: str) -> None:
    """Before training the given units are not yet put back to their numbers."""
    exercise = load_exercise(id_)
    saved = layers("h5", (made / f"{id_}.weights.h5").read_bytes())
    free = exercise._replace(
        units=tuple(unit._replace(w=None, b=None) for unit in exercise.units),
        free={f"{letter}{k}": (k, letter) for k in range(len(exercise.units)) for letter in "wb"},
    )
    assert set(read_parameters(Trained.of(saved), free).parameters) == set(free.free)
