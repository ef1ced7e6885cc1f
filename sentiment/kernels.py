"""The three cells forward and backward through time, compiled by Numba.

    gate inputs x·W ──► kernel, a thread a share of the batch ──► states, gates
    gradients of the states ──► kernel ──► gradients of gate inputs, recurrent kernel, bias

A step of a share is one matrix product and one pass over its gates; the gradient of the recurrent
kernel is formed from many steps in one product. Rows come longest first, so that a step touches
only texts that still have a word, and padding costs nothing. Formulas are those of Keras's cells:
SimpleRNN after J. Elman (1990); LSTM after S. Hochreiter & J. Schmidhuber (1997) with the forget
gate of F. Gers et al. (2000); GRU after K. Cho et al. (2014), with the reset gate behind the
product (`reset_after`). Knows nothing about layers or TensorFlow.
"""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numba
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from sentiment.cores import num_cores

Floats = NDArray[np.float32]

_PIECE = 1 << 22  # bytes; arrays are kept in whole pieces, to be used again
_BLOCK = 256  # rows of steps whose part of the recurrent kernel's gradient is one product
_ZERO, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)
# tanh as a quotient of polynomials, for float32: the coefficients of Eigen's `ptanh`. Far out,
# where float32 knows nothing but 1, the argument is held back.
_FAR = np.float32(7.90531110763549805)
_P1, _P3, _P5, _P7, _P9, _P11, _P13 = (
    np.float32(4.89352455891786e-03),
    np.float32(6.37261928875436e-04),
    np.float32(1.48572235717979e-05),
    np.float32(5.12229709037114e-08),
    np.float32(-8.60467152213735e-11),
    np.float32(2.00018790482477e-13),
    np.float32(-2.76076847742355e-16),
)
_Q0, _Q2, _Q4, _Q6 = (
    np.float32(4.89352518554385e-03),
    np.float32(2.26843463243900e-03),
    np.float32(1.18534705686654e-04),
    np.float32(1.19825839466702e-06),
)

# Not `nnan` and `ninf`: what diverges has to be seen as such.
_jit = numba.njit(
    nogil=True, cache=True, error_model="numpy", fastmath={"contract", "nsz", "reassoc", "arcp"}
)
_inline = numba.njit(inline="always", error_model="numpy")


@_inline
def _tanh(x):  # type: ignore[no-untyped-def]
    x = _FAR if x > _FAR else x  # in this order what is not a number stays one
    x = -_FAR if x < -_FAR else x
    y = x * x
    p = ((((((_P13 * y + _P11) * y + _P9) * y + _P7) * y + _P5) * y + _P3) * y + _P1) * x
    q = ((_Q6 * y + _Q4) * y + _Q2) * y + _Q0
    return p / q


@_inline
def _sigmoid(x):  # type: ignore[no-untyped-def]
    return _HALF * _tanh(_HALF * x) + _HALF


@_inline
def _step_back(step, counts, backward):  # type: ignore[no-untyped-def]
    """The place of a step of the way back, that read before it, and how many texts have each."""
    steps = counts.shape[0]
    place = step if backward else steps - 1 - step
    earlier = place + 1 if backward else place - 1
    num = counts[place]
    known = 0 if earlier < 0 or earlier == steps else min(num, counts[earlier])
    return place, earlier, num, known


@_jit
def _simple_rnn_forward(  # type: ignore[no-untyped-def]
    inputs, index, kernel, bias, starts, counts, backward, states, offset, kept
):
    units, steps = kernel.shape[0], counts.shape[0]
    state = np.zeros((starts.shape[0], units), np.float32)
    product = np.empty_like(state)
    for step in range(steps):
        place = steps - 1 - step if backward else step
        num = counts[place]
        np.dot(state[:num], kernel, product[:num])
        for i in range(num):
            at = starts[i] + place
            x, s, h, out = inputs[index[at]], product[i], state[i], states[at]
            for j in range(units):
                h[j] = _tanh(x[j] + bias[j] + s[j])
                out[offset + j] = h[j]


@_jit
def _simple_rnn_backward(dstates, kernel, states, kept, rows, counts, backward, dinputs):  # type: ignore[no-untyped-def]
    units, steps = kernel.shape[0], counts.shape[0]
    transposed = np.ascontiguousarray(kernel.T)
    dkernel, dbias = np.zeros_like(kernel), np.zeros(units, np.float32)
    dstate = np.zeros((rows.shape[0], units), np.float32)
    before = np.zeros((_BLOCK + rows.shape[0], units), np.float32)
    dgates = np.empty((_BLOCK + rows.shape[0], units), np.float32)
    filled = 0
    for step in range(steps):
        place, earlier, num, known = _step_back(step, counts, backward)
        for i in range(num):
            row, at = rows[i], filled + i
            y, g, dh = states[row, place], dstates[row, place], dstate[i]
            d, out, past = dgates[at], dinputs[row, place], before[at]
            for j in range(units):
                d[j] = (dh[j] + g[j]) * (_ONE - y[j] * y[j])
                out[j] = d[j]
                dbias[j] += d[j]
                past[j] = states[row, earlier, j] if i < known else _ZERO
        np.dot(dgates[filled : filled + num], transposed, dstate[:num])
        filled += num
        if filled >= _BLOCK or step == steps - 1:
            dkernel += np.dot(before[:filled].T, dgates[:filled])
            filled = 0
    return dkernel, dbias


@_jit
def _lstm_forward(inputs, index, kernel, bias, starts, counts, backward, states, offset, kept):  # type: ignore[no-untyped-def]
    units, steps, last = kernel.shape[0], counts.shape[0], kept.shape[0] - 1
    state = np.zeros((starts.shape[0], units), np.float32)
    cells = np.zeros((starts.shape[0], units), np.float32)
    product = np.empty((starts.shape[0], 4 * units), np.float32)
    for step in range(steps):
        place = steps - 1 - step if backward else step
        num = counts[place]
        np.dot(state[:num], kernel, product[:num])
        for i in range(num):
            at = starts[i] + place
            x, s, h, c = inputs[index[at]], product[i], state[i], cells[i]
            out, k = states[at], kept[min(at, last)]
            for j in range(4 * units):
                s[j] += x[j] + bias[j]
            for j in range(units):
                entry = _sigmoid(s[j])
                forget = _sigmoid(s[units + j])
                candidate = _tanh(s[2 * units + j])
                exit_ = _sigmoid(s[3 * units + j])
                c[j] = forget * c[j] + entry * candidate
                h[j] = exit_ * _tanh(c[j])
                out[offset + j] = h[j]
                k[j], k[units + j], k[2 * units + j] = entry, forget, candidate
                k[3 * units + j], k[4 * units + j] = exit_, c[j]


@_jit
def _lstm_backward(dstates, kernel, states, kept, rows, counts, backward, dinputs):  # type: ignore[no-untyped-def]
    units, steps = kernel.shape[0], counts.shape[0]
    transposed = np.ascontiguousarray(kernel.T)
    dkernel, dbias = np.zeros_like(kernel), np.zeros(4 * units, np.float32)
    dstate = np.zeros((rows.shape[0], units), np.float32)
    dcells = np.zeros((rows.shape[0], units), np.float32)
    before = np.zeros((_BLOCK + rows.shape[0], units), np.float32)
    dgates = np.empty((_BLOCK + rows.shape[0], 4 * units), np.float32)
    none = np.zeros(units, np.float32)
    filled = 0
    for step in range(steps):
        place, earlier, num, known = _step_back(step, counts, backward)
        for i in range(num):
            row, at = rows[i], filled + i
            k, g, dh, dc = kept[row, place], dstates[row, place], dstate[i], dcells[i]
            d, out = dgates[at], dinputs[row, place]
            past_cell = kept[row, earlier, 4 * units :] if i < known else none
            before[at] = states[row, earlier] if i < known else none
            for j in range(units):
                entry, forget, candidate = k[j], k[units + j], k[2 * units + j]
                exit_, cell = k[3 * units + j], _tanh(k[4 * units + j])
                total = dh[j] + g[j]
                dcell = dc[j] + total * exit_ * (_ONE - cell * cell)
                d[j] = dcell * candidate * entry * (_ONE - entry)
                d[units + j] = dcell * past_cell[j] * forget * (_ONE - forget)
                d[2 * units + j] = dcell * entry * (_ONE - candidate * candidate)
                d[3 * units + j] = total * cell * exit_ * (_ONE - exit_)
                dc[j] = dcell * forget
            for j in range(4 * units):
                out[j] = d[j]
                dbias[j] += d[j]
        np.dot(dgates[filled : filled + num], transposed, dstate[:num])
        filled += num
        if filled >= _BLOCK or step == steps - 1:
            dkernel += np.dot(before[:filled].T, dgates[:filled])
            filled = 0
    return dkernel, dbias


@_jit
def _gru_forward(inputs, index, kernel, bias, starts, counts, backward, states, offset, kept):  # type: ignore[no-untyped-def]
    units, steps, last = kernel.shape[0], counts.shape[0], kept.shape[0] - 1
    state = np.zeros((starts.shape[0], units), np.float32)
    product = np.empty((starts.shape[0], 3 * units), np.float32)
    both = bias[0] + bias[1]
    for step in range(steps):
        place = steps - 1 - step if backward else step
        num = counts[place]
        np.dot(state[:num], kernel, product[:num])
        for i in range(num):
            at = starts[i] + place
            x, s, h = inputs[index[at]], product[i], state[i]
            out, k = states[at], kept[min(at, last)]
            for j in range(units):
                update = _sigmoid(x[j] + s[j] + both[j])
                reset = _sigmoid(x[units + j] + s[units + j] + both[units + j])
                past = s[2 * units + j] + bias[1, 2 * units + j]
                candidate = _tanh(x[2 * units + j] + bias[0, 2 * units + j] + reset * past)
                h[j] = update * h[j] + (_ONE - update) * candidate
                out[offset + j] = h[j]
                k[j], k[units + j], k[2 * units + j] = update, reset, candidate
                k[3 * units + j] = past


@_jit
def _gru_backward(dstates, kernel, states, kept, rows, counts, backward, dinputs):  # type: ignore[no-untyped-def]
    units, steps = kernel.shape[0], counts.shape[0]
    transposed = np.ascontiguousarray(kernel.T)
    dkernel, dbias = np.zeros_like(kernel), np.zeros((2, 3 * units), np.float32)
    dstate = np.zeros((rows.shape[0], units), np.float32)
    through = np.empty((rows.shape[0], units), np.float32)
    before = np.zeros((_BLOCK + rows.shape[0], units), np.float32)
    dgates = np.empty((_BLOCK + rows.shape[0], 3 * units), np.float32)
    none = np.zeros(units, np.float32)
    filled = 0
    for step in range(steps):
        place, earlier, num, known = _step_back(step, counts, backward)
        for i in range(num):
            row, at = rows[i], filled + i
            k, g, dh = kept[row, place], dstates[row, place], dstate[i]
            d, out, past = dgates[at], dinputs[row, place], before[at]
            past[:] = states[row, earlier] if i < known else none
            for j in range(units):
                update, reset, candidate = k[j], k[units + j], k[2 * units + j]
                total = dh[j] + g[j]
                dcandidate = total * (_ONE - update) * (_ONE - candidate * candidate)
                d[j] = total * (past[j] - candidate) * update * (_ONE - update)
                d[units + j] = dcandidate * k[3 * units + j] * reset * (_ONE - reset)
                d[2 * units + j] = dcandidate * reset
                dh[j] = total * update
                out[2 * units + j] = dcandidate
                dbias[0, 2 * units + j] += dcandidate
            for j in range(2 * units):
                out[j] = d[j]
            for j in range(3 * units):
                dbias[1, j] += d[j]
        np.dot(dgates[filled : filled + num], transposed, through[:num])
        dstate[:num] += through[:num]
        filled += num
        if filled >= _BLOCK or step == steps - 1:
            dkernel += np.dot(before[:filled].T, dgates[:filled])
            filled = 0
    dbias[0, : 2 * units] = dbias[1, : 2 * units]
    return dkernel, dbias


@_jit
def max_pool(states, starts, lengths):  # type: ignore[no-untyped-def]
    """The greatest of each state in each text, <float32>[num_texts, num_states].

    Args:
        states: <float32>[num_tokens, num_states].
        starts: <int64>[num_texts], the first token of each text.
        lengths: <int64>[num_texts], at least 1 each.
    """
    found = np.empty((starts.shape[0], states.shape[1]), np.float32)
    for i in range(starts.shape[0]):
        found[i] = states[starts[i]]
        for at in range(starts[i] + 1, starts[i] + lengths[i]):
            for j in range(states.shape[1]):
                found[i, j] = max(found[i, j], states[at, j])
    return found


@_jit
def mean_pool(states, starts, lengths):  # type: ignore[no-untyped-def]
    """The mean of each state in each text; arguments and shapes as for `max_pool`."""
    found = np.zeros((starts.shape[0], states.shape[1]), np.float32)
    for i in range(starts.shape[0]):
        for at in range(starts[i], starts[i] + lengths[i]):
            for j in range(states.shape[1]):
                found[i, j] += states[at, j]
        found[i] /= np.float32(lengths[i])
    return found


@dataclass(frozen=True)
class Kernels:
    """A cell through time, on all cores.

    Attributes:
        num_gates: products of the input that a step takes.
        num_kept: arrays of `units` that the way back needs of each step.
        run_forward: the compiled kernel, for one share.
        run_backward: that for the way back; gives its share of the gradients of kernel and bias.
    """

    num_gates: int
    num_kept: int
    run_forward: Callable[..., None]
    run_backward: Callable[..., tuple[Floats, Floats]]

    def forward(
        self,
        backward: bool,
        inputs: Floats,
        kernel: Floats,
        bias: Floats,
        lengths: NDArray[np.int32],
    ) -> tuple[Floats, Floats]:
        """Run a layer over texts.

        Args:
            backward: whether texts are read from their last word to their first.
            inputs: x·W, <float32>[batch_size, sequence_length, num_gates · units].
            kernel: the recurrent one, <float32>[units, num_gates · units].
            bias: <float32>[num_gates · units], of a GRU [2, 3 · units].
            lengths: <int32>[batch_size]; what lies beyond is not read.

        Returns:
            The states beside their words, <float32>[batch_size, sequence_length, units], zeros
            beyond a text's end; and what `gradients` needs of the steps.
        """
        batch_size, steps, _ = inputs.shape
        units = kernel.shape[0]
        states = _aligned(batch_size, steps, units)
        kept = _aligned(batch_size, steps, self.num_kept * units)
        flat = [array.reshape(batch_size * steps, -1) for array in (inputs, states, kept)]
        index = np.arange(batch_size * steps, dtype=np.int32)

        def run(rows: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
            for row in rows:
                states[row, lengths[row] :] = 0
            starts = rows * steps
            self.run_forward(
                flat[0], index, kernel, bias, starts, counts, backward, flat[1], 0, flat[2]
            )

        _on_all_cores(run, lengths)
        return states, kept

    def read(
        self,
        backward: bool,
        inputs: Floats,
        index: NDArray[np.int32],
        kernel: Floats,
        bias: Floats,
        lengths: NDArray[np.int64],
        states: Floats,
        offset: int,
    ) -> None:
        """Run a layer over texts that lie one after the other, in this thread, to answer only.

        Args:
            backward: whether texts are read from their last word to their first.
            inputs: x·W of whatever `index` chooses from, <float32>[num_inputs, num_gates · units].
            index: <int32>[num_tokens], the input of each token.
            kernel: the recurrent one, <float32>[units, num_gates · units].
            bias: as for `forward`.
            lengths: <int64>[num_texts], at least 1 each, longest first.
            states: <float32>[num_tokens, at least offset + units], to be written.
            offset: the first column that is this layer's.
        """
        starts = np.cumsum(lengths) - lengths
        kept = np.empty((1, max(1, self.num_kept) * len(kernel)), np.float32)  # written over
        counts = _counts(lengths)
        self.run_forward(
            inputs, index, kernel, bias, starts, counts, backward, states, offset, kept
        )

    def gradients(
        self,
        backward: bool,
        dstates: Floats,
        kernel: Floats,
        states: Floats,
        kept: Floats,
        lengths: NDArray[np.int32],
    ) -> tuple[Floats, Floats, Floats]:
        """Go back through time.

        Args:
            backward: as for `forward`.
            dstates: gradient of what `forward` returned, <float32>[batch_size, sequence_length,
                units]; what it holds beyond a text's end does not matter.
            kernel: the recurrent one, <float32>[units, num_gates · units].
            states: from `forward`.
            kept: from `forward`.
            lengths: <int32>[batch_size].

        Returns:
            The gradients of inputs, kernel and bias, in their shapes.
        """
        batch_size, steps, units = states.shape
        dinputs = _aligned(batch_size, steps, self.num_gates * units)

        def run(rows: NDArray[np.int64], counts: NDArray[np.int64]) -> tuple[Floats, Floats]:
            for row in rows:
                dinputs[row, lengths[row] :] = 0
            return self.run_backward(dstates, kernel, states, kept, rows, counts, backward, dinputs)

        dkernels, dbiases = zip(*_on_all_cores(run, lengths), strict=True)
        return dinputs, sum(dkernels[1:], dkernels[0]), sum(dbiases[1:], dbiases[0])


KERNELS = {
    "simple_rnn": Kernels(1, 0, _simple_rnn_forward, _simple_rnn_backward),
    "lstm": Kernels(4, 5, _lstm_forward, _lstm_backward),
    "gru": Kernels(3, 4, _gru_forward, _gru_backward),
}


class _Memory:
    """Memory for one array, handed on to the next of about its size when nobody needs it.

    Fresh memory of this size comes from the system page by page, which takes a sixth of training.
    """

    _spare: ClassVar[dict[int, list[NDArray[np.uint8]]]] = {}

    def __init__(self, num_bytes: int) -> None:
        size = -(-num_bytes // _PIECE) * _PIECE
        self._returns_to = self._spare.setdefault(size, [])
        self._bytes = self._returns_to.pop() if self._returns_to else np.empty(size + 64, np.uint8)
        place = self._bytes.ctypes.data
        self.__array_interface__ = {
            "data": (place + -place % 64, False),
            "shape": (num_bytes // 4,),
            "typestr": "<f4",
            "version": 3,
        }

    def __del__(self) -> None:
        self._returns_to.append(self._bytes)


def _aligned(*shape: int) -> Floats:
    """An array that TensorFlow takes over as it is; one that is not aligned it copies."""
    array: Floats = np.asarray(_Memory(4 * math.prod(shape))).reshape(shape)
    return array


def _counts(lengths: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """How many texts have a word at each place, the longest text being the first."""
    counts: NDArray[np.int64] = (lengths > np.arange(lengths[0])[:, None]).sum(axis=1)
    return counts


def _on_all_cores(run: Callable[..., Any], lengths: NDArray[np.int32]) -> list[Any]:
    """Deal rows out to the threads, longest first; a share is told how many of it each step has."""
    order = np.argsort(-lengths, kind="stable")
    shares = [order[i :: num_threads()] for i in range(min(num_threads(), len(order)))]
    with one_thread_each() as pool:
        return list(pool.map(run, shares, [_counts(lengths[share]) for share in shares]))


@contextmanager
def one_thread_each() -> Iterator[ThreadPoolExecutor]:
    """A pool with a thread for every core, in each of which BLAS stays in that thread."""
    pool, blas = _workers()
    with blas.limit(limits=1, user_api="blas"):
        yield pool


@cache
def num_threads() -> int:
    """Threads that share the work, decided when they are first needed."""
    return num_cores()


@cache
def _workers() -> tuple[ThreadPoolExecutor, ThreadpoolController]:
    import scipy.linalg.cython_blas  # noqa: F401  # what Numba multiplies with, to be found below

    return ThreadPoolExecutor(num_threads()), ThreadpoolController()
