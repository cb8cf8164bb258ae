"""A step of the build: SBML made from the model texts goes into wheel and source archive.

It is a product, so it is not committed. An editable install carries none: the texts are there to be changed.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarrySBML(BuildHookInterface):
    """Adds a file for each set of model texts."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files in a folder of their own and name their places in the archive."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from calciroute.body.shipped import FOLDER, write_missing

        package = "calciroute" if self.target_name == "wheel" else "src/calciroute"
        self.folder = tempfile.TemporaryDirectory()
        os.environ["CALCIROUTE_CACHE"] = self.folder.name  # what is shipped is made anew, never from a cache
        for path in write_missing(Path(self.folder.name)):
            build_data["force_include"][str(path)] = f"{package}/{FOLDER}/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind."""
        if version != "editable":
            self.folder.cleanup()
