"""A program that builds an exercise's network in a framework, trains it and saves it to hand in.

The output layer keeps the exercise's weights, and given units keep their numbers, so that the file
can be graded as it is. Training begins with every unit turning somewhere inside the interval, and
begins anew where it gets stuck: a unit that is 0 everywhere learns nothing.

Source: the documentation of Keras 3 (Dense, constraints), PyTorch 2 (optim) and scikit-learn 1
(MLPRegressor.partial_fit).
"""

from collections.abc import Callable
from fractions import Fraction

from grader.exercise.record import Exercise
from grader.named import NamedTuple

_MOST_UNITS = 100  # more are not trained by a program of one page


class Training(NamedTuple):
    """What every framework's program takes from the exercise, written as Python."""

    id: str
    units: int
    left: str
    right: str
    xs: str
    ys: str
    outputs: str
    bias: str
    given_w: str
    given_b: str

    @property
    def has_bias(self) -> bool:
        """Whether the output layer adds a number."""
        return self.bias != "0"

    @property
    def has_given(self) -> bool:
        """Whether a unit's number is given."""
        return self.given_w.count("nan") + self.given_b.count("nan") < 2 * self.units


def program(exercise: Exercise, framework: str) -> str | None:
    """Return the program; None where the exercise has too many units for one."""
    if len(exercise.units) > _MOST_UNITS:
        return None
    return FRAMEWORKS[framework](_plan(exercise))


def _plan(exercise: Exercise) -> Training:
    segments = exercise.segments
    points = [(each.left, each.value(each.left)) for each in segments]
    points.append((segments[-1].right, segments[-1].value(segments[-1].right)))
    return Training(
        exercise.id,
        len(exercise.units),
        str(exercise.domain[0]),
        str(exercise.domain[1]),
        _listed([x for x, _ in points]),
        _listed([y for _, y in points]),
        _listed([unit.v for unit in exercise.units]),
        str(exercise.bias),
        _listed([unit.w for unit in exercise.units]),
        _listed([unit.b for unit in exercise.units]),
    )


def _listed(numbers: list[Fraction] | list[Fraction | None]) -> str:
    inside = ", ".join("nan" if number is None else str(number) for number in numbers)
    return f"[{inside}]"


def _begun(plan: Training, ending: str, imports: str) -> str:
    """Return the lines that are the same in every framework."""
    given = (
        f"given_w, given_b = np.array({plan.given_w}), np.array({plan.given_b})  # nan: free\n"
        if plan.has_given
        else ""
    )
    return (
        f'"""Train the network of {plan.id}, then: grade -e {plan.id} {plan.id}.{ending}"""\n\n'
        f"{imports}\n"
        f"{'from numpy import nan' + chr(10) if given else ''}\n"
        f"x = np.linspace({plan.left}, {plan.right}, 401)[:, None]\n"
        f"y = np.interp(x, {plan.xs}, {plan.ys})\n"
        f"outputs = np.array({plan.outputs})\n{given}\n"
        "for start in range(30):  # training gets stuck from some starts, and not from others\n"
        "    rng = np.random.default_rng(start)\n"
        f"    w = rng.choice([-1.0, 1.0], {plan.units})\n"
        f"    b = -w * rng.permutation(np.linspace({plan.left}, {plan.right}, "
        f"{plan.units + 2})[1:-1])\n"
    )


def keras(plan: Training) -> str:
    """Return the program in Keras 3."""
    constraint = kept = ""
    if plan.has_given:
        constraint = (
            "\n\nclass Given(keras.constraints.Constraint):\n"
            '    """Keeps the numbers that the exercise gives."""\n\n'
            "    def __init__(self, numbers):\n        self.numbers = numbers\n\n"
            "    def __call__(self, weights):\n"
            "        free = np.isnan(self.numbers)\n"
            "        return keras.ops.where(free, weights, np.nan_to_num(self.numbers))\n\n"
        )
        kept = ", kernel_constraint=Given(given_w), bias_constraint=Given(given_b)"
    begun = _begun(plan, "weights.h5", "import keras\nimport numpy as np")
    head, _, loop = begun.partition("for start")
    numbers = f"outputs[:, None], np.array([{plan.bias}])" if plan.has_bias else "outputs[:, None]"
    return (
        f"{head}{constraint}for start{loop}"
        f'    hidden = keras.layers.Dense({plan.units}, activation="relu"{kept})\n'
        f"    output = keras.layers.Dense(1, use_bias={plan.has_bias}, trainable=False)\n"
        "    model = keras.Sequential([keras.Input((1,)), hidden, output])\n"
        "    hidden.set_weights([w[None], b])\n"
        f"    output.set_weights([{numbers}])\n"
        '    model.compile(keras.optimizers.Adam(0.02), "mse")\n'
        "    history = model.fit(x, y, batch_size=401, epochs=2000, verbose=0)\n"
        '    if history.history["loss"][-1] < 1e-5:\n        break\n\n'
        f'model.save_weights("{plan.id}.weights.h5")\n'
    )


def pytorch(plan: Training) -> str:
    """Return the program in PyTorch."""
    begun = _begun(plan, "pt", "import numpy as np\nimport torch\nfrom torch import nn")
    kept = (
        "        with torch.no_grad():\n"
        "            for part, given in ((model[0].weight[:, 0], given_w), "
        "(model[0].bias, given_b)):\n"
        "                fixed = torch.from_numpy(~np.isnan(given))\n"
        "                part[fixed] = torch.from_numpy(given).float()[fixed]\n"
        if plan.has_given
        else ""
    )
    bias = (
        f"    model[2].bias = nn.Parameter(torch.tensor([float({plan.bias})]), "
        "requires_grad=False)\n"
        if plan.has_bias
        else ""
    )
    return (
        f"{begun}"
        f"    model = nn.Sequential(nn.Linear(1, {plan.units}), nn.ReLU(), "
        f"nn.Linear({plan.units}, 1, bias={plan.has_bias}))\n"
        "    with torch.no_grad():\n"
        "        model[0].weight[:, 0] = torch.from_numpy(w)\n"
        "        model[0].bias[:] = torch.from_numpy(b)\n"
        "    numbers = torch.from_numpy(outputs[None]).float()\n"
        "    model[2].weight = nn.Parameter(numbers, requires_grad=False)\n"
        f"{bias}"
        "    inputs, targets = torch.from_numpy(x).float(), torch.from_numpy(y).float()\n"
        "    optimizer = torch.optim.Adam(model[0].parameters(), 0.02)\n"
        "    for step in range(3000):\n"
        "        optimizer.zero_grad()\n"
        "        loss = nn.functional.mse_loss(model(inputs), targets)\n"
        "        loss.backward()\n"
        "        optimizer.step()\n"
        f"{kept}"
        "    if loss < 1e-5:\n        break\n\n"
        f'torch.save(model.state_dict(), "{plan.id}.pt")\n'
    )


def sklearn(plan: Training) -> str:
    """Return the program in scikit-learn."""
    imports = "import numpy as np\nfrom sklearn.neural_network import MLPRegressor"
    kept = (
        "        for part, given in ((mlp.coefs_[0][0], given_w), (mlp.intercepts_[0], given_b)):\n"
        "            part[~np.isnan(given)] = given[~np.isnan(given)]\n"
        if plan.has_given
        else ""
    )
    return (
        f"{_begun(plan, 'npz', imports)}"
        f'    mlp = MLPRegressor(hidden_layer_sizes=({plan.units},), activation="relu", alpha=0,\n'
        "                       batch_size=401, learning_rate_init=0.02, random_state=start)\n"
        "    mlp.partial_fit(x, y.ravel())  # makes the arrays\n"
        "    mlp.coefs_[0][:], mlp.intercepts_[0][:] = w, b\n"
        "    for step in range(3000):\n"
        "        mlp.partial_fit(x, y.ravel())\n"
        f"        mlp.coefs_[1][:, 0], mlp.intercepts_[1][:] = outputs, {plan.bias}\n"
        f"{kept}"
        "    if mlp.loss_ < 1e-5:\n        break\n\n"
        f'np.savez("{plan.id}.npz", *mlp.coefs_, *mlp.intercepts_)\n'
    )


FRAMEWORKS: dict[str, Callable[[Training], str]] = {
    "keras": keras,
    "pytorch": pytorch,
    "sklearn": sklearn,
}
