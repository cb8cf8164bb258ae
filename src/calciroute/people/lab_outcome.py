"""What comes of one lab text: readings, a question, or a refusal; `lab_text.read_lab` makes them.

A text that can be read in two ways is never decided here. A question carries its answers: each is a name
and a text that `read_lab` reads in one way only, so that a file can show them and a dialogue can offer them.
"""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.people.lab_reading import LabReading


@dataclass(frozen=True)
class LabChoice:
    """One way to read a text.

    Parameters
    ----------
    words : str
        For people, such as ``55 ng/mL (137 nmol/L)``.
    name : str
        Field of ``person_fields.csv``, or ``blood_pressure``.
    text : str
        Value with its unit, which `lab_text.read_lab` reads in this one way.
    """

    words: str
    name: str
    text: str


@dataclass(frozen=True)
class LabQuestion:
    """A text that says too little.

    Parameters
    ----------
    name : str
        Field that it would fill, or the name as written when that is the question.
    written : str
        The value as written.
    found : str
        What is missing, such as ``25OHD 55 has no unit``.
    question : str
        A sentence with all readings, ending in a question mark.
    choices : tuple of LabChoice
        At least one.
    """

    name: str
    written: str
    found: str
    question: str
    choices: tuple[LabChoice, ...]


@dataclass(frozen=True)
class LabRefusal:
    """A text that is no value of this test.

    Parameters
    ----------
    name : str
        Field that it would fill, or the name as written.
    written : str
        The value as written.
    found, expected, advice : str
        As of `calciroute.errors.Problem`.
    """

    name: str
    written: str
    found: str
    expected: str
    advice: str


LabOutcome = tuple[LabReading, ...] | LabQuestion | LabRefusal
