"""What lies in a file: itself, what a gzip unfolds to, or the members of a zip; never more than it promises.

Nothing is written to disk, so a member's name cannot escape; one that tries is refused all the same, because a file
made by an attacker deserves no trust. A gzip that was cut gives all that it still holds and says so.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Protocol

from entourage.networks.base import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK = 1 << 20
SLICE = 1 << 16  # of a gzip unfolded at once: damage costs what is after it, not the slice
BOMB_RATIO = 200  # real exports unfold 5 to 50 times; deflate reaches 1,032 on nothing but repetition
BOMB_FROM = 64 << 20  # a small file that unfolds a lot harms nobody
MOST_BYTES = 64 << 30
MOST_MEMBERS = 1_000


class Stream(Protocol):
    """Bytes to come; ``cut`` says where the file was cut, once that is known."""

    cut: str

    @property
    def used(self) -> int:
        """Bytes of the file that were used so far."""

    def read(self) -> bytes:
        """The next bytes, at most a few MiB; empty at the end."""

    def close(self) -> None:
        """Let go of the file."""


class Plain:
    """The bytes of a file as they are."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._used = 0
        self.cut = ""

    def read(self) -> bytes:
        chunk = self._handle.read(CHUNK)
        self._used += len(chunk)
        return chunk

    @property
    def used(self) -> int:
        return self._used

    def close(self) -> None:
        self._handle.close()


class Gunzip:
    """What a gzip unfolds to, member after member; a cut or damaged end ends the bytes and is told in ``cut``."""

    def __init__(self, below: Stream, *, name: str, most: int = MOST_BYTES) -> None:
        self._below, self._name, self._most = below, name, most
        self._folded = b""
        self._inflate = zlib.decompressobj(31)
        self._open = True  # inside a member: the end now would be a cut
        self._out = 0
        self.cut = ""

    @property
    def used(self) -> int:
        """Bytes of the file that were unfolded so far."""
        return self._below.used - len(self._folded)

    def read(self) -> bytes:
        while not self.cut:
            if not self._folded:
                self._folded = self._below.read()
            if not self._folded:
                self.cut = "the gzip ends before its last byte" if self._open else ""
                return self._inflate.flush() if self._open else b""
            if out := self._unfold():
                return out
        return b""

    def close(self) -> None:
        self._below.close()

    def _unfold(self) -> bytes:
        if not self._open:
            self._folded = self._folded.lstrip(b"\0")  # some writers pad the end with zeros
            if not self._folded:
                return b""
            self._inflate, self._open = zlib.decompressobj(31), True
        piece, rest = self._folded[:SLICE], self._folded[SLICE:]
        before = self._inflate.copy()
        try:
            out = self._inflate.decompress(piece, CHUNK)
        except zlib.error as error:
            self.cut = f"the gzip is damaged ({error})"
            return _until_damage(before, piece)
        self._folded = (self._inflate.unconsumed_tail or self._inflate.unused_data) + rest
        self._open = not self._inflate.eof
        self._out += len(out)
        guard(self._out, max(self.used, 1), name=self._name, most=self._most)
        return out


def _until_damage(inflate: zlib._Decompress, piece: bytes) -> bytes:
    """What a piece unfolds to before its damage, byte by byte."""
    out: list[bytes] = []
    try:
        out.extend(inflate.decompress(piece[at : at + 1]) for at in range(len(piece)))
    except zlib.error:
        return b"".join(out)
    return b"".join(out)


def guard(unfolded: int, folded: int, *, name: str, most: int) -> None:
    """Refuse what unfolds to more than any real export does."""
    if unfolded > most:
        raise Broken(f"{name} unfolds to more than {most >> 20:,} MiB. Split the export, or raise the limit.")
    if unfolded > BOMB_FROM and unfolded > BOMB_RATIO * folded:
        raise Broken(
            f"{name} unfolds to more than {BOMB_RATIO} times its size, as a zip bomb does. Unpack it yourself if you "
            "trust it, and import what comes out."
        )


class Member:
    """A file to read: its name, and how to open its bytes from the start."""

    def __init__(self, name: str, opened: Callable[[], Stream]) -> None:
        self.name = name
        self.open = opened


def members(path: Path, *, most: int = MOST_BYTES) -> list[Member]:
    """The files that lie in ``path``: one, or as many as a zip has.

    Raises
    ------
    Broken: there is no such file, it cannot be read, or the zip is damaged, locked, escaping or a bomb.
    """
    magic = first_bytes(path)
    if magic.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return list(_zipped(path, most=most))
    name = path.name
    if magic.startswith(b"\x1f\x8b"):
        return [Member(name, lambda: Gunzip(Plain(path.open("rb")), name=name, most=most))]
    return [Member(name, lambda: Plain(path.open("rb")))]


def first_bytes(path: Path) -> bytes:
    """The first bytes of a file, or why it cannot be read."""
    try:
        with path.open("rb") as handle:
            return handle.read(8)
    except FileNotFoundError:
        raise Broken(f"There is no file {path.name}. Check its name and its folder.") from None
    except IsADirectoryError:
        raise Broken(f"{path.name} is a folder. Import its files one by one, or as a zip.") from None
    except PermissionError:
        raise Broken(f"{path.name} may not be read by this user. Change its permissions.") from None
    except (OSError, ValueError) as error:
        raise Broken(f"{path.name} cannot be read ({error}). Copy it again.") from None


def _zipped(path: Path, *, most: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not _is_litter(info.filename)]
    # RuntimeError is what zipfile raises for a version that it does not know.
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise Broken(f"{path.name} is a damaged zip ({error}). Download it again.") from None
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names:
        raise Broken(f"{path.name} is an Excel or Word file. In Excel: File, Save as, CSV UTF-8; then import the CSV.")
    if not infos:
        raise Broken(f"{path.name} is a zip with no file in it. Export it again.")
    _check(path.name, infos, most=most)
    for info in infos:
        yield Member(f"{path.name}/{info.filename}", _opener(path, info, most=most))


def _check(name: str, infos: list[zipfile.ZipInfo], *, most: int) -> None:
    if len(infos) > MOST_MEMBERS:
        raise Broken(f"{name} holds {len(infos):,} files; at most {MOST_MEMBERS:,} are read. Make a smaller zip.")
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
            raise Broken(
                f"{name} holds a file named {info.filename!r}, which would escape its folder. Nothing was read. Do not "
                "open this zip; ask for it again from whom it came."
            )
        if info.flag_bits & 1:
            raise Broken(f"{name} is locked with a password. Unpack it and import the files.")
    guard(sum(i.file_size for i in infos), max(sum(i.compress_size for i in infos), 1), name=name, most=most)


def _is_litter(name: str) -> bool:
    """Folders, and what operating systems leave in a zip."""
    last = name.rstrip("/").rsplit("/", 1)[-1]
    return name.endswith("/") or name.startswith("__MACOSX/") or last in {".DS_Store", "Thumbs.db", "desktop.ini"}


class _Unzip:
    """One member of a zip; its end is told in ``cut`` where the zip is damaged."""

    def __init__(self, path: Path, info: zipfile.ZipInfo, *, most: int) -> None:
        self._archive = zipfile.ZipFile(path)
        self._info, self._most = info, most
        self._handle = self._opened()
        self._out = 0
        self.cut = ""

    def _opened(self) -> IO[bytes]:
        try:
            return self._archive.open(self._info)
        # RuntimeError is what zipfile raises for a lock, and for a compression that it does not know.
        except (zipfile.BadZipFile, RuntimeError, OSError) as error:
            raise Broken(
                f"{self._info.filename} in the zip cannot be unfolded ({error}). Unpack it yourself."
            ) from None

    @property
    def used(self) -> int:
        share = self._out / max(self._info.file_size, 1)
        return int(min(share, 1) * self._info.compress_size)

    def read(self) -> bytes:
        if self.cut:
            return b""
        try:
            chunk = self._handle.read(CHUNK)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            self.cut = f"the zip is damaged ({error})"
            return b""
        self._out += len(chunk)
        guard(self._out, max(self._info.compress_size, 1), name=self._info.filename, most=self._most)
        return chunk

    def close(self) -> None:
        self._handle.close()
        self._archive.close()


def _opener(path: Path, info: zipfile.ZipInfo, *, most: int) -> Callable[[], Stream]:
    if info.filename.endswith(".gz"):
        return lambda: Gunzip(_Unzip(path, info, most=most), name=info.filename, most=most)
    return lambda: _Unzip(path, info, most=most)
