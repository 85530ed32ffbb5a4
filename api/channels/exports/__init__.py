"""Exports: records out, in the forms that others read; never a personal value.

What is sealed stays sealed: JSON lines name the fields that are there and not shown, all other forms
have office values alone.
"""

from __future__ import annotations

from api.channels.exports.seen import Seen
from api.channels.exports.writing import FORMS, ExportForm, export_file, write_export

__all__ = ["FORMS", "ExportForm", "Seen", "export_file", "write_export"]
