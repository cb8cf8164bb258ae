"""Downloaded food tables in their own layouts: each code lands in its field, nothing missing turns into 0."""

from __future__ import annotations

import zipfile

import pytest

from calciroute.intake.importers.amounts import layout_note
from calciroute.intake.importers.layouts import read_food_table
from calciroute.tables.base_foods import base_food
from calciroute.tables.food_table_layouts import food_table_layout, food_table_nutrients
from food_table_files import CIQUAL, FDC, FRIDA, SR28, sr28, workbook, written, xml_files

NOT_TRIED = "layout not tried on a real file"


def as_rows(text):
    return [line.split(";") for line in text.splitlines()]


@pytest.mark.holds("base_foods")
def test_the_excerpt_of_sr28_reads_as_the_base_table_has_it():
    table = read_food_table(SR28)
    assert len(table.foods) == 20
    for code, food in table.foods.items():
        own = base_food(f"sr28:{code}").amounts
        for name in ("K1", "dihydro_K1", "MK4", "calcium", "magnesium", "phosphorus", "sodium", "D3", "fat"):
            assert (name in food.amounts) == (name in own), (code, name)
            if name in own:
                assert food.amounts[name].value == own[name].value
                assert food.amounts[name].unit == own[name].unit
        assert food.group == base_food(f"sr28:{code}").group


def test_dihydro_k1_never_lands_on_k1():
    """A public tracker took both names for one, since they start alike, and kept the second value."""
    butter = read_food_table(SR28).foods["01002"].amounts
    assert (butter["K1"].value, butter["dihydro_K1"].value, butter["MK4"].value) == (4.6, 0.0, 20.9)
    both = [food.amounts for food in read_food_table(SR28).foods.values() if "dihydro_K1" in food.amounts]
    apart = [amounts for amounts in both if amounts["K1"].value != amounts["dihydro_K1"].value]
    assert len(apart) >= 5


def test_three_forms_of_fooddata_central_are_three_fields(tmp_path):
    table = read_food_table(written(tmp_path / "fdc", FDC))
    kale, cheese, soup = (table.foods[code].amounts for code in ("900001", "900002", "900004"))
    assert (kale["K1"].value, kale["dihydro_K1"].value, "MK4" in kale) == (389.6, 1.5, False)
    assert (kale["K1"].low, kale["K1"].high, kale["K1"].n) == (300.0, 450.5, 4.0)
    assert (cheese["MK4"].value, "K1" in cheese) == (10.2, False)
    assert soup["K1"].value == 12.5  # survey foods carry the older number
    assert table.foods["900002"].group == "Dairy"


def test_swapping_the_order_of_the_three_forms_changes_nothing(tmp_path):
    lines = FDC["food_nutrient.csv"].splitlines(keepends=True)
    turned = {**FDC, "food_nutrient.csv": "".join([lines[0], *reversed(lines[1:])])}
    there, here = (
        read_food_table(written(tmp_path / name, files)) for name, files in (("a", FDC), ("b", turned))
    )
    assert {code: dict(food.amounts) for code, food in there.foods.items()} == {
        code: dict(food.amounts) for code, food in here.foods.items()
    }


def test_vitamin_d_in_iu_is_converted_and_keeps_what_was_printed(tmp_path):
    amount = read_food_table(written(tmp_path / "fdc", FDC)).foods["900002"].amounts["D3"]
    assert (amount.value, amount.unit, amount.printed, amount.printed_unit) == (0.6, "ug", "24", "IU")


def test_vitamin_d_in_ug_wins_over_iu_in_any_order(tmp_path):
    both = '"10","900002","1114","0.7","","1","","","",""\n'
    head, rest = FDC["food_nutrient.csv"].split("\n", 1)
    for name, text in (("first", f"{head}\n{both}{rest}"), ("last", FDC["food_nutrient.csv"] + both)):
        table = read_food_table(written(tmp_path / name, {**FDC, "food_nutrient.csv": text}))
        assert table.foods["900002"].amounts["D3"].value == 0.7


def test_earlier_editions_of_a_foundation_food_are_left_out(tmp_path):
    """The release of October 2024 lists 71 of them beside the 316 foods that it is made of."""
    foods = FDC["food.csv"] + "".join(
        f'"{code}","foundation_food","Lettuce, invented","11","2019-04-01"\n' for code in (900008, 900009)
    )
    amounts = FDC["food_nutrient.csv"] + "".join(
        f'"{row}","{code}","1185","{amount}","","1","","","",""\n'
        for row, code, amount in ((98, 900008, 100), (99, 900009, 120))
    )
    of_now = '"fdc_id","NDB_number","footnote"\n"900009","11251",""\n"900002","1009",""\n'
    files = {**FDC, "food.csv": foods, "food_nutrient.csv": amounts}
    assert {"900008", "900009"} <= set(read_food_table(written(tmp_path / "without", files)).foods)
    table = read_food_table(written(tmp_path / "with", {**files, "foundation_food.csv": of_now}))
    assert "900008" not in table.foods
    assert table.foods["900009"].amounts["K1"].value == 120.0
    assert "1 foundation foods of earlier editions" in table.notes[0]
    assert "900001" in table.foods  # of SR Legacy: no edition of it is listed there


def test_the_highest_sample_of_table_salt_is_believed(tmp_path):
    """38700 mg, 37200 to 40700 in 24 samples: above what pure salt holds, and printed so."""
    salt = '"97","900002","1093","38700.0","24","1","37200.0","40700.0","38500.0",""\n'
    rows = [
        line for line in FDC["food_nutrient.csv"].splitlines(keepends=True) if '"900002","1093"' not in line
    ]
    table = read_food_table(written(tmp_path / "fdc", {**FDC, "food_nutrient.csv": "".join(rows) + salt}))
    assert table.foods["900002"].amounts["sodium"].high == 40700.0


def test_branded_foods_are_left_out_and_counted(tmp_path):
    table = read_food_table(written(tmp_path / "fdc", FDC))
    assert "900003" not in table.foods
    assert "left out: 1 branded_food" in table.notes


def test_zero_is_a_value_and_no_row_is_none(tmp_path):
    cheese = read_food_table(written(tmp_path / "fdc", FDC)).foods["900002"]
    assert cheese.amounts["sodium"].value == 0.0
    assert "magnesium" not in cheese.amounts
    assert cheese.k2_rule == "lower_bound"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_ciqual_text_reads_the_same_in_every_encoding(tmp_path, encoding):
    path = tmp_path / "Table Ciqual.csv"
    path.write_bytes(CIQUAL.encode(encoding))
    foods = read_food_table(path).foods
    assert foods["99001"].name == "Chou, inventé"
    assert foods["99001"].amounts["magnesium"].value == 20.5
    assert foods["99002"].amounts["K2"].value == 31.5


def test_limits_traces_and_dashes_of_ciqual(tmp_path):
    path = tmp_path / "ciqual.csv"
    path.write_text(CIQUAL, "utf-8")
    cabbage, cheese, oil = (read_food_table(path).foods[code].amounts for code in ("99001", "99002", "99003"))
    assert (cabbage["D3"].reading, cabbage["D3"].limit, cabbage["D3"].value) == ("below_limit", 0.25, None)
    assert cabbage["D3"].printed == "< 0,25"
    assert (cheese["sodium"].reading, cheese["sodium"].value) == ("traces", None)
    assert "sodium" not in cabbage
    assert "K2" not in cabbage
    assert (oil["sodium"].value, "calcium" in oil, "magnesium" in oil) == (0.0, False, False)


def test_a_ciqual_workbook_reads_as_its_text(tmp_path):
    (tmp_path / "a.csv").write_text(CIQUAL, "utf-8")
    workbook(tmp_path / "b.xlsx", {"Feuille 1": [["vide"]], "compo": as_rows(CIQUAL)})
    text, book = (read_food_table(tmp_path / name).foods for name in ("a.csv", "b.xlsx"))
    assert {code: dict(food.amounts) for code, food in text.items()} == {
        code: dict(food.amounts) for code, food in book.items()
    }


def test_ciqual_numbers_that_are_stored_as_numbers(tmp_path):
    rows = [[float(cell.replace(",", ".")) if cell[:1].isdigit() and place > 3 else cell
             for place, cell in enumerate(row)] for row in as_rows(CIQUAL)]  # fmt: skip
    workbook(tmp_path / "c.xlsx", {"compo": rows})
    assert read_food_table(tmp_path / "c.xlsx").foods["99001"].amounts["magnesium"].value == 20.5


def test_a_food_listed_twice_is_one_where_one_row_is_empty(tmp_path):
    """The real release of 2020 lists wheat bran under two groups, once without numbers."""
    path = tmp_path / "ciqual.csv"
    path.write_text(
        CIQUAL.replace("01;légumes;99001", "05;x;99001;Chou, inventé;;;;;;;;\n01;légumes;99001"), "utf-8"
    )
    assert read_food_table(path).foods["99001"].amounts["K1"].value == 310.0


def test_ciqual_xml_with_unescaped_limits(tmp_path):
    table = read_food_table(written(tmp_path / "xml", xml_files(), "cp1252"))
    cabbage, cheese = table.foods["99001"], table.foods["99002"]
    assert (cabbage.name, cabbage.other_names) == ("Cabbage, invented", ("Chou, inventé",))
    assert cabbage.amounts["K1"].value == 8.5
    assert cabbage.amounts["D3"].limit == 0.25
    assert "K2" not in cabbage.amounts
    assert cheese.name == "Fromage & lait, inventé"
    assert (cheese.amounts["K1"].reading, cheese.amounts["K2"].limit) == ("traces", 5.0)


def test_ciqual_xml_with_escaped_limits(tmp_path):
    """As the release of 2017 writes them, with blanks in the names of its files."""
    files = {
        name.replace("_2020_07_07", "_2017 11 21"): text.replace("> < ", "> &lt; ")
        for name, text in xml_files().items()
    }
    assert any("&lt; " in text for text in files.values())
    there, here = (
        read_food_table(written(tmp_path / name, one, "cp1252")).foods
        for name, one in (("2017", files), ("2020", xml_files()))
    )
    assert {code: dict(food.amounts) for code, food in there.items()} == {
        code: dict(food.amounts) for code, food in here.items()
    }


def test_each_menaquinone_of_frida_by_its_eurofir_code(tmp_path):
    table = read_food_table(workbook(tmp_path / "Frida_5.5_Dataset.xlsx", FRIDA))
    cheese, bread = table.foods["7"], table.foods["8"]
    assert {name: amount.value for name, amount in cheese.amounts.items()} == {
        "K1": 2.5, "MK7": 1.25, "MK9": 20.0, "K_total": 40.0, "calcium": 810.0,
    }  # fmt: skip
    assert (cheese.amounts["MK7"].low, cheese.amounts["MK7"].high) == (0.5, 2.0)
    assert cheese.amounts["MK9"].note == "borrowed from food 8"
    assert cheese.amounts["K_total"].basis == "not_stated"
    assert (cheese.k2_rule, bread.k2_rule) == ("measured", "lower_bound")
    assert cheese.other_names == ("Ost, opfundet",)
    assert "PKeq" in " ".join(table.notes)


def test_a_zip_a_folder_and_a_file_of_it_are_the_same_table(tmp_path):
    folder = sr28(tmp_path / "sr28")
    with zipfile.ZipFile(tmp_path / "sr28.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"sr28/{path.name}")
    tables = [read_food_table(path) for path in (folder, folder / "NUT_DATA.txt", tmp_path / "sr28.zip")]
    assert len({table.sha256 for table in tables}) == 1
    assert all(table.foods == tables[0].foods for table in tables)


def test_what_was_never_tried_on_a_real_file_says_so(tmp_path):
    assert NOT_TRIED in read_food_table(workbook(tmp_path / "f.xlsx", FRIDA)).tried
    # Tried, but on other files than these.
    fdc = read_food_table(written(tmp_path / "fdc", FDC)).tried
    assert "Foundation Foods of April 2023 and of October 2024, whole" in fdc
    for tried in (
        fdc,
        read_food_table(written(tmp_path / "xml", xml_files())).tried,
        read_food_table(SR28).tried,
    ):
        assert "not on this one" in tried
    (hashed, *_) = food_table_layout("ciqual").tried_sha256
    assert layout_note("ciqual", hashed, {}) == ""


def test_no_layout_maps_two_codes_to_one_field_but_the_two_units_of_d():
    for layout in ("sr", "fdc", "ciqual", "frida"):
        names = [one.nutrient for one in food_table_nutrients(layout)]
        twice = {name for name in names if names.count(name) > 1}
        assert twice <= {"D3"}
        codes = {one.code: one.nutrient for one in food_table_nutrients(layout)}
        if layout == "fdc":
            assert (codes["1185"], codes["1184"], codes["1183"]) == ("K1", "dihydro_K1", "MK4")
        if layout == "sr":
            assert (codes["430"], codes["429"], codes["428"]) == ("K1", "dihydro_K1", "MK4")
