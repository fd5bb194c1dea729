"""Memory of a process and its descendants, counted once where they share it (Linux)."""

from __future__ import annotations

from pathlib import Path

_PROC = Path("/proc")


def tree_pss_mb(root: int) -> float | None:
    """Sum of the proportional set sizes of a process and its descendants, in MB; None where it cannot be read."""
    parents = {pid: parent for pid in _pids() if (parent := _parent(pid)) is not None}
    tree = found = {root}
    while found:
        found = {pid for pid, parent in parents.items() if parent in found}
        tree = tree | found
    sizes = [size for pid in tree if (size := _pss_kb(pid)) is not None]
    return sum(sizes) * 1024 / 1e6 if sizes else None


def _pids() -> list[int]:
    return [int(path.name) for path in _PROC.iterdir() if path.name.isdigit()] if _PROC.is_dir() else []


def _parent(pid: int) -> int | None:
    try:
        _, _, rest = (_PROC / str(pid) / "stat").read_text().rpartition(")")  # names may hold anything, also spaces
        return int(rest.split()[1])
    except (OSError, IndexError):
        return None


def _pss_kb(pid: int) -> int | None:
    """In units of 1,024 bytes, as the kernel writes them; None once the process is gone."""
    try:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        return None
    return None
