"""The supervisor behind `rj up`: one command starts everything on one machine and keeps it running.

`up.run` starts the children in order, keeps them running and stops them; `up.running` says where
what is running can be found. Decision 0006 says why it is made like this.
"""
