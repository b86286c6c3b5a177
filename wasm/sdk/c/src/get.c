#include <string.h>

#include "json.h"
#include "tillwise.h"

/* member gives the value that one part of a path names, in an object or an array. */
static struct span member(struct span value, struct span part)
{
	struct span found = {NULL, 0}, key, item;
	struct json_walk w = json_begin(value);
	size_t wanted = 0, i = 0;
	for (size_t d = 0; d < part.size; d++) {
		if (!w.object && (part.at[d] < '0' || part.at[d] > '9' || part.size > 6))
			return found;
		wanted = wanted * 10 + (size_t)(part.at[d] - '0');
	}
	while (json_next(&w, &key, &item)) {
		if (w.object) {
			struct text name = {0};
			json_decode(key, (size_t)-1, &name);
			if (!name.failed && name.size == part.size && memcmp(name.at ? name.at : "", part.at, part.size) == 0)
				found = item;
			text_drop(&name);
		} else if (i++ == wanted && part.size > 0) {
			return item;
		}
	}
	return found;
}

char *tillwise_get(const char *json, const char *path)
{
	struct span value = json_trim(span_of(json));
	if (!json || !path || !json_valid(value))
		return NULL;
	for (const char *next = *path ? path : NULL; next;) {
		size_t size = strcspn(next, ".");
		value = member(value, (struct span){next, size});
		if (value.size == 0)
			return NULL;
		next = next[size] ? next + size + 1 : NULL;
	}
	struct text out = {0};
	if (json_is_string(value))
		json_decode(value, (size_t)-1, &out);
	else
		text_add(&out, value);
	return text_take(&out);
}
