"""Cells as public course notebooks have them: what no grade needs costs nothing that it does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.desk.intake import entries, receive
from grader.errors import SubmissionError
from grader.sandbox.grader_side.running import run_in
from grader.sandbox.grader_side.sandbox import Sandbox

DEFINED = "def submission():\n    return 1, -1, 2, -4\n"
CELLS = {
    "plt.subplots": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1,2],[3,4])\nax.set_xlabel('x')\nplt.show()",
    "plt grid": "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(2, 3, figsize=(8,4))\nfor ax in axes.flat:\n    ax.plot([1])\n",
    "plt axes idx": "import matplotlib.pyplot as plt\nfig, axs = plt.subplots(1, 2)\naxs[0].plot([1]); axs[1].set(title='a')\nfor i, ax in enumerate(axs):\n    ax.grid()",
    "plt style": "import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_8')\nplt.rcParams['figure.figsize'] = (3, 3)\nplt.rcParams.update({'font.size': 12})",
    "mpl": "import matplotlib as mpl\nmpl.rcParams['axes.grid'] = True\nfrom matplotlib import cm\nc = cm.viridis(0.5)\nfrom mpl_toolkits.mplot3d import Axes3D",
    "with plt": "import matplotlib.pyplot as plt\nwith plt.style.context('ggplot'):\n    plt.plot([1])",
    "hist": "import matplotlib.pyplot as plt\nn, bins, patches = plt.hist([1,2,3])\nline, = plt.plot([1])",
    "anim": "from matplotlib.animation import FuncAnimation\nimport matplotlib.pyplot as plt\nfig = plt.figure()\nani = FuncAnimation(fig, lambda i: i, frames=10, interval=20)\nfrom IPython.display import HTML\nHTML(ani.to_jshtml())",
    "seaborn": "import seaborn as sns\nsns.set_theme(style='darkgrid')\nsns.lineplot(x=[1], y=[2])",
    "plotly": "import plotly.graph_objects as go\nfig = go.Figure(data=[go.Scatter(x=[1], y=[2])])\nfig.update_layout(title='a')\nfig.show()",
    "interact": "from ipywidgets import interact, FloatSlider\nimport ipywidgets as widgets\n@interact(w=(-4.0, 4.0, 0.1), b=FloatSlider(min=-4, max=4))\ndef f(w=1, b=0):\n    return w\n@widgets.interact\ndef g(x=1): pass\nout = widgets.Output()\nwith out:\n    print(1)\nbtn = widgets.Button(description='Go')\nbtn.on_click(lambda b: None)\ndisplay(btn, out)",
    "interact_manual": "from ipywidgets import interactive, fixed, interact_manual, HBox, VBox\nw = interactive(lambda x: x, x=10)\nw.children[0].value\nHBox([w, w])",
    "out capture": "import ipywidgets as widgets\nout = widgets.Output()\n@out.capture()\ndef cb(change): pass\ns = widgets.FloatSlider()\ns.observe(cb, names='value')",
    "colab": "from google.colab import drive\ndrive.mount('/content/drive')\nfrom google.colab import files\nuploaded = files.upload()\nfor fn in uploaded.keys():\n    print(fn, len(uploaded[fn]))",
    "tqdm": "from tqdm import tqdm\ntotal=0\nfor i in tqdm(range(5), desc='x'):\n    total += i\nassert total == 10\npbar = tqdm(total=10)\npbar.update(1); pbar.set_postfix(loss=1.0); pbar.close()",
    "tqdm nb": "from tqdm.notebook import tqdm, trange\nfor i, x in enumerate(tqdm([1,2])): pass\nwith tqdm(range(3)) as t:\n    for i in t: t.set_description('a')\n",
    "pandas": "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\ndf.head()\nprint(df.describe())\ndf = df[df['a'] > 1]\ndf['b'] = df['a'].apply(lambda x: x)\nfor i, row in df.iterrows():\n    print(row)",
    "pandas read": "import pandas as pd\ndata = pd.read_csv('data.csv')\nX, y = data.iloc[:, :-1].values, data['y'].values\nprint(X.shape, len(y))",
    "torch": "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nclass Net(nn.Module):\n    def __init__(self):\n        super(Net, self).__init__()\n        self.fc = nn.Linear(1, 3)\n    def forward(self, x):\n        return F.relu(self.fc(x))\nnet = Net()\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor epoch in range(3):\n    opt.zero_grad()\n    loss = nn.MSELoss()(net(torch.zeros(3,1)), torch.zeros(3))\n    loss.backward()\n    opt.step()\n    print(f'{loss.item():.4f}')\ndevice = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
    "torch nograd": "import torch\n@torch.no_grad()\ndef ev(m):\n    return m\nwith torch.no_grad():\n    x = torch.tensor([1.,2.]) * 2 + 1\ntorch.manual_seed(0)\nif torch.cuda.is_available():\n    1/0",
    "torch data": "from torch.utils.data import Dataset, DataLoader\nclass D(Dataset):\n    def __init__(self, n): self.n = n\n    def __len__(self): return self.n\n    def __getitem__(self, i): return i\nd = D(3)\nassert len(d) == 3 and d[1] == 1\nfor x, y in DataLoader(d, batch_size=2): pass",
    "keras": "import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\nfrom tensorflow.keras.models import Sequential\nfrom tensorflow.keras.layers import Dense\nmodel = Sequential([Dense(3, activation='relu', input_shape=(1,)), Dense(1)])\nmodel.compile(optimizer='adam', loss='mse')\nhistory = model.fit([0], [1], epochs=3, verbose=0)\nprint(history.history['loss'][-1])\nmodel.summary()",
    "keras sub": "from tensorflow import keras\nclass M(keras.Model):\n    def __init__(self, units=3, **kwargs):\n        super().__init__(**kwargs)\n        self.d = keras.layers.Dense(units)\n    def call(self, x): return self.d(x)\nm = M(3)\nw, b = m.d.get_weights()\nm.save('x.h5')",
    "tf.function": "import tensorflow as tf\nprint(tf.__version__)\n@tf.function\ndef f(x): return x\nwith tf.GradientTape() as tape:\n    loss = f(tf.constant(1.0))\ng = tape.gradient(loss, [1])\ntf.random.set_seed(1)\ntf.get_logger().setLevel('ERROR')\ntf.autograph.set_verbosity(0)",
    "sklearn": "from sklearn.linear_model import LinearRegression\nfrom sklearn.model_selection import train_test_split\nX_train, X_test, y_train, y_test = train_test_split([1],[2], test_size=0.2, random_state=1)\nreg = LinearRegression().fit(X_train, y_train)\nprint(reg.coef_, reg.score(X_test, y_test))\nprint('%.3f' % 1.0)",
    "sklearn est": "from sklearn.base import BaseEstimator, TransformerMixin\nclass T(BaseEstimator, TransformerMixin):\n    def __init__(self, k=1): self.k = k\n    def fit(self, X, y=None): return self\nt = T(k=2).fit(1)\nassert t.k == 2",
    "scipy": "from scipy.optimize import minimize, curve_fit\nres = minimize(lambda p: 1, [0,0])\npopt, pcov = curve_fit(lambda x, a: a*x, [1], [1])\nprint(res.x)",
    "sympy": "import sympy as sp\nx = sp.symbols('x')\na, b = sp.symbols('a b')\nsp.init_printing()\nexpr = x**2 + 1\nsp.solve(expr, x)",
    "PIL": "from PIL import Image\nimg = Image.open('a.png')\nimg.resize((2,2))",
    "cv2": "import cv2\nimg = cv2.imread('x.png')\nh, w = img.shape[:2]",
    "jax": "import jax\nimport jax.numpy as jnp\n@jax.jit\ndef f(x): return x\ngrad = jax.grad(f)",
    "lab_utils": "from lab_utils_relu import *\nfrom autils import plt_act_trio\nplt_act_trio()",
    "lab_utils2": "import lab_utils_common as l\nplt_relu = l.plt_relu_ex\nfrom lab_utils_common import dlc\nplt_relu()",
    "wandb": "import wandb\nwandb.init(project='a')\nwandb.log({'loss': 1.0})",
    "otter": "import otter\ngrader = otter.Notebook('hw.ipynb')\ngrader.check('q1')",
    "ipy": "from IPython.display import display, Markdown, Latex, clear_output, Image\ndisplay(Markdown('# a'))\nclear_output(wait=True)\nimport IPython\nIPython.get_ipython().run_line_magic('matplotlib', 'inline')",
    "backend": "import matplotlib\nmatplotlib.use('Agg')\n%matplotlib widget\n%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\n%autoreload 2",
    "kaggle": "import os\nfor dirname, _, filenames in os.walk('/kaggle/input'):\n    print(dirname)\nimport kaggle_environments",
    "gym": "import gymnasium as gym\nenv = gym.make('CartPole-v1')\nobs, info = env.reset(seed=1)\nfor _ in range(3):\n    obs, r, term, trunc, info = env.step(env.action_space.sample())\n    if term: break",
    "nltk": "import nltk\nnltk.download('punkt')\nfrom nltk.tokenize import word_tokenize",
    "lightning": "import pytorch_lightning as pl\nclass L(pl.LightningModule):\n    def __init__(self): super().__init__()\nL()",
    "typing tensor": "import torch\nfrom typing import Optional\ndef f(x: torch.Tensor, y: Optional[torch.Tensor] = None) -> torch.Tensor | None: return x\nx: torch.Tensor = torch.ones(2)\nisinstance(x, torch.Tensor)",
    "np+torch": "import numpy as np, torch\na = np.array([1., 2.])\nt = torch.from_numpy(a)\nb = t.numpy()\nc = a + b\nnp.allclose(a, b)",
    "warnings": "import warnings\nwarnings.filterwarnings('ignore')\nimport logging\nlogging.getLogger('tensorflow').setLevel(logging.ERROR)\nimport os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'",
    "dataclass": "from dataclasses import dataclass\nimport torch\n@dataclass\nclass C:\n    lr: float = 0.1\n    t: torch.Tensor = None\nC()",
    "max stand": "import pandas as pd\ns = pd.Series([1])\nif s.max() > 0: pass\nx = max(s.max(), 1)\nsorted([s.max(), s.min()])",
    "fstring": "import pandas as pd\nx = pd.Series([1]).mean()\nprint(f'{x:.2f} {x!r:>10}', '%s' % x, '{:.3f}'.format(x), str(x) + 'a')\nprint('%.2f' % x)",
    "requests": "import requests\nr = requests.get('http://x')\nprint(r.status_code == 200)\nr.json()['a']",
    "star import": "from lab_utils_relu import *\nplt_act_trio()",
    "numba": "from numba import njit\n@njit\ndef f(x): return x\nassert f(1) == 1",
}  # fmt: skip
# What a student trains with what is absent, and returns.
TRAINED = {
    "torch": "import torch\nnet = torch.nn.Linear(1, 2)\nw = [p.detach().numpy() for p in [net.weight, net.bias]]\nw = (w[0], w[1], 2, -4)",
    "item": "import torch\nx = torch.tensor([1.0])\nw = [x.item(), -1, 2, -4]",
    "keras": "from keras.models import Sequential\nm = Sequential()\nm.fit([0], [1])\nw = m.get_weights()",
    "unpacked": "import tensorflow as tf\na, b = tf.keras.layers.Dense(1).get_weights()\nw = (a, b, 2, -4)",
    "sklearn": "from sklearn.linear_model import LinearRegression\nr = LinearRegression().fit([[0]], [1])\nw = (r.coef_[0], r.intercept_, 2, -4)",
    "pandas": "import pandas as pd\ndf = pd.read_csv('w.csv')\nw = df['w'].tolist()",
    "scipy": "from scipy.optimize import minimize\nw = minimize(lambda p: p[0], [0, 0, 0, 0]).x",
    "arithmetic": "import scipy.stats\nw = (1 + scipy.stats.norm.mean() * 0, -1, 2, -4)",
    "numpy": "import numpy as np, torch\nw = np.array([torch.ones(1)[0], -1, 2, -4])",
    "json": "import pandas as pd\nw = {'w1': pd.Series([1])[0], 'b1': -1, 'w2': 2, 'b2': -4}",
}  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


def values(sandbox: Sandbox, folder: Path, *cells: str) -> tuple[object, ...]:
    rows = [{"cell_type": "code", "source": cell} for cell in cells]
    (folder / "a.ipynb").write_text(json.dumps({"nbformat": 4, "cells": rows}))
    return tuple(v for _, v in entries(receive(str(folder / "a.ipynb")), run_in(sandbox)))


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_no_answer_needs(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    right = (1.0, -1.0, 2.0, -4.0)
    assert values(sandbox, tmp_path, CELLS[name], DEFINED) == right
    assert values(sandbox, tmp_path, f"{CELLS[name]}\n{DEFINED}") == right


@pytest.mark.parametrize("name", TRAINED)
def test_an_answer_that_needs_what_is_absent_is_refused_in_words(
    sandbox: Sandbox, tmp_path: Path, name: str
) -> None:
    code = TRAINED[name] + "\ndef submission():\n    return w\n"
    try:
        told = str(values(sandbox, tmp_path, code))  # a value in it may be one that is no number
    except SubmissionError as error:
        told = error.message
    assert "not available while grading" in told


def test_what_fails_for_another_reason_ends_its_cell(sandbox: Sandbox, tmp_path: Path) -> None:
    for line in ("1 / 0", "undefined", "open('x')", "raise TypeError('x')", "raise NameError('x')"):
        with pytest.raises(SubmissionError, match="not defined"):
            values(sandbox, tmp_path, f"import gone\n{line}\n{DEFINED}")
