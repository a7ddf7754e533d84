"""Exact matrix products: weights that are whole numbers times a step, and what they are multiplied with rounded alike.

Sums of whole numbers are exact as long as they stay small enough, so that a product has the same bits however many rows
are multiplied at once and in whatever order a processor adds.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.errors import VariorumError
from generator.record import record

Matrix = NDArray[np.floating[Any]]

#: Whole numbers up to these are exact in numbers of four and of eight bytes.
LIMITS = {4: 2.0**24, 8: 2.0**53}
#: How far a weight may be from a whole number of steps.
TOLERANCE = 0.01
#: Weights that are looked at for the step between them.
SAMPLE = 8192


@record
class Layer:
    """A matrix of whole numbers that multiplies rows of numbers.

    A row is rounded to parts of `fine` and cut off at `most` of them; `unit` is what 1 in a product is worth.
    """

    weights: Matrix
    bias: Matrix
    fine: float
    most: float
    unit: float

    def product(self, rows: Matrix) -> Matrix:
        """The exact product of the rounded rows, in units and without the bias."""
        whole = np.multiply(rows, self.fine, dtype=self.weights.dtype)
        np.rint(whole, out=whole)
        np.clip(whole, -self.most, self.most, out=whole)
        product: Matrix = whole @ self.weights
        return product

    def apply(self, rows: Matrix) -> Matrix:
        """The product with the bias."""
        product = self.product(rows)
        product *= self.unit
        product += self.bias
        return product


def layer(weights: Matrix, bias: Matrix, *, reach: float, places: int = 1) -> Layer:
    """A layer from weights as they come; what is larger than `reach` is cut off when it is multiplied.

    Weights for several places stand one below the other; their products come side by side.
    """
    step, whole = whole_numbers(weights)
    if places > 1:
        whole = np.concatenate(np.split(whole, places, axis=0), axis=1)
    most = LIMITS[whole.itemsize] // float(np.abs(whole).sum(axis=0).max())
    fine = most / reach
    return Layer(
        weights=np.ascontiguousarray(whole), bias=bias, fine=fine, most=most, unit=step / fine
    )


def whole_numbers(weights: Matrix) -> tuple[float, Matrix]:
    """The step of the weights, and how many steps each of them is."""
    values = np.unique(weights.ravel()[:SAMPLE])
    whole = np.rint(weights / np.diff(values).min())
    step = float(np.abs(weights).sum(dtype=np.float64) / np.abs(whole).sum(dtype=np.float64))
    if np.abs(weights / step - whole).max() > TOLERANCE:
        raise VariorumError(
            "encoder: expected weights that are whole numbers times a step, got others"
        )
    return step, whole


def levelled(rows: Matrix, epsilon: float) -> Matrix:
    """Rows with mean 0 and variance 1."""
    level: Matrix = rows - rows.mean(axis=1, keepdims=True)
    spread = np.square(level).mean(axis=1, keepdims=True)
    level /= np.sqrt(spread + rows.dtype.type(epsilon))
    return level


def unit_length(rows: Matrix, epsilon: float) -> Matrix:
    """Rows whose squares sum to 1."""
    size = np.square(rows).sum(axis=1, keepdims=True)
    scaled: Matrix = rows / np.sqrt(np.maximum(size, epsilon))
    return scaled
