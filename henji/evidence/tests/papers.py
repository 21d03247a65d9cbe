"""Files as people hand them in, for tests."""

from io import BytesIO

from henji.evidence.commands import Offered

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n"


def pdf(text="", name="通知.pdf"):
    """A paper that was scanned."""
    return Offered(name, BytesIO(PDF + text.encode()))


def photo(text="", name="现场.png"):
    """A picture, which shows people."""
    return Offered(name, BytesIO(PNG + text.encode()))
