import { DARK, LIGHT, type Colours } from "./colours";

function variables(colours: Colours): string {
    return Object.entries(colours)
        .map(([name, value]) => `--${name}:${value as string};`)
        .join("");
}

/** The whole style of the page. The page's policy names it by its hash, so that no other style counts. */
export const STYLE = `
:root{color-scheme:light;${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${variables(DARK)}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans",sans-serif;overflow-wrap:anywhere}
.width{max-width:76rem;margin:0 auto;padding:0 clamp(1rem,3vw,2rem)}
h1,h2,h3,h4{text-wrap:balance}
h1,h2,h3,h4,p,ul,ol,dl,dd,table{margin:0;padding:0}
h1{font-size:clamp(1.45rem,1.1rem + 1.6vw,2.1rem);line-height:1.2;letter-spacing:-.015em}
h2{font-size:1.35rem;line-height:1.3;letter-spacing:-.01em}
h3{font-size:1.1rem;line-height:1.35}
h4{font-size:1rem;line-height:1.4}
ul,ol{list-style:none}
a{color:var(--link);text-underline-offset:.15em}
code{font:.92em/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;background:var(--sunken);border:1px solid var(--line);border-radius:4px;padding:.05em .3em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-100vw;background:var(--surface);padding:.5rem 1rem}
.skip:focus{left:1rem;top:1rem}
.icon{width:1em;height:1em;flex:none;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round;vertical-align:-.125em}
.quiet{color:var(--quiet)}
.small{font-size:.875rem}
.note{text-wrap:pretty;color:var(--quiet);max-width:46rem;margin-top:.25rem}

header{background:var(--surface);border-bottom:1px solid var(--line);padding:1.25rem 0 1.1rem}
.tool{color:var(--quiet);font-size:.875rem;margin-bottom:.35rem}
.verdict{display:flex;gap:.75rem;align-items:flex-start;margin-top:.85rem;padding:.8rem 1rem;border-radius:8px;font-weight:600;border:1px solid}
.verdict .icon{font-size:1.35rem;margin-top:.1em;stroke-width:2}
.verdict>span{min-width:0}
.verdict.passed{color:var(--good);background:var(--goodSurface)}
.verdict.blocked{color:var(--mandatory);background:var(--mandatorySurface)}
.first{margin-top:.75rem;padding:.75rem 1rem;border:1px solid var(--line);border-left:4px solid var(--mandatory);border-radius:8px}
.first:has(.badge.advisory){border-left-color:var(--advisory)}
.first .meta b{color:var(--text)}
.first .meta a{max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.first .headline{font-size:1.0938rem;font-weight:600;line-height:1.4;margin:.25rem 0 .2rem;text-wrap:pretty;max-width:60rem}
.counts{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin-top:.85rem}
.counts b{font-size:1.2rem;line-height:1.3;font-variant-numeric:tabular-nums}
.counts span{color:var(--quiet);font-size:.9375rem}
.counts .mandatory b{color:var(--mandatory)}
.counts .advisory b{color:var(--advisory)}
.counts .undecided b{color:var(--undecided)}
.changes{margin-top:.6rem;color:var(--quiet);font-size:.875rem;max-width:70rem}
.contents{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.6rem;font-size:.9375rem}

main>section{margin-top:2rem}
main.width{padding-bottom:3rem}
main>section>h2{margin-bottom:.25rem}
.alarm,.gap{border:1px solid;border-radius:8px;padding:.7rem 1rem}
.alarm{border-color:var(--mandatory);background:var(--mandatorySurface)}
.gap{border-color:var(--undecided);background:var(--undecidedSurface)}
main>.alarm,main>.gap{margin-top:1rem}
.alarm>h2,.gap>h2{font-size:1rem}
.alarm li,.gap li{margin-top:.2rem}

.overview{margin-top:1rem;background:var(--surface);border:1px solid var(--line);border-radius:8px}
.overview>li{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:.35rem 1.25rem;padding:.8rem 1.15rem;align-items:center}
.overview>li+li{border-top:1px solid var(--line)}
.overview .where{font-weight:600}
.overview .where span{display:block;font-weight:400;font-size:.875rem;color:var(--quiet)}
.bar{display:block;width:100%;height:.9rem;border-radius:3px}
.keys{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;font-size:.875rem;margin-top:.4rem}
.keys li{display:flex;align-items:center;gap:.4rem}
.key{width:.7rem;height:.7rem;border-radius:2px;flex:none}
.fill-both{fill:var(--both)}
.fill-backup{fill:var(--backup)}
.fill-replication{fill:var(--replication)}
.fill-none{fill:var(--none)}
.fill-undecided{fill:var(--undecided)}
.flows{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem}
.flows li{display:inline-flex;flex-wrap:wrap;align-items:center;gap:.15rem .5rem;border:1px solid var(--line);background:var(--surface);border-radius:8px;padding:.35rem .75rem;font-size:.9375rem;min-width:0;max-width:100%}
.flows .icon,.arrow{color:var(--replication)}

.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.85rem;margin-top:.85rem;align-items:start}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:.9rem 1.05rem;min-width:0}
.card h3{display:flex;gap:.5rem;align-items:baseline;font-size:1.0625rem}
.card h3 .icon{transform:translateY(.125em);color:var(--quiet)}
.card h3>span{min-width:0}
.picture>:first-child{margin-top:0}
.card .place{color:var(--quiet);font-size:.9375rem}
.title{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.2rem .85rem;align-items:baseline;min-width:0}
.title>*{min-width:0}
.title .badges{margin-top:0}
.concerned{grid-column:1/-1;display:grid;gap:.85rem 1.75rem;grid-template-columns:minmax(0,1fr)}
.level-mandatory{border-color:var(--mandatory)}
.level-advisory{border-color:var(--advisory)}
@media (min-width:58rem){.concerned:has(>.picture){grid-template-columns:minmax(0,26rem) minmax(0,1fr)}}
.concerned>.picture{min-width:0}
.badges{display:flex;flex-wrap:wrap;gap:.3rem;margin-top:.4rem}
.badge{display:inline-block;font-size:.78rem;line-height:1.3;font-weight:600;padding:.15em .55em;border-radius:99px;border:1px solid currentColor;color:var(--quiet);max-width:100%}
.badge.mandatory{color:var(--mandatory);background:var(--mandatorySurface)}
.badge.advisory{color:var(--advisory);background:var(--advisorySurface)}
.badge.undecided{color:var(--undecided);background:var(--undecidedSurface)}
.badge a{color:inherit}
.badge.both{color:var(--both);background:var(--surface)}
.lanes{margin-top:.7rem;display:grid;gap:.5rem}
.lanes li{display:grid;grid-template-columns:1.15rem minmax(0,1fr);gap:0 .5rem;font-size:.9375rem;line-height:1.4}
.lanes .icon{margin-top:.2em}
.lanes .backup>.icon,.lanes .backup b{color:var(--backup)}
.lanes .replication>.icon,.lanes .replication b{color:var(--replication)}
.lanes .off,.lanes .off .icon{color:var(--quiet)}
.lanes .way{display:block}
.lanes .of{display:block;color:var(--quiet);font-size:.8438rem}
.disks{margin-top:.7rem;padding-top:.6rem;border-top:1px solid var(--line);display:grid;gap:.3rem;font-size:.875rem}
.disks li{display:grid;grid-template-columns:1.15rem minmax(0,1fr);gap:0 .5rem}
.disks .icon{margin-top:.25em;color:var(--quiet)}
.disks+details{margin-top:.3rem}

.compare{margin-top:0;table-layout:fixed;font-size:.875rem;line-height:1.4;border-collapse:separate;border-spacing:0 .3rem}
.compare caption{text-align:left;font-weight:600;padding-bottom:.15rem}
.compare th{width:50%;padding:.1rem .6rem;vertical-align:bottom}
.compare td{padding:.35rem .6rem;border:1px solid var(--line);background:var(--sunken)}
.compare td:first-child{border-radius:6px 0 0 6px;border-right-width:0}
.compare td:last-child{border-radius:0 6px 6px 0}
.compare td[colspan]{border-radius:6px;border-right-width:1px}
.compare td>.icon{float:left;margin:.2em .4em 0 0;color:var(--quiet)}
.compare td>span{display:block;overflow:hidden}
.compare .same td:last-child>.icon{color:var(--good)}
.compare .attached-only td:last-child,.compare .listed-only td:first-child{color:var(--mandatory);background:var(--mandatorySurface);border:1px dashed var(--mandatory);font-weight:600}
.compare .attached-only td:last-child>.icon,.compare .listed-only td:first-child>.icon{color:inherit}
.compare .open td:last-child{color:var(--undecided);background:var(--undecidedSurface);border:1px dotted var(--undecided);font-weight:600}
.compare .open td:last-child>.icon{color:inherit}
.compare+details{margin-top:.2rem}

.findings{display:grid;gap:.85rem;min-width:0;align-content:start}
.finding{min-width:0}
.finding+.finding{border-top:1px solid var(--line);padding-top:.85rem}
.meta{display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:center;font-size:.875rem;color:var(--quiet)}
.finding h4{font-size:1.0313rem;margin-top:.35rem;max-width:46rem}
.finding p{max-width:46rem}
.why{margin-top:.35rem}
.lines{margin-top:.5rem;padding-left:1.15rem;list-style:disc;max-width:46rem;font-size:.9375rem}
.occasion{font-weight:600;margin-top:.75rem}
.steps{margin-top:.25rem;max-width:50rem}
.steps label{display:grid;grid-template-columns:1.15rem 1.5rem minmax(0,1fr);gap:0 .4rem;padding:.3rem .4rem;margin:0 -.4rem;border-radius:6px;cursor:pointer}
.steps label:hover{background:var(--sunken)}
.steps input{width:1.05rem;height:1.05rem;margin:.25em 0 0;accent-color:var(--good)}
.steps .number{color:var(--quiet);text-align:right;font-variant-numeric:tabular-nums}
.steps input:checked~.step{color:var(--quiet)}
.steps .command{display:flex;gap:.5rem;align-items:flex-start;margin:.15rem 0 .35rem 3.05rem}
.steps .command code{flex:1;min-width:0;background:var(--sunken);border:1px solid var(--line);border-radius:6px;padding:.3rem .55rem;overflow-wrap:anywhere}
.copy{flex:none;font:inherit;font-size:.8438rem;color:var(--link);background:none;border:1px solid var(--line);border-radius:6px;padding:.25rem .6rem;cursor:pointer}
.steps .where,.steps .note{margin:.1rem 0 .35rem 3.05rem;font-size:.9375rem;color:var(--quiet);max-width:43rem}
.source{margin-top:.65rem;font-size:.875rem;color:var(--quiet)}
details>summary{cursor:pointer;border-radius:6px;padding:.2rem 0}
.fold{grid-column:1/-1;margin-top:.85rem;min-width:0}
.fold>summary{color:var(--link);font-weight:600}
.settled>summary{font-size:.9375rem}
.settled[open]>summary{margin-bottom:.4rem}

.things{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.85rem;margin-top:1rem;align-items:start}
.holds{margin-top:.5rem;font-size:.9375rem}
.names{display:flex;flex-wrap:wrap;gap:.1rem .85rem;font-size:.9375rem;margin-top:.15rem}

.table{margin-top:.85rem;background:var(--surface);border:1px solid var(--line);border-radius:8px}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem}
th{overflow-wrap:normal;font-size:.8438rem;color:var(--quiet);font-weight:600}
tbody tr{border-top:1px solid var(--line)}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
td.brief{white-space:nowrap}
footer{border-top:1px solid var(--line);padding:1.25rem 0 2rem;color:var(--quiet);font-size:.875rem}

@media screen and (max-width:57.99rem){.picture~.findings{padding-top:.85rem;border-top:1px solid var(--line)}}
@media (max-width:40rem){
.overview>li{grid-template-columns:minmax(0,1fr)}
.card{padding:.8rem .85rem}
table.wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.wide,table.wide tbody{display:block}
table.wide tr{display:flex;flex-wrap:wrap;gap:.1rem .75rem;padding:.5rem .85rem}
table.wide td{flex:1 1 100%;padding:0;min-width:0;text-align:left;white-space:normal}
table.wide td.brief,table.wide td.number{flex:0 1 auto}
table.wide td[data-head]::before{content:attr(data-head) " ";color:var(--quiet)}
table.wide td.zero{display:none}
}

@media print{
@page{margin:16mm 14mm}
:root{--page:#fff;--surface:#fff;--sunken:#fff;--mandatorySurface:#fff;--advisorySurface:#fff;--undecidedSurface:#fff;--goodSurface:#fff;--line:#b8bec8}
html{font-size:9.5pt}
h1,h2,h3,h4{text-wrap:wrap}
body{line-height:1.45}
.width{max-width:none;padding:0}
a{color:inherit;text-decoration:none}
.skip,.contents,.first{display:none}
header{padding-top:0}
main>section{margin-top:1.5rem}
details::details-content{display:block;content-visibility:visible;block-size:auto}
details>summary{list-style:none;color:inherit}
details>summary::-webkit-details-marker{display:none}
h2,h3,h4,.occasion,summary{break-after:avoid}
.finding,.lanes li,.steps li,.card,.overview>li,tr,.alarm,.gap,.verdict{break-inside:avoid}
.settled>summary,.copy{display:none}
.card,.alarm,.gap{-webkit-box-decoration-break:clone;box-decoration-break:clone}
.finding h4,.finding p,.lines,.steps,.note{max-width:none}
.concerned{display:block}
.concerned>.picture{margin-top:.5rem}
.concerned .lanes,.concerned .disks{grid-template-columns:repeat(auto-fit,minmax(18rem,1fr))}
.picture~.findings{margin-top:.75rem;padding-top:.75rem;border-top:1px solid var(--line)}
.findings{display:block}
.finding+.finding{margin-top:.75rem}
.key,.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.steps input{accent-color:#444}
.steps input:checked~.step{color:inherit}
}
`;
