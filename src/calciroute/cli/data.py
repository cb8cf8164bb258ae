"""``calciroute data``: where a person's own data lie, all of it in one archive, all of it gone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Where your own data lie, how to take them with you, and how to erase them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output.")]


@app.command()
def where(as_json: AsJson = False) -> None:
    """Show the folders, what is in them and how large it is."""
    from calciroute.cli.journal_shown import OUT_OF_REACH, close, print_json
    from calciroute.guide.data_files import cache_files
    from calciroute.people.data_folder import data_folder, other_files, own_files
    from calciroute.sbml.cache import cache_folder

    folder, cache = data_folder(), cache_folder()
    kept, others, cached = own_files(folder), other_files(folder), cache_files(cache)
    if as_json:
        files = [{"path": str(file.path), "size_bytes": file.size_bytes} for file in kept]
        size = sum(file.size_bytes for file in cached)
        print_json(
            {
                "data": {"folder": str(folder), "files": files, "not_ours": [str(path) for path in others]},
                "cache": {"folder": str(cache), "files": len(cached), "size_bytes": size},
            }
        )
        return
    typer.echo(f"Your data: {folder}{'' if folder.is_dir() else ' (nothing kept yet)'}")
    for file in kept:
        typer.echo(f"  {file.path.name}  {file.size_bytes / 1000.0:.1f} kB")
    for path in others:
        typer.echo(f"  {path.name}  not calciroute's; data erase leaves it")
    total = sum(file.size_bytes for file in cached) / 1e6
    typer.echo(
        f"Cache: {cache}, {len(cached)} files, {total:.1f} MB: the model as machine code, nothing of yours"
    )
    typer.echo(f"Not encrypted: whoever can open your files can read them. {OUT_OF_REACH}")
    close()


@app.command()
def export(
    archive: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The archive to write; a free name.")],
    as_json: AsJson = False,
) -> None:
    """Write everything that is kept into one ZIP archive."""
    from calciroute.cli.journal_shown import show_done
    from calciroute.guide.data_files import export_data
    from calciroute.people.data_folder import data_folder

    names = export_data(data_folder(), archive)
    words = f"Written: {archive} with {', '.join(names)}. Keep it where others cannot read it."
    show_done(words, {"written": str(archive), "names": list(names)}, as_json)


@app.command()
def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False, as_json: AsJson = False
) -> None:
    """Erase the journal, what else is kept, and the cache; it asks first."""
    from calciroute.cli.journal_shown import ask_erase, show_erased
    from calciroute.guide.data_files import erase_cache
    from calciroute.guide.journal_erase import erase_data
    from calciroute.people.data_folder import data_folder
    from calciroute.sbml.cache import cache_folder

    folder, cache = data_folder(), cache_folder()
    ask_erase(f"everything that calciroute keeps in {folder}, and its cache in {cache}", yes)
    show_erased(erase_data(folder), as_json, cached=len(erase_cache(cache)))
