"""What cannot be done is refused by name; what is hostile never reaches libSBML."""

import pytest

from calciroute.errors import InputError
from calciroute.sbml.read import NotSupported, guard, read_file, read_system
from sbml import sbml_texts as s

CORE = s.model(s.parameters(a=1))
DEEP = "<apply><exp/>" * 300 + "<cn>1</cn>" + "</apply>" * 300
LATER = s.apply("geq", s.TIME, 1)


def package(name, required):
    space = f"http://www.sbml.org/sbml/level3/version1/{name}/version1"
    return s.model(more=f' xmlns:p="{space}" p:required="{required}"')


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        (
            s.model(s.parameters(a=1), s.rules(f"<algebraicRule>{s.math('a')}</algebraicRule>")),
            "AlgebraicRule",
        ),
        (s.model(s.parameters(a=1), s.rules(s.assign("a", s.symbol("delay", s.TIME, 1)))), "CSymbolDelay"),
        (
            s.model(
                s.compartments(C=1), s.species(s.one_species("S")),
                s.reactions(s.reaction("R", 1, [s.reference("S")], more='fast="true"')),
                head=s.LEVEL_3.replace("version2", "version1").replace('version="2"', 'version="1"'),
            ),
            "FastReaction",
        ),
        (package("comp", "true"), "comp"),
        (package("fbc", "false"), "fbc"),
        (package("distrib", "true"), "distrib"),
        (
            s.model(s.parameters(x=0), s.events(s.event(LATER, ("x", 1)), s.event(LATER, ("x", 2), id="F"))),
            "RandomEventExecution",
        ),
        (
            s.model(
                s.compartments(C=1), s.species(s.one_species("S", boundary=True)), s.rules(s.moves("S", 1)),
                s.events(
                    s.event(LATER, ("S", "S"), delay=1), s.event(s.apply("geq", "S", 9), ("C", 2), id="F")
                ),
            ),
            "DelayedConcentration",
        ),
    ],
)  # fmt: skip
def test_a_feature_is_refused_by_its_name(text, feature):
    with pytest.raises(NotSupported, match=f"not supported: {feature}") as refusal:
        read_system(text, "model.xml")
    assert refusal.value.feature == feature


def test_a_package_that_only_draws_is_read_over():
    assert read_system(package("layout", "false")).system.parameters == {}


def test_events_with_priorities_or_the_same_effect_are_no_chance():
    ordered = [s.event(LATER, ("x", n), id=f"E{n}", priority=n) for n in (1, 2)]
    alike = [s.event(LATER, ("y", 1), id=f"F{n}") for n in (1, 2)]
    assert len(read_system(s.model(s.parameters(x=0, y=0), s.events(*ordered, *alike))).system.events) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("hello", "model.xml:1: the XML breaks off"),
        (CORE[: len(CORE) // 2], "the XML breaks off"),
        ("<html/>", "the outermost element is html. Expected: sbml"),
        ('<sbml level="3" version="2"/>', "sbml of an SBML namespace"),
        (s.LEVEL_3.format(more="") + "</sbml>", "the file holds no model"),
        ('<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + CORE, "a document type or entities"),
        ('<!DOCTYPE s SYSTEM "file:///etc/hostname">' + CORE, "a document type or entities"),
        (s.model(s.parameters(a=1), s.rules(s.assign("a", DEEP))), "more than 256 deep"),
        (CORE.replace("<model", "\x00<model"), "the XML breaks off"),
    ],
)  # fmt: skip
def test_a_broken_or_hostile_text_is_one_worded_error(text, words):
    with pytest.raises(InputError, match=words):
        read_system(text, "model.xml")


def test_sizes_are_looked_at_before_anything_is_read(monkeypatch):
    monkeypatch.setattr(guard, "MOST_CHARACTERS", 100)
    with pytest.raises(InputError, match=r"characters\. Expected: at most 100"):
        read_system(CORE, "model.xml")
    monkeypatch.undo()
    monkeypatch.setattr(guard, "MOST_ELEMENTS", 3)
    with pytest.raises(InputError, match="more than 3 elements"):
        read_system(s.model(s.parameters(a=1, b=2, c=3)), "model.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_file_may_come_in_any_encoding_it_names(tmp_path, encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>' + CORE.replace("id='m'", "id='m' name='µ'")
    file = tmp_path / "model.xml"
    file.write_bytes(text.encode(encoding))
    assert read_file(file).system.parameters == {"a": 1.0}


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "nothing.xml")
    (tmp_path / "bytes.xml").write_bytes(b"\x80\x81<sbml/>")
    with pytest.raises(InputError, match="not text in utf-8"):
        read_file(tmp_path / "bytes.xml")
