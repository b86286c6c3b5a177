/*
 * JSON, as much of it as a host needs: whether a text is JSON, and where in it a
 * value lies. Values stay text: what the library does not understand it passes on
 * as it was written, numbers above all.
 */
#ifndef TILLWISE_JSON_H
#define TILLWISE_JSON_H

#include "text.h"

/* How many arrays and objects within each other are still JSON. The module takes 32. */
#define JSON_DEPTH 10000

bool json_valid(struct span text);
bool utf8_valid(struct span text);
size_t utf8_valid_start(struct span text); /* how many bytes of it are UTF-8 from the beginning */

/* All below takes valid JSON without space around it, as json_trim, json_next and
 * json_member give it, or none. */
struct span json_trim(struct span text);
bool json_is_object(struct span value);
bool json_is_array(struct span value);
bool json_is_string(struct span value);
bool json_is_null(struct span value);

/* The members of an object, or the values of an array, one after the other:
 *   struct json_walk w = json_begin(value);
 *   while (json_next(&w, &name, &item)) …
 * In an array name is none. Of anything else there are none. */
struct json_walk {
	const char *at, *end;
	bool object;
};
struct json_walk json_begin(struct span value);
bool json_next(struct json_walk *w, struct span *name, struct span *value);

struct span json_member(struct span object, const char *name); /* the last of that name; or none */
size_t json_count(struct span value);                           /* members or values */
bool json_is(struct span string, const char *text);             /* whether it is this string */

/* Adds a string without quotes and escapes to a text, up to a number of bytes and
 * never a part of a character. Half of a surrogate pair becomes U+FFFD. Gives the
 * length of the string as it is written, within its quotes, that came to it. */
size_t json_decode(struct span string, size_t limit, struct text *to);
size_t json_decoded(struct span string); /* how many bytes json_decode gives without a limit */

int json_hex(int c); /* a digit's value; -1 of what is none */

#endif
