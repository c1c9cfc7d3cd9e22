# One image for every process: web, live, worker, beat and the migration before them.
FROM node:22-bookworm-slim AS styles
WORKDIR /src
COPY package.json package-lock.json build.mjs ./
RUN npm ci --no-audit --no-fund
COPY static static
RUN npm run build

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/app app \
    && install --directory --owner app --mode 0700 /data /data/media /ballot-keys
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY manage.py ./
COPY commissioning commissioning
COPY places places
COPY participation participation
COPY decisions decisions
COPY templates templates
COPY locale* locale/
COPY script/healthy script/healthy
COPY static static
COPY --from=styles /src/static/build static/build
# Hashed names and compressed copies; no secret is needed to make them, and none stays.
RUN SECRET_KEY=only-for-this-step LOCAL=0 python manage.py collectstatic --no-input --verbosity=0
USER app
ENV VAR_DIR=/data MEDIA_ROOT=/data/media BALLOT_KEY_DIR=/ballot-keys LOCAL=0
EXPOSE 8000
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--workers=2", "--blocking-threads=4", "--no-ws", "commissioning.wsgi:application"]
