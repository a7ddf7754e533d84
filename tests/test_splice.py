"""Columns that are brought up to date in pieces, against doing it row by row."""

from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.site.splice import Splice

NUMBERS = st.lists(st.integers(0, 40), unique=True).map(sorted)


@given(old=NUMBERS, gone=st.sets(st.integers(0, 40)), more=NUMBERS)
def test_new_rows_come_where_they_belong_and_others_go(
    old: list[int], gone: set[int], more: list[int]
) -> None:
    left = [item for item in old if item not in gone]
    new = [item for item in more if item not in left]
    kept = np.array([item not in gone for item in old], dtype=bool)
    splice = Splice(kept, [bisect_left(old, item) for item in new])
    assert splice.items(tuple(old), new) == tuple(sorted(left + new))
    rows = splice.rows(np.array(old, dtype=np.int64), np.array(new, dtype=np.int64))
    assert rows.tolist() == sorted(left + new)
