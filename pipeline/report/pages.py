"""What the pages for the browser share: where their templates stand, and the hash that lets a style or script through."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


def source_hash(text: str) -> str:
    """SHA-256 of an inline style or script as a content security policy names it, in base64."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
