"""What a Keras model's config says about its layers: which are dense, and what activates them.

A layer of its own (ReLU, Activation) activates the dense layer before it. Layers that do nothing
once a network is trained (Dropout and the like) are passed over; any other makes another function
of the network, and is refused by its name.

Source: the get_config() of keras 3.15 layers; Keras 2 and TensorFlow.js write the same keys.
"""

from collections.abc import Iterator

from grader.named import NamedTuple
from grader.submission.weights.layers import Dense, refusal
from grader.submission.weights.objects import mapping, parsed, sequence
from grader.text.inert import inert

_PASSED = frozenset(
    ("InputLayer", "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "Flatten",
     "ActivityRegularization", "Identity")
)  # fmt: skip
_ALONE = {"LeakyReLU": "leaky_relu", "PReLU": "prelu", "ELU": "elu", "Softmax": "softmax"}
_WHAT = "the model's config"


class Configured(NamedTuple):
    """A dense layer of the config: its name, and its activation where the config says one."""

    name: str
    activation: str | None


def config(data: bytes, what: str) -> tuple[Configured, ...]:
    """Return the dense layers of a model's config, in its order; none where it lists no layers.

    Raises: SubmissionError (not-weights).
    """
    return planned(mapping(parsed(data, what), what))


def planned(model: dict[str, object]) -> tuple[Configured, ...]:
    """Return the dense layers of a config that is read already. Raises: SubmissionError."""
    inside = model.get("config")
    listed = inside.get("layers") if isinstance(inside, dict) else inside
    if not isinstance(listed, list):  # a model of a class of its own
        return ()
    found: list[Configured] = []
    for kind, name, about in _layers(listed):
        if kind == "Dense":
            found.append(Configured(name, _called(about.get("activation"))))
        elif kind in _PASSED:
            continue
        elif found and found[-1].activation in {None, "linear"} and (alone := _alone(kind, about)):
            found[-1] = found[-1]._replace(activation=alone)
        else:
            raise refusal(
                f'the model has a layer "{inert(kind, 40)}" that the exercise does not have; build '
                "it of Dense layers alone, the first with ReLU"
            )
    return tuple(found)


def _layers(listed: list[object]) -> Iterator[tuple[str, str, dict[str, object]]]:
    for each in sequence(listed, _WHAT):
        record = mapping(each, _WHAT)
        about = mapping(record.get("config"), _WHAT)
        yield str(record.get("class_name")), str(about.get("name")), about


def _called(activation: object) -> str | None:
    """Return an activation's name: text, or an object that was serialised with its class."""
    if isinstance(activation, dict):
        inside = activation.get("config")
        activation = inside if isinstance(inside, str) else activation.get("class_name")
    return activation.lower() if isinstance(activation, str) else None


def _alone(kind: str, about: dict[str, object]) -> str | None:
    """Return what an activation layer is; None for any other layer."""
    if kind == "Activation":
        return _called(about.get("activation"))
    if kind == "ReLU":
        bent = [about.get(key) for key in ("max_value", "negative_slope", "threshold")]
        return "a ReLU with a bound, a slope or a threshold of its own" if any(bent) else "relu"
    return _ALONE.get(kind)


def activated(layers: tuple[Dense, ...], plan: tuple[Configured, ...]) -> tuple[Dense, ...]:
    """Return the layers with the config's activations: by name, else in its order."""
    by_name = {each.name: each for each in plan}
    if all(each.name in by_name for each in layers):
        return tuple(each._replace(activation=by_name[each.name].activation) for each in layers)
    if len(plan) == len(layers):
        pairs = zip(layers, plan, strict=True)
        return tuple(each._replace(activation=said.activation) for each, said in pairs)
    return layers
