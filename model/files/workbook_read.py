"""A workbook (.xlsx) as sheets of cells, after a look whether it is one and what its reader would not tell."""

from __future__ import annotations

import html
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from model.files.cells import Broken
from model.files.raw import Sheet
from model.files.source import MAX_CELLS, MAX_UNZIPPED_BYTES, read_bytes, unreadable

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a workbook begins that is locked with a password, or of a kind older than .xlsx."""

_DAMAGED = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # a zip with a password, or packed in a way that Python does not know
    ValueError,
)
"""What the readers of zip files and workbooks raise for files that are not what they seem."""

_REFERENCE = rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']"""
_CELL_PLACE = re.compile(_REFERENCE)
_UNPLACED = re.compile(rb"<(?:\w+:)?c\b(?![^>]*\br=)")
_ROW_PLACE = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,7})["']""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?""" + _REFERENCE + rb"""[^>]*(?<!/)>""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_NO_VALUE = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)(?<!/)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*</(?:\w+:)?c>"""
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_ATTRIBUTE = re.compile(r"""([\w:]+)=["']([^"']*)["']""")


def sheets_of(path: Path) -> list[Sheet]:
    """All sheets of a workbook, with cells whose value a spreadsheet failed to compute marked as such.

    Raises:
        Unreadable: the file is no workbook, is locked or damaged, or unpacks to an absurd size.
    """
    data = read_bytes(path)
    if data.startswith(_OLE):
        raise unreadable("locked_or_old_workbook", path)
    try:
        broken = _inspect(path, data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                Sheet(path.name, sheet.name, _marked(_cells(book, sheet.name), broken.get(sheet.name, {})))
                for sheet in book.sheets_metadata
                if sheet.typ is SheetTypeEnum.WorkSheet
            ]
    except _DAMAGED:
        raise unreadable("not_a_workbook", path) from None


def _cells(book: CalamineWorkbook, name: str) -> list[list[object]]:
    return [[*row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


_Broken = dict[tuple[int, int], Broken]


def _inspect(path: Path, data: bytes) -> dict[str, _Broken]:
    """Cells without a usable value, by sheet. Reads every part, so that no part can be larger than it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        size = sum(part.file_size for part in parts.infolist())
        if size > MAX_UNZIPPED_BYTES:
            details = {"most": f"{MAX_UNZIPPED_BYTES // 1024**2} MB"}
            raise unreadable("unpacks_too_large", path, f"{size // 1024**2} MB", details=details)
        names = _sheet_names(parts)
        found: dict[str, _Broken] = {}
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename in names or "worksheets/" in part.filename:
                _measure(path, content)
            if part.filename in names:
                found[names[part.filename]] = dict(_without_value(content))
        return found


def _sheet_names(parts: zipfile.ZipFile) -> dict[str, str]:
    """Names of the sheets by the part of the file that holds them."""
    try:
        book = parts.read("xl/workbook.xml").decode("utf-8-sig")
        links = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8-sig")
    except KeyError:
        raise zipfile.BadZipFile from None
    targets = {each.get("Id", ""): each.get("Target", "") for each in _tags(links, "Relationship")}
    names = {}
    for sheet in _tags(book, "sheet"):
        link = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        names[part] = html.unescape(sheet.get("name", ""))
    return names


def _tags(xml: str, tag: str) -> Iterator[dict[str, str]]:
    for found in re.finditer(rf"<(?:\w+:)?{tag}\b([^>]*)>", xml):
        yield dict(_ATTRIBUTE.findall(found[1]))


def _measure(path: Path, content: bytes) -> None:
    """Refuse a sheet whose filled cells lie so far apart that the rectangle around them fills the memory."""
    places = _FILLED.findall(content)
    width = 1 + max((_number(column) for column in {column for column, _ in places}), default=0)
    heights = {row for _, row in places}
    if _UNPLACED.search(content):
        heights |= set(_ROW_PLACE.findall(content))
    height = max(map(int, heights), default=0)
    if width * height > MAX_CELLS:
        details = {"height": str(height), "width": str(width)}
        raise unreadable("too_many_cells", path, str(width * height), details=details)


def _without_value(content: bytes) -> Iterator[tuple[tuple[int, int], Broken]]:
    for pattern, code in ((_ERROR, "error_in_cell"), (_NO_VALUE, "formula_without_value")):
        for found in pattern.finditer(content):
            place = _CELL_PLACE.search(found[1])
            if place is not None:
                text = found[2] or b""
                value = _VALUE.search(text) if code == "error_in_cell" else None
                said = (value[1] if value else text).decode("utf-8", "replace")
                shown = html.unescape(said) if code == "error_in_cell" else f"={html.unescape(said)}"
                yield (int(place[2]) - 1, _number(place[1])), Broken(code, shown)


def _number(letters: bytes) -> int:
    """Number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _marked(rows: list[list[object]], broken: _Broken) -> list[list[object]]:
    for (row, column), cell in broken.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = cell
    return rows
