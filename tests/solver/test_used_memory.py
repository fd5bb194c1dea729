"""Memory of a process and its descendants."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from solver.used_memory import tree_pss_mb

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="this system does not say how much memory a process has"
)

GROWN = "import os, sys; held = b'x' * 100_000_000; {fork}; os.write(1, b'ready\\n'); sys.stdin.read()"


@needs_proc
@pytest.mark.parametrize("fork", ["pass", "os.fork()"])
def test_memory_is_that_of_the_tree_and_what_is_shared_counts_once(fork: str) -> None:
    """100 MB below a shell, or below two processes that share them, is 100 MB and a little."""
    command = ["sh", "-c", '"$0" -S -c "$1"; true', sys.executable, GROWN.format(fork=fork)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        for _ in range(2 if fork != "pass" else 1):
            assert process.stdout.readline() == "ready\n"
        size = tree_pss_mb(process.pid)
    process.wait()
    assert size is not None
    assert 100 < size < 150


def test_memory_of_a_process_that_is_gone_is_unknown() -> None:
    """A process that was waited for is nowhere."""
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    assert tree_pss_mb(process.pid) is None
