"""From layers to parameters: shapes, order, folding, given units, and every message to the letter."""

from fractions import Fraction

import pytest

from grader import load_exercise
from grader.errors import SubmissionError
from grader.exact.network import UnitSpec
from grader.exercise.record import Exercise
from grader.submission.record import Trained, read_parameters
from grader.submission.weights.layers import Dense, Saved

LAB = load_exercise("relu-three-segments")
HIDDEN = Dense("units", "float32", 1, 3, ("-2", "1", "2"), ("2", "-1", "-4"), "relu")
OUTPUT = Dense("sum", "float32", 3, 1, ("1", "1", "1"), None, "linear")
RIGHT = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}


def read(
    *layers: Dense, exercise: Exercise = LAB, framework: str = "keras"
) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    submission = read_parameters(Trained.of(Saved(framework, layers)), exercise)  # type: ignore[arg-type]
    return dict(submission.parameters), submission.notes


def refused(*layers: Dense, exercise: Exercise = LAB, framework: str = "keras") -> tuple[str, str]:
    with pytest.raises(SubmissionError) as caught:
        read(*layers, exercise=exercise, framework=framework)
    return caught.value.code, caught.value.message


def outputs(*weights: str) -> Dense:
    return OUTPUT._replace(weights=weights)


def hidden(weights: str, biases: str) -> Dense:
    rows = (tuple(row.split()) for row in (weights, biases))
    return HIDDEN._replace(weights=next(rows), biases=next(rows))


def with_outputs(*v: int, given: bool = True, any_order: bool = False) -> Exercise:
    units = [UnitSpec(None, None, Fraction(x)) for x in v]
    if given:
        units[0] = UnitSpec(Fraction(-2), Fraction(2), Fraction(v[0]))
    return LAB._replace(units=tuple(units), any_order=any_order, free=free(units))


def free(units: list[UnitSpec]) -> dict[str, tuple[int, str]]:
    return {
        f"{letter}{k}": (k, letter)
        for k, unit in enumerate(units)
        for letter in "wb"
        if getattr(unit, letter) is None
    }


def test_units_are_taken_in_order() -> None:
    assert read(HIDDEN, OUTPUT) == (RIGHT, ())


def test_without_an_output_layer_the_exercise_s_own_counts() -> None:
    told = "The file has no output layer; the exercise's own output weights count."
    assert read(HIDDEN) == (RIGHT, (told,))


def test_an_activation_that_is_not_told_is_assumed() -> None:
    told = "The file does not say which activation the hidden layer has: ReLU is assumed."
    assert read(HIDDEN._replace(activation=None), OUTPUT) == (RIGHT, (told,))


def test_a_positive_output_weight_goes_into_its_unit() -> None:
    half = hidden("-2 2 8", "2 -2 -16")
    told = "The output layer's weights went into the units: unit 1 and unit 2."
    assert read(half, outputs("1", "0.5", "0.25")) == (RIGHT, (told,))


def test_a_unit_that_the_output_layer_leaves_out_is_unset() -> None:
    found, _ = read(HIDDEN, outputs("1", "1", "0"))
    assert found == {"w1": 1, "b1": -1, "w2": 0, "b2": 0}


def test_a_hidden_layer_without_biases_has_zeros() -> None:
    given = with_outputs(1, 1, 1, given=False)
    found, notes = read(HIDDEN._replace(biases=None), OUTPUT, exercise=given)
    assert [found[f"b{k}"] for k in range(3)] == [0, 0, 0]
    assert notes == ("The hidden layer has no biases; they count as 0.",)


def test_a_given_number_may_be_off_by_its_rounding_and_no_further() -> None:
    third = LAB._replace(units=(UnitSpec(Fraction(1, 3), Fraction(2)), *LAB.units[1:]))
    assert read(hidden("0.33333334 1 2", "2 -1 -4"), OUTPUT, exercise=third)[0] == RIGHT
    code, said = refused(hidden("0.333333 1 2", "2 -1 -4"), OUTPUT, exercise=third)
    assert code == "fixed-parameter"
    assert said == (
        '"w0" is given: 1/3. But the file has 0.333333; unit 0 must stay as it is while the '
        "others are trained"
    )


FOUR = Dense("d", "float32", 1, 4, ("1",) * 4, ("0",) * 4)
MESSAGES = [
    ("keras", [FOUR], "Dense(3) was expected, the file has Dense(4) after an input of 1"),
    (
        "keras",
        [FOUR._replace(inputs=2)],
        "Dense(3) was expected, the file has Dense(4) after an input of 2; the exercise has one x",
    ),
    (
        "pytorch",
        [FOUR],
        "Linear(1, 3) was expected, the file has Linear(1, 4) after an input of 1",
    ),
    (
        "scikit-learn",
        [FOUR],
        "a layer of 3 units was expected, the file has a layer of 4 units after an input of 1",
    ),
    (
        "keras",
        [HIDDEN, OUTPUT._replace(units=2)],
        "Dense(1) was expected as output, the file has Dense(2) after 3 units",
    ),
    (
        "keras",
        [HIDDEN, FOUR, OUTPUT],
        "Dense(3) and Dense(1) were expected, the file has 3 layers: Dense(3), Dense(4), Dense(1); "
        "the exercise has one hidden layer",
    ),
    ("keras", [], "the file has no layers with weights; hand in the network that was trained"),
    (
        "keras",
        [HIDDEN._replace(activation="tanh"), OUTPUT],
        "the hidden layer has the activation tanh, and the exercise is about ReLU; build it with "
        'Dense(..., activation="relu"), train it again and save it',
    ),
    (
        "pytorch",
        [HIDDEN._replace(activation="linear"), OUTPUT],
        "the hidden layer has no activation, and the exercise is about ReLU; build it with "
        "nn.Linear(1, ...) and nn.ReLU(), train it again and save it",
    ),
    (
        "keras",
        [HIDDEN, OUTPUT._replace(activation="relu")],
        "the output layer has the activation relu, but the exercise adds its units up and leaves "
        "the sum as it is; build it without an activation, train again and save",
    ),
    (
        "keras",
        [HIDDEN, OUTPUT._replace(biases=("0.25",))],
        "the output layer has the bias 0.25, and the exercise has 0; build it with "
        "Dense(1, use_bias=False), train again and save",
    ),
    (
        "keras",
        [HIDDEN, outputs("1", "-0.5", "1")],
        "the output layer gives unit 1 the weight -0.5, and the exercise has 1 there. Only a "
        "positive factor can go into a unit, since v*relu(z) = relu(v*z); keep the output layer as "
        "it is while you train (the snippet of grader template does)",
    ),
]


@pytest.mark.parametrize(("framework", "layers", "said"), MESSAGES)
def test_another_network_is_told_in_the_framework_s_words(
    framework: str, layers: list[Dense], said: str
) -> None:
    assert refused(*layers, framework=framework) == ("wrong-network", said)


def test_a_number_out_of_range_names_its_layer() -> None:
    assert refused(hidden("-2 1 1e30", "2 -1 -4"), OUTPUT) == (
        "out-of-range",
        'a number of the layer "units" is over 1e9 in magnitude; the training went astray: try a '
        "smaller learning rate",
    )


def test_in_any_order_the_given_unit_is_the_nearest() -> None:
    lab = LAB._replace(any_order=True)
    found, notes = read(hidden("1 2 -2", "-1 -4 2"), OUTPUT, exercise=lab)
    assert found == RIGHT
    assert notes == (
        "The units are in another order: unit 0 is the file's unit 2, unit 1 is the file's unit 0 "
        "and unit 2 is the file's unit 1.",
    )
    assert refused(hidden("1 2 -2.5", "-1 -4 2"), OUTPUT, exercise=lab)[1] == (
        '"w0" is given: -2. But the file\'s unit 2, which comes nearest, has -2.5; unit 0 must stay as '
        "it is while the others are trained"
    )


def test_as_listed_the_given_unit_has_to_be_in_its_place() -> None:
    assert refused(hidden("1 2 -2", "-1 -4 2"), OUTPUT)[0] == "fixed-parameter"


def test_in_any_order_signs_find_their_places() -> None:
    given = with_outputs(1, -1, 1, given=False, any_order=True)
    found, _ = read(hidden("5 6 7", "1 2 3"), outputs("-1", "2", "0"), exercise=given)
    assert found == {"w0": 12, "b0": 4, "w1": 5, "b1": 1, "w2": 0, "b2": 0}
    assert refused(hidden("5 6 7", "1 2 3"), outputs("-1", "2", "-3"), exercise=given)[0] == (
        "wrong-network"
    )
