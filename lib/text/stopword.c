#include "text/stopword.h"

#include <stddef.h>

#include "text/word.h"

/* Closed word classes only: articles, prepositions, conjunctions,
 * auxiliaries, pronouns and particles. Compiled by hand. Folded, so that
 * "daß" is "dass". */
static const struct stopword_table tables[] = {
	{ "en",
	    " a about above across after again against all almost along"
	    " already also although always am among an and another any are"
	    " aren't around as at away be because been before behind being"
	    " below beneath beside between beyond both but by can can't"
	    " cannot could couldn't did didn't do does doesn't doing don't"
	    " down during each either else enough even ever every few for"
	    " from further had hadn't has hasn't have haven't having he"
	    " he's her here hers herself him himself his how however i i'm"
	    " i've if in inside instead into is isn't it it's its itself"
	    " just least less let's like many may me might mine more most"
	    " much must my myself near nearly neither never no nor not now"
	    " of off often on once one only onto or other others our ours"
	    " ourselves out outside over own per perhaps quite rather"
	    " really same several shall she she's should shouldn't since so"
	    " some still such than that that's the their theirs them"
	    " themselves then there there's therefore these they they're"
	    " this those though through thus till to together too toward"
	    " towards under until up upon us very via was wasn't we we're"
	    " well were weren't what whatever when whenever where whether"
	    " which while who whom whose why will with within without won't"
	    " would wouldn't yet you you're your yours yourself ",
	    " a an the my your his her its our their this that these those"
	    " each every no some many most all one two three four five six"
	    " seven eight nine ten how why what who when where ",
	    " he she it they him her them his its their this these that"
	    " those such both neither either one others another ",
	    "however|moreover|furthermore|in addition|additionally|also"
	    "|besides|nevertheless|nonetheless|meanwhile|finally|indeed"
	    "|similarly|likewise|still|of course|in fact|on the other hand"
	    "|after all|for example|for instance|as a result|therefore|thus"
	    "|hence|consequently|in other words|instead|then|and|but|or|yet"
	    "|so" },
	{ "de",
	    " ab aber alle allem allen aller alles als also am an ander"
	    " andere anderen auch auf aus außer bei beim bevor bin bis bist"
	    " da dabei dadurch dafür damit danach dann daran darauf darin"
	    " darum das dass davon davor dazu dein deine dem den denn der"
	    " deren des dessen die dies diese diesem diesen dieser dieses"
	    " doch dort du durch eben ein eine einem einen einer eines er"
	    " es etwa etwas euch euer für gegen gibt hab habe haben hat"
	    " hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem"
	    " ihren ihrer im in indem ins ist ja jede jedem jeden jeder"
	    " jedes jedoch jene jener jetzt kann kein keine keinen können"
	    " könnte man manche mehr mein meine mich mir mit muss müssen"
	    " nach nachdem neben nicht nichts noch nun nur ob obwohl oder"
	    " ohne schon sehr sein seine seinem seinen seiner seit sich sie"
	    " sind so sogar solche soll sollen sollte sondern sonst sowie"
	    " über um und uns unser unsere unter viel viele vom von vor"
	    " während war waren warum was weder wegen weil welche wenn wer"
	    " werde werden wie wieder will wir wird wo wurde wurden zu zum"
	    " zur zwar zwischen ",
	    " der die das ein eine einen den dem des kein keine mein dein"
	    " sein ihr unser unsere diese dieser dieses jede jeder jedes"
	    " alle viele warum wie was wer wo ",
	    " er sie es ihm ihr ihn ihnen dieser diese dieses dies"
	    " solche dort dabei damit dadurch darum daran darauf darin"
	    " davon dazu ",
	    "jedoch|außerdem|zudem|ferner|darüber hinaus|dennoch|trotzdem"
	    "|allerdings|schließlich|inzwischen|ebenso|zum beispiel|deshalb"
	    "|daher|folglich|also|und|aber|oder|doch" },
	{ "fr",
	    " à afin ai ainsi alors après assez au aucun aucune aussi"
	    " autour autre autres aux avaient avait avant avec avoir c'est"
	    " car ce ceci cela celle celles celui ces cet cette ceux chaque"
	    " chez comme comment contre d'un d'une dans de depuis derrière"
	    " des dès deux devant doit donc dont du elle elles en encore"
	    " entre es est et étaient était été être eu eux fait faut fut"
	    " hors ici il ils j'ai je jusque l la là le les leur leurs lors"
	    " lorsque lui ma mais malgré me même mes mon n'est ne ni non"
	    " nos notre nous on ont ou où par parce parmi pas pendant peu"
	    " peut plus pour pourquoi près puis qu'il qu'un quand que quel"
	    " quelle qui quoi sa sans se selon sera ses si sien son sont"
	    " sous soit sur ta tandis te tes ton toujours tous tout toute"
	    " toutes très trop tu un une vers voici voilà vos votre vous y ",
	    " le la les un une des du l ce cet cette ces mon ma mes son sa"
	    " ses notre nos votre vos leur leurs chaque deux trois tous"
	    " toute toutes pourquoi comment qui quand où quel quelle ",
	    " il elle ils elles ce cela ceci celui celle ceux celles ces"
	    " cet cette lui leur y en ",
	    "cependant|toutefois|néanmoins|pourtant|de plus|en outre"
	    "|par ailleurs|enfin|aussi|en effet|par exemple|donc|ainsi"
	    "|par conséquent|et|mais|or|puis" },
	{ "es",
	    " a al algo algunas algunos ante antes así aún aunque bajo bien"
	    " cada casi como con contra cual cuando de del desde después"
	    " donde dos durante e el él ella ellas ellos en entre era eran"
	    " es esa esas ese eso esos esta está están estas este esto"
	    " estos fue fueron ha había han hasta hay la las le les lo los"
	    " más me menos mi mientras muy nada ni no nos nosotros nuestra"
	    " nuestro o os otra otras otro otros para pero poco por porque"
	    " pues que qué quien quién se sea según ser si sí sido sin sino"
	    " sobre son su sus tal también tan tanto te tiene tienen todo"
	    " toda todos todas tu un una unas uno unos y ya yo ",
	    " el la los las un una unos unas mi tu su sus nuestro nuestra"
	    " este esta estos estas ese esa cada dos tres todo todos todas"
	    " qué quién cómo dónde cuándo ",
	    " él ella ello ellos ellas este esta esto estos estas ese esa"
	    " eso esos esas aquel aquella su sus allí ",
	    "sin embargo|no obstante|además|asimismo|también|por último"
	    "|finalmente|de hecho|por ejemplo|por lo tanto|por eso|así|y"
	    "|pero|o" },
	{ "it",
	    " a ad agli ai al alla alle allo anche ancora avere aveva c'è"
	    " che chi ci come con contro così cui da dagli dai dal dalla"
	    " dalle dallo degli dei del della delle dello dentro di dopo"
	    " dove due durante e è ed era erano essere fra fu già gli ha"
	    " hanno i il in io l la le lei li lo loro lui ma mentre mi"
	    " molto ne negli nei nel nella nelle nello no noi non nostro o"
	    " ogni oltre più per perché però poi prima può qual quale"
	    " quando quanto quel quella quelle quelli quello questa queste"
	    " questi questo qui se sempre senza si sia sono sopra sotto sta"
	    " stato su sua sue sugli sui sul sulla sulle suo suoi tra tu"
	    " tutti tutto un una uno verso vi ",
	    " il lo la i gli le l un uno una questo questa questi queste"
	    " quel quella ogni mio tuo suo sua nostro loro due tre tutti"
	    " perché come chi dove quando ",
	    " egli lui lei esso essa essi esse loro questo questa questi"
	    " queste quello quella quelli quelle ciò ci vi ne ",
	    "tuttavia|però|inoltre|anche|infine|infatti|ad esempio"
	    "|per esempio|quindi|perciò|così|e|ma|o" },
	{ "pt",
	    " a à ainda ao aos após aquela aquele aqui as às até bem cada"
	    " com como contra da das de dela dele deles depois desde do dos"
	    " durante e é ela elas ele eles em enquanto entre era eram essa"
	    " essas esse esses esta está estão estas este estes eu foi"
	    " foram há isso isto já lhe mais mas me mesmo meu minha muito"
	    " na nas não nem no nos nós o onde os ou para pela pelas pelo"
	    " pelos por porque pouco qual quando que quem são se sem ser"
	    " seu seus si sob sobre sua suas também tão tem têm tinha toda"
	    " todas todo todos tu um uma umas uns você ",
	    " o a os as um uma uns umas meu minha seu sua este esta esse"
	    " essa cada dois duas três todo todos todas quem como onde"
	    " quando ",
	    " ele ela eles elas isto isso aquilo este esta estes estas esse"
	    " essa esses essas aquele aquela seu sua ",
	    "no entanto|contudo|porém|todavia|além disso|também|por fim"
	    "|de fato|por exemplo|portanto|por isso|assim|e|mas|ou" },
};

const struct stopword_table *
stopword_table(const char *language)
{
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (language_is(language, tables[i].language))
			return &tables[i];
	return NULL;
}
