"""What a class's results say: shares, mistakes, what to teach next, as a page or as JSON.

Theory of operation. `hands` reads a run's rows, from memory or from results.sqlite; `facts` counts
what is said of them: each student's first attempt that could be read, a group's file once. Scores
and counts are exact; intervals and correlations are doubles, since they are estimates and decide no
score. Each number is silent where a class is too small for it; each formula names its source.
Nothing here knows the time or the machine, so the same results give the same bytes.
"""
