"""Wrong tables of Ciqual and Frida; each with words of its refusal."""

from __future__ import annotations

from food_table_files import CIQUAL, FRIDA, workbook, written, xml_files
from wrong_usda_tables import Wrong, _bytes


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


WRONG = {
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
