"""A stand-in for S3 on the loopback: moto behind real HTTP. It checks no signature and no expiry of a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.session import Session
from moto.server import ThreadedMotoServer

from roteiro.files.s3 import Bucket

__all__ = ["running_bucket", "vendor_client"]

KEY_ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"  # of Amazon's own examples


@contextmanager
def running_bucket(name: str) -> Iterator[Bucket]:
    """Run a server with an empty bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        bucket = Bucket(name, f"http://{host}:{port}", "us-east-1", KEY_ID, SECRET)
        vendor_client(bucket).create_bucket(Bucket=name)
        yield bucket
    finally:
        server.stop()


def vendor_client(bucket: Bucket) -> Any:
    """Return boto3's own client, to see what we stored."""
    return Session().client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.key_id,
        aws_secret_access_key=bucket.secret,
    )
