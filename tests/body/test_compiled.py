"""The compiled body is kept between runs and never trusted when it is not whole."""

import pytest

from body.test_hoist import small_model
from calciroute.body.compiled import compiled_model


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIROUTE_CACHE", str(tmp_path))
    return tmp_path


def final(model):
    return model.simulate(0, 100, 2, ["time", "plaque"])[-1, 1]


def test_a_stored_model_runs_to_the_same_bits(cache):
    first = final(compiled_model(small_model()))
    assert len(list(cache.glob("*.compiled"))) == 1
    assert final(compiled_model(small_model())) == first


@pytest.mark.parametrize("keep", [0, 1000])
def test_a_broken_file_is_compiled_anew(cache, keep):
    first = final(compiled_model(small_model()))
    stored = next(cache.glob("*.compiled"))
    stored.write_bytes(stored.read_bytes()[:keep])
    assert final(compiled_model(small_model())) == first
    assert stored.stat().st_size > 1000


def test_a_cache_that_cannot_be_written_is_left_out(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("not a folder")
    monkeypatch.setenv("CALCIROUTE_CACHE", str(file / "below"))
    assert final(compiled_model(small_model())) > 0
