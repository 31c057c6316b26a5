# One image for pages and background work; data lies in the volume /srv/dudao or in PostgreSQL.
#   docker build -t dudao . && docker run -p 8000:8000 -v dudao:/srv/dudao -e DUDAO_HOSTS=dudao.example.lan dudao
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv make nodejs npm ca-certificates \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make assets && .venv/bin/pip wheel -q -w /wheels '.[postgres,ocr,s3]'

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv fonts-noto-cjk libreoffice-writer-nogui \
        libreoffice-calc-nogui libgl1 libglib2.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /srv/dudao dudao
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    python3 -m venv /opt/dudao \
    && /opt/dudao/bin/pip install -q --no-index --find-links /wheels 'dudao[postgres,ocr,s3]'
ENV PATH=/opt/dudao/bin:$PATH DUDAO_HOME=/srv/dudao LANG=C.UTF-8 PYTHONUNBUFFERED=1
USER dudao
WORKDIR /srv/dudao
VOLUME /srv/dudao
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dudao"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
