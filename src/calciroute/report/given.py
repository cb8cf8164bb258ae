"""What a person file said, and how the run was made, as short lists for a reader to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calciroute.report.amounts import BOUND
from calciroute.report.numerals import as_printed, unit_words
from calciroute.report.plan_words import joined
from calciroute.report.shell_word import shell_word
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.references import read_references

if TYPE_CHECKING:
    from calciroute.people.person_model import Person
    from calciroute.simulate.result import Assumption

NOTHING = "nothing beyond sex and age"


@dataclass(frozen=True)
class Source:
    """A source as printed, with the address to read it at; both empty where there is none."""

    words: str
    link: str


def person_words(person: Person) -> str:
    """A person in a few words.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    str
        Such as ``woman of 62``.

    Examples
    --------
    >>> from calciroute.people.person_model import Person
    >>> person_words(Person(sex="female", age_years=62.0))
    'woman of 62'
    """
    return f"{'woman' if person.sex == 'female' else 'man'} of {as_printed(person.age_years)}"


def given_values(person: Person) -> list[tuple[str, str]]:
    """Field and value of everything that the person file gave, in words.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    list of tuple of str
        Sex and age first.
    """
    rows = [("sex at birth", person.sex), ("age", f"{as_printed(person.age_years)}{BOUND}years")]
    for name, value, unit in (
        ("weight", person.weight_kg, "kg"),
        ("height", person.height_cm, "cm"),
        ("age at the final menstrual period", person.final_menstrual_period_age_years, "years"),
    ):
        if value is not None:
            rows.append((name, f"{as_printed(value)}{BOUND}{unit}"))
    fields = {
        (section, name): field
        for section, inside in read_people_fields("person_fields.csv").items()
        for name, field in inside.items()
    }
    for name, amount in person.labs.items():
        field = fields.get(("labs", name))
        meaning, unit = (field.meaning, field.unit) if field else (name, "")
        rows.append((meaning, f"{as_printed(amount)}{BOUND}{unit_words(unit)}".rstrip(BOUND)))
    held = [fields[("conditions", name)].meaning for name, holds in person.conditions.items() if holds]
    if held:
        rows.append(("conditions", joined(held)))
    if person.medicines.taken:
        rows.append(("medicines taken", joined(person.medicines.taken)))
    if person.medicines.not_modelled:
        rows.append(("medicines without effect here", joined(person.medicines.not_modelled)))
    if person.habits.smoking is not None:
        rows.append(("smoking", person.habits.smoking))
    for gene, alleles in (("VKORC1", person.genotype.VKORC1), ("CYP2C9", person.genotype.CYP2C9)):
        if alleles is not None:
            rows.append((gene, alleles))
    rows += _diet(person, fields)
    products = [
        entry.product or joined([f"{k} {v}" for k, v in (entry.contents or {}).items()])
        for entry in person.supplements
    ]
    if products:
        rows.append(("taken today", joined(products)))
    return rows


def source_of(assumption: Assumption) -> Source:
    """Where a default comes from.

    Parameters
    ----------
    assumption : Assumption
        Of a run.

    Returns
    -------
    Source
        The key itself where no reference has it; empty words become "no source: assumed" on the page.
    """
    return source_at(assumption.source)


def source_at(key: str) -> Source:
    """A source by its key.

    Parameters
    ----------
    key : str
        Of ``references.bib``.

    Returns
    -------
    Source
        The key itself where no reference has it.
    """
    known = read_references().get(key)
    return Source(key, "") if known is None else Source(known.citation, known.link)


def method_rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How a run was made, from its provenance.

    Parameters
    ----------
    record : mapping
        ``Simulation.provenance``.

    Returns
    -------
    list of tuple of str
        What, and which.
    """
    model: Mapping[str, Any] = record.get("model", {})
    names = {
        "version": "calciroute",
        "variant": "body",
        "model_hash": "model",
        "parameter_hash": "numbers",
        "solver": "solver",
        "relative_tolerance": "relative tolerance",
        "absolute_tolerance_share": "absolute tolerance, share of each state's scale",
        "seed": "seed",
        "draws": "draws",
        "years": "years",
    }
    rows = [(words, _shown(model[name])) for name, words in names.items() if name in model]
    settings: Mapping[str, str] = model.get("settings", {})
    if settings:
        rows.append(
            ("numbers set by hand", joined([f"{name} = {value}" for name, value in settings.items()]))
        )
    packages: Mapping[str, str] = record.get("packages", {})
    if packages:
        rows.append(("packages", ", ".join(f"{name} {version}" for name, version in packages.items())))
    platform: Mapping[str, str] = record.get("platform", {})
    if platform:
        rows.append(
            (
                "ran on",
                f"Python {platform.get('python')}, {platform.get('system')}, {platform.get('machine')}",
            )
        )
    return rows


def command_again(record: Mapping[str, Any]) -> str:
    """The command that makes the same numbers from the same files.

    Parameters
    ----------
    record : mapping
        ``Simulation.provenance``.

    Returns
    -------
    str
        ``calciroute simulate ...``; names of files as they were given.
    """
    model: Mapping[str, Any] = record.get("model", {})
    inputs: Mapping[str, Any] = record.get("inputs", {})
    person = shell_word((inputs.get("person") or {}).get("name", "PERSON.toml"))
    names = [plan["name"] if plan else "PLAN.toml" for plan in inputs.get("plans", [])]
    plans = [f" --plan {shell_word(name)}" for name in names]
    words = "".join(f" --{name} {model[name]:g}" for name in ("years", "draws") if name in model)
    words += f" --seed {model['seed']}" if "seed" in model else ""
    words += "".join(f" --set '{name}={value}'" for name, value in model.get("settings", {}).items())
    if model.get("variant", "calciroute") != "calciroute":
        words += f" --variant {model['variant']}"
    stop = " --stop" if inputs.get("stop") else ""
    if inputs.get("observed"):
        words += f" --observed {shell_word(inputs['observed']['name'])}"
    return f"calciroute simulate {person}{''.join(plans)}{stop}{words}"


def _diet(person: Person, fields: Mapping[tuple[str, str], Any]) -> list[tuple[str, str]]:
    rows = []
    if person.diet.region is not None:
        rows.append(("food from", person.diet.region))
    if person.diet.diary is not None:
        rows.append(("diary", person.diet.diary.name))
    for name, amount in person.diet.amounts.items():
        field = fields.get(("diet", name))
        unit = unit_words(field.unit) if field else ""
        rows.append((field.meaning if field else name, f"{as_printed(amount)}{BOUND}{unit}"))
    return rows


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
