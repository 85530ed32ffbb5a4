"""What commands say in clear: office slots are kept for ever, so whoever is meant stands there by a code."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import StringConstraints
from pydantic.fields import FieldInfo


class InClear:
    """Marks a field whose words nothing erases: they name nobody, as whoever gives them is told."""


WhoByCode = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./:+-]*$", max_length=64)
]
"""Who or what it was: the code of a member, a team or a firm, or a machine with its version."""
FewWords = Annotated[str, StringConstraints(min_length=1, max_length=200), InClear()]
"""A provision, another body, a place."""


def is_in_clear(field: FieldInfo) -> bool:
    """Whether what is given in a field is kept for ever in the words in which it was given."""
    return _marked(field.annotation) or any(isinstance(each, InClear) for each in field.metadata)


def _marked(annotation: Any) -> bool:
    return isinstance(annotation, InClear) or any(map(_marked, get_args(annotation)))
