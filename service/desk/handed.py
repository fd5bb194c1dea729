"""Files that somebody hands over, and where they lie while they are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from model.files.source import MAX_UNZIPPED_BYTES, unreadable
from service.desk.texts import is_strange_json

_MOST_FILES = 100
_MOST_BYTES = 100
"""Of a name: systems take 255 bytes, whatever letters they stand for."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed over, as it came.

    Attributes:
        name: as its owner calls it, without folders: problems in it are located by this name.
    """

    name: str
    data: bytes

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Where it lies as a file, or as a folder when it is a zip; gone afterwards.

        Raises:
            Unreadable: a zip that is broken, or holds more than is read; JSON with text that cannot be kept.
        """
        if self.name.lower().endswith(".json") and is_strange_json(self.data):
            raise unreadable("bad_text", self.name, self.name)
        with TemporaryDirectory(prefix="hybrooster-") as folder:
            path = Path(folder) / self.name
            if path.suffix.lower() == ".zip":
                yield _unpacked(self, Path(folder))
            else:
                path.write_bytes(self.data)
                yield path


def _unpacked(upload: Upload, folder: Path) -> Path:
    """The folder of what a zip holds: its CSV files, wherever in it they are."""
    archive = folder / "upload.zip"
    archive.write_bytes(upload.data)
    target = folder / Path(upload.name).stem
    target.mkdir()
    try:
        with zipfile.ZipFile(archive) as opened:
            inside = [each for each in opened.infolist() if not each.is_dir() and _counts(each.filename)]
            if len(inside) > _MOST_FILES or sum(each.file_size for each in inside) > MAX_UNZIPPED_BYTES:
                raise unreadable("zip_too_large", upload.name)
            for each in inside:
                place = target / PurePosixPath(each.filename).name
                if place.exists():
                    raise unreadable("zip_twice", upload.name, place.name)
                with opened.open(each) as source:
                    data = source.read(each.file_size + 1)
                place.write_bytes(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise unreadable("bad_zip", upload.name) from None
    return target


def _counts(name: str) -> bool:
    """Whether a file in a zip is one of the owner's, and not one their computer put beside them."""
    path = PurePosixPath(name)
    return not path.name.startswith((".", "~$")) and "__MACOSX" not in path.parts


def safe_name(name: str) -> str:
    """The last part of a name, of letters that any system takes."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip(". ")
    kept = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*\0')
    return kept.encode()[-_MOST_BYTES:].decode(errors="ignore").strip(". ") or "upload"
