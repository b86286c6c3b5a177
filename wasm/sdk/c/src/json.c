#include "json.h"

#include <string.h>

/* A scanner never looks past its end; what it finds wrong makes it stop there. */
struct scanner {
	const char *at, *end;
};

static int peek(const struct scanner *s) { return s->at < s->end ? (unsigned char)*s->at : -1; }

static bool space(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool digit(int c) { return c >= '0' && c <= '9'; }

static void skip_space(struct scanner *s)
{
	while (space(peek(s)))
		s->at++;
}

static bool take(struct scanner *s, char c)
{
	if (peek(s) != (unsigned char)c)
		return false;
	s->at++;
	return true;
}

static bool word(struct scanner *s, const char *w)
{
	size_t n = strlen(w);
	if ((size_t)(s->end - s->at) < n || memcmp(s->at, w, n) != 0)
		return false;
	s->at += n;
	return true;
}

static bool string(struct scanner *s)
{
	if (!take(s, '"'))
		return false;
	for (;;) {
		int c = peek(s);
		if (c < 0x20) /* the end, too */
			return false;
		s->at++;
		if (c == '"')
			return true;
		if (c != '\\')
			continue;
		c = peek(s);
		if (c < 0 || !strchr("\"\\/bfnrtu", c) || c == 0)
			return false;
		s->at++;
		for (int i = 0; c == 'u' && i < 4; i++, s->at++)
			if (json_hex(peek(s)) < 0)
				return false;
	}
}

static bool digits(struct scanner *s)
{
	if (!digit(peek(s)))
		return false;
	while (digit(peek(s)))
		s->at++;
	return true;
}

static bool number(struct scanner *s)
{
	take(s, '-');
	if (!take(s, '0') && !digits(s))
		return false;
	if (take(s, '.') && !digits(s))
		return false;
	if (peek(s) == 'e' || peek(s) == 'E') {
		s->at++;
		if (!take(s, '+'))
			take(s, '-');
		return digits(s);
	}
	return true;
}

static bool scalar(struct scanner *s)
{
	switch (peek(s)) {
	case '"': return string(s);
	case 't': return word(s, "true");
	case 'f': return word(s, "false");
	case 'n': return word(s, "null");
	}
	return number(s);
}

static bool name(struct scanner *s)
{
	skip_space(s);
	if (!string(s))
		return false;
	skip_space(s);
	return take(s, ':');
}

/* value scans one value without recursion, so that no input can use up the stack:
 * one bit for each level says whether it is an object. */
static bool value(struct scanner *s)
{
	unsigned char objects[JSON_DEPTH / 8 + 1];
	size_t depth = 0;
	for (;;) {
		skip_space(s);
		int c = peek(s);
		if (c == '{' || c == '[') {
			if (depth == JSON_DEPTH)
				return false;
			s->at++;
			unsigned char bit = (unsigned char)(1 << depth % 8);
			objects[depth / 8] = (unsigned char)((depth % 8 ? objects[depth / 8] & ~bit : 0) | (c == '{' ? bit : 0));
			depth++;
			skip_space(s);
			if (!take(s, c == '{' ? '}' : ']')) {
				if (c == '{' && !name(s))
					return false;
				continue;
			}
			depth--;
		} else if (!scalar(s)) {
			return false;
		}
		/* A value has ended, and perhaps what it is in. */
		for (;;) {
			if (depth == 0)
				return true;
			bool object = objects[(depth - 1) / 8] >> (depth - 1) % 8 & 1;
			skip_space(s);
			if (take(s, ',')) {
				if (object && !name(s))
					return false;
				break;
			}
			if (!take(s, object ? '}' : ']'))
				return false;
			depth--;
		}
	}
}

bool json_valid(struct span text)
{
	struct scanner s = {text.at, text.at + text.size};
	if (text.size == 0 || !value(&s))
		return false;
	skip_space(&s);
	return s.at == s.end;
}

size_t utf8_valid_start(struct span text)
{
	const unsigned char *p = (const unsigned char *)text.at, *end = p + text.size;
	while (p < end) {
		const unsigned char *start = p;
		unsigned char c = *p++;
		if (c < 0x80)
			continue;
		int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
		bool bad = c < 0xc2 || c > 0xf4 || end - p < more;
		/* What is longer than it need be, a surrogate, or above U+10FFFF. */
		bad = bad || (c == 0xe0 && *p < 0xa0) || (c == 0xed && *p > 0x9f) || (c == 0xf0 && *p < 0x90) || (c == 0xf4 && *p > 0x8f);
		for (; !bad && more > 0; more--)
			bad = (*p++ & 0xc0) != 0x80;
		if (bad)
			return (size_t)((const char *)start - text.at);
	}
	return text.size;
}

bool utf8_valid(struct span text) { return utf8_valid_start(text) == text.size; }

struct span json_trim(struct span text)
{
	while (text.size > 0 && space((unsigned char)*text.at)) {
		text.at++;
		text.size--;
	}
	while (text.size > 0 && space((unsigned char)text.at[text.size - 1]))
		text.size--;
	return text;
}

static bool starts(struct span value, char c) { return value.size > 0 && *value.at == c; }

bool json_is_object(struct span value) { return starts(value, '{'); }
bool json_is_array(struct span value) { return starts(value, '['); }
bool json_is_string(struct span value) { return starts(value, '"'); }
bool json_is_null(struct span value) { return starts(value, 'n'); }

struct json_walk json_begin(struct span value)
{
	struct json_walk w = {NULL, NULL, json_is_object(value)};
	if (w.object || json_is_array(value)) {
		w.at = value.at + 1;
		w.end = value.at + value.size - 1;
	}
	return w;
}

bool json_next(struct json_walk *w, struct span *key, struct span *item)
{
	struct scanner s = {w->at, w->end};
	skip_space(&s);
	if (s.at == s.end)
		return false;
	take(&s, ',');
	skip_space(&s);
	*key = (struct span){NULL, 0};
	if (w->object) {
		key->at = s.at;
		string(&s);
		key->size = (size_t)(s.at - key->at);
		skip_space(&s);
		take(&s, ':');
		skip_space(&s);
	}
	item->at = s.at;
	value(&s);
	item->size = (size_t)(s.at - item->at);
	w->at = s.at;
	return true;
}

struct span json_member(struct span object, const char *key)
{
	struct span found = {NULL, 0}, k, v;
	if (!json_is_object(object))
		return found;
	struct json_walk w = json_begin(object);
	while (json_next(&w, &k, &v))
		if (json_is(k, key))
			found = v;
	return found;
}

size_t json_count(struct span value)
{
	size_t n = 0;
	struct span k, v;
	struct json_walk w = json_begin(value);
	while (json_next(&w, &k, &v))
		n++;
	return n;
}
