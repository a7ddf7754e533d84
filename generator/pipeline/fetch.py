"""Fetching one page from the network, politely: robots, limits, no private addresses, bounded redirects."""

import gzip
import http.client
import ipaddress
import socket
import ssl
import zlib
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from generator.errors import VariorumError, shown
from generator.record import record

AGENT = "Variorum/1 (news archive; fetches single pages when a person asks for them)"
#: Bytes, seconds and redirects after which fetching is given up.
LARGEST, SECONDS, REDIRECTS = 60_000_000, 30.0, 5
PORTS = {"http": 80, "https": 443}


class FetchError(VariorumError):
    """A page could not be fetched; the message says why."""


@record
class Fetched:
    """A page as it came: its bytes, final address, and the day the server gave (ISO, may be empty)."""

    data: bytes
    url: str
    day: str


@record
class Answer:
    """One answer of a server."""

    status: int
    data: bytes
    location: str
    date: str


def fetch(url: str, *, allow_loopback: bool = False) -> Fetched:
    """Fetch a page that robots may read, following at most a few redirects; every hop is checked anew."""
    for _ in range(REDIRECTS + 1):
        try:
            _ask_robots(url, allow_loopback=allow_loopback)
            answer = _get(url, allow_loopback=allow_loopback)
            if answer.status in (301, 302, 303, 307, 308) and answer.location:
                url = urljoin(url, answer.location)
                continue
        except ValueError as error:  # of what is no address, given or led to
            raise FetchError(
                f"{url}: expected the address of a page, got none ({error})"
            ) from error
        if answer.status != 200:
            raise FetchError(f"{url}: expected a page, got the answer {answer.status}")
        return Fetched(data=answer.data, url=url, day=_day(answer.date))
    raise FetchError(f"{url}: expected a page, got more than {REDIRECTS} redirects")


def _ask_robots(url: str, *, allow_loopback: bool) -> None:
    parts = urlsplit(url)
    robots = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
    answer = _get(robots, allow_loopback=allow_loopback)
    if answer.status in (401, 403):
        raise FetchError(
            f"{url}: robots.txt may not be read, so the page may not be fetched; save it by hand"
        )
    if answer.status != 200:
        return
    rules = RobotFileParser()
    rules.parse(answer.data.decode("utf-8", "replace").splitlines())
    if not rules.can_fetch("Variorum", url):
        raise FetchError(f"{url}: robots.txt does not allow it; save the page by hand")


def _get(url: str, *, allow_loopback: bool) -> Answer:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise FetchError(
            f"expected an address that starts with https:// or http://, got {shown(url)}"
        )
    if parts.username or parts.password:
        raise FetchError(
            f"{parts.hostname}: expected an address without a user name, got one with it"
        )
    try:
        port = parts.port or PORTS[parts.scheme]
        address = resolve(parts.hostname, port, allow_loopback=allow_loopback)
        connection = _connect(parts.scheme, parts.hostname, address, port)
        try:
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request("GET", _ascii(path), headers=_headers(parts.netloc))
            return _answer(connection.getresponse(), url)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"{url}: expected a page, got no answer ({error})") from error


def resolve(host: str, port: int, *, allow_loopback: bool) -> str:
    """The one address to connect to; an error if any that the name stands for is not public."""
    found = sorted(
        {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    )
    for text in found:
        address = ipaddress.ip_address(text.split("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        if not (mapped.is_global and not mapped.is_multicast) and not (
            allow_loopback and mapped.is_loopback
        ):
            raise FetchError(f"{host}: expected a public address, got {text}")
    return found[0]


class _Plain(http.client.HTTPConnection):
    """Connects to a checked address, whatever the name stands for by then."""

    def __init__(self, host: str, address: str, port: int) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Secure(_Plain):
    """The same, with the certificate checked against the name."""

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _connect(scheme: str, host: str, address: str, port: int) -> _Plain:
    return (_Secure if scheme == "https" else _Plain)(host, address, port)


def _headers(host: str) -> dict[str, str]:
    return {
        "Host": host,
        "User-Agent": AGENT,
        "Accept": "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _ascii(path: str) -> str:
    return "".join(
        char if 32 < ord(char) < 127 else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in path
    )


def _answer(response: http.client.HTTPResponse, url: str) -> Answer:
    data = response.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FetchError(f"{url}: expected at most {LARGEST:,} bytes, got more")
    if response.headers.get("Content-Encoding", "").lower() == "gzip":
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, LARGEST)
        except (zlib.error, gzip.BadGzipFile) as error:
            raise FetchError(f"{url}: expected a page, got a broken packing ({error})") from error
    return Answer(
        status=response.status,
        data=data,
        location=response.headers.get("Location", ""),
        date=response.headers.get("Date", ""),
    )


def _day(header: str) -> str:
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (TypeError, ValueError):
        return ""
