"""局域网: behind a proxy that speaks TLS, as docs/handbook/10-network.md sets it up."""

import http.client
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from henji.web import serving
from henji.web.tests.test_serve import served

HOST = "henji.lan"


class Proxy(BaseHTTPRequestHandler):
    """What deploy/nginx.conf does, in a few lines."""

    upstream = 0

    def do_GET(self) -> None:
        """Pass the request on, and say that it came by TLS and whence."""
        inner = http.client.HTTPConnection(serving.HOST, self.upstream)
        told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.client_address[0]}
        inner.request("GET", self.path, headers={"Host": self.headers["Host"], **told})
        answer = inner.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.read())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def certificate(tmp_path):
    """A certificate signed by itself, made as the handbook says."""
    key, made = tmp_path / "office.key", tmp_path / "office.crt"
    words = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}")
    where = ("-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(made))
    try:
        subprocess.run([*words, *where], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("没有 openssl")
    return made, key


@pytest.fixture
def port(tmp_path, monkeypatch) -> Iterator[int]:
    """The port of a server that is set up for TLS."""
    monkeypatch.setenv("HENJI_TLS", "1")
    monkeypatch.setenv("HENJI_HOSTS", HOST)
    monkeypatch.setenv("HENJI_TRUSTED_PROXY", "X-Forwarded-For")
    port = serving.next_free_port(23000 + os.getpid() % 1000)
    with served(tmp_path / "data", port, tmp_path / "said"):
        yield port


@pytest.fixture
def secure(port, certificate) -> Iterator[http.client.HTTPSConnection]:
    """A connection to the proxy in front of it, which trusts the certificate and nothing else."""
    made, key = certificate
    proxy = ThreadingHTTPServer((serving.HOST, 0), type("Before", (Proxy,), {"upstream": port}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(made))
    trusting.check_hostname = False  # the name leads nowhere from here
    connection = http.client.HTTPSConnection(serving.HOST, proxy.server_port, context=trusting)
    yield connection
    connection.close()
    proxy.shutdown()
    proxy.server_close()


def test_pages_come_by_tls_and_cookies_never_in_the_clear(secure, port):
    secure.request("GET", "/accounts/login/", headers={"Host": HOST})
    page = secure.getresponse()
    assert page.status == 200
    assert "max-age" in page.headers["Strict-Transport-Security"]
    assert page.headers.get_all("Set-Cookie")
    assert all("Secure" in cookie for cookie in page.headers.get_all("Set-Cookie"))
    page.read()
    assert _in_the_clear(port, HOST) == (301, f"https://{HOST}/accounts/login/")
    assert _in_the_clear(port, "elsewhere.example")[0] == 400


def test_the_first_county_is_not_founded_by_a_browser_from_elsewhere(secure):
    secure.request("GET", "/start/", headers={"Host": HOST})
    assert secure.getresponse().status == 403


def _in_the_clear(port: int, host: str) -> tuple[int, str | None]:
    plain = http.client.HTTPConnection(serving.HOST, port)
    plain.request("GET", "/accounts/login/", headers={"Host": host})
    answer = plain.getresponse()
    answer.read()
    plain.close()
    return answer.status, answer.headers["Location"]
