#include <string.h>

#include "cards.h"
#include "event.h"
#include "json.h"

static const struct safe_operation *named(const char *name)
{
	for (const struct safe_operation *o = safe_operations; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

/* of_name gives the operation of that name, which is JSON; unknown if there is none. */
static const struct safe_operation *of_name(struct span name)
{
	for (const struct safe_operation *o = safe_operations; o->name; o++)
		if (json_is(name, o->name))
			return o;
	return named("unknown");
}

/* path_of takes host and query off a URL. */
static struct span path_of(struct span url)
{
	for (size_t i = 0; i < url.size; i++)
		if (url.at[i] == '?' || url.at[i] == '#')
			url.size = i;
	for (size_t i = 0; i + 3 <= url.size; i++) {
		if (memcmp(url.at + i, "://", 3) != 0)
			continue;
		size_t at = i + 3;
		while (at < url.size && url.at[at] != '/')
			at++;
		if (at < url.size)
			at++;
		return (struct span){url.at + at, url.size - at};
	}
	return url;
}

/* path_end gives the last three parts of a URL's path, the last one first. */
static void path_end(struct span url, struct span end[3])
{
	struct span path = path_of(url);
	for (int i = 0; i < 3; i++) {
		while (path.size > 0 && path.at[path.size - 1] == '/')
			path.size--;
		size_t from = path.size;
		while (from > 0 && path.at[from - 1] != '/')
			from--;
		end[i] = (struct span){path.at + from, path.size - from};
		path.size = from > 0 ? from - 1 : 0;
	}
	/* The slips of real documentation: a slash that lacks before widget, and account in other words. */
	if (end[1].size > 6 && span_is_fold((struct span){end[1].at + end[1].size - 6, 6}, "widget"))
		end[1] = span_of("widget");
	if (span_is_fold(end[2], "accounts") || span_is_fold(end[2], "customers"))
		end[2] = span_of("account");
}

static bool fits(const char *part, struct span of) { return !part || span_is_fold(of, part); }

static const struct safe_operation *of_call(struct span method, struct span url)
{
	struct span end[3];
	path_end(url, end);
	const char *name = span_is_fold(end[1], "authorization") ? "authorization_get" : "unknown";
	for (const struct safe_path *p = safe_paths; p->operation; p++) {
		if (fits(p->last, end[0]) && fits(p->before, end[1]) && fits(p->third, end[2])) {
			name = p->operation;
			break;
		}
	}
	const struct safe_operation *o = named(name);
	bool get = span_is_fold(method, "GET");
	if (get && o->moves)
		return named("unknown_read");
	/* A read-back by another method than GET is no call that anybody documents. */
	if (!o->reads_back || get || method.size == 0)
		return o;
	return named(strcmp(name, "authorizations") == 0 ? "authorization" : "unknown");
}

static bool present(struct span value) { return value.size > 0 && !json_is_null(value); }

const struct safe_operation *operation_of(struct span event)
{
	struct span exchange = json_member(event, "exchange"), facts = json_member(event, "facts");
	struct span action = json_member(event, "action");
	if (json_is_object(exchange)) {
		struct span operation = json_member(exchange, "operation");
		if (present(operation) && !json_is(operation, ""))
			return of_name(operation);
		struct text method = {0}, url = {0};
		json_decode(json_member(exchange, "method"), (size_t)-1, &method);
		json_decode(json_member(exchange, "url"), (size_t)-1, &url);
		/* Without memory for the URL the call is one that nobody knows. */
		const struct safe_operation *o = method.failed || url.failed ? named("unknown") : of_call(text_span(&method), text_span(&url));
		text_drop(&method);
		text_drop(&url);
		return o;
	}
	if (present(exchange))
		return named("unknown");
	if (present(facts))
		return of_name(json_member(facts, "operation"));
	if ((json_is_string(action) && action.size > 2) || json_is_object(json_member(event, "decision")))
		return named("unknown_read");
	return named("unknown");
}
