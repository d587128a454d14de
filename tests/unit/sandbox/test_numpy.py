"""What students call of NumPy, with whatever release is installed: the oldest and the newest in CI."""

from collections.abc import Iterator

import pytest

from grader.sandbox.grader_side.sandbox import Sandbox

# Each line ends with a = 1, to within a rounding where NumPy rounds.
CALLS = (
    "a = np.unique([1, 2, 2])[0]",
    "a = np.percentile([1, 1], 50)",
    "a = np.intersect1d([1, 2], [1])[0]",
    "np.histogram([1, 2, 3], bins='auto'); a = 1",
    "np.testing.assert_allclose(1, 1); a = 1",
    "np.char.upper(['a']); a = 1",
    "a = np.linalg.norm([1.0])",
    "a = np.linalg.inv([[1.0]])[0, 0]",
    "a = np.random.default_rng(0).integers(1, 2)",
    "np.random.seed(0); np.random.rand(2); a = 1",
    "a = np.polynomial.Polynomial([1, 2])(0)",
    "a = np.polynomial.polynomial.polyval(0, [1, 2])",
    "a = np.ma.masked_array([1], mask=[False])[0]",
    "a = abs(np.fft.fft([1.0])[0])",
    "np.lib.stride_tricks.sliding_window_view(np.arange(4), 2); a = 1",
    "np.show_config(); a = 1",
    "a = round(np.polyfit([0, 1], [0, 1], 1)[0], 9)",
    "a = np.interp(1, [0, 2], [0, 2])",
    "a = np.median([1])",
    "a = np.quantile([1], 0.5)",
    "np.set_printoptions(precision=3); print(np.pi); a = 1",
    "a = np.einsum('i,i', [1], [1])",
    "a = np.vectorize(lambda x: x)(1)",
    "a = np.piecewise(1.0, [True], [1])",
    "a = np.array2string(np.array([1])) and 1",
    "a = np.rec.array([(1, 2)], dtype=[('x', int), ('y', int)])[0].x",
    "a = np.matrix([[1]])[0, 0]",
    "a = np.loadtxt(['1'])",
    "import io; a = np.genfromtxt(io.StringIO('1'))",
    "import io; np.save(io.BytesIO(), np.ones(1)); a = 1",
    "a = np.datetime64('2020-01-01') and 1",
    "a = np.isclose(1, 1) * 1",
    "a = np.apply_along_axis(sum, 0, [1])",
    "np.info(np.sum); a = 1",
    "a = np.lib.NumpyVersion(np.__version__) and 1",
    "a = np.array([1], dtype=np.float16)[0]",
    "a = np.array([1], dtype=np.longdouble)[0]",
    "a = np.array([1], dtype=object)[0]",
    "a = np.emath.sqrt(1)",
    "a = np.gradient([0.0, 1.0])[0]",
    "a = np.trapezoid([1, 1]) if hasattr(np, 'trapezoid') else np.trapz([1, 1])",
    "a = np.meshgrid([1], [1])[0][0, 0]",
    "a = np.cov([1, 2, 3])",
    "a = round(np.corrcoef([1, 2], [1, 2])[0, 1], 9)",
    "a = np.select([True], [1])",
    "a = np.nanmean([1, np.nan])",
    "import numpy.typing as npt; a = 1",
    "from numpy.linalg import *; a = norm([1])",
    "from numpy import *; a = array([1])[0]",
    "from numpy.random import *; a = 1",
    "from numpy.testing import assert_array_equal; assert_array_equal([1], [1]); a = 1",
    "np.errstate(all='ignore').__enter__(); a = 1",
    "np.seterr(all='raise'); a = 1",
    "import numpy.lib.scimath as s; a = s.sqrt(1)",
    "np.ctypeslib; a = 1",
    "np.savetxt; np.memmap; a = 1",
    "np.packbits([1]); a = 1",
    "np.block([[1]]); a = 1",
    "np.kron([1],[1]); a = np.roots([1, -1])[0]",
    "np.typing; np.version.version; a = 1",
    "np.exceptions if hasattr(np,'exceptions') else 0; a = 1",
    "a = np.random.RandomState(1).randint(1, 2)",
    "a = np.random.Generator(np.random.PCG64(1)).integers(1, 2)",
    "np.random.multivariate_normal([0],[[1]]); np.random.shuffle([1]); np.random.choice([1]); a = 1",
    "a = np.linalg.lstsq(np.ones((1,1)), np.ones(1), rcond=None)[0][0]",
    "np.show_runtime; a = 1",
    "np.strings.upper('a') if hasattr(np,'strings') else 0; a=1",
    "np.ma.median([1.0]); np.ma.polyfit([1,2,3],[1,2,3],1); a = 1",
    "np.nditer([1]); np.ndenumerate([1]); a = 1",
    "np.busday_count('2020-01-01','2020-01-03'); a=1",
    "np.bartlett(3); np.kaiser(3, 1); a=1",
    "np.unwrap([1]); np.convolve([1],[1]); np.correlate([1],[1]); a = 1",
    "np.union1d([1],[1]); np.isin(1,[1]); np.setdiff1d([1],[2]); a = 1",
    "np.digitize([1],[1]); np.bincount([1]); np.histogram2d([1],[1]); a=1",
    "np.lib.recfunctions if hasattr(np.lib,'recfunctions') else 0; from numpy.lib import recfunctions; a=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


@pytest.mark.parametrize("call", CALLS)
def test_what_students_call_of_numpy(sandbox: Sandbox, call: str) -> None:
    code = f"import numpy as np\n{call}\ndef submission():\n    return a, -1, 2, -4\n"
    outcome = sandbox.run(code.encode())
    assert (outcome.status, outcome.message) == ("returned", "")
    assert [value for _, value in outcome.items] == [1, -1, 2, -4]
