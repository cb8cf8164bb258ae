"""Old names of numbers: the shipped table is sound and in time; each place that takes one takes it."""

import tomllib
from pathlib import Path

import pytest

from calciroute.body import variant as variants
from calciroute.cli import main
from calciroute.errors import TableError
from calciroute.tables import renamed
from calciroute.tables.lookup.in_model import model_names

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = "old,new,since,until,note\n"


def table(tmp_path, *rows):
    file = tmp_path / "renamed.csv"
    file.write_text(HEADINGS + "".join(f"{row}\n" for row in rows), "utf-8")
    return renamed.renamed_in(file)


@pytest.fixture
def old_name(tmp_path, monkeypatch):
    rows = table(tmp_path, "Cl_MK7_old,CL_MK7,0.1.0,0.2.0,spelt as the others")
    monkeypatch.setattr(renamed, "read_renamed", lambda: rows)
    # `find` binds the reader by name.
    monkeypatch.setattr("calciroute.tables.lookup.find.read_renamed", lambda: rows)
    return rows["Cl_MK7_old"]


def test_the_shipped_table_is_sound_and_no_row_is_over():
    rows = renamed.read_renamed().values()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert [str(one) for one in renamed.renamed_problems(rows, set(model_names()))] == []
    assert [str(one) for one in renamed.expired(rows, version)] == []


def test_a_row_ends_with_the_version_that_it_names(tmp_path):
    rows = table(tmp_path, "a,CL_MK7,0.9.0,0.10.0,").values()
    assert renamed.expired(rows, "0.9.7") == []
    assert "this is 0.10.0" in str(renamed.expired(rows, "0.10.0")[0])
    assert len(renamed.expired(rows, "1.0.0")) == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,b,1,0.2.0,", "'1' is no version"),
        ("a,b,0.2.0,0.2.0,", "a version after 0.2.0"),
        ("a,c,0.1.0,0.2.0,", "Try: 'd'"),
        ("c,b,0.1.0,0.2.0,", "stands in line 2 too"),
        ("a,,0.1.0,0.2.0,", "new is empty"),
    ],
)
def test_a_row_that_leads_nowhere_is_refused(tmp_path, row, told):
    with pytest.raises(TableError) as caught:
        table(tmp_path, "c,d,0.1.0,0.2.0,", row)
    assert told in str(caught.value)


def test_an_old_name_must_be_free_and_the_new_one_a_number(tmp_path):
    rows = table(tmp_path, "CL_K1,CL_MK7,0.1.0,0.2.0,", "a,CL_MK,0.1.0,0.2.0,").values()
    told = [str(one) for one in renamed.renamed_problems(rows, set(model_names()))]
    assert "renamed.csv:2: a number is called CL_K1" in told[0]
    assert "no number is called CL_MK" in told[1]
    assert "Try: 'CL_MK" in told[1]


def test_the_look_up_says_the_new_name_first(old_name, capsys):
    main_leaves("where", "Cl_MK7_old")
    printed = capsys.readouterr().out
    assert printed.startswith("Renamed\n")
    assert "'Cl_MK7_old' is called 'CL_MK7' since 0.1.0; 0.2.0 no longer knows the old name" in printed
    assert "spelt as the others" in printed
    assert "CL_MK7 =" in printed


def test_a_variant_may_still_say_the_old_name(old_name, tmp_path, monkeypatch):
    (tmp_path / "variants").mkdir()
    (tmp_path / "variants/slow.toml").write_text(
        'description = "slower"\n[numbers]\nCl_MK7_old = { value = 0.5, unit = "L/h" }\n', "utf-8"
    )
    monkeypatch.setattr(variants, "physiology_text", lambda name: tmp_path / name)
    assert variants.read_variant("slow").numbers == {"CL_MK7": (0.5, "L/h")}


def main_leaves(*words):
    with pytest.raises(SystemExit) as left:
        main(list(words))
    assert left.value.code == 0
