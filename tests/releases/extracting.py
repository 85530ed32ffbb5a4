"""Every text that can be got out of a bundle: files, pages and metadata of documents, the fields of the zip itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, EncodedStreamObject


def everything_in(made: bytes) -> str:
    """All of it, without white space, so that a line break hides nothing."""
    return re.sub(r"\s+", "", "\n".join(_texts(made)))


def _texts(made: bytes) -> Iterator[str]:
    yield made.decode("utf-8", errors="replace")
    with ZipFile(io.BytesIO(made)) as archive:
        yield archive.comment.decode("latin-1")
        for each in archive.infolist():
            yield f"{each.filename} {each.comment!r} {each.extra!r} {each.date_time}"
            content = archive.read(each)
            yield content.decode("utf-8", errors="replace")
            if each.filename.endswith(".pdf"):
                yield from _texts_of_document(content)


def _texts_of_document(content: bytes) -> Iterator[str]:
    document = PdfReader(io.BytesIO(content))
    yield from (page.extract_text() for page in document.pages)
    yield repr(document.metadata)
    for number in range(1, len(document.xref_objStm) + sum(map(len, document.xref.values())) + 1):
        found = document.get_object(number)
        yield repr(found)
        if isinstance(found, EncodedStreamObject | DecodedStreamObject):
            yield found.get_data().decode("utf-8", errors="replace")
