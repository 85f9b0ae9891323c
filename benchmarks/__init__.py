"""How fast the service is, as ratios to a floor measured in the same run. Not tests: `make prove`.

An absolute time proves nothing on a shared machine; a ratio to the least that any service would
have to do, taken turn by turn on the same machine in the same minute, does.
"""
