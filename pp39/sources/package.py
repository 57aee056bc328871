"""The parts of a workbook: members of a zip that hold XML, read as streams.

Every fault of a file, of its packing as of its XML, becomes one sentence here. Nothing is unpacked
beyond a stated size, and a document type, which alone could make entities grow, is refused.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar
from xml.parsers import expat

from pp39.errors import UnreadableInput
from pp39.sources.texts import plain

#: Bytes that the parts of one workbook may unpack to.
UNPACKED = 256 * 1024 * 1024
#: Those of spreadsheets, transitional and strict, and of the relations between parts.
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
)

# Letters of what is told of a fault; names of parts are the file's own.
_LONGEST = 200
_CHUNK = 1 << 18
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What unpacking, parsing and the handlers of elements raise where the bytes are not what they say.
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)

_Start = Callable[[dict[str, str]], None]
_T = TypeVar("_T")


class Package:
    """An open workbook.

    Raises
    ------
    UnreadableInput
        If it is not a zip that can be opened.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._left = UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _FAULTS:
            raise self.damaged("its list of parts cannot be read") from None
        self._members = {
            info.filename.replace("\\", "/").lstrip("/").casefold(): info
            for info in self._zip.infolist()
        }

    def damaged(self, what: str) -> UnreadableInput:
        """Make the error for a file that is not what a workbook is."""
        told = " ".join(plain(what).split())[:_LONGEST]
        return UnreadableInput(
            f"{self.name} is a damaged Excel workbook ({told}); open it in Excel and save it as "
            ".xlsx again"
        )

    def has(self, part: str) -> bool:
        """Tell whether a part is there."""
        return part.casefold() in self._members

    def holds(self, folder: str) -> bool:
        """Tell whether any part lies in a folder."""
        return any(member.startswith(folder) for member in self._members)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Give the parts that one part (``""`` for the package) relates to.

        Returns
        -------
        dict of str to (str, str)
            Identifier -> last word of the kind of relation, such as ``"worksheet"``, and the part.
        """
        folder, _, file = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def relation(at: dict[str, str]) -> None:
            if at.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, at["Target"]))
                found[at["Id"]] = (at["Type"].rpartition("/")[2], target.lstrip("/"))

        path = posixpath.join(folder, "_rels", f"{file}.rels")
        self.walk(path, starts={"Relationship": relation})
        return found

    def walk(
        self,
        part: str,
        starts: Mapping[str, _Start],
        ends: Mapping[str, Callable[[], None]] | None = None,
        texts: Mapping[str, Callable[[str], None]] | None = None,
        without: Callable[[Iterable[bytes]], Iterable[bytes]] = iter,
    ) -> None:
        """Go through the XML of a part, and call what is wanted for its elements.

        Parameters
        ----------
        part : str
            Path in the package.
        starts, ends : mapping of str to callable
            By local name: called where an element starts, with its attributes, and where it ends.
        texts : mapping of str to callable
            By local name: called with the text of an element; the others' text is passed over.
        without : callable
            Takes out of the bytes what need not be parsed.

        Raises
        ------
        UnreadableInput
            If the part is missing, packed or written wrongly, or too large, or if a handler does
            not find what it looks for.
        """
        parser = _parser(starts, ends or {}, texts or {}, self.damaged(f"{part} has an entity"))
        try:
            for chunk in without(self._chunks(part)):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except UnreadableInput:
            raise
        except expat.ExpatError as error:
            told = f"line {error.lineno} of {part}: {expat.ErrorString(error.code)}"
            raise self.damaged(told) from None
        except _FAULTS:
            raise self.damaged(f"{part} is not what it should be") from None

    def _chunks(self, part: str) -> Iterator[bytes]:
        member = self._members.get(part.casefold())
        if member is None:
            raise self.damaged(f"{part} is missing")
        if member.flag_bits & 0x1:
            raise self.damaged(f"{part} is encrypted")
        if member.compress_type not in _PACKINGS:
            raise self.damaged(f"{part} is packed in a way that workbooks do not use")
        if member.file_size > self._left:
            raise self._too_large(part)
        with self._zip.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise self._too_large(part)
                yield chunk

    def _too_large(self, part: str) -> UnreadableInput:
        return UnreadableInput(
            f"{self.name}: {part} unpacks beyond the {UNPACKED >> 20} MiB read of a workbook; "
            "leave only the table in it, delete the empty rows and columns around it, and save it"
        )


def _parser(
    starts: Mapping[str, _Start],
    ends: Mapping[str, Callable[[], None]],
    texts: Mapping[str, Callable[[str], None]],
    refusal: UnreadableInput,
) -> expat.XMLParserType:
    starting, ending, texting = _qualified(starts), _qualified(ends), _qualified(texts)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    pieces: list[str] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        if name in starting:
            starting[name](attributes)
        if name in texting:
            pieces.clear()
            parser.CharacterDataHandler = pieces.append

    def ended(name: str) -> None:
        if name in texting:
            parser.CharacterDataHandler = None
            texting[name]("".join(pieces))
        if name in ending:
            ending[name]()

    def doctype(*_: object) -> None:
        raise refusal

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = doctype
    return parser


def _qualified(handlers: Mapping[str, _T]) -> dict[str, _T]:
    return {f"{space} {name}": one for space in NAMESPACES for name, one in handlers.items()}
