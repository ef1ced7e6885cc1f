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
from bisect import bisect_left, insort_left
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, ClassVar

import numba
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from sentiment.cores import num_cores

Floats = NDArray[np.float32]

_PIECE = 1 << 22  # bytes; memory is taken in whole pieces, to be used again
_ALIGNMENT = 64  # bytes; what TensorFlow wants, to take an array over without a copy
_SMALL = 1_000_000  # multiplications; OpenBLAS need not pack what takes no more
_FEW = 8  # rows that are too few for a product of their own
_BLOCK = 256  # rows of a product that is packed
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


@_inline
def _multiply(rows, kernel, product):  # type: ignore[no-untyped-def]
    """The product, written to as many first rows; in pieces that BLAS need not pack first."""
    num_rows, fits = rows.shape[0], _SMALL // kernel.size
    num_pieces = -(-num_rows // fits) if fits >= _FEW else 1
    piece = max(1, -(-num_rows // num_pieces))
    for at in range(0, num_rows, piece):
        end = min(at + piece, num_rows)
        np.dot(rows[at:end], kernel, product[at:end])


@_inline
def _block(num_rows, kernel):  # type: ignore[no-untyped-def]
    """Rows of steps whose part of the recurrent kernel's gradient is one product."""
    fits = _SMALL // kernel.size
    return max(num_rows, fits if fits >= 2 * num_rows else _BLOCK)


@_inline
def _copy(values, is_known, target):  # type: ignore[no-untyped-def]
    """Values of the step read before, or zeros where it is none."""
    if is_known:
        for j in range(target.shape[0]):
            target[j] = values[j]
    else:
        for j in range(target.shape[0]):
            target[j] = _ZERO


@_inline
def _hand_on(values, adds, target, total):  # type: ignore[no-untyped-def]
    """Gradients of one word's inputs, to them and to the sum over all words."""
    if adds:
        for j in range(values.shape[0]):
            target[j] += values[j]
    else:
        for j in range(values.shape[0]):
            target[j] = values[j]
    for j in range(values.shape[0]):
        total[j] += values[j]


# Inner loops touch few arrays, each from its beginning, so that LLVM can tell them apart and makes
# vector code of them.


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
        _multiply(state[:num], kernel, product)
        for i in range(num):
            at = starts[i] + place
            x, s, h, out = inputs[index[at]], product[i], state[i], states[at, offset:]
            for j in range(units):
                h[j] = _tanh(x[j] + bias[j] + s[j])
            for j in range(units):
                out[j] = h[j]


@_jit
def _simple_rnn_backward(  # type: ignore[no-untyped-def]
    dstates, index, kernel, states, kept, rows, counts, backward, dinputs, adds
):
    units, steps = kernel.shape[0], counts.shape[0]
    block = _block(rows.shape[0], kernel)
    transposed = np.ascontiguousarray(kernel.T)
    dkernel, dbias = np.zeros_like(kernel), np.zeros(units, np.float32)
    dstate = np.zeros((rows.shape[0], units), np.float32)
    before = np.empty((block, units), np.float32)
    dgates = np.empty((block, units), np.float32)
    filled = 0
    for step in range(steps):
        place, earlier, num, known = _step_back(step, counts, backward)
        if filled + num > block:
            dkernel += np.dot(before[:filled].T, dgates[:filled])
            filled = 0
        for i in range(num):
            row = rows[i]
            y, g, dh, d = states[row, place], dstates[row, place], dstate[i], dgates[filled + i]
            _copy(states[row, earlier if i < known else place], i < known, before[filled + i])
            for j in range(units):
                d[j] = (dh[j] + g[j]) * (_ONE - y[j] * y[j])
            _hand_on(d, adds, dinputs[index[row, place]], dbias)
        _multiply(dgates[filled : filled + num], transposed, dstate)
        filled += num
    dkernel += np.dot(before[:filled].T, dgates[:filled])
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
        _multiply(state[:num], kernel, product)
        for i in range(num):
            at = starts[i] + place
            x, s, h, c = inputs[index[at]], product[i], state[i], cells[i]
            out, k = states[at, offset:], kept[min(at, last)]
            for j in range(4 * units):
                s[j] += x[j] + bias[j]
            entry, forget = k[:units], k[units : 2 * units]
            candidate, exit_ = k[2 * units : 3 * units], k[3 * units : 4 * units]
            to_candidate, to_exit, cell = s[2 * units :], s[3 * units :], k[4 * units :]
            for j in range(2 * units):
                k[j] = _sigmoid(s[j])
            for j in range(units):
                candidate[j] = _tanh(to_candidate[j])
            for j in range(units):
                exit_[j] = _sigmoid(to_exit[j])
            for j in range(units):
                c[j] = forget[j] * c[j] + entry[j] * candidate[j]
            for j in range(units):
                cell[j] = c[j]
                h[j] = exit_[j] * _tanh(c[j])
            for j in range(units):
                out[j] = h[j]


@_jit
def _lstm_backward(  # type: ignore[no-untyped-def]
    dstates, index, kernel, states, kept, rows, counts, backward, dinputs, adds
):
    units, steps = kernel.shape[0], counts.shape[0]
    block = _block(rows.shape[0], kernel)
    transposed = np.ascontiguousarray(kernel.T)
    dkernel, dbias = np.zeros_like(kernel), np.zeros(4 * units, np.float32)
    dstate = np.zeros((rows.shape[0], units), np.float32)
    dcells = np.zeros((rows.shape[0], units), np.float32)
    before = np.empty((block, units), np.float32)
    dgates = np.empty((block, 4 * units), np.float32)
    past_cell = np.empty(units, np.float32)
    filled = 0
    for step in range(steps):
        place, earlier, num, known = _step_back(step, counts, backward)
        if filled + num > block:
            dkernel += np.dot(before[:filled].T, dgates[:filled])
            filled = 0
        for i in range(num):
            row, past = rows[i], earlier if i < known else place
            k, g, dh, dc = kept[row, place], dstates[row, place], dstate[i], dcells[i]
            _copy(states[row, past], i < known, before[filled + i])
            _copy(kept[row, past, 4 * units :], i < known, past_cell)
            entry, forget = k[:units], k[units : 2 * units]
            candidate, exit_ = k[2 * units : 3 * units], k[3 * units : 4 * units]
            cell, d = k[4 * units :], dgates[filled + i]
            dentry, dforget = d[:units], d[units : 2 * units]
            dcandidate, dexit = d[2 * units : 3 * units], d[3 * units :]
            for j in range(units):
                out, total = _tanh(cell[j]), dh[j] + g[j]
                dexit[j] = total * out * exit_[j] * (_ONE - exit_[j])
                dc[j] += total * exit_[j] * (_ONE - out * out)
            for j in range(units):
                dentry[j] = dc[j] * candidate[j] * entry[j] * (_ONE - entry[j])
                dcandidate[j] = dc[j] * entry[j] * (_ONE - candidate[j] * candidate[j])
            for j in range(units):
                dforget[j] = dc[j] * past_cell[j] * forget[j] * (_ONE - forget[j])
                dc[j] *= forget[j]
            _hand_on(d, adds, dinputs[index[row, place]], dbias)
        _multiply(dgates[filled : filled + num], transposed, dstate)
        filled += num
    dkernel += np.dot(before[:filled].T, dgates[:filled])
    return dkernel, dbias


@_jit
def _gru_forward(inputs, index, kernel, bias, starts, counts, backward, states, offset, kept):  # type: ignore[no-untyped-def]
    units, steps, last = kernel.shape[0], counts.shape[0], kept.shape[0] - 1
    state = np.zeros((starts.shape[0], units), np.float32)
    product = np.empty((starts.shape[0], 3 * units), np.float32)
    both = (bias[0] + bias[1])[: 2 * units]
    of_input, of_state = bias[0, 2 * units :], bias[1, 2 * units :]
    for step in range(steps):
        place = steps - 1 - step if backward else step
        num = counts[place]
        _multiply(state[:num], kernel, product)
        for i in range(num):
            at = starts[i] + place
            x, s, h = inputs[index[at]], product[i], state[i]
            out, k = states[at, offset:], kept[min(at, last)]
            update, reset = k[:units], k[units : 2 * units]
            candidate, past = k[2 * units : 3 * units], k[3 * units :]
            to_candidate, from_state = x[2 * units :], s[2 * units :]
            for j in range(2 * units):
                k[j] = _sigmoid(x[j] + s[j] + both[j])
            for j in range(units):
                past[j] = from_state[j] + of_state[j]
                candidate[j] = _tanh(to_candidate[j] + of_input[j] + reset[j] * past[j])
            for j in range(units):
                h[j] = update[j] * h[j] + (_ONE - update[j]) * candidate[j]
            for j in range(units):
                out[j] = h[j]


@_jit
def _gru_backward(  # type: ignore[no-untyped-def]
    dstates, index, kernel, states, kept, rows, counts, backward, dinputs, adds
):
    units, steps = kernel.shape[0], counts.shape[0]
    block = _block(rows.shape[0], kernel)
    transposed = np.ascontiguousarray(kernel.T)
    dkernel, dbias = np.zeros_like(kernel), np.zeros((2, 3 * units), np.float32)
    of_gates, of_input, of_state = (
        dbias[0, : 2 * units],
        dbias[0, 2 * units :],
        dbias[1, 2 * units :],
    )
    dstate = np.zeros((rows.shape[0], units), np.float32)
    through = np.empty((rows.shape[0], units), np.float32)
    before = np.empty((block, units), np.float32)
    dgates = np.empty((block, 3 * units), np.float32)
    dcandidate = np.empty(units, np.float32)
    filled = 0
    for step in range(steps):
        place, earlier, num, known = _step_back(step, counts, backward)
        if filled + num > block:
            dkernel += np.dot(before[:filled].T, dgates[:filled])
            filled = 0
        for i in range(num):
            row = rows[i]
            k, g, dh, past = kept[row, place], dstates[row, place], dstate[i], before[filled + i]
            _copy(states[row, earlier if i < known else place], i < known, past)
            update, reset = k[:units], k[units : 2 * units]
            candidate, from_state = k[2 * units : 3 * units], k[3 * units :]
            d, out = dgates[filled + i], dinputs[index[row, place]]
            dupdate, dreset, dpast = d[:units], d[units : 2 * units], d[2 * units :]
            for j in range(units):
                total = dh[j] + g[j]
                dupdate[j] = total * (past[j] - candidate[j]) * update[j] * (_ONE - update[j])
                dcandidate[j] = total * (_ONE - update[j]) * (_ONE - candidate[j] * candidate[j])
                dh[j] = total * update[j]
            for j in range(units):
                dreset[j] = dcandidate[j] * from_state[j] * reset[j] * (_ONE - reset[j])
                dpast[j] = dcandidate[j] * reset[j]
                of_state[j] += dpast[j]
            _hand_on(d[: 2 * units], adds, out, of_gates)
            _hand_on(dcandidate, adds, out[2 * units :], of_input)
        _multiply(dgates[filled : filled + num], transposed, through)
        for i in range(num):
            dh, more = dstate[i], through[i]
            for j in range(units):
                dh[j] += more[j]
        filled += num
    dkernel += np.dot(before[:filled].T, dgates[:filled])
    dbias[1, : 2 * units] = of_gates
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
        places: NDArray[np.int32],
        kernel: Floats,
        bias: Floats,
        lengths: NDArray[np.int32],
    ) -> tuple[Floats, Floats]:
        """Run a layer over texts.

        Args:
            backward: whether texts are read from their last word to their first.
            inputs: x·W, <float32>[num_inputs, num_gates · units], of each word of the batch or, as
                many as places and in their order, of each place.
            places: <int32>[batch_size, sequence_length], the input of each place.
            kernel: the recurrent one, <float32>[units, num_gates · units].
            bias: <float32>[num_gates · units], of a GRU [2, 3 · units].
            lengths: <int32>[batch_size]; what lies beyond is not read.

        Returns:
            The states beside their words, <float32>[batch_size, sequence_length, units], zeros
            beyond a text's end; and what `gradients` needs of the steps.
        """
        batch_size, steps = places.shape
        units = kernel.shape[0]
        states = _aligned(batch_size, steps, units)
        kept = _aligned(batch_size, steps, self.num_kept * units)
        flat_states, flat_kept = (a.reshape(batch_size * steps, -1) for a in (states, kept))

        def run(share: tuple[NDArray[np.int64], NDArray[np.int64]]) -> None:
            rows, counts = share
            for row in rows:
                states[row, lengths[row] :] = 0
            starts = rows * steps
            self.run_forward(
                inputs,
                places.ravel(),
                kernel,
                bias,
                starts,
                counts,
                backward,
                flat_states,
                0,
                flat_kept,
            )

        with one_thread_each() as pool:
            list(pool.map(run, _shares(lengths)))
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
        places: NDArray[np.int32],
        kernel: Floats,
        states: Floats,
        kept: Floats,
        lengths: NDArray[np.int32],
        num_inputs: int,
    ) -> tuple[Floats, Floats, Floats]:
        """Go back through time.

        Args:
            backward: as for `forward`.
            dstates: gradient of what `forward` returned, <float32>[batch_size, sequence_length,
                units]; what it holds beyond a text's end does not matter.
            places: as for `forward`.
            kernel: the recurrent one, <float32>[units, num_gates · units].
            states: from `forward`.
            kept: from `forward`.
            lengths: <int32>[batch_size].
            num_inputs: how many `forward` had.

        Returns:
            The gradients of inputs, kernel and bias, in their shapes.
        """
        _, steps, units = states.shape
        width = self.num_gates * units
        own = num_inputs == places.size
        shares = _shares(lengths)
        found = _aligned(1 if own else len(shares), num_inputs, width)
        index = np.arange(places.size, dtype=np.int32).reshape(places.shape) if own else places

        def run(number: int) -> tuple[Floats, Floats]:
            rows, counts = shares[number]
            target = found[0 if own else number]
            if own:
                for row in rows:
                    target[row * steps + lengths[row] : (row + 1) * steps] = 0
            else:
                target[:] = 0
            return self.run_backward(
                dstates, index, kernel, states, kept, rows, counts, backward, target, not own
            )

        with one_thread_each() as pool:
            dkernels, dbiases = zip(*pool.map(run, range(len(shares))), strict=True)
            if not own:
                cuts = np.linspace(0, num_inputs, num_threads() + 1).astype(int)
                list(pool.map(partial(_add_up, found), cuts[:-1], cuts[1:]))
        return found[0], sum(dkernels[1:], dkernels[0]), sum(dbiases[1:], dbiases[0])


def _add_up(parts: Floats, first: int, last: int) -> None:
    for part in parts[1:]:
        parts[0, first:last] += part[first:last]


KERNELS = {
    "simple_rnn": Kernels(1, 0, _simple_rnn_forward, _simple_rnn_backward),
    "lstm": Kernels(4, 5, _lstm_forward, _lstm_backward),
    "gru": Kernels(3, 4, _gru_forward, _gru_backward),
}


class _Memory:
    """Memory for one array, handed on to another of up to that size when nobody needs it.

    Fresh memory of this size comes from the system page by page, which takes a sixth of training.
    """

    _spare: ClassVar[list[NDArray[np.uint8]]] = []  # smallest first

    def __init__(self, num_bytes: int) -> None:
        self._bytes = self._take(num_bytes + _ALIGNMENT)
        place = self._bytes.ctypes.data
        self.__array_interface__ = {
            "data": (place + -place % _ALIGNMENT, False),
            "shape": (num_bytes // 4,),
            "typestr": "<f4",
            "version": 3,
        }

    def _take(self, size: int) -> NDArray[np.uint8]:
        # Threads give memory back at any moment, so that what is taken is looked at again.
        with suppress(IndexError):
            found = self._spare.pop(bisect_left(self._spare, size, key=len))
            if size <= len(found) <= 2 * size + _PIECE:
                return found
            self._give_back(found)
        return np.empty(-(-size // _PIECE) * _PIECE, np.uint8)

    def _give_back(self, spare: NDArray[np.uint8]) -> None:
        insort_left(self._spare, spare, key=len)

    def __del__(self) -> None:
        self._give_back(self._bytes)


def _aligned(*shape: int) -> Floats:
    """An array that TensorFlow takes over as it is; one that is not aligned it copies."""
    array: Floats = np.asarray(_Memory(4 * math.prod(shape))).reshape(shape)
    return array


def _counts(lengths: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """How many texts have a word at each place, the longest text being the first."""
    counts: NDArray[np.int64] = (lengths > np.arange(lengths[0])[:, None]).sum(axis=1)
    return counts


def _shares(lengths: NDArray[np.int32]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows dealt out to the threads, longest first, and how many of them each step has."""
    order = np.argsort(-lengths, kind="stable")
    dealt = [order[i :: num_threads()] for i in range(min(num_threads(), len(order)))]
    return [(rows, _counts(lengths[rows])) for rows in dealt]


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
