"""The verifier that stands alone: an export, the public keys and one earlier checkpoint suffice.

Nothing here imports any other part of the service but `audit.merkle`, `audit.note` and
`audit.checkpoint`: the standard library and `cryptography` are enough to run it anywhere.
"""
