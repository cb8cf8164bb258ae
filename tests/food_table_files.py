"""Food tables in the layouts of their sources: an excerpt of SR28, and small ones with invented numbers."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SR28 = Path(__file__).parent / "reference" / "sr28_excerpt"

FDC = {
    "food.csv": (
        '"fdc_id","data_type","description","food_category_id","publication_date"\n'
        '"900001","sr_legacy_food","Kale, invented","11","2019-04-01"\n'
        '"900002","foundation_food","Cheese, invented","1","2019-04-01"\n'
        '"900003","branded_food","A brand","1","2019-04-01"\n'
        '"900004","survey_fndds_food","Soup, invented","","2019-04-01"\n'
    ),
    "nutrient.csv": (
        '"id","name","unit_name","nutrient_nbr","rank"\n'
        '"1004","Total lipid (fat)","G","204","800"\n'
        '"1087","Calcium, Ca","MG","301","5300"\n'
        '"1090","Magnesium, Mg","MG","304","5500"\n'
        '"1091","Phosphorus, P","MG","305","5600"\n'
        '"1093","Sodium, Na","MG","307","5800"\n'
        '"1110","Vitamin D (D2 + D3), International Units","IU","324","8650"\n'
        '"1114","Vitamin D (D2 + D3)","UG","328","8700"\n'
        '"1183","Vitamin K (Menaquinone-4)","UG","428","8950"\n'
        '"1184","Vitamin K (Dihydrophylloquinone)","UG","429","8900"\n'
        '"1185","Vitamin K (phylloquinone)","UG","430","8800"\n'
        '"1008","Energy","KCAL","208","300"\n'
    ),
    "food_nutrient.csv": (
        '"id","fdc_id","nutrient_id","amount","data_points","derivation_id","min","max","median","footnote"\n'
        '"1","900001","1185","389.6","4","1","300.0","450.5","",""\n'
        '"2","900001","1184","1.5","","1","","","",""\n'
        '"3","900001","1087","254","","1","","","",""\n'
        '"4","900002","1183","10.2","2","1","","","",""\n'
        '"5","900002","1110","24","","1","","","",""\n'
        '"6","900002","1093","0","","1","","","",""\n'
        '"7","900003","1185","5","","1","","","",""\n'
        '"8","900004","430","12.5","","1","","","",""\n'
        '"9","900004","1008","55","","1","","","",""\n'
    ),
    "food_category.csv": '"id","code","description"\n"1","0100","Dairy"\n"11","1100","Vegetables"\n',
}  # fmt: skip

CIQUAL = (
    "alim_grp_code;alim_grp_nom_fr;alim_code;alim_nom_fr;Lipides (g/100 g);Calcium (mg/100 g);"
    "Magnésium (mg/100 g);Phosphore (mg/100 g);Sodium (mg/100 g);Vitamine D (µg/100 g);"
    "Vitamine K1 (µg/100 g);Vitamine K2 (µg/100 g)\n"
    "01;légumes;99001;Chou, inventé;0,5;120;20,5;50;-;< 0,25;310;-\n"
    "02;fromages;99002;Fromage, inventé;28,1;800;30;500;traces;0,5;< 0,8;31,5\n"
    "02;fromages;99003;Huile, inventée;100;-;;-;0;-;70,2;\n"
)

FRIDA = {
    "Data_Normalised": [
        ["FoodID", "FødevareNavn", "FoodName", "ParameterID", "ParameterName", "ResVal", "Min", "Max",
         "Median", "NumberOfDeterminations", "Source", "SourceFood"],
        [7, "Ost", "Cheese, invented", 501, "K1", 2.5, "NULL", "NULL", "NULL", 3, 12, "NULL"],
        [7, "Ost", "Cheese, invented", 507, "MK-7", 1.25, 0.5, 2.0, "NULL", 3, 12, "NULL"],
        [7, "Ost", "Cheese, invented", 509, "MK-9", 20, "NULL", "NULL", "NULL", 3, 12, 8],
        [7, "Ost", "Cheese, invented", 520, "Vitamin K", 40, "NULL", "NULL", "NULL", 3, 12, "NULL"],
        [7, "Ost", "Cheese, invented", 108, "Calcium", 810, "NULL", "NULL", "NULL", "NULL", 1, "NULL"],
        [8, "Brød", "Bread, invented", 108, "Calcium", 30, "NULL", "NULL", "NULL", "NULL", 1, "NULL"],
        [8, "Brød", "Bread, invented", 504, "MK-4", 0, "NULL", "NULL", "NULL", "NULL", 1, "NULL"],
        [8, "Brød", "Bread, invented", 999, "Other", 1, "NULL", "NULL", "NULL", "NULL", 1, "NULL"],
    ],
    "Food": [
        ["FødevareNavn", "FoodName", "FoodID", "FoodGroup"],
        ["Ost, opfundet", "Cheese, invented", 7, "Cheese"],
        ["Brød, opfundet", "Bread, invented", 8, "NULL"],
    ],
    "Parameter": [
        ["ParameterName", "Unit", "ParameterID", "EurofirComponentID", "EurofirUnitID"],
        ["Vitamin K1", "µg/100g", 501, "VITK1", "ug"],
        ["MK-4", "µg/100g", 504, "MK4", "ug"],
        ["MK-7", "µg/100g", 507, "MK7", "ug"],
        ["MK-9", "µg/100g", 509, "MK9", "ug"],
        ["Vitamin K", "PKeq (µg/100g)", 520, "VITK", "ug"],
        ["Calcium", "mg/100g", 108, "CA", "mg"],
        ["Magnesium", "mg/100g", 184, "MG", "mg"],
        ["Phosphorus", "mg/100g", 214, "P", "mg"],
        ["Sodium", "mg/100g", 201, "NA", "mg"],
        ["Vitamin D", "µg/100g", 126, "VITD", "ug"],
        ["Fat", "g/100g", 141, "FAT", "g"],
        ["Other", "g/100g", 999, "OTH", "g"],
    ],
}  # fmt: skip

CIQUAL_XML = {
    "const_2020_07_07.xml": "".join(
        f"   <CONST>\r\n      <const_code> {code} </const_code>\r\n"
        f"      <const_nom_fr> {name} </const_nom_fr>\r\n   </CONST>\r\n"
        for code, name in {
            "10110": "Sodium (mg/100 g)", "10120": "Magnésium (mg/100 g)", "10150": "Phosphore (mg/100 g)",
            "10200": "Calcium (mg/100 g)", "40000": "Lipides (g/100 g)", "52100": "Vitamine D (µg/100 g)",
            "54101": "Vitamine K1 (µg/100 g)", "54104": "Vitamine K2 (µg/100 g)", "60000": "Alcool (g/100 g)",
        }.items()
    ),
    "alim_2020_07_07.xml": (
        "   <ALIM>\r\n      <alim_code> 99001 </alim_code>\r\n"
        "      <alim_nom_fr> Chou, inventé </alim_nom_fr>\r\n"
        "      <alim_nom_eng> Cabbage, invented </alim_nom_eng>\r\n   </ALIM>\r\n"
        "   <ALIM>\r\n      <alim_code> 99002 </alim_code>\r\n"
        "      <alim_nom_fr> Fromage &amp; lait, inventé </alim_nom_fr>\r\n"
        '      <alim_nom_eng missing=" " />\r\n   </ALIM>\r\n'
    ),
    "compo_2020_07_07.xml": "".join(
        f"   <COMPO>\r\n      <alim_code> {food} </alim_code>\r\n      <const_code> {code} </const_code>\r\n"
        f'      <teneur> {value} </teneur>\r\n      <min missing=" " />\r\n'
        "      <max> 9,5 </max>\r\n   </COMPO>\r\n"
        for food, code, value in (
            ("99001", "54101", "8,5"), ("99001", "54104", "-"), ("99001", "52100", "< 0,25"),
            ("99002", "54101", "traces"), ("99002", "54104", "&lt; 5"), ("99002", "60000", "0"),
        )
    ),
}  # fmt: skip


def sr28(folder: Path, **changed: bytes | None) -> Path:
    """The excerpt in a folder; a changed file is named without its ending, None leaves it out."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in SR28.iterdir():
        shutil.copy(path, folder / path.name)
    for name, content in changed.items():
        path = folder / f"{name}.txt"
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
    return folder


def written(folder: Path, files: dict[str, str], encoding: str = "utf-8") -> Path:
    """Text files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode(encoding))
    return folder


def xml_files(**changed: str) -> dict[str, str]:
    """The three XML files whole; a changed one is named by its first word."""
    found = {}
    for name, body in CIQUAL_XML.items():
        body = changed.get(name.split("_")[0], body)
        found[name] = f'<?xml version="1.0" encoding="windows-1252" ?>\r\n<TABLE>\r\n{body}</TABLE>\r\n'
    return found


def workbook(
    path: Path, sheets: dict[str, list[list[object]]], parts: dict[str, bytes] | None = None
) -> Path:
    """A small .xlsx; further parts of the archive may be given or replaced."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    named = "".join(
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"/>'
        for place, name in enumerate(sheets, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{relations}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
    }
    for place, rows in enumerate(sheets.values(), start=1):
        body = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
        files[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
        )
    contents = {name: text.encode() for name, text in files.items()} | (parts or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def _row(number: int, row: list[object]) -> str:
    cells = []
    for column, value in enumerate(row):
        place = f"{_letters(column)}{number}"
        if isinstance(value, int | float):
            cells.append(f'<c r="{place}"><v>{value}</v></c>')
        else:
            cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
