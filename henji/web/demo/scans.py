"""演示文件: one-page PDFs that stand for scans. The viewer's own Chinese font draws them."""

from collections.abc import Sequence
from io import BytesIO

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880"
    b" /StemV 93 >> >>] >>"
)


def page(title: str, lines: Sequence[str]) -> BytesIO:
    """One A4 page with a title and some lines."""
    drawn = [_text(title, size=20, at=760)]
    drawn += [_text(line, size=13, at=700 - 26 * place) for place, line in enumerate(lines)]
    content = b"\n".join(drawn)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> >>"
        % b"<< /F1 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        _FONT,
    ]
    return BytesIO(_assembled(parts))


def _text(words: str, *, size: int, at: int) -> bytes:
    return b"BT /F1 %d Tf 72 %d Td <%s> Tj ET" % (size, at, words.encode("utf-16-be").hex().encode())


def _assembled(parts: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + head + table + end
