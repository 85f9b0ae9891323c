"""The door from a terminal: `rj`. Tables for people, `--json` for programs, exit codes for both.

`app.py` has the words that can be typed; `verbs.py` the everyday ones, made from the commands of
the domain; `failing.py` says what every failure is called and which exit code it has.
"""
