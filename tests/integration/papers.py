"""Bringing and fetching files over HTTP, as a site's program or an operator's page does."""
import hashlib
import json
import random
import socket


class Bearer:
    """Who brings or fetches: a site by its join file, or a person by a session."""

    def __init__(self, coordinator, site=None, session=None):
        self.coordinator, self.site = coordinator, site
        self.secret = coordinator.join(site)["token"] if site else session

    def ask(self, path, method="GET", body=None, **parameters):
        """(status, headers, bytes) of one request."""
        headers = parameters.pop("headers", {})
        if self.site:
            parameters["as"] = self.site
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        return self.coordinator.http(f"/api/v1/{path}?{query}", method, body, session=self.secret, **headers)

    def announce(self, content, name="bao-cao.pdf", **what):
        """The number of an upload that is to come."""
        status, _, answer = self.ask("uploads", "POST", {"name": name, "size": len(content), **what})
        assert status == 201, answer
        return json.loads(answer)["upload"]

    def offset(self, upload):
        status, _, answer = self.ask("uploads", upload=upload)
        assert status == 200, answer
        return json.loads(answer)["offset"]

    def piece(self, upload, offset, piece):
        return self.ask("uploads", "PATCH", piece, upload=upload, offset=offset,
                        headers={"Content_Type": "application/octet-stream"})

    def cut(self, upload, offset, piece, sent):
        """A piece of which only so much is sent before the line is cut."""
        owner = f"&as={self.site}" if self.site else ""
        head = (f"PATCH /api/v1/uploads?upload={upload}&offset={offset}{owner} HTTP/1.1\r\n"
                f"Host: {self.coordinator.host}:{self.coordinator.port}\r\n"
                f"Authorization: Bearer {self.secret}\r\nContent-Type: application/octet-stream\r\n"
                f"Content-Length: {len(piece)}\r\n\r\n").encode()
        with socket.create_connection((self.coordinator.host, self.coordinator.port)) as plain, \
                self.coordinator.trust.wrap_socket(plain, server_hostname=self.coordinator.host) as line:
            line.sendall((head + piece)[:len(head) + sent])

    def bring_rest(self, upload, content, most=1 << 20):
        """From where it is to its end: (status, what was answered last)."""
        offset = self.offset(upload)
        while True:
            piece = content[offset:offset + random.randint(1, most)]
            status, _, answer = self.piece(upload, offset, piece)
            offset += len(piece)
            if status != 200 or offset >= len(content):
                return status, json.loads(answer)

    def bring(self, content, **what):
        return self.bring_rest(self.announce(content, **what), content)


    def fetch(self, digest, **headers):
        """(status, headers, bytes) of a file."""
        return self.ask("files", digest=digest, headers=headers)

    def fetch_cut(self, digest, first, most):
        """So many bytes from there on, then the line is cut."""
        owner = f"&as={self.site}" if self.site else ""
        head = (f"GET /api/v1/files?digest={digest}{owner} HTTP/1.1\r\n"
                f"Host: {self.coordinator.host}:{self.coordinator.port}\r\n"
                f"Authorization: Bearer {self.secret}\r\nRange: bytes={first}-\r\n"
                f"If-Range: \"{digest}\"\r\n\r\n").encode()
        with socket.create_connection((self.coordinator.host, self.coordinator.port)) as plain, \
                self.coordinator.trust.wrap_socket(plain, server_hostname=self.coordinator.host) as line:
            line.sendall(head)
            got = b""
            while b"\r\n\r\n" not in got or len(got.split(b"\r\n\r\n", 1)[1]) < most:
                more = line.recv(16384)
                if not more:
                    break
                got += more
            assert got.startswith(b"HTTP/1.1 206"), got[:200]
            return got.split(b"\r\n\r\n", 1)[1][:most]

    def papers(self):
        """What a site owes and is handed."""
        status, _, answer = self.ask("papers")
        assert status == 200, answer
        return json.loads(answer)


def pdf(size, seed=0):
    """So many bytes that are a PDF by their beginning."""
    return (b"%PDF-1.7\n" + random.Random(seed).randbytes(size))[:size]


def digest(content):
    return hashlib.sha256(content).hexdigest()


def known(coordinator):
    """Digests that the record knows, as the operator sees it."""
    meeting = coordinator.get("/api/v1/meeting")
    return {one["file"]["digest"] for document in meeting["documents"] for one in document["received"]} | \
        {handout["file"]["digest"] for handout in meeting["handouts"]}


def kept(coordinator):
    """Digests of the files in the meeting's folder; each is what its name says."""
    folder = coordinator.journal.parent / "documents"
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert all(digest((folder / name).read_bytes()) == name for name in names)
    return names


def assert_agree(coordinator):
    assert kept(coordinator) == known(coordinator)


def coming(coordinator):
    return sorted(path.name for path in (coordinator.journal.parent / "documents/coming").iterdir())
