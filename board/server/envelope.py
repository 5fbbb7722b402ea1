"""How large a request may be besides its body: address, headers, trailers, chunk sizes and extensions. Pure.

The parser keeps a header until it is complete, so a header without an end would fill the memory.
Each byte of a request is body, or is counted here.
"""

from __future__ import annotations

# Of address and headers, as most servers have it; the same again for what surrounds a body: chunk sizes, extensions, trailers.
ENVELOPE_BYTES = 16 * 1024
MAX_HEADERS = 100
# Fed to the parser in so small parts that it never holds much more than it may.
PART_BYTES = 4 * 1024


class Envelope:
    """Counts one request after the other on one connection."""

    __slots__ = ("_begun", "_body", "_exact", "_headers", "_loose")

    def __init__(self) -> None:
        self.begin()
        self._body = 0

    def begin(self) -> None:
        """A request begins, somewhere in the present part. What of this part is before it is not its own."""
        self._headers = 0
        self.head_came()

    def head_came(self) -> None:
        """Address and headers are complete; what surrounds the body has a measure of its own."""
        self._exact = self._loose = 0
        self._begun = True

    def address(self, size: int) -> None:
        self._exact += size

    def header(self, name: int, value: int) -> None:
        """One that is complete, a trailer as well; sizes in bytes."""
        self._headers += 1
        self._exact += name + value + len(b": \r\n")

    def body(self, size: int) -> None:
        self._body += size

    def fed(self, size: int) -> None:
        """The parser has taken a part of `size` bytes. A part in which a request begins is counted from the next one on."""
        if not self._begun:
            self._loose += max(0, size - self._body)
        self._begun, self._body = False, 0

    @property
    def too_large(self) -> bool:
        return self._headers > MAX_HEADERS or self._exact > ENVELOPE_BYTES or self._loose > ENVELOPE_BYTES
