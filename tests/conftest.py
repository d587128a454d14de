"""Settings of hypothesis: the same examples in every run, and no clock that can fail one."""

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")
