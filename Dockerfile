# The image of the service: worker, notary, door and migration, told apart by their command. Packages are
# pinned by hash, the project is built by the pinned builder, and the result runs as nobody special.

FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/rj \
    && /opt/rj/bin/python -m pip install --require-hashes --only-binary :all: -r requirements.txt
RUN python -m venv /opt/builder \
    && /opt/builder/bin/python -m pip install --require-hashes --only-binary :all: \
        -r requirements-build.txt
COPY . .
RUN /opt/builder/bin/python -m pip wheel --no-index --no-deps --no-build-isolation \
        --wheel-dir /dist . \
    && /opt/rj/bin/python -m pip install --no-index --no-deps /dist/*.whl

FROM python:3.13-slim-bookworm
RUN groupadd --gid 10001 rj \
    && useradd --uid 10001 --gid rj --no-create-home --shell /usr/sbin/nologin rj \
    && install --directory --owner=rj --group=rj /var/lib/rj /var/lib/rj/spool \
        /var/lib/rj/notices /var/lib/rj/checkpoints
COPY --from=build /opt/rj /opt/rj
ENV PATH=/opt/rj/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    RJ_DATA=/var/lib/rj RJ_KEYS=/etc/rj/keys RJ_HEARTBEAT=/run/rj/worker
USER rj
WORKDIR /
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-P", "-m", "health"]
CMD ["python", "-P", "-m", "worker"]
