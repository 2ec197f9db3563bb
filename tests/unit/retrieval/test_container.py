"""The file of an edition: it holds what was put in, or is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import EditionError
from bot.retrieval.container import map_file, pack, unpack, write_file

ARRAYS = {
    "numbers": np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int32),
    "few": np.array([7], dtype=np.uint8),
    "none": np.zeros((2, 0), dtype=np.float64),
}
TEXTS = {"texts": "补贴标准".encode(), "nothing": b""}
PIECES = pack({"name": "甲", "of": [1, 2]}, ARRAYS, TEXTS)
BYTES = b"".join(PIECES)


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    """Arrays keep their type and shape, texts their bytes, whether mapped or in memory."""
    write_file(PIECES, tmp_path / "one")
    for buffer in (BYTES, map_file(tmp_path / "one")):
        container = unpack(buffer)
        assert container.about == {"name": "甲", "of": [1, 2]}
        assert {name: bytes(text) for name, text in container.texts.items()} == TEXTS
        assert container.arrays.keys() == ARRAYS.keys()
        for name, array in ARRAYS.items():
            assert container.arrays[name].dtype == array.dtype
            assert container.arrays[name].shape == array.shape
            assert (container.arrays[name] == array).all()


def test_arrays_cannot_be_written() -> None:
    """Nobody changes an edition in service."""
    with pytest.raises(ValueError, match="read-only"):
        unpack(BYTES).arrays["numbers"][0, 0] = 9


@given(st.integers(0, len(BYTES) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    """Whatever byte that says something is another one, the file is refused."""
    damaged = bytearray(BYTES)
    damaged[place] ^= change
    try:
        found = unpack(bytes(damaged))
    except EditionError:
        return
    same = unpack(BYTES)  # it was one of the bytes that only fill up
    assert found.about == same.about
    assert all((found.arrays[name] == same.arrays[name]).all() for name in ARRAYS)
    assert found.texts == same.texts


@given(st.integers(0, len(BYTES) - 1))
def test_a_truncated_file_is_refused(length: int) -> None:
    """A file that was not written to its end is never taken for one that was."""
    try:
        assert unpack(BYTES[:length]).texts["nothing"] == b""
    except EditionError:
        return
    assert not BYTES[length:].strip(b"\0")


@given(st.binary(max_size=200))
def test_other_files_are_refused(content: bytes) -> None:
    """What is no edition is refused with an error of ours."""
    with pytest.raises(EditionError):
        unpack(content)


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    """So is one that is empty, and a folder."""
    (tmp_path / "empty").touch()
    for name in ("none", "empty", "."):
        with pytest.raises(EditionError):
            map_file(tmp_path / name)


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where writing fails, the earlier file stays and nothing is left beside it."""
    path = tmp_path / "one"
    write_file((memoryview(b"before"),), path)
    with pytest.raises(TypeError):
        write_file((memoryview(b"after"), None), path)  # type: ignore[arg-type]
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["one"]
