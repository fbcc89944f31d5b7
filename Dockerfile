# One image for the three functions: the same digest serves chat, match and scripts by FUNCTION_TARGET.
# The digest was taken from public build files that pin it, not from the registry: docs/deploy.md, "Not proven yet".
FROM python:3.12.14-slim-bookworm@sha256:392307d22300de8b5986851a12d9176dfc0fc073e65bf6523ebd7dcbeb23564e AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1

# The locked packages come first, so that a change of our own code does not install them again.
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-compile --no-deps --require-hashes -r /tmp/requirements.txt

WORKDIR /app
COPY main.py ./
COPY functions functions
COPY shared shared
COPY packs packs
COPY frontend frontend

# unchecked-hash: sources never change inside an image, so nothing is compared at start (the cold start depends on it).
# pip must not compile first: files that already have timed bytecode are passed over.
RUN /opt/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/venv/lib /app


FROM python:3.12.14-slim-bookworm@sha256:392307d22300de8b5986851a12d9176dfc0fc073e65bf6523ebd7dcbeb23564e

COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app

# HOME: gunicorn opens a control socket below it and the root file system may be read-only.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app/shared \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    PORT=8080 \
    THREADS=40

WORKDIR /app
USER 10001:10001
EXPOSE 8080

# For compose alone: Cloud Run ignores it and has probes of its own. It asks /health, never /ready: an empty catalogue
# would stop the first deployment before its packs are loaded.
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=3)"]

CMD ["functions-framework"]
