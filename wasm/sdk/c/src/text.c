#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct span span_of(const char *text)
{
	struct span s = {text, text ? strlen(text) : 0};
	return s;
}

bool span_is(struct span s, const char *text)
{
	return s.size == strlen(text) && memcmp(s.at, text, s.size) == 0;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }

bool span_is_fold(struct span s, const char *text)
{
	if (s.size != strlen(text))
		return false;
	for (size_t i = 0; i < s.size; i++)
		if (lower(s.at[i]) != lower(text[i]))
			return false;
	return true;
}

/* grow makes room for more, and for the zero byte after it. */
static bool grow(struct text *t, size_t more)
{
	if (t->failed || more >= (size_t)-1 / 4 - t->size) {
		t->failed = true;
		return false;
	}
	size_t need = t->size + more + 1;
	if (need <= t->room)
		return true;
	size_t room = need < 2 * t->room ? 2 * t->room : need;
	char *at = realloc(t->at, room);
	if (!at) {
		t->failed = true;
		return false;
	}
	t->at = at;
	t->room = room;
	return true;
}

void text_add(struct text *t, struct span piece)
{
	if (!grow(t, piece.size))
		return;
	if (piece.size > 0)
		memcpy(t->at + t->size, piece.at, piece.size);
	t->size += piece.size;
}

void text_put(struct text *t, const char *piece) { text_add(t, span_of(piece)); }

void text_json(struct text *t, struct span piece)
{
	text_put(t, "\"");
	for (size_t i = 0; i < piece.size; i++) {
		unsigned char c = (unsigned char)piece.at[i];
		char escape[8];
		if (c == '"' || c == '\\')
			snprintf(escape, sizeof escape, "\\%c", c);
		else if (c < 0x20)
			snprintf(escape, sizeof escape, "\\u%04x", c);
		else
			snprintf(escape, sizeof escape, "%c", c);
		text_put(t, escape);
	}
	text_put(t, "\"");
}

struct span text_span(const struct text *t)
{
	struct span s = {t->at, t->size};
	return s;
}

char *text_take(struct text *t)
{
	if (!grow(t, 0)) {
		text_drop(t);
		return NULL;
	}
	t->at[t->size] = 0;
	char *at = t->at;
	memset(t, 0, sizeof *t);
	return at;
}

void text_drop(struct text *t)
{
	free(t->at);
	memset(t, 0, sizeof *t);
}

char *copy_of(struct span s)
{
	struct text t = {0};
	text_add(&t, s);
	return text_take(&t);
}
