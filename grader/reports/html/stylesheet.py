"""The look of the HTML report: screen, narrow screen, dark, paper."""

from grader.pictures.style import STYLE as PICTURES

STYLE = (
    """\
.relu{--back:#fff;--text:#1f2328;--quiet:#57606a;--edge:#d0d7de;--card:#f6f8fa;--good:#116329;\
--some:#7a4b00;--bad:#b3261e;color-scheme:light dark;background:var(--back);color:var(--text);\
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){.relu{--back:#14181d;--text:#eef1f4;--quiet:#aeb8c2;\
--edge:#3d444d;--card:#1c2229;--good:#6fdd8b;--some:#f2c063;--bad:#ff8a80}}
body.relu{margin:0}
.relu main,.relu header,.relu footer{max-width:46rem;margin:0 auto;padding:0 1rem}
.relu header,.relu main>h1:first-child{padding-top:1.25rem}
.relu footer{padding-top:.5rem;padding-bottom:1.5rem;color:var(--quiet);font-size:.875rem}
.relu h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem}
.relu h2{font-size:1.25rem;line-height:1.3;margin:1.8rem 0 .6rem}
.relu article{padding-bottom:2rem;margin-bottom:2rem;border-bottom:1px solid var(--edge)}
.relu article h2,div.relu h2{font-size:1.6rem}
.relu article h3,div.relu h3{font-size:1.15rem;margin:1.2rem 0 .5rem}
.relu .relu-card h3,.relu .relu-card h4{margin:0;font-size:1rem}
.relu h3{font-size:1rem;margin:0}
.relu p{margin:.3rem 0}
.relu meter{width:100%;height:1.1rem;margin:.2rem 0 .5rem}
.relu ul{list-style:none;margin:0;padding:0}
.relu .relu-quiet{color:var(--quiet)}
.relu .relu-card{background:var(--card);border:1px solid var(--edge);border-left:.4rem solid;\
border-radius:.4rem;padding:.6rem .8rem;margin:0 0 .6rem}
.relu .relu-right,.relu .relu-kept{border-left-color:var(--good)}
.relu .relu-partly{border-left-color:var(--some)}
.relu .relu-wrong,.relu .relu-lost,.relu .relu-next{border-left-color:var(--bad)}
.relu .relu-line{display:flex;flex-wrap:wrap;gap:0 .8rem;align-items:baseline;\
justify-content:space-between}
.relu .relu-state{font-weight:600}
.relu .relu-right .relu-state,.relu .relu-kept .relu-state{color:var(--good)}
.relu .relu-partly .relu-state{color:var(--some)}
.relu .relu-wrong .relu-state,.relu .relu-lost .relu-state{color:var(--bad)}
.relu figure{margin:0}
.relu figure.relu-main{max-width:100%}
.relu figure.relu-main svg{width:100%;height:auto}
.relu figure.relu-small svg{max-width:100%;height:auto}
.relu .relu-units{display:grid;grid-template-columns:repeat(auto-fill,minmax(11.5rem,1fr));\
gap:.6rem}
.relu .relu-units svg{width:100%;max-width:16rem;height:auto}
.relu table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:.9375rem;\
font-variant-numeric:tabular-nums}
.relu caption{text-align:left;color:var(--quiet);padding-bottom:.4rem}
.relu th,.relu td{text-align:left;vertical-align:top;padding:.3rem .5rem .3rem 0;\
border-bottom:1px solid var(--edge)}
.relu th{overflow-wrap:normal}
.relu table.table,.relu .relu-author table{table-layout:auto}
.relu .table th,.relu .table td,.relu .relu-author td{overflow-wrap:normal}
.relu .relu-places th:first-child{width:30%}
.relu .relu-does th:first-child{width:17%}
.relu .relu-does th:nth-child(2){width:30%}
.relu details{margin-top:1.8rem}
.relu summary{cursor:pointer;font-weight:600}
.relu pre{white-space:pre-wrap;margin:.6rem 0}
.relu .relu-author ul,.relu .relu-author ol{list-style:revert;padding-left:1.6rem}
.relu .relu-author p,.relu .relu-author table{margin:.6rem 0}
.relu th .relu-quiet{font-weight:400}
.relu code{font:.875em ui-monospace,Menlo,Consolas,monospace}
@media(max-width:30rem){.relu table{font-size:.85rem}}
@media(min-width:40rem){.relu .relu-places th:first-child{width:46%}\
.relu .relu-does th:first-child{width:12%}.relu .relu-main text{font-size:10px}\
.relu .relu-main .rg-in{font-size:9px}}
@media print{.relu{--back:#fff;--text:#000;--quiet:#333;--edge:#999;--card:#fff;--good:#116329;\
--some:#7a4b00;--bad:#b3261e;color-scheme:light;font-size:10pt;line-height:1.35}\
.relu h2{margin-top:.9rem}.relu .relu-card{padding:.3rem .6rem;margin-bottom:.35rem}\
.relu th,.relu td{padding-top:.15rem;padding-bottom:.15rem}.relu table{font-size:9.5pt}\
.relu .relu-card,.relu figure,.relu tr{break-inside:avoid}\
.relu h2,.relu thead,.relu caption,.relu .relu-quiet{break-after:avoid}\
.relu figure.relu-main{max-width:11cm}\
.relu .relu-units{grid-template-columns:repeat(3,1fr)}\
.relu .relu-units,.relu table{break-inside:avoid}.relu header{padding-top:0}}
"""
    + PICTURES
)
