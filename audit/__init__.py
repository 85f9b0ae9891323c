"""Whether the record is what it was: its tree, signed checkpoints, exports, proofs and replays.

`merkle`, `note` and `checkpoint` stand on their own, for any log that is to be signed; with
`verify/` they are the verifier that an outsider runs, and import nothing of the rest. Decision
0032 says what each layer shows.
"""
