"""Model texts against their tables: each rule notices a broken pair."""

from __future__ import annotations

import pytest

from calciroute.tables.model_links import model_problems

HEADS = "id,value,unit,basis,source,locator,prior,prior_params,person_cv,lower,upper,verified,note"
WALL = """\
model wall
  speed has per_hour;   speed is "how fast";
  speed := k_wall*supply;
  k_wall has per_hour;  k_wall is "constant";
  supply has dimensionless;  supply is "input: supply";
end
"""
ROWS = ["k_wall,0.2,1/d,measured,surname2020,,,,,0.1,0.4,,", "supply,1,1,assumed,,,fixed,,,,,,input: none"]


def _problems(folder, text=WALL, rows=ROWS, **files):
    (folder / "wall.ant").write_text(text, "utf-8")
    (folder / "wall.csv").write_text("\n".join([HEADS, *rows]) + "\n", "utf-8")
    for name, content in files.items():
        file = folder / name.replace("__", "/").replace("_DOT_", ".")
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, "utf-8")
    return [str(problem) for problem in model_problems(folder)[0]]


def test_a_sound_pair_has_no_problem(tmp_path):
    assert _problems(tmp_path) == []


NEW = 'k_wall is "constant"; k_new has per_hour; k_new is "x";'
BROKEN_TEXTS = {
    "constant without a row": ('k_wall is "constant";', NEW, "wall.ant:4: k_new has neither a formula nor a"),
    "no meaning": (' speed is "how fast";', "", "wall.ant:2: speed has no meaning"),
    "unknown form": (
        "speed := k_wall",
        "speed is k_wall",
        "wall.ant:3: 'speed is k_wall*supply' has no known",
    ),
    "row of a computed id": (
        "  k_wall has",
        "  k_wall := supply*speed;  k_wall has",
        "k_wall is computed in",
    ),
    "unit of another kind": ("k_wall has per_hour", "k_wall has nM", "wall.csv:2: k_wall is printed in 1/d"),
    "unit nobody defined": ("k_wall has per_hour", "k_wall has per_hours", "Try: per_hour"),
    "nothing reads it": ("speed := k_wall*supply", "speed := supply", "wall.csv:2: nothing reads k_wall"),
}


@pytest.mark.parametrize("case", BROKEN_TEXTS, ids=str)
def test_a_broken_text_is_noticed(tmp_path, case):
    old, new, words = BROKEN_TEXTS[case]
    assert old in WALL
    told = _problems(tmp_path, WALL.replace(old, new))
    assert any(words in line for line in told), told


BROKEN_ROWS = {
    "undeclared id": ("k_wal,0.2,1/d,measured,s,,,,,,,,", "wall.csv:4: k_wal is not declared in"),
    "value outside its range": ("k_wall,0.2,1/d,measured,s,,,,,0.3,0.4,,", "lower <= value <= upper"),
    "unknown unit word": ("k_wall,0.2,per_hour,measured,s,,,,,,,,", "unit 'per_hour'"),
    "no source and no reason": ("k_wall,0.2,1/d,measured,,,,,,,,,", "neither source nor note"),
    "unknown basis": ("k_wall,0.2,1/d,guessed,s,,,,,,,,", "basis 'guessed' is not known"),
    "prior without its numbers": ("k_wall,0.2,1/d,measured,s,,normal,0.2,,,,,", "normal with 1 numbers"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_ROWS, ids=str)
def test_a_broken_row_is_noticed(tmp_path, case):
    row, words = BROKEN_ROWS[case]
    rows = [*ROWS, row] if row.startswith("k_wal,") else [row, ROWS[1]]
    told = _problems(tmp_path, rows=rows)
    assert any(words in line for line in told), told


def test_a_variant_may_only_replace_numbers_that_exist(tmp_path):
    told = _problems(tmp_path, variants__fast_DOT_toml="[numbers]\nk_wal = { value = 1, unit = '1/d' }\n")
    assert len(told) == 1
    assert "number k_wal is in no table" in told[0]
    assert "Try: 'k_wall'" in told[0]


def test_an_output_needs_an_id_of_a_text_and_a_name_of_the_dictionary(tmp_path):
    told = _problems(tmp_path, outputs_DOT_csv="outcome,id\ndp_ucMGP,speed\ndp-ucMGP,sped\n")
    assert len(told) == 2
    assert "outputs.csv:3: 'sped' is in no model text" in told[0]
    assert "outputs.csv:3: outcome 'dp-ucMGP' is not in nomenclature.csv" in told[1]


def test_a_number_named_by_another_table_or_by_the_note_of_an_input_is_read(tmp_path):
    text = WALL.replace("speed := k_wall*supply", "speed := supply")
    by_table = tmp_path / "a"
    by_table.mkdir()
    assert _problems(by_table, text, forms_DOT_csv="form,ka\noil,k_wall\n") == []
    by_note = tmp_path / "b"
    by_note.mkdir()
    assert _problems(by_note, text, [ROWS[0], ROWS[1] + " but the run sets it from k_wall"]) == []
