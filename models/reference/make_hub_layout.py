"""Has huggingface_hub fetch a small model from a hub on this machine, and writes down the cache it makes; see README.md."""

import hashlib
import json
import os
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL, COMMIT = "org/tiny", "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "index.json": b'{"a": 1}',
    "unet/config.json": b"{}",
    "unet/big.bin": bytes(i % 251 for i in range(300_000)),
}


def is_large(content):
    return len(content) >= 10_000


def etag(content):
    if is_large(content):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Hub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        path = self.path.split("?")[0]
        name = path.removeprefix(f"/{MODEL}/resolve/{COMMIT}/").removeprefix(f"/{MODEL}/resolve/main/")
        if name in FILES:
            headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{etag(FILES[name])}"'}
            self.send(FILES[name], headers)
        elif path == f"/api/models/{MODEL}/revision/main":
            siblings = [{"rfilename": name} for name in FILES]
            self.send(json.dumps({"id": MODEL, "modelId": MODEL, "sha": COMMIT, "siblings": siblings}).encode(), {})
        elif path.startswith(f"/api/models/{MODEL}/tree/"):
            self.send(json.dumps([self.entry(name, content) for name, content in FILES.items()]).encode(), {})
        else:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def entry(self, name, content):
        entry = {"type": "file", "path": name, "size": len(content), "oid": etag(content)}
        if is_large(content):
            entry["lfs"] = {"oid": etag(content), "size": len(content), "pointerSize": 134}
        return entry

    def send(self, body, headers):
        self.send_response(200)
        for header, value in {"Content-Length": str(len(body)), "Content-Type": "application/json", **headers}.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def layout(root):
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if name.parts[0] == "trees":
            continue  # a copy of the hub's listing, which spares Python a request
        if path.is_symlink():
            yield f"{name} -> {os.readlink(path)}"
        elif path.is_file():
            yield f"{name} = {path.read_text()}" if name.parts[0] == "refs" else str(name)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("localhost", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["HF_ENDPOINT"] = f"http://localhost:{server.server_port}"
    os.environ["HF_HUB_DISABLE_XET"] = "1"
    from huggingface_hub import snapshot_download  # reads the environment

    with tempfile.TemporaryDirectory() as cache:
        snapshot_download(MODEL, cache_dir=cache)
        lines = list(layout(Path(cache) / "models--org--tiny"))
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n")
