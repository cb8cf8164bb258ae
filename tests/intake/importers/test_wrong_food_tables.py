"""Wrong food tables: refused with what was found beside what was expected, no traceback, at once."""

from __future__ import annotations

import stat
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from calciroute.errors import InputError
from calciroute.intake.importers import delimited, source_files
from calciroute.intake.importers.layouts import read_food_table
from food_table_files import CIQUAL, FDC, FRIDA, SR28, sr28, workbook, written, xml_files

SECONDS = 5.0


@dataclass(frozen=True)
class Wrong:
    """A wrong file: how it is made, and words that the message has to hold."""

    make: Any
    words: tuple[str, ...]


def _sr(**changed):
    return lambda folder: sr28(folder / "sr28", **changed)


def _nut(old, new):
    return _sr(NUT_DATA=(SR28 / "NUT_DATA.txt").read_bytes().replace(old, new, 1))


def _def(old, new):
    return _sr(NUTR_DEF=(SR28 / "NUTR_DEF.txt").read_bytes().replace(old, new, 1))


def _fdc(name, old, new):
    return lambda folder: written(folder / "fdc", {**FDC, name: FDC[name].replace(old, new, 1)})


def _ciqual(old, new, name="ciqual.csv"):
    def make(folder):
        (folder / name).write_text(CIQUAL.replace(old, new, 1), "utf-8")
        return folder / name

    return make


def _frida(sheet, row, column, value):
    def make(folder):
        sheets = {name: [list(cells) for cells in rows] for name, rows in FRIDA.items()}
        sheets[sheet][row][column] = value
        return workbook(folder / "frida.xlsx", sheets)

    return make


def _sheets(**sheets):
    return lambda folder: workbook(folder / "frida.xlsx", sheets)


def _without(name):
    return lambda folder: workbook(
        folder / "f.xlsx", {key: rows for key, rows in FRIDA.items() if key != name}
    )


def _xml(**changed):
    return lambda folder: written(folder / "xml", xml_files(**changed))


def _xml_part(part, old, new):
    name = {"const": "const_2020_07_07.xml", "alim": "alim_2020_07_07.xml", "compo": "compo_2020_07_07.xml"}[
        part
    ]

    def make(folder):
        files = xml_files()
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
        return written(folder / "xml", files)

    return make


def _bytes(name, content):
    def make(folder):
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _zip(*members, mode=0, name="table.zip"):
    def make(folder):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members:
                info = zipfile.ZipInfo(member)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = mode << 16
                archive.writestr(info, content)
        return folder / name

    return make


def _renamed(folder):
    path = workbook(folder / "frida.xlsx", FRIDA)
    return path.rename(folder / "frida.csv")


def _swapped(folder):
    food, nutrients = (SR28 / name for name in ("FOOD_DES.txt", "NUT_DATA.txt"))
    return sr28(folder / "sr28", FOOD_DES=nutrients.read_bytes(), NUT_DATA=food.read_bytes())


def _swapped_fdc(folder):
    return written(folder / "fdc", {**FDC, "food.csv": FDC["nutrient.csv"], "nutrient.csv": FDC["food.csv"]})


def _damaged_zip(folder):
    path = _zip(*((path.name, path.read_bytes()) for path in SR28.iterdir()))(folder)
    content = bytearray(path.read_bytes())
    content[200:260] = b"x" * 60
    path.write_bytes(content)
    return path


def _cut_workbook(folder):
    path = workbook(folder / "frida.xlsx", FRIDA)
    path.write_bytes(path.read_bytes()[:900])
    return path


def _far_cell(folder):
    rows = b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'
    far = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    return workbook(folder / "frida.xlsx", FRIDA, {"xl/worksheets/sheet1.xml": far})


def _bomb_workbook(folder):
    return workbook(folder / "frida.xlsx", FRIDA, {"xl/media/picture.xml": b" " * 40_000_000})


def _other_download(folder):
    rows = FDC["food_nutrient.csv"].replace('"90000', '"80000')
    return written(folder / "fdc", {**FDC, "food_nutrient.csv": rows})


def _lying_zip(folder):
    path = _zip(*((path.name, path.read_bytes()) for path in SR28.iterdir()))(folder)
    content = path.read_bytes()
    # The directory at the end states another length than the member has.
    at = content.rindex(b"PK\x01\x02")
    return _bytes("lie.zip", content[: at + 24] + b"\x01\x00\x00\x00" + content[at + 28 :])(folder)


WRONG = {
    # --- which file it is
    "nothing there": Wrong(lambda folder: folder / "no.csv", ("does not exist",)),
    "an empty folder": Wrong(lambda folder: written(folder / "empty", {}), ("no files", "NUT_DATA.txt")),
    "a folder of other things": Wrong(
        lambda folder: written(folder / "x", {"a.pdf": "x", "b.pdf": "y"}), ("a.pdf", "Ciqual")
    ),
    "an empty table": Wrong(_bytes("ciqual.csv", b""), ("first line is ''", "alim_code")),
    "a list of foods of one's own": Wrong(_bytes("t.csv", b"food,K1\nkale,300\n"), ("food,K1", "Frida")),
    "a web page": Wrong(_bytes("ciqual.csv", b"<html>alim_code</html>"), ("web page",)),
    "a picture": Wrong(_bytes("t.csv", b"\x89PNG\r\n" + b"\x00\x01" * 50), ("first line is",)),
    "a workbook under the name of a text": Wrong(_renamed, ()),
    "one file of SR alone": Wrong(
        lambda folder: _bytes("NUT_DATA.txt", (SR28 / "NUT_DATA.txt").read_bytes())(folder),
        ("FOOD_DES.txt, NUTR_DEF.txt is missing", "one folder"),
    ),
    "SR without its dictionary": Wrong(_sr(NUTR_DEF=None), ("NUTR_DEF.txt is missing",)),
    "FoodData Central without nutrient.csv": Wrong(
        lambda folder: written(folder / "f", {k: v for k, v in FDC.items() if k != "nutrient.csv"}),
        ("FoodData Central", "nutrient.csv is missing"),
    ),
    "XML without compo": Wrong(
        lambda folder: written(folder / "x", {k: v for k, v in xml_files().items() if "compo" not in k}),
        ("compo_*.xml is missing",),
    ),
    # --- archives
    "a member that leads out": Wrong(_zip(("../NUT_DATA.txt", b"x")), ("../NUT_DATA.txt", "leads out")),
    "an absolute member": Wrong(_zip(("/etc/food.csv", b"x")), ("leads out",)),
    "a member with a drive": Wrong(_zip(("C:/food.csv", b"x")), ("leads out",)),
    "a member with backslashes": Wrong(_zip(("..\\food.csv", b"x")), ("leads out",)),
    "a member that is a link": Wrong(
        _zip(("food.csv", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777), ("link",)
    ),
    "a bomb": Wrong(_zip(("food.csv", b"0" * 30_000_000)), ("times its size", "at most 400 times")),
    "a name twice": Wrong(
        _zip(("a/food.csv", b"x"), ("b/food.csv", b"y")), ("'food.csv' stands in it twice",)
    ),
    "too many members": Wrong(_zip(*((f"{place}.txt", b"") for place in range(2_001))), ("2001 members",)),
    "no archive": Wrong(_bytes("sr28.zip", b"PK\x03\x04 and no more"), ("ZIP archive",)),
    "a damaged member": Wrong(_damaged_zip, ("damaged",)),
    "an archive that lies about a length": Wrong(_lying_zip, ("lie.zip",)),
    "an archive of other things": Wrong(_zip(("readme.md", b"x")), ("readme.md",)),
    # --- SR
    "files swapped": Wrong(_swapped, ("FOOD_DES.txt:1", "18 fields, as NUT_DATA.txt has", "14 fields")),
    "K1 and dihydro-K1 swapped in the dictionary": Wrong(
        _def(
            b"~430~^~\xb5g~^~VITK1~^~Vitamin K (phylloquinone)~",
            b"~430~^~\xb5g~^~VITK1D~^~Dihydrophylloquinone~",
        ),
        ("nutrient 430 is called 'Dihydrophylloquinone'", "Vitamin K (phylloquinone)"),
    ),
    "K1 in milligrams": Wrong(
        _def(b"~430~^~\xb5g~", b"~430~^~mg~"), ("nutrient 430 has the unit 'mg'", "Expected: ug")
    ),
    "K1 missing from the dictionary": Wrong(_def(b"~430~", b"~431~"), ("nutrient 430 is missing",)),
    "a code twice": Wrong(_def(b"~429~", b"~430~"), ("nutrient 430 stands there twice",)),
    "a decimal comma in SR": Wrong(
        _nut(b"~430~^7.0^", b"~430~^7,0^"), ("'7,0' has a decimal comma", "point")
    ),
    "a thousandfold K1": Wrong(
        _nut(b"~430~^7.0^", b"~430~^70000.0^"), ("70000 ug in 100 g", "at most 20000")
    ),
    "a negative amount": Wrong(_nut(b"~430~^7.0^", b"~430~^-7.0^"), ("'-7.0' is not a number",)),
    "words for a number": Wrong(
        _nut(b"~430~^7.0^", b"~430~^lots^"), ("NUT_DATA.txt:", "'lots' is not a number")
    ),
    "not a number": Wrong(_nut(b"~430~^7.0^", b"~430~^nan^"), ("'nan'",)),
    "infinite": Wrong(_nut(b"~430~^7.0^", b"~430~^inf^"), ("'inf'",)),
    "a field too few": Wrong(_nut(b"~430~^7.0^", b"~430~^"), ("17 fields", "18 fields")),
    "a food without a name": Wrong(
        _nut(b"~01001~^~430~", b"~99999~^~430~"), ("99999", "not in FOOD_DES.txt")
    ),
    "a row twice": Wrong(_nut(b"~01002~^~429~", b"~01002~^~430~"), ("food 01002 has nutrient 430 twice",)),
    "SR parted by tabs": Wrong(
        _sr(NUTR_DEF=(SR28 / "NUTR_DEF.txt").read_bytes().replace(b"^", b"\t")), ("1 fields", "parted by ^")
    ),
    "no food": Wrong(_sr(FOOD_DES=b""), ("0 foods",)),
    # --- FoodData Central
    "files swapped in FDC": Wrong(_swapped_fdc, ("column 'unit_name' is missing", "nutrient.csv")),
    "a heading renamed": Wrong(
        _fdc("food_nutrient.csv", '"amount"', '"amount_per_100g"'),
        ("column 'amount' is missing", "amount_per_100g", "changed, or is another release"),
    ),
    "a heading missing": Wrong(
        _fdc("nutrient.csv", '"unit_name",', '"x",'), ("column 'unit_name' is missing",)
    ),
    "a heading twice": Wrong(
        _fdc("food.csv", '"publication_date"', '"fdc_id"'), ("'fdc_id' stands there twice",)
    ),
    "K1 under the id of MK-4": Wrong(
        _fdc("nutrient.csv", "Vitamin K (Menaquinone-4)", "Vitamin K (phylloquinone)"),
        ("nutrient 1183 is called 'Vitamin K (phylloquinone)'", "Menaquinone-4"),
    ),
    "an id of its own": Wrong(_fdc("nutrient.csv", '"1185"', '"9185"'), ("nutrient 1185 is missing",)),
    "K1 in mg in FDC": Wrong(
        _fdc("nutrient.csv", '"Vitamin K (phylloquinone)","UG"', '"Vitamin K (phylloquinone)","MG"'),
        ("nutrient 1185 has the unit 'MG'",),
    ),
    "a decimal comma in FDC": Wrong(
        _fdc("food_nutrient.csv", "389.6", "389,6"), ("'389,6' has a decimal comma",)
    ),
    "a thousands mark": Wrong(_fdc("food_nutrient.csv", "389.6", "1,389.6"), ("'1,389.6' is not a number",)),
    "parted by semicolons with commas inside": Wrong(
        lambda folder: written(
            folder / "f", {k: v.replace('","', '";"').replace(".", ",") for k, v in FDC.items()}
        ),
        ("decimal comma",),
    ),
    "a row cut short": Wrong(
        _fdc("food_nutrient.csv", '"254","","1","","","",""', '"254"'),
        ("food_nutrient.csv:4", "4 cells", "10"),
    ),
    "an open quote": Wrong(_fdc("food_nutrient.csv", '"254",', '"254'), ("food_nutrient.csv",)),
    "files of two downloads": Wrong(_other_download, ("9 of 9 rows name foods", "one download")),
    "only branded foods": Wrong(
        lambda folder: written(
            folder / "f",
            {
                **FDC,
                "food.csv": FDC["food.csv"]
                .replace("sr_legacy_food", "branded_food")
                .replace("foundation_food", "branded_food")
                .replace("survey_fndds_food", "sample_food"),
            },
        ),
        ("0 foods of the kinds foundation_food",),
    ),
    "a food twice": Wrong(_fdc("food.csv", '"900002"', '"900001"'), ("food '900001' stands there twice",)),
    # --- Ciqual
    "a constituent renamed": Wrong(
        _ciqual("Vitamine K1 (µg/100 g)", "Vitamine K (µg/100 g)"),
        ("no column of Vitamine K1", "it has 'Vitamine K", "'Vitamine K1 (µg/100 g)'"),
    ),
    "a constituent per portion": Wrong(
        _ciqual("Vitamine K1 (µg/100 g)", "Vitamine K1 (µg/portion)"), ("no column of Vitamine K1",)
    ),
    "a constituent in mg": Wrong(
        _ciqual("Vitamine K2 (µg/100 g)", "Vitamine K2 (mg/100 g)"),
        ("column 'Vitamine K2 (mg/100 g)'", "'Vitamine K2 (µg/100 g)'"),
    ),
    "a constituent twice": Wrong(
        _ciqual("Vitamine K2 (µg/100 g)", "Vitamine K1 (µg/100 g)"), ("2 columns of Vitamine K1",)
    ),
    "an accent lost": Wrong(_ciqual("Magnésium", "MagnŽsium"), ("no column of Magnésium", "MagnŽsium")),
    "the code column lost": Wrong(_ciqual(";alim_code;", ";code;"), ("column 'alim_code' is missing",)),
    "the names lost": Wrong(_ciqual("alim_nom_fr", "nom"), ("no column with names", "alim_nom_fr")),
    "a decimal point in Ciqual": Wrong(
        _ciqual("20,5", "20.5"), ("ciqual.csv:2", "'20.5' has a decimal point")
    ),
    "a greater than": Wrong(_ciqual("< 0,25", "> 0,25"), ("'> 0,25' is not a number",)),
    "a limit without a number": Wrong(_ciqual("< 0,25", "< LOD"), ("'< LOD' is not a number",)),
    "a limit of zero": Wrong(_ciqual("< 0,25", "< 0"), ("limit of 0",)),
    "a unit in the cell": Wrong(_ciqual("310", "310 µg"), ("'310 µg' is not a number",)),
    "a food twice with other numbers": Wrong(
        _ciqual("99002", "99001"), ("alim_code '99001' for a second time", "another amount")
    ),
    "a food without a number of its own": Wrong(
        _ciqual("99002", "abc"), ("alim_code 'abc'", "a number and a name")
    ),
    "more fat than food": Wrong(_ciqual(";0,5;", ";150;"), ("150 g in 100 g", "at most 101")),
    "no rows": Wrong(_bytes("ciqual.csv", CIQUAL.split("\n")[0].encode() + b"\n"), ("no food",)),
    "half a letter": Wrong(
        _bytes("ciqual.csv", CIQUAL.encode().replace("é".encode(), b"\xc3", 1)), ("UTF-8",)
    ),
    "another workbook": Wrong(
        _sheets(Tabelle1=[["Name", "K1"]]), ("no sheet has the heading alim_code", "Tabelle1")
    ),
    # --- Ciqual XML
    "codes swapped in const": Wrong(
        _xml_part("const", "54101", "54104"), ("nutrient 54101 is missing", "54104 stands there twice")
    ),
    "a constituent of XML in mg": Wrong(
        _xml_part("const", "Vitamine K1 (µg/100 g)", "Vitamine K1 (mg/100 g)"),
        ("has the unit 'mg'", "Expected: ug"),
    ),
    "an entity of its own": Wrong(
        _xml_part("compo", "<TABLE>", '<!DOCTYPE x [<!ENTITY a "aaaa">]><TABLE>'), ("declares entities",)
    ),
    "a record that does not end": Wrong(_xml_part("compo", "</COMPO>", ""), ("does not end", "</COMPO>")),
    "a record without a value": Wrong(_xml_part("compo", "<teneur> 8,5 </teneur>", ""), ("has no teneur",)),
    "an unknown food in compo": Wrong(
        _xml_part("compo", "99001", "77777"), ("food '77777' is not in the file alim",)
    ),
    "compo of another kind": Wrong(_xml(compo="<ROW/>"), ("no record <COMPO>",)),
    # --- Frida
    "a sheet renamed": Wrong(
        _sheets(Data=FRIDA["Data_Normalised"], Food=FRIDA["Food"], Parameter=FRIDA["Parameter"]),
        ("sheet 'Data_Normalised' is missing", "'Data'"),
    ),
    "a sheet missing": Wrong(_without("Parameter"), ("sheet 'Parameter' is missing",)),
    "a heading of Frida renamed": Wrong(
        _frida("Data_Normalised", 0, 5, "Value"), ("column 'ResVal' is missing", "sheet Data_Normalised")
    ),
    "codes of Frida missing": Wrong(
        _frida("Parameter", 0, 3, "Code"), ("column 'EurofirComponentID' is missing", "sheet Parameter")
    ),
    "K1 of Frida missing": Wrong(_frida("Parameter", 1, 3, "VITK9"), ("nutrient VITK1 is missing",)),
    "two parameters with one code": Wrong(_frida("Parameter", 2, 3, "VITK1"), ("VITK1 stands there twice",)),
    "K1 of Frida in mg": Wrong(_frida("Parameter", 1, 4, "mg"), ("nutrient VITK1 has the unit 'mg'",)),
    "a value as words": Wrong(_frida("Data_Normalised", 1, 5, "high"), ("'high' is not a number",)),
    "a comma in Frida": Wrong(_frida("Data_Normalised", 1, 5, "2,5"), ("'2,5' has a decimal comma",)),
    "a food of another release": Wrong(
        _frida("Data_Normalised", 1, 0, 77), ("FoodID '77' is not in the sheet Food",)
    ),
    "a value twice": Wrong(_frida("Data_Normalised", 2, 3, 501), ("food 7 has VITK1 twice",)),
    "an unknown name of a food": Wrong(_frida("Food", 1, 1, "NULL"), ("FoodName 'NULL'",)),
    "an empty sheet": Wrong(_sheets(**{**FRIDA, "Data_Normalised": []}), ("sheet Data_Normalised", "empty")),
    "a workbook cut short": Wrong(_cut_workbook, ("workbook",)),
    "an old workbook that is none": Wrong(
        _bytes("t.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600), ("workbook",)
    ),
    "a cell at the far end": Wrong(_far_cell, ("1048576 rows and 16384 columns",)),
    "a workbook that unpacks too large": Wrong(_bomb_workbook, ("unpacks to 40 MB",)),
}
STILL_READ = {"a workbook under the name of a text"}


def test_enough_causes_are_tried():
    assert len(WRONG) - len(STILL_READ) >= 90


@pytest.mark.parametrize("cause", WRONG)
def test_a_wrong_table_is_refused_with_the_difference(tmp_path, cause):
    path = WRONG[cause].make(tmp_path)
    assert isinstance(path, Path)
    begun = time.process_time()
    if cause in STILL_READ:
        assert read_food_table(path).layout == "frida"  # the content tells, not the name
        return
    with pytest.raises(InputError) as refused:
        read_food_table(path)
    assert time.process_time() - begun < SECONDS
    message = str(refused.value)
    for words in WRONG[cause].words:
        assert words in message
    assert len(refused.value.problems) <= 21
    if path.exists():
        assert str(tmp_path) not in message


def test_every_fault_is_told_at_once_and_the_rest_counted(tmp_path):
    text = CIQUAL.split("\n")[0] + "\n" + "".join(
        f"01;x;{code};Food {code};a;b;c;d;e;f;g;h\n" for code in range(1, 12)
    )  # fmt: skip
    path = tmp_path / "ciqual.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        read_food_table(path)
    assert "68 more of these" in str(refused.value)


def test_too_many_lines_and_too_large_files_are_refused(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(delimited, "ROWS", 5)
        with pytest.raises(InputError, match="more than 5 lines"):
            read_food_table(written(tmp_path / "f", FDC))
    monkeypatch.setattr(source_files, "LIMIT_BYTES", 1_000)
    with pytest.raises(InputError, match="at most 1 kB"):
        read_food_table(written(tmp_path / "g", {**FDC, "food.csv": FDC["food.csv"] * 4}))
