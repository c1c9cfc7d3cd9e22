#!/bin/bash
# Run once, when the database is made: the owner makes tables, the app works with their rows.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    --set=owner="$OWNER_PASSWORD" --set=app="$APP_PASSWORD" <<'SQL'
CREATE ROLE owner LOGIN PASSWORD :'owner';
CREATE ROLE app LOGIN PASSWORD :'app';
CREATE DATABASE commissioning OWNER owner;
REVOKE ALL ON DATABASE commissioning FROM PUBLIC;
GRANT CONNECT ON DATABASE commissioning TO app;
SQL
