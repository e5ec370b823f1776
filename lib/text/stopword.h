/*
 * Words that hold a sentence together, one list a language.
 */
#ifndef TEXT_STOPWORD_H
#define TEXT_STOPWORD_H

struct stopword_table {
	const char *language;   /* "en" */
	const char *stop;       /* words between spaces, case-folded, a space
				   at both ends; has all determiners too */
	const char *determiner; /* the same */
	const char *pronoun;    /* openers that point back */
	const char *opener;     /* phrases such as "however", separated by
				   '|': may be dropped at a sentence's start */
};

/* NULL where there is no table for the language of this BCP 47 tag. */
const struct stopword_table *stopword_table(const char *language);

#endif
