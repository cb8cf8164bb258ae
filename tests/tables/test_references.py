"""The sources."""

from __future__ import annotations

import pytest

from calciroute.errors import TableError
from calciroute.tables.references import read_references

GOOD = """\
@article{surname2020,
  author = {Surname and others},
  year = {2020},
  journal = {J},
  pages = {1--2},
}
"""

BROKEN = {
    "unknown kind": (GOOD.replace("@article", "@paper"), "kind 'paper' is not known"),
    "unknown field": (GOOD.replace("journal", "jurnal"), "Try: 'journal'"),
    "empty field": (GOOD.replace("{2020}", "{}"), "field 'year' is empty"),
    "field twice": (GOOD.replace("  year", "  author = {X},\n  year"), "field 'author' stands twice"),
    "key twice": (GOOD + GOOD, "surname2020 stands at"),
    "no field": ("@misc{surname2020,\n}\n", "surname2020 has no field"),
    "not closed": (GOOD.removesuffix("}\n"), "surname2020 is not closed"),
    "two fields a line": (GOOD.replace("},\n  year", "}, year"), "is no field"),
    "text outside": ("surname 2020\n", "starts no entry"),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_entry_is_told_with_its_line(tmp_path, case):
    text, words = BROKEN[case]
    file = tmp_path / "references.bib"
    file.write_text(text, "utf-8")
    with pytest.raises(TableError) as caught:
        read_references(file)
    assert words in str(caught.value)
    assert all(problem.where.startswith(f"{file}:") for problem in caught.value.problems)


def test_citation_and_link_use_only_what_is_known(tmp_path):
    file = tmp_path / "references.bib"
    file.write_text(GOOD + "@misc{page,\n  title = {A page},\n  url = {https://example.org},\n}\n", "utf-8")
    paper, page = read_references(file).values()
    assert (paper.citation, paper.link) == ("Surname et al. 2020, J:1-2", "")
    assert (page.citation, page.link) == ("A page", "https://example.org")


def test_no_identifier_stands_under_two_keys():
    seen: dict[tuple[str, str], str] = {}
    for reference in read_references().values():
        for field in ("doi", "pmid", "pmcid"):
            if field in reference.fields:
                mark = (field, reference.fields[field].lower())
                assert mark not in seen, (reference.key, seen[mark])
                seen[mark] = reference.key
