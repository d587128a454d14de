"""Whether all variants of an exercise are equally hard, proved for each and for each pair."""
