#!/bin/sh
# Makes the namespace if it is missing and sets how long Temporal keeps what has ended: seven days;
# the log keeps it for good. Safe to repeat. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where.
set -eu

temporal operator cluster health
if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
	temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 7d
fi
temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention 7d
