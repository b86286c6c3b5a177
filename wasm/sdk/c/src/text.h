/* Text: a piece of somebody's (span), and one that grows (text). */
#ifndef TILLWISE_TEXT_H
#define TILLWISE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of text that is somebody else's. A size of 0 is also "none". */
struct span {
	const char *at;
	size_t size;
};

struct span span_of(const char *text); /* of a text that ends in a zero byte; NULL is none */
bool span_is(struct span s, const char *text);
bool span_is_fold(struct span s, const char *text); /* upper and lower case of ASCII being the same */

/* A text that grows. When there is no memory for it, it fails, and stays failed:
 * only who takes it has to ask. Zero it to begin. */
struct text {
	char *at;
	size_t size, room;
	bool failed;
};

void text_add(struct text *t, struct span piece);
void text_put(struct text *t, const char *piece);
void text_json(struct text *t, struct span piece); /* as a JSON string, quotes and all */
struct span text_span(const struct text *t);
char *text_take(struct text *t); /* with a zero byte at its end, for free; NULL if it failed */
void text_drop(struct text *t);

char *copy_of(struct span s); /* as text_take gives it */

#endif
