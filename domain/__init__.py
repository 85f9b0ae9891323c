"""The law of the service: what may be asked, what happened, and what it means.

Pure: no clock, no network, no Temporal, no SQL. Time and ids come in with each command.
"""
