# The app with its pages. Build and start it with `docker compose up --build app`; README.md says how to fill its store.
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/cancu
ENV PATH=/opt/cancu/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY pyproject.toml constraints.txt README.md LICENSE ./
# The build backend is installed first, so that its version is pinned too.
RUN pip install --constraint constraints.txt uv-build
COPY graph ./graph
COPY ingest ./ingest
COPY queries ./queries
COPY viz ./viz
COPY api ./api
RUN pip install --no-build-isolation --constraint constraints.txt .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /data cancu \
    && install --directory --owner=cancu --group=cancu /data
COPY --from=build /opt/cancu /opt/cancu
ENV PATH=/opt/cancu/bin:$PATH PYTHONUNBUFFERED=1 CANCU_STORE=sqlite:////data/cancu.db
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=3)"]
# Inside a container every address is the container's own; the compose file publishes the port to its host alone.
CMD ["cancu", "serve", "--host", "0.0.0.0", "--port", "8000"]
