"""A table of submissions, one a row: JSON lines, CSV or Parquet, graded in chunks as columns.

Theory of operation. The parent cuts the table into chunks that depend on nothing but its bytes:
runs of whole lines, or of a Parquet file's rows. A worker reads a chunk, grades its rows (those
that a fast reader refuses one by one, as files are), and answers with the chunk's part of the
gradebook and its counts. The parent appends the parts in order, lets them reach the disk, and only
then commits the chunk to the journal. So whatever ends a run, the part file holds at least what the
journal says; the same command cuts off the rest and goes on. Memory is what a few chunks take,
however long the table is.
"""
