"""A table's rows graded as columns: the exact core's result for every row, to the last bit.

Theory of operation. Three layers, each for the rows that the one before leaves:

1. *Whole numbers.* What students write has few decimals. Times a power of ten such a number is a
   whole number, which a double holds exactly up to 2**53; and so is everything that the checks
   compare, once fractions are multiplied out. `scaled` finds, for one exercise and one scale, how
   large weights and biases may be so that nothing reaches 2**53. Below that, floating point makes
   no error at all, and no bound is needed.
2. *Doubles with a bound.* Other numbers are taken as they are, and every comparison is made with a
   bound on its rounding error (derived in `doubt`). A row is decided here if no comparison is in
   doubt and every check earns nothing or all.
3. *The exact core.* Whatever is left, row by row, once for each distinct row.

Credits between 0 and 1 are quotients of whole numbers (`quotients`), added up in two doubles each
(`doubled`) until the sum's nearest double is certain; if it never is, layer 3 decides.
"""
