#!/bin/sh
# Brings Temporal's two databases to the schema of this release. Safe to repeat: setting up at 0.0
# leaves a database that is further on as it is. Runs in the admin tools' image; SQL_* say where.
set -eu

bring_up() { # database, folder of the schema
	temporal-sql-tool --database "$1" setup-schema --version 0.0
	temporal-sql-tool --database "$1" update-schema \
		--schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

bring_up temporal temporal
bring_up temporal_visibility visibility
