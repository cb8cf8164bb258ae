"""Machine code from LLVM text, and back from the cache."""

from __future__ import annotations

import platform
from functools import cache

import llvmlite.binding as llvm

from calciroute.engine.machine_text import ENTRIES


@cache
def _ready() -> None:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    # Putting instructions in another order, before and after registers are given, takes most of the time of
    # compiling, for code that a processor orders by itself. Measured: an eighth of the time, the same speed.
    for option in ("-disable-post-ra", "-enable-misched=false"):
        llvm.set_option("calciroute", option)


def is_x86() -> bool:
    """Whether this machine's processor is of the x86 family.

    Returns
    -------
    bool
        It decides how numbers too small to matter are set to zero.
    """
    return platform.machine().lower() in {"x86_64", "amd64"}


@cache
def halves_rows() -> bool:
    """Whether a row of memory fills two registers of this processor, so that half a row costs half.

    Returns
    -------
    bool
        True for AVX2 without AVX-512.
    """
    found = llvm.get_host_cpu_features() if is_x86() else {}
    return bool(found.get("avx2")) and not found.get("avx512f")


@cache
def processor() -> str:
    """What machine code depends on: processor, features and the code generator.

    Returns
    -------
    str
        One line.
    """
    _ready()
    return "|".join(
        (llvm.get_host_cpu_name(), _features(), llvm.get_process_triple(), str(llvm.llvm_version_info))
    )


def _features() -> str:
    # Some processors are given half their vector width by default.
    return str(llvm.get_host_cpu_features().flatten()) + (",-prefer-256-bit" if is_x86() else "")


def _target() -> llvm.TargetMachine:
    _ready()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=_features(), opt=3, reloc="default", codemodel="jitdefault"
    )


def object_code(text: str, *, tidy: bool = False) -> bytes:
    """Compile.

    Parameters
    ----------
    text : str
        LLVM text.
    tidy : bool, optional
        Whether LLVM first puts it in order. Kernels are written as they shall run, and gain nothing by it.

    Returns
    -------
    bytes
        An object file for this machine.
    """
    machine = _target()
    module = llvm.parse_assembly(text)
    if tidy:
        builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
        builder.getModulePassManager().run(module, builder)
    return bytes(machine.emit_object(module))


class Loaded:
    """Machine code in this process.

    Parameters
    ----------
    code : bytes
        From `object_code` on this machine.
    names : tuple of str, optional
        Of the functions in it.
    """

    def __init__(self, code: bytes, names: tuple[str, ...] = ENTRIES) -> None:
        # The engine owns the memory: it lives as long as this object.
        self._engine = _engine(code)
        self.addresses = tuple(_address(self._engine, name) for name in names)


def _engine(code: bytes) -> llvm.ExecutionEngine:
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target())
    engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


def _address(engine: llvm.ExecutionEngine, name: str) -> int:
    address = int(engine.get_function_address(name))
    if not address:
        raise RuntimeError(f"the machine code has no {name}")
    return address
