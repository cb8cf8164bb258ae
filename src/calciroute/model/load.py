"""From the file of anyone's model to something that runs."""

from __future__ import annotations

from pathlib import Path

from calciroute.model.model_file import read_model_text
from calciroute.model.runnable import Model


def load_model(path: str | Path) -> Model:
    """Read an SBML file.

    Parameters
    ----------
    path : str or Path
        SBML of any level, at most 100 MB.

    Returns
    -------
    Model
        With `Model.run`.

    Raises
    ------
    InputError
        For a file that is no whole, valid SBML, and for what is not supported, by name.

    Examples
    --------
    >>> list(load_model("docs/examples/mitotic_oscillator.xml").system.states)
    ['M', 'X', 'amount:C']
    """
    file = Path(path)
    text = read_model_text(file)

    from calciroute.model.declared_units import declared_units
    from calciroute.sbml.cache import content_hash
    from calciroute.sbml.read import read_system
    from calciroute.sbml.read.document import read_document
    from calciroute.tables.people_files import shown_name

    where = shown_name(file)
    reading = read_system(text, where)
    # Read again for its units alone.
    document = read_document(text, where)
    model = document.getModel()
    name = model.getName() or model.getId() or file.stem
    units = declared_units(model, where)
    notes = list(reading.notes)
    if units.undefined:
        notes.append(f"units that the file does not define: {', '.join(units.undefined)[:200]}")
    return Model(name, str(file), content_hash(text), reading.system, units, tuple(notes))
