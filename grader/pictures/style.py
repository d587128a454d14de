"""The look of the pictures, in light and in dark; every class begins with rg-."""

# Nothing is told by colour alone: the target is dashed, the network solid, the error hatched.
STYLE = """\
.rg{--bg:#fff;--ink:#1f2328;--soft:#57606a;--grid:#e3e7ec;--band:#dfe3e8;--net:#0a58ca;\
--off:#c5221f;--on:#fff;font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
@media(prefers-color-scheme:dark){.rg{--bg:#14181d;--ink:#eef1f4;--soft:#aeb8c2;--grid:#2b323a;\
--band:#39424d;--net:#79b4ff;--off:#ff8a80;--on:#0b1a2e}}
.rg-bg{fill:var(--bg)}
.rg text{fill:var(--ink)}
.rg .rg-soft{fill:var(--soft)}
.rg path,.rg line,.rg rect{fill:none;stroke-linecap:butt}
.rg .rg-grid{stroke:var(--grid)}
.rg .rg-axis{stroke:var(--soft)}
.rg .rg-guide{stroke:var(--soft);stroke-dasharray:1 4}
.rg .rg-band{fill:var(--band);stroke:none}
.rg .rg-target{stroke:var(--ink);stroke-width:2;stroke-dasharray:7 5}
.rg .rg-net{stroke:var(--net);stroke-width:3.5;stroke-linejoin:round}
.rg .rg-z{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 3}
.rg .rg-off{stroke:var(--off);stroke-width:1.6}
.rg .rg-worst{stroke:var(--off);stroke-width:3}
.rg text.rg-net{fill:var(--net);stroke-width:0;font-weight:600}
.rg text.rg-off{fill:var(--off);stroke-width:0;font-weight:600}
.rg .rg-turn{fill:var(--bg);stroke:var(--ink);stroke-width:1.6}
.rg .rg-knot{fill:var(--net);stroke:var(--bg);stroke-width:1}
.rg text.rg-in{fill:var(--on);font-weight:600;font-size:10.5px}
.rg text.rg-name{font-weight:600}
@media print{.rg{--bg:#fff;--ink:#000;--soft:#444;--grid:#ddd;--band:#ddd;--net:#0a58ca;\
--off:#b3261e;--on:#fff}}
"""
