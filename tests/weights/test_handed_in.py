"""Files with weights through the installed command: what a student sees, and what never appears."""

import json
import subprocess
import sysconfig
from pathlib import Path

import pytest
from made import FILES, LAB, SAMPLES, npz, zipped

GRADE = Path(sysconfig.get_path("scripts")) / "grade"


def grade(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [GRADE, *words], input=stdin, capture_output=True, check=False, timeout=60
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(),
                                       done.stderr.decode())  # fmt: skip


def test_every_sample_gets_full_marks_in_one_run() -> None:
    names = [*SAMPLES, "keras_get_weights.json", "sklearn_mlp.json", "tfjs_model.json"]
    done = grade("-f", "json", "-e", "relu-three-segments", *(FILES / name for name in names))
    assert (done.returncode, done.stderr) == (0, "")
    assert [report["score"] for report in json.loads(done.stdout)] == [100] * len(names)


def test_a_report_says_how_the_file_was_read() -> None:
    done = grade(FILES / "keras.weights.h5")
    assert done.stdout.splitlines()[:5] == [
        "Score 100 of 100",
        "relu-three-segments (the parameters are the lab's): Stitch three line segments",
        "  with ReLU units",
        "keras.weights.h5",
        "  The file does not say which activation the hidden layer has: ReLU is assumed.",
    ]
    told = json.loads(grade("-f", "json", FILES / "keras.weights.h5").stdout)["notes"]
    assert told == ["The file does not say which activation the hidden layer has: ReLU is assumed."]
    for form in ("html", "markdown"):
        assert "ReLU is assumed" in grade("-f", form, FILES / "keras.weights.h5").stdout


def test_the_name_does_not_matter_and_neither_does_a_pipe(tmp_path: Path) -> None:
    data = (FILES / "keras.weights.h5").read_bytes()
    for name in ("hw.json", "hw", "hw.py", "hw.npz"):
        (tmp_path / name).write_bytes(data)
        assert "Score 100 of 100" in grade("-e", "relu-three-segments", tmp_path / name).stdout
    assert "Score 100 of 100" in grade("-", stdin=data).stdout


REFUSED = {
    "object_array.npy": (
        "not-weights",
        '"array 0" is an array of objects, which only Python\'s unpickling can read; save the '
        "arrays themselves: np.savez('weights.npz', *model.get_weights())",
    ),
    "sklearn_mlp.joblib": (
        "not-weights",
        "the submission is a pickled scikit-learn model, which cannot be graded; hand in the "
        "arrays alone, by json.dump({'coefs_': [a.tolist() for a in mlp.coefs_], 'intercepts_': "
        "[a.tolist() for a in mlp.intercepts_]}, file)",
    ),
    "sklearn_mlp.skops": (
        "not-weights",
        "the submission is a scikit-learn model saved by skops, which cannot be graded; hand in "
        "the arrays alone, by json.dump({'coefs_': [a.tolist() for a in mlp.coefs_], "
        "'intercepts_': [a.tolist() for a in mlp.intercepts_]}, file)",
    ),
    "reduce.pt": (
        "not-weights",
        "to read the file, Python would have to call __builtin__.print, and nothing in a file is "
        "called; save only the numbers: torch.save(model.state_dict(), 'weights.pt')",
    ),
    "real_whole_model.pt": (
        "not-weights",
        "the file holds a whole model (torch.nn.modules.container.Sequential), which only running "
        "code can rebuild; save its numbers: torch.save(model.state_dict(), 'weights.pt')",
    ),
    "tfjs_model.weights.bin": (
        "not-weights",
        "the submission is a network's numbers alone, without the file that says what they are; "
        "hand in both as one zip file (TensorFlow.js), or export with external_data=False (ONNX)",
    ),
    "real_script.pt": (
        "not-weights",
        "the file holds a whole model (__torch__.torch.nn.modules.container.Sequential), which only "
        "running code can rebuild; save its numbers: torch.save(model.state_dict(), 'weights.pt')",
    ),
    "torch_external.onnx": (
        "not-weights",
        '"0.weight" is kept in another file, torch_external.onnx.data, and no other file is read; '
        "export with external_data=False",
    ),
    "shape_bomb.weights.h5": (
        "not-weights",
        '"layers/dense/vars/0" is packed by a filter, which Keras does not do; hand in what '
        "model.save_weights('model.weights.h5') writes",
    ),
    "keras_relu_layer.keras": (
        "fixed-parameter",
        '"w0" is given: -2. But the file has 1.06812; unit 0 must stay as it is while the others '
        "are trained",
    ),
}


def test_what_cannot_be_graded_says_what_to_hand_in() -> None:
    paths = [FILES / name for name in REFUSED]
    done = grade("-f", "json", "-e", "relu-three-segments", *paths)
    assert (done.returncode, done.stderr) == (3, "")
    found = [(each["error"]["code"], each["error"]["message"]) for each in json.loads(done.stdout)]
    assert found == list(REFUSED.values())


def test_a_class_hands_them_in_like_any_other_file(tmp_path: Path) -> None:
    for student, name in (("ada", "keras.weights.h5"), ("bob", "keras_get_weights.npz")):
        folder = tmp_path / "class" / student
        folder.mkdir(parents=True)
        (folder / name).write_bytes((FILES / name).read_bytes())
    done = grade("-e", "relu-three-segments", tmp_path / "class", "-o", f"{tmp_path}/out/")
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "out" / "gradebook.csv").read_text("utf-8").splitlines()
    assert [("100" in row) for row in rows] == [False, True, True]


def test_a_file_that_is_too_large_is_told_by_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "large.npz"
    path.write_bytes(npz([*LAB, LAB[0].repeat(100_000)]))
    said = json.loads(grade("-f", "json", path).stdout)["error"]["message"]
    assert said == (
        "the submission is a NumPy archive (.npz) of more than 1 MiB, and the exercise's network "
        "takes a few kilobytes; save that network and hand it in"
    )


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("[[[1, 2]], [1, 2, 3]]", "not-weights",
         '"array 1" has the shape (3,), but "array 0" has 2 units; a bias needs one number a unit'),
        ("[[[1, 2], [3]]]", "not-weights",
         "array 0 is a list of rows of different lengths; json.dump([a.tolist() for a in "
         "model.get_weights()], file) writes lists that can be graded"),
        ('[[["1", 2]]]', "not-a-number",
         'array 0 holds the text "1", not a number; json.dump([a.tolist() for a in '
         "model.get_weights()], file) writes lists that can be graded"),
        ("[[[NaN]]]", "not-a-number",
         "array 0 holds NaN, not a number; json.dump([a.tolist() for a in model.get_weights()], "
         "file) writes lists that can be graded"),
        ('{"coefs_": 1}', "not-weights",
         "coefs_ and intercepts_ must be two lists with an array for each layer"),
    ],
)  # fmt: skip
def test_lists_that_are_no_network_are_told(text: str, code: str, said: str) -> None:
    error = json.loads(grade("-f", "json", "-", stdin=text.encode()).stdout)["error"]
    assert (error["code"], error["message"]) == (code, said)


def test_tensorflow_js_comes_as_two_files_or_as_one_archive(tmp_path: Path) -> None:
    names = ("tfjs_model.json", "tfjs_model.weights.bin")
    (tmp_path / "model.zip").write_bytes(zipped(*names))
    assert "Score 100 of 100" in grade(tmp_path / "model.zip").stdout
    (tmp_path / names[0]).write_bytes((FILES / names[0]).read_bytes())
    alone = json.loads(grade("-f", "json", tmp_path / names[0]).stdout)["error"]
    assert alone["message"] == (
        'model.json lists "tfjs_model.weights.bin", which is not beside it; keep both files of '
        "model.save() in one folder, or hand them in as one zip"
    )
    piped = grade("-f", "json", "-", stdin=(FILES / names[0]).read_bytes()).stdout
    assert json.loads(piped)["error"]["message"] == (
        "this is the model.json of TensorFlow.js without the file of its numbers; hand in both in "
        "one zip"
    )


@pytest.mark.parametrize(
    "path", ["../secret.bin", "/etc/hostname", "a/b.bin", "..", "a\\b", "link"]
)
def test_a_path_in_model_json_leads_out_of_no_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.bin").write_bytes(b"CANARY" * 6)
    folder = tmp_path / "hand-in"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret.bin")
    model = (FILES / "tfjs_model.json").read_text("utf-8")
    named = json.dumps(path)
    (folder / "model.json").write_text(model.replace('"tfjs_model.weights.bin"', named))
    done = grade("-f", "json", folder / "model.json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["status"]) == (3, "invalid")
    assert "CANARY" not in done.stdout + done.stderr


def test_a_kind_whose_name_says_another_is_read_as_what_it_is(tmp_path: Path) -> None:
    for name in ("torch_state_dict.pt", "torch_layout.onnx"):
        (tmp_path / "hw.h5").write_bytes((FILES / name).read_bytes())
        assert "Score 100 of 100" in grade("-e", "relu-three-segments", tmp_path / "hw.h5").stdout


def test_the_folder_of_a_saved_model_is_named_with_what_to_save_instead(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    (folder / "variables").mkdir(parents=True)
    (folder / "saved_model.pb").write_bytes(b"\x08\x01\x12\x00")
    done = grade("-f", "json", "-e", "relu-three-segments", folder)
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"] == {
        "code": "unreadable",
        "message": "the submission is the folder of a TensorFlow SavedModel, which cannot be graded; "
        "save it by model.save_weights('model.weights.h5') and hand in that file",
        "where": None,
    }
