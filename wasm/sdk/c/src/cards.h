/* The safe cards, as safegen makes them of safe.json. */
#ifndef TILLWISE_CARDS_H
#define TILLWISE_CARDS_H

#include <stdbool.h>

struct safe_card {
	int words;            /* the place of its words in safe_words */
	const char *decision; /* JSON */
};

struct safe_operation {
	const char *name;
	bool moves, reads_back;
	struct safe_card fresh, known;
};

/* The end of a path; NULL is anything. */
struct safe_path {
	const char *last, *before, *third, *operation;
};

struct safe_words {
	const char *en, *fr; /* prompts, JSON */
};

/* The tables; those that are searched end in a row without a name. */
extern const struct safe_operation safe_operations[];
extern const struct safe_path safe_paths[];
extern const struct safe_words safe_words[];

/* What the module answers to an input above its limit, for which it has no buffer. */
extern const char safe_too_large[];

#endif
