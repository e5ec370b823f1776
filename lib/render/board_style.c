/*
 * The storyboard's style sheet. Colours and sizes in the design's order:
 * colour only where a person must decide; a fresh scene is grey on paper.
 */
#include <math.h>

#include "render/board_part.h"

#define STRIP_WIDE 1184   /* pixels, of the strip on a wide screen */
#define STRIP_MOST 20000  /* then tiles may be narrower than a target */
#define TICK_LEAST 56     /* pixels between two marks of the ruler */

static const char *const sheet[] = {
	":root{--ground:#fbfaf8;--sunk:#f1efeb;--text:#1a1b1e;"
	"--muted:#5b5e66;--link:#1c4e9c;--edge:#8b8780;--hair:#e2dfd9;"
	"--failed:#b3261e;--failed-t:#fcefed;--missing:#6a3ba6;"
	"--missing-t:#f5f0fb;--stale:#855300;--stale-t:#fbf3e1;"
	"--modified:#0b6663;--modified-t:#e8f4f2}\n",
	"@media (prefers-color-scheme:dark){:root{--ground:#141517;"
	"--sunk:#202327;--text:#e9eaec;--muted:#a3a8b0;--link:#90b6f8;"
	"--edge:#7a8089;--hair:#2f3338;--failed:#ff9c91;"
	"--failed-t:#2e1b19;--missing:#c9aaf4;--missing-t:#262033;"
	"--stale:#efbf62;--stale-t:#2a2214;--modified:#7bcdc7;"
	"--modified-t:#152a29}}\n",
	"*{box-sizing:border-box}\n",
	"html{background:var(--ground);color:var(--text);"
	"font:14px/20px system-ui,\"Segoe UI\",Roboto,\"Noto Sans\","
	"sans-serif;font-variant-numeric:tabular-nums;"
	"-webkit-text-size-adjust:100%}\n",
	"body{margin:0 auto;max-width:1280px;padding:36px 48px 48px;"
	"overflow-wrap:break-word}\n",
	"h1,h2,h3,p,dl,dd,figure,ul,ol{margin:0;padding:0}\n",
	"ul,ol{list-style:none}\n",
	"a{color:var(--link);text-underline-offset:3px}\n",
	":focus-visible{outline:2px solid var(--link);"
	"outline-offset:2px}\n",
	"code,kbd,.mono{font:13px/20px ui-monospace,\"Cascadia Mono\","
	"\"Noto Sans Mono\",Menlo,Consolas,monospace}\n",
	"code{background:var(--sunk);border-radius:4px;padding:2px 8px;"
	"user-select:all;-webkit-user-select:all}\n",
	".defs{position:absolute}\n",
	".g{width:16px;height:16px;vertical-align:-3px;flex:none}\n",
	".ln{fill:none;stroke:currentColor;stroke-width:1.7;"
	"stroke-linecap:round;stroke-linejoin:round}\n",
	".on{fill:none;stroke:var(--ground);stroke-width:1.7;"
	"stroke-linecap:round}\n",
	".st{font-weight:500;white-space:nowrap}\n",
	".fresh,.absent{color:var(--muted)}.st.fresh,.st.absent{"
	"font-weight:400}\n",
	".failed{color:var(--failed)}.missing{color:var(--missing)}"
	".stale,.warning{color:var(--stale)}.modified{"
	"color:var(--modified)}\n",
	".skip{position:absolute;left:-9999px}.skip:focus{left:16px;"
	"top:8px;background:var(--ground);padding:8px;z-index:9}\n",
	".vh{position:absolute;width:1px;height:1px;overflow:hidden;"
	"clip-path:inset(50%);white-space:nowrap}\n",
	".small{font-size:13px;color:var(--muted)}\n",
	"header{display:grid;grid-template-columns:1fr auto;gap:0 36px;"
	"align-items:end}\n",
	".facts{grid-column:1/-1;display:flex;flex-wrap:wrap;"
	"gap:0 24px;font-size:13px;color:var(--muted)}\n",
	"h1{font-size:34px;line-height:44px;font-weight:600}\n",
	".about{font-size:16px;line-height:24px;color:var(--muted)}\n",
	".figures{display:flex;flex-wrap:wrap;gap:12px 36px}\n",
	".figures dt,.figures .of{font-size:13px;color:var(--muted)}\n",
	".figures dd{font-size:22px;line-height:28px;font-weight:600}\n",
	".figures .of{display:block;font-weight:400;line-height:16px}\n",
	".top{display:grid;grid-template-columns:1fr 432px;gap:36px;"
	"margin-top:24px;align-items:start}\n",
	".verdict{border-top:2px solid var(--hair);padding-top:12px;"
	"min-width:0}\n",
	".verdict.failed{border-color:var(--failed)}.verdict.missing{"
	"border-color:var(--missing)}.verdict.stale,.verdict.warning{"
	"border-color:var(--stale)}.verdict.modified{"
	"border-color:var(--modified)}\n",
	".verdict,.box{color:var(--text)}\n",
	"h2{font-size:20px;line-height:28px;font-weight:600}\n",
	".rows{margin-top:8px}\n",
	".rows li{display:grid;"
	"grid-template-columns:20px 76px 1fr auto 60px;gap:0 12px;"
	"padding:8px 0;border-bottom:1px solid var(--hair);"
	"align-items:baseline}\n",
	".rows b{font-weight:600}.rows .cost{text-align:right}\n",
	".rows .more{display:block}\n",
	".sums{display:grid;grid-template-columns:repeat(3,1fr);"
	"gap:12px;padding-top:12px;border-top:1px solid var(--edge);"
	"margin-top:-1px}\n",
	".film video,.nofilm{display:block;width:100%;"
	"aspect-ratio:16/9;border-radius:4px;background:var(--sunk);"
	"max-height:416px}\n",
	".film video{background:#000}.film audio{display:block;width:100%}\n",
	".nofilm{display:grid;place-content:center;text-align:center;"
	"gap:8px;border:1px dashed var(--edge)}\n",
	".film h2{font-size:14px;line-height:20px;margin-top:8px;"
	"display:flex;flex-wrap:wrap;gap:0 12px}\n",
	".film .links{display:flex;flex-wrap:wrap;gap:0 24px}"
	".film .links a,.bar a,.when{display:inline-block;"
	"min-height:24px;line-height:24px}\n",
	".time{margin-top:36px}\n",
	".time .cap{display:flex;flex-wrap:wrap;"
	"justify-content:space-between;gap:4px 24px}\n",
	".time h2,.takes h3{font-size:14px;line-height:24px}\n",
	".legend{display:flex;flex-wrap:wrap;gap:0 16px;font-size:13px;"
	"line-height:24px;color:var(--muted)}\n",
	".strip{overflow-x:auto;padding:4px 2px 2px;margin:0 -2px}\n",
	".in-wrap{position:relative;padding-bottom:20px;"
	"display:inline-block;min-width:100%}.in{display:flex}\n",
	".tile{min-width:24px;padding-right:2px;"
	"container-type:inline-size}\n",
	".tile a{display:block;color:inherit;text-decoration:none}\n",
	".tile .pic{display:block;height:84px;border-radius:4px;"
	"overflow:hidden;background:var(--sunk)}\n",
	".tile img{display:block;width:100%;height:100%;"
	"object-fit:cover}\n",
	".tile .none{border:1px dashed var(--edge);"
	"background:repeating-linear-gradient(135deg,transparent 0 7px,"
	"var(--hair) 7px 8px)}\n",
	".tile.missing .none{border-color:var(--missing)}\n",
	".edge{display:block;height:3px;margin:2px 0 3px}\n",
	".failed .edge,.stale .edge,.warning .edge{"
	"background:currentColor}\n",
	".missing .edge{border-top:3px dashed currentColor}"
	".modified .edge{border-top:3px dotted currentColor}\n",
	".lab{display:flex;gap:4px;font-size:13px;line-height:20px;"
	"color:var(--text);align-items:center}\n",
	".lab b{font-weight:600}.lab .sec{margin-left:auto;"
	"color:var(--muted)}\n",
	".wave{display:block;width:100%;height:18px}.wave path,"
	".wave use{stroke:var(--muted);stroke-width:1;fill:none}\n",
	".warning>a .wave use{stroke:var(--stale)}\n",
	"@container (max-width:83px){.sec{display:none}.lab .st~.st{"
	"display:none}}\n",
	"@container (max-width:43px){.lab{flex-direction:column;gap:0;"
	"align-items:start}}\n",
	".tick{position:absolute;bottom:0;"
	"border-left:1px solid var(--edge);padding-left:4px;"
	"font-size:12px;line-height:16px;color:var(--muted)}\n",
	".bar{position:sticky;top:0;z-index:5;background:var(--ground);"
	"border-bottom:1px solid var(--edge);margin-top:24px;"
	"padding:8px 0;display:flex;flex-wrap:wrap;gap:4px 24px;"
	"align-items:center}\n",
	".bar ol{display:flex;flex-wrap:wrap;gap:0 4px;"
	"margin-right:auto}\n",
	".bar a{color:inherit;text-decoration:none;min-width:28px;"
	"text-align:center;padding:4px}.bar a:hover{"
	"text-decoration:underline}\n",
	"fieldset{border:0;margin:0;padding:0;display:flex;"
	"flex-wrap:wrap;gap:0 4px;align-items:center;font-size:13px}\n",
	"legend{float:left;padding:0 8px 0 0;color:var(--muted)}\n",
	"fieldset label{padding:6px 8px;border-radius:4px 4px 0 0;"
	"border-bottom:2px solid transparent;color:var(--muted);"
	"cursor:pointer}\n",
	"fieldset input{position:absolute;opacity:0;width:24px;"
	"height:24px;margin:0}\n",
	"fieldset input:checked+span{color:var(--text)}\n",
	"fieldset label:has(input:checked){background:var(--sunk);"
	"border-color:var(--text)}\n",
	"fieldset label:has(input:focus-visible){"
	"outline:2px solid var(--link)}\n",
	".scene{border-bottom:1px solid var(--hair);"
	"padding:20px 0 28px;scroll-margin-top:64px;display:grid;"
	"grid-template-columns:416px 1fr 264px;gap:12px 36px;"
	"align-items:start}\n",
	".head{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:0 20px;"
	"align-items:baseline;font-size:13px;color:var(--muted)}\n",
	".head h2{font-size:28px;line-height:32px;color:var(--text);"
	"min-width:28px}\n",
	".head .states{margin-left:auto;display:flex;flex-wrap:wrap;"
	"gap:0 16px}\n",
	".when{color:inherit}\n",
	".right{grid-column:2/-1;display:grid;"
	"grid-template-columns:1fr 264px;gap:12px 36px;"
	"align-items:start;min-width:0}\n",
	".wide{grid-column:1/-1;min-width:0}\n",
	".heard,.made,figure{min-width:0}\n",
	".shot{position:relative;border-radius:4px;overflow:hidden;"
	"background:var(--sunk);line-height:0;text-align:center;"
	"container-type:inline-size}\n",
	".shot img{width:100%;height:auto;display:block}\n",
	".shot.tall{display:grid;place-items:center}.shot.tall .frame{"
	"width:234px}\n",
	".frame{position:relative}\n",
	".shot.old img{filter:grayscale(1);opacity:.75}\n",
	".tab{position:absolute;left:12px;bottom:12px;"
	"background:var(--failed);color:var(--ground);"
	"font:600 13px/20px system-ui,sans-serif;padding:2px 8px;"
	"border-radius:4px}\n",
	".tab.stale{background:var(--stale)}\n",
	".over{position:absolute;inset:0;width:100%;height:100%}\n",
	".over .b{fill:none;stroke:#000;stroke-opacity:.55;"
	"stroke-width:3.5}.over .w{fill:none;stroke:#fff;"
	"stroke-width:1.5}.over .d{stroke-dasharray:6 4}\n",
	".over *{vector-effect:non-scaling-stroke}\n",
	".letter{position:absolute;background:#15161a;color:#fff;"
	"font:600 12px/16px system-ui,sans-serif;padding:0 5px;"
	"border-radius:3px}\n",
	".cue{position:absolute;left:5%;right:5%;bottom:6%;color:#fff;"
	"font:600 13px/18px system-ui,sans-serif;font-size:4.2cqw;"
	"line-height:1.25;text-shadow:0 0 2px #000,0 0 3px #000,"
	"0 1px 3px #000;white-space:pre-line}\n",
	".nopic{display:grid;place-content:center;justify-items:center;"
	"gap:4px;aspect-ratio:16/9;border:1px dashed var(--edge);"
	"line-height:20px;font-size:13px;color:var(--muted);"
	"padding:8px}\n",
	".nopic.missing{border-color:var(--missing)}.nopic .g{"
	"width:24px;height:24px}\n",
	"figcaption{font-size:13px;color:var(--muted);margin-top:6px;"
	"display:flex;flex-wrap:wrap;gap:0 16px}\n",
	".say{font:20px/30px Charter,\"Noto Serif\",Georgia,serif;"
	"max-width:34em;white-space:pre-line}\n",
	".say.own{font-size:16px;line-height:24px;color:var(--muted);"
	"margin-top:4px}\n",
	".pace{display:flex;flex-wrap:wrap;gap:0 20px;font-size:13px;"
	"color:var(--muted);margin:6px 0 10px;align-items:center}\n",
	".pace .over-limit{color:var(--stale);font-weight:600}\n",
	".scale{width:76px;height:12px}.scale *{stroke:var(--edge)}"
	".scale circle{fill:var(--text);stroke:none}.scale .far{"
	"fill:var(--stale)}\n",
	".heard .wave{height:32px}\n",
	"audio{display:block;width:100%;height:36px;margin-top:8px}\n",
	".box{border-radius:4px;padding:12px 16px 12px 40px;"
	"margin-bottom:8px;position:relative}\n",
	".box>.st{position:absolute;left:14px;top:12px}\n",
	".box.failed{background:var(--failed-t)}.box.missing{"
	"background:var(--missing-t)}.box.stale,.box.warning{"
	"background:var(--stale-t)}.box.modified{"
	"background:var(--modified-t)}\n",
	".box code{background:var(--ground)}\n",
	".box p+p{margin-top:6px}\n",
	".diff{border-left:1px solid var(--edge);padding-left:10px;"
	"margin:8px 0}\n",
	".diff del{text-decoration-thickness:1.5px}.diff ins{"
	"font-weight:600;text-underline-offset:3px}\n",
	".made dt{font-size:13px;color:var(--muted)}\n",
	".made dd{font-size:13px;line-height:18px;padding-bottom:8px;"
	"margin-bottom:8px;border-bottom:1px solid var(--hair)}\n",
	".made dd .how{display:block;color:var(--muted);margin-top:2px}\n",
	"details{font-size:13px}summary{cursor:pointer;"
	"line-height:24px;color:var(--muted)}\n",
	"details dl{display:grid;grid-template-columns:auto 1fr;"
	"gap:0 12px}details dd{overflow-wrap:anywhere;min-width:0}\n",
	".takes{margin-top:4px}.takes .cap{display:flex;flex-wrap:wrap;"
	"justify-content:space-between;gap:0 16px}\n",
	".takes ul{display:grid;grid-template-columns:repeat(3,1fr);"
	"gap:12px;margin-top:6px}\n",
	".takes img,.takes .none{display:block;width:100%;height:auto;"
	"border-radius:4px}\n",
	".takes .used img{outline:2px solid var(--text);"
	"outline-offset:2px}\n",
	".takes .none{aspect-ratio:16/9;border:1px dashed var(--edge)}\n",
	".takes p{font-size:13px;margin-top:6px;color:var(--muted)}"
	".takes .used b{color:var(--text)}\n",
	"footer{margin-top:28px;font-size:13px;color:var(--muted);"
	"max-width:60ch}\n",
	"body:has(#f-att:checked) .scene:not(.att),"
	"body:has(#f-tak:checked) .scene:not(.tak){display:none}\n",
	"body:not(:has(#o-mot:checked)) .mot,"
	"body:not(:has(#o-saf:checked)) .saf,"
	"body:not(:has(#o-cue:checked)) .cue{display:none}\n",
	"@media (max-width:1079px){header{grid-template-columns:1fr;"
	"gap:12px}.top{grid-template-columns:1fr}.scene{"
	"grid-template-columns:minmax(0,320px) minmax(0,1fr)}.right{"
	"grid-template-columns:minmax(0,1fr)}.made{grid-column:1/-1}}\n",
	"@media (max-width:639px){body{padding:16px}h1{font-size:28px;"
	"line-height:36px}.figures{gap:12px 20px}.figures dd{"
	"font-size:18px}.say{font-size:19px}.bar{position:static}"
	".scene{grid-template-columns:minmax(0,1fr);"
	"scroll-margin-top:8px}.right{grid-column:1}.head .states{"
	"margin-left:0;width:100%}.rows li{"
	"grid-template-columns:20px 1fr auto;gap:2px 8px}.rows .what,"
	".rows .do{grid-column:1/-1}.rows .cost{grid-column:3;"
	"grid-row:1}.tile .pic{height:48px}.takes ul{"
	"grid-template-columns:repeat(2,1fr)}}\n",
	"@media (prefers-reduced-motion:no-preference){html{"
	"scroll-behavior:smooth}}\n",
	"@media (forced-colors:active){.box,.tab,.letter,.shot{"
	"border:1px solid}.edge{forced-color-adjust:none}.fresh .edge,"
	".absent .edge{border:0}}\n",
	"@media print{:root{--ground:#fff;--sunk:#f1efeb;"
	"--text:#1a1b1e;--muted:#5b5e66;--link:#1a1b1e;--edge:#8b8780;"
	"--hair:#cfccc6;--failed:#b3261e;--missing:#6a3ba6;"
	"--stale:#855300;--modified:#0b6663}\n",
	"@page{size:A4;margin:14mm}html{font-size:10.5px;"
	"line-height:15px;print-color-adjust:exact;"
	"-webkit-print-color-adjust:exact}body{padding:0;"
	"max-width:none}.bar,audio,details,.film video,.nofilm,"
	".film .links,.skip{display:none}h1{font-size:24px;"
	"line-height:30px}.small,.facts,.figures dt,.figures .of,"
	".legend,.lab,.head,figcaption,.pace,.made dt,.made dd,"
	".takes p{font-size:9.5px;line-height:13px}.figures dd{"
	"font-size:15px;line-height:20px}header{"
	"grid-template-columns:1fr auto}.top{display:block;"
	"margin-top:10px}h2{font-size:14px;line-height:20px}.rows li{"
	"grid-template-columns:20px 60px 1fr auto 50px;padding:3px 0}"
	".rows .what,.rows .do,.rows .cost{grid-column:auto;"
	"grid-row:auto}code{font-size:9.5px;line-height:13px;"
	"padding:1px 5px}.time{margin-top:14px}.tile .pic{height:50px}"
	".in{min-width:0!important}.scene{"
	"grid-template-columns:58mm 1fr 46mm;gap:6px 6mm;"
	"padding:8px 0 10px;break-inside:avoid}.right{grid-column:2/-1;"
	"grid-template-columns:1fr 46mm;gap:6px 6mm}.made{"
	"grid-column:auto}.head h2{font-size:17px;line-height:22px}"
	".head .states{width:auto;margin-left:auto}.say{font-size:13px;"
	"line-height:19px}.box{background:none!important;"
	"border:1px solid var(--edge);padding:6px 8px 6px 30px}"
	".box>.st{left:8px;top:6px}.time,.verdict{break-inside:avoid}"
	".strip{overflow:visible}.shot.tall .frame{width:32mm}}\n",
	".rows a{display:inline-block;min-height:24px;line-height:24px}"
	".lab{padding-right:6px}.tile .wave use{stroke:var(--edge)}"
	".warning>a .wave use{stroke:var(--stale)}"
	"#g-missing .ln{stroke-linecap:butt}a.when{text-decoration:underline}"
	".bar a .st{margin-left:2px}.tab{top:auto;bottom:12px}\n"
	"@media (max-width:639px){header .figures{display:grid;gap:12px;"
	"grid-template-columns:repeat(4,auto);justify-content:space-between}}\n"
	".tile{display:flex}.tile>a{flex:1;min-width:0;display:flex;"
	"flex-direction:column}.tile .wave{margin-top:auto}\n"
	"@media (max-width:639px){.tick.odd{display:none}}\n"
	"@media print{.mono,.tick{font-size:9.5px}.tab{left:4px;bottom:4px}}\n",
	NULL
};

/* Widths of the strip's tiles and places of its ruler: shares of the film. */
void
board_style(struct strbuf *o, const struct board *b)
{
	double total = b->has_time ? timeline_seconds(&b->time,
	    b->time.frames) : 0, least = total, d;
	size_t i;

	strbuf_addstr(o, "<style>\n");
	for (i = 0; sheet[i]; i++)
		strbuf_addstr(o, sheet[i]);
	for (i = 0; b->has_time && i < b->nr; i++) {
		if (b->scene[i].film == BOARD_NONE)
			continue;
		d = b->scene[i].to - b->scene[i].from;
		least = d < least ? d : least;
		strbuf_addf(o, ".t%zu{flex:0 0 %.3f%%}", i + 1,
		    d / total * 100);
	}
	for (i = 0; i < 2; i++) {
		if (b->card[i].card == FILM_SCENE)
			continue;
		d = b->card[i].to - b->card[i].from;
		least = d < least ? d : least;
		strbuf_addf(o, ".tc%d{flex:0 0 %.3f%%}", b->card[i].card,
		    d / total * 100);
	}
	if (least > 0)
		strbuf_addf(o, ".in{min-width:%.0fpx}",
		    fmin(ceil(27 * total / least), STRIP_MOST));
	for (i = 0; board_tick(b) * (double)i < total; i++)
		strbuf_addf(o, ".k%zu{left:%.3f%%}", i,
		    board_tick(b) * (double)i / total * 100);
	strbuf_addstr(o, "\n</style>\n");
}

double
board_tick(const struct board *b)
{
	static const double step[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600,
		1800, 3600 };
	double total = b->has_time ? timeline_seconds(&b->time,
	    b->time.frames) : 0;
	size_t i;

	for (i = 0; i + 1 < sizeof(step) / sizeof(*step); i++)
		if (step[i] * STRIP_WIDE >= TICK_LEAST * total)
			break;
	return step[i];
}
