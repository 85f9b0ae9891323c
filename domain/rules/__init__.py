"""Whether it may be done: one function a rule, by part of the practice; `table.py` applies them.

A rule's name is the code of its refusal, its docstring the sentence that people read. Each takes
the case as it was when the act took place, the command and the asking, and says whether it is kept.
"""
