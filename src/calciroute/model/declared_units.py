"""Units that an SBML file declares, as people print them; an id without a declaration has none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import libsbml

from calciroute.errors import InputError, Problem

_SYMBOLS = {
    "mole": "mol", "litre": "L", "liter": "L", "gram": "g", "kilogram": "kg", "second": "s", "metre": "m",
    "meter": "m", "item": "item", "joule": "J", "kelvin": "K", "pascal": "Pa", "newton": "N", "watt": "W",
    "volt": "V", "ampere": "A", "coulomb": "C", "hertz": "Hz", "farad": "F", "siemens": "S", "ohm": "ohm",
    "katal": "kat", "dimensionless": "1", "avogadro": "avogadro",
}  # fmt: skip
_PREFIXES = {-15: "f", -12: "p", -9: "n", -6: "u", -3: "m", -2: "c", -1: "d", 0: "", 3: "k"}
_TIMES = {60.0: "min", 3600.0: "h", 86400.0: "d", 604800.0: "week", 31557600.0: "y"}


@dataclass(frozen=True)
class DeclaredUnits:
    """What a file says about units.

    Parameters
    ----------
    of : mapping of str to str
        Unit by id; also of ``amount:S`` and ``concentration:S``.
    time : str
        Unit of time; empty where the file does not declare it.
    hour : float or None
        One hour in that unit; None where it is not known.
    undefined : tuple of str
        Units that the file names and does not define.
    """

    of: Mapping[str, str] = field(default_factory=dict)
    time: str = ""
    hour: float | None = None
    undefined: tuple[str, ...] = ()


def declared_units(model: libsbml.Model, where: str = "model") -> DeclaredUnits:
    """Read the units of a model.

    Parameters
    ----------
    model : libsbml.Model
        Of any level.
    where : str, optional
        The file, for messages.

    Returns
    -------
    DeclaredUnits
        What follows only from a default of SBML counts as not declared: many files never meant it.

    Raises
    ------
    InputError
        For a definition made of a kind of unit that SBML does not have.
    """
    wrong = [
        Problem(f"{where}:{unit.getLine()}", f"unit '{definition.getId()}' is of no kind that SBML has",
                "second, metre, kilogram, mole, litre or another base unit of SBML")
        for definition in model.getListOfUnitDefinitions()
        for unit in definition.getListOfUnits()
        if unit.getKind() == libsbml.UNIT_KIND_INVALID
    ]  # fmt: skip
    if wrong:
        raise InputError(wrong[:20])
    reader = _Reader(model)
    time = reader.whole("time", model.getTimeUnits())
    units = reader.all_units(time)
    return DeclaredUnits(units, _text(time), _hour(time), tuple(reader.undefined))


# A unit is a list of factors: size, symbol, power.
_Factors = tuple[tuple[float, str, float], ...]


class _Reader:
    def __init__(self, model: libsbml.Model) -> None:
        self.model = model
        self.undefined: dict[str, None] = {}

    def whole(self, word: str, named: str) -> _Factors:
        """Unit for the whole model: named by an attribute in level 3, by a definition of that word before."""
        if named:
            return self.named(named)
        return self.named(word) if self.model.getUnitDefinition(word) is not None else ()

    def named(self, name: str) -> _Factors:
        definition = self.model.getUnitDefinition(name) if name else None
        if definition is None:
            symbol = _SYMBOLS.get(name)
            if symbol is None and name not in {"", "substance", "volume", "area", "length", "time"}:
                self.undefined[name] = None
            return ((1.0, symbol, 1.0),) if symbol else ()
        return tuple(_factor(unit) for unit in definition.getListOfUnits())

    def all_units(self, time: _Factors) -> dict[str, str]:
        model = self.model
        units: dict[str, str] = {}
        substance = self.whole("substance", model.getSubstanceUnits())
        volumes: dict[str, _Factors] = {}
        by_dimension = {3.0: ("volume", model.getVolumeUnits()), 2.0: ("area", model.getAreaUnits()),
                        1.0: ("length", model.getLengthUnits())}  # fmt: skip
        for compartment in model.getListOfCompartments():
            word, named = by_dimension.get(compartment.getSpatialDimensionsAsDouble(), ("", ""))
            found = self.named(compartment.getUnits()) or (self.whole(word, named) if word else ())
            volumes[compartment.getId()] = found
            units[compartment.getId()] = _text(found)
        for species in model.getListOfSpecies():
            name = species.getId()
            amount = self.named(species.getSubstanceUnits()) or substance
            concentration = _over(amount, volumes.get(species.getCompartment(), ()))
            units[f"amount:{name}"] = _text(amount)
            units[f"concentration:{name}"] = _text(concentration)
            units[name] = _text(amount if species.getHasOnlySubstanceUnits() else concentration)
        for parameter in model.getListOfParameters():
            units[parameter.getId()] = _text(self.named(parameter.getUnits()))
        extent = self.whole("", model.getExtentUnits()) or (substance if model.getLevel() < 3 else ())
        for reaction in model.getListOfReactions():
            units[reaction.getId()] = _text(_over(extent, time))
        return {name: unit for name, unit in units.items() if unit}


def _factor(unit: libsbml.Unit) -> tuple[float, str, float]:
    name = libsbml.UnitKind_toString(unit.getKind())
    symbol, power = _SYMBOLS.get(name, name), unit.getExponentAsDouble()
    # A minute is written as 60 seconds or as 6 times ten of them: the product is what counts.
    size = unit.getMultiplier() * 10.0 ** unit.getScale()
    words = _TIMES if symbol == "s" else {}
    prefixed = {10.0**scale: prefix + symbol for scale, prefix in _PREFIXES.items()}
    if symbol in {"1", "item", "kg"}:
        prefixed = {1.0: symbol}
    for known, word in {**prefixed, **words}.items():
        if math.isclose(size, known, rel_tol=1e-9):
            return 1.0, word, power
    return size, symbol, power


def _over(above: _Factors, below: _Factors) -> _Factors:
    if not above or not below:
        return ()
    return above + tuple((size, symbol, -power) for size, symbol, power in below)


def _text(factors: _Factors) -> str:
    """Such as ``nmol/L``, ``1/min`` or ``(0.5 L)/h``."""
    powers: dict[tuple[float, str], float] = {}
    for size, symbol, power in factors:
        if symbol != "1" or size != 1.0:
            powers[size, symbol] = powers.get((size, symbol), 0.0) + power
    above = [_one(key, power) for key, power in powers.items() if power > 0.0]
    below = [_one(key, -power) for key, power in powers.items() if power < 0.0]
    if not factors:
        return ""
    return "/".join([" ".join(above) or "1", *below])


def _one(key: tuple[float, str], power: float) -> str:
    size, symbol = key
    body = symbol if size == 1.0 else f"({size:g})" if symbol == "1" else f"({size:g} {symbol})"
    return body if power == 1.0 else f"{body}{power:g}"


def _hour(time: _Factors) -> float | None:
    if len(time) != 1 or time[0][2] != 1.0:
        return None
    size, symbol, _ = time[0]
    seconds = {"s": 1.0, **{word: value for value, word in _TIMES.items()},
               **{f"{prefix}s": 10.0**scale for scale, prefix in _PREFIXES.items()}}.get(symbol)  # fmt: skip
    if seconds is None:
        return None
    return 3600.0 / (seconds * size)
