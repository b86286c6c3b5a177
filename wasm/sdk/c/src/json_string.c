/* JSON strings, without quotes and escapes. */
#include <string.h>

#include "json.h"

/* A scanner within the quotes of a valid string. */
struct scanner {
	const char *at, *end;
};

int json_hex(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static unsigned long unit(const char *at)
{
	unsigned long u = 0;
	for (int i = 0; i < 4; i++)
		u = u << 4 | (unsigned long)json_hex((unsigned char)at[i]);
	return u;
}

/* character decodes the character at s, which is not the closing quote, and gives
 * its length in UTF-8. */
static size_t character(struct scanner *s, char out[4])
{
	unsigned char c = (unsigned char)*s->at++;
	if (c != '\\') {
		out[0] = (char)c;
		size_t n = 1;
		while (c >= 0x80 && n < 4 && s->at < s->end && ((unsigned char)*s->at & 0xc0) == 0x80)
			out[n++] = *s->at++;
		return n;
	}
	static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	c = (unsigned char)*s->at++;
	if (c != 'u') {
		out[0] = meant[strchr(escapes, c) - escapes];
		return 1;
	}
	unsigned long u = unit(s->at);
	s->at += 4;
	if (u >= 0xd800 && u < 0xe000) {
		unsigned long low = u < 0xdc00 && s->end - s->at >= 6 && s->at[0] == '\\' && s->at[1] == 'u' ? unit(s->at + 2) : 0;
		if (low >= 0xdc00 && low < 0xe000) {
			s->at += 6;
			u = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00);
		} else {
			u = 0xfffd;
		}
	}
	if (u < 0x80) {
		out[0] = (char)u;
		return 1;
	}
	size_t n = u < 0x800 ? 2 : u < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, u >>= 6)
		out[i] = (char)(0x80 | (u & 0x3f));
	out[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | u);
	return n;
}

/* decode walks over a string, up to a number of bytes, and gives both lengths. */
static size_t decode(struct span str, size_t limit, struct text *to, size_t *written)
{
	size_t size = 0;
	*written = 0;
	if (!json_is_string(str))
		return 0;
	struct scanner s = {str.at + 1, str.at + str.size - 1};
	while (s.at < s.end) {
		char c[4];
		size_t n = character(&s, c);
		if (n > limit - size)
			break;
		size += n;
		*written = (size_t)(s.at - str.at - 1);
		if (to)
			text_add(to, (struct span){c, n});
	}
	return size;
}

size_t json_decode(struct span str, size_t limit, struct text *to)
{
	size_t written;
	decode(str, limit, to, &written);
	return written;
}

size_t json_decoded(struct span str)
{
	size_t written;
	return decode(str, (size_t)-1, NULL, &written);
}

bool json_is(struct span str, const char *text)
{
	if (!json_is_string(str))
		return false;
	struct scanner s = {str.at + 1, str.at + str.size - 1};
	size_t n = strlen(text);
	while (s.at < s.end) {
		char c[4];
		size_t size = character(&s, c);
		if (size > n || memcmp(c, text, size) != 0)
			return false;
		text += size;
		n -= size;
	}
	return n == 0;
}
