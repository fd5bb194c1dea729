"""Opening files that somebody hands in: whether they can be read at all, and how large they may be."""

from __future__ import annotations

from pathlib import Path

from model.issues import Issue

MAX_BYTES = 50 * 1024 * 1024
"""Largest file, or folder of files, that is read."""

MAX_UNZIPPED_BYTES = 400 * 1024 * 1024
MAX_CELLS = 5_000_000
"""Largest workbook: unzipped, and as the rectangle its filled cells span."""

_MEGABYTE = 1024 * 1024


class Unreadable(Exception):  # noqa: N818  it says why a file cannot be read; nothing in the program went wrong
    """Input that is not even wrong: it cannot be read. Carries the issue that says so."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue.code)


def unreadable(code: str, path: Path | str, value: str | None = None, **more: object) -> Unreadable:
    """The exception for a file that cannot be read."""
    name = path if isinstance(path, str) else path.name
    values = {"code": code, "file": name, "value": name if value is None else value, **more}
    return Unreadable(Issue.model_validate(values))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        Unreadable: it is not there, may not be read or is too large.
    """
    try:
        refuse_large(path, path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise unreadable("file_missing", path, str(path)) from None
    except PermissionError:
        raise unreadable("no_permission", path, str(path)) from None
    except OSError as error:
        raise unreadable("file_error", path, str(path), details={"cause": error.strerror or str(error)}) from None


def refuse_large(path: Path, size: int) -> None:
    """Refuse a file or folder of too many bytes.

    Raises:
        Unreadable: it has more than are read.
    """
    if size > MAX_BYTES:
        details = {"size": f"{size / _MEGABYTE:.0f} MB", "most": f"{MAX_BYTES // _MEGABYTE} MB"}
        raise unreadable("too_large", path, details=details)


def decode(data: bytes, name: str) -> str:
    """Text in UTF-8 with or without mark, UTF-16 with one, or Windows-1252.

    Raises:
        Unreadable: the bytes are no text.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable("not_text_file", name)
