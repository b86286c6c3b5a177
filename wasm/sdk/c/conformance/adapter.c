/* The conformance kit's child process: a JSON line in, a JSON line out. What the
 * lines are, wasm/conformance/README.md says. */
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"

#include "api.h"
#include "lines.h"

static struct api own, *at_work = &own, other;
static tillwise_engine *engine;
static char *folder; /* the adapter's */

/* Why there is no library with the module that was asked for, as JSON. In C that is
 * known when a library is made, not when an engine is opened: the adapter says it. */
static struct text no_library;

struct named {
	char *name;
	tillwise_sale *sale;
	struct named *next;
};
static struct named *sales;
static pthread_mutex_t sales_lock = PTHREAD_MUTEX_INITIALIZER;

static struct span string_in(struct span line, const char *name, struct text *to)
{
	json_decode(json_member(line, name), (size_t)-1, to);
	return text_span(to);
}

static void say_error(struct text *out, const char *kind, const char *detail)
{
	text_put(out, "{\"error\":{\"kind\":");
	text_json(out, span_of(kind));
	text_put(out, ",\"detail\":");
	text_json(out, span_of(detail));
	text_put(out, "}}");
}

static void drop_sales(void)
{
	while (sales) {
		struct named *n = sales;
		sales = n->next;
		at_work->sale_close(n->sale);
		free(n->name);
		free(n);
	}
}

/* sale_of gives the sale of a name; from a state, or as it was, or a new one. */
static tillwise_sale *sale_of(struct span line, const char *state)
{
	struct text name = {0};
	string_in(line, "sale", &name);
	char *wanted = text_take(&name);
	pthread_mutex_lock(&sales_lock);
	struct named *n = sales;
	while (n && strcmp(n->name, wanted) != 0)
		n = n->next;
	if (!n) {
		n = calloc(1, sizeof *n);
		n->name = copy_of(span_of(wanted));
		n->next = sales;
		sales = n;
	}
	if (state || !n->sale) {
		at_work->sale_close(n->sale);
		at_work->sale_open(engine, state, &n->sale);
	}
	tillwise_sale *sale = n->sale;
	pthread_mutex_unlock(&sales_lock);
	free(wanted);
	return sale;
}

static int base64(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* bytes_of gives what an event stands for: an object for itself, a string for the
 * bytes of its text, or for those behind "base64:". */
static void bytes_of(struct span event, struct text *to)
{
	if (!json_is_string(event)) {
		text_add(to, event);
		return;
	}
	json_decode(event, (size_t)-1, to);
	static const char mark[] = "base64:";
	if (to->size < strlen(mark) || memcmp(to->at, mark, strlen(mark)) != 0)
		return;
	struct text raw = {0};
	unsigned long bits = 0;
	int have = 0;
	for (size_t i = strlen(mark); i < to->size && base64(to->at[i]) >= 0; i++) {
		bits = bits << 6 | (unsigned long)base64(to->at[i]);
		if ((have += 6) >= 8) {
			have -= 8;
			char c = (char)(bits >> have & 0xff);
			text_add(&raw, (struct span){&c, 1});
		}
	}
	text_drop(to);
	*to = raw;
}

static bool from_module(tillwise_code code) { return code == TILLWISE_OK || code >= TILLWISE_BAD_JSON; }

/* say_raw says the module's bytes, or why there are none. */
static void say_raw(struct text *out, tillwise_code code, char *answer)
{
	if (no_library.size > 0)
		text_add(out, text_span(&no_library));
	else if (from_module(code))
		text_json(out, span_of(answer));
	else
		text_put(out, answer ? answer : "{\"error\":{\"kind\":\"no_memory\",\"detail\":\"\"}}");
	at_work->free(answer);
}

/* say_card says an answer and its error beside each other. */
static void say_card(struct text *out, char *answer)
{
	struct span whole = span_of(answer), key, item;
	struct json_walk w = json_begin(whole);
	const char *before = "{\"answer\":{";
	while (json_next(&w, &key, &item)) {
		if (json_is(key, "error"))
			continue;
		text_put(out, before);
		text_add(out, key);
		text_put(out, ":");
		text_add(out, item);
		before = ",";
	}
	struct span error = json_member(no_library.size > 0 ? text_span(&no_library) : whole, "error");
	text_put(out, "},\"error\":");
	text_add(out, error.size > 0 ? error : span_of("null"));
	text_put(out, "}");
	at_work->free(answer);
}

static void answer(struct span line, struct text *out)
{
	struct span event = json_member(line, "event");
	struct text in = {0};
	char *raw = NULL;
	bytes_of(event, &in);
	tillwise_code code = json_is_string(event) ? at_work->answer_json(engine, in.at, in.size, &raw) : at_work->answer(engine, in.at, in.size, &raw);
	if (!json_is_string(event) && code != TILLWISE_OK) {
		/* The safe card came. What the module, or the library, said of it: */
		struct text error = {0};
		if (from_module(code)) {
			at_work->free(raw);
			code = at_work->answer_json(engine, in.at, in.size, &raw);
		} else {
			text_put(&error, "{\"error\":");
			text_add(&error, json_member(span_of(raw), "error"));
			text_put(&error, "}");
			at_work->free(raw);
			raw = text_take(&error);
		}
	}
	say_raw(out, code, raw);
	text_drop(&in);
}

static void batch(struct span line, struct text *out)
{
	struct span events = json_member(line, "events"), key, event;
	size_t n = json_count(events), i = 0;
	char **raw = calloc(n + 1, sizeof *raw);
	tillwise_code *codes = calloc(n + 1, sizeof *codes);
	struct json_walk w = json_begin(events);
	while (json_next(&w, &key, &event)) {
		struct text in = {0};
		bytes_of(event, &in);
		codes[i] = at_work->answer_json(engine, in.at, in.size, &raw[i]);
		i++;
		text_drop(&in);
	}
	text_put(out, "[");
	for (i = 0; i < n; i++) {
		text_put(out, i > 0 ? "," : "");
		say_raw(out, codes[i], raw[i]);
	}
	text_put(out, "]");
	free(raw);
	free(codes);
}

static void card(struct span line, struct text *out)
{
	struct text in = {0};
	char *answer;
	bytes_of(json_member(line, "event"), &in);
	at_work->answer(engine, in.at, in.size, &answer);
	text_drop(&in);
	say_card(out, answer);
}

static void in_sale(struct span line, struct text *out)
{
	struct text in = {0};
	char *answer;
	bytes_of(json_member(line, "event"), &in);
	at_work->sale_answer(sale_of(line, NULL), in.at, in.size, &answer);
	text_drop(&in);
	say_card(out, answer);
}

static void saved(struct span line, struct text *out)
{
	struct text state = {0};
	if (json_is_string(json_member(line, "state"))) {
		string_in(line, "state", &state);
		char *from = text_take(&state);
		sale_of(line, from);
		free(from);
		text_put(out, "true");
		return;
	}
	char *kept = at_work->sale_state(sale_of(line, NULL));
	text_json(out, span_of(kept));
	at_work->free(kept);
}

static void decide(struct span line, struct text *out)
{
	struct text in = {0};
	char *raw;
	bytes_of(json_member(line, "input"), &in);
	tillwise_code code = at_work->decide(engine, in.at, in.size, &raw);
	text_drop(&in);
	say_raw(out, code, raw);
}

static void describe(struct span line, struct text *out)
{
	char *raw;
	(void)line;
	tillwise_code code = at_work->describe(engine, &raw);
	say_raw(out, code, raw);
}

static void stop(struct span line, struct text *out)
{
	(void)line;
	at_work->stop(engine);
	text_put(out, "true");
}

static void give_up_engine(void)
{
	text_drop(&no_library);
	drop_sales();
	at_work->close(engine);
	engine = NULL;
	if (at_work == &other)
		api_unload(&other);
	at_work = &own;
}

/* module gives why a module cannot be opened, or NULL: then its library is at work. */
static const char *module(struct span line)
{
	struct text path = {0}, want = {0}, have = {0}, library = {0};
	const char *wrong = NULL;
	string_in(line, "sha256", &want);
	if (json_is_string(json_member(line, "module"))) {
		string_in(line, "module", &path);
		char *file = text_take(&path);
		char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
		if (!sha256_of(file, &have))
			wrong = "there is no such file, or it cannot be read: see its path";
		text_put(&library, folder);
		text_put(&library, "/modules/");
		text_add(&library, (struct span){name, strcspn(name, ".")});
		text_put(&library, ".so");
		free(file);
	} else {
		text_put(&have, own.module_sha256());
	}
	char *hash = text_take(&have), *so = text_take(&library);
	if (!wrong && want.size > 0 && !span_is_fold(text_span(&want), hash))
		wrong = "its SHA-256 is not the one that was given: compare the file with the one that was meant";
	if (!wrong && strcmp(hash, own.module_sha256()) != 0) {
		if (api_load(&other, so))
			at_work = &other;
		if (at_work != &other || strcmp(other.module_sha256(), hash) != 0)
			wrong = "there is no library with this module, or none could be made of it: it has not the contract's exports, or has imports";
	}
	free(hash);
	free(so);
	text_drop(&want);
	return wrong;
}

static void open_engine(struct span line, struct text *out)
{
	struct span settings = json_member(line, "settings"), instances = json_member(line, "instances");
	give_up_engine();
	const char *wrong = module(line);
	if (wrong) {
		say_error(&no_library, "wrong_module", wrong);
		text_add(out, text_span(&no_library));
		return;
	}
	char *text = settings.size > 0 ? copy_of(settings) : NULL, *detail;
	tillwise_code code = at_work->open(text, instances.size > 0 ? atoi(instances.at) : 0, &engine, &detail);
	free(text);
	if (code != TILLWISE_OK) {
		say_error(out, at_work->kind(code), detail ? detail : "");
	} else {
		text_put(out, "{\"host\":\"libtillwise ");
		text_put(out, at_work->version());
		text_put(out, "\",\"engine\":\"translated to C\",\"deadline\":false,\"memory\":true,\"modules\":true,\"parallel\":true}");
	}
	at_work->free(detail);
}

static void bad_line(struct span line, struct text *out)
{
	(void)line;
	say_error(out, "bad_line", "it is no line of the protocol: see wasm/conformance/README.md");
}

static const struct {
	const char *name;
	work *work;
	bool in_lane;
} works[] = {
	{"open", open_engine, false}, {"answer", answer, true}, {"batch", batch, true}, {"card", card, true}, {"sale", in_sale, true},
	{"saved", saved, false}, {"decide", decide, false}, {"describe", describe, false}, {"close", stop, false},
};

static void take(struct span line)
{
	struct span does = json_valid(line) ? json_member(line, "do") : (struct span){NULL, 0};
	for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
		if (!json_is(does, works[i].name))
			continue;
		struct span lane = json_member(line, "lane");
		if (works[i].in_lane)
			line_in_lane(works[i].work, line, lane.size > 0 ? atoi(lane.at) : 0);
		else
			line_alone(works[i].work, line);
		return;
	}
	line_alone(bad_line, line);
}

int main(void)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n < 0) {
		perror("finding the adapter's folder");
		return 1;
	}
	self[n] = 0;
	folder = dirname(self);
	struct text path = {0};
	text_put(&path, folder);
	text_put(&path, "/libtillwise.so");
	char *library = text_take(&path);
	if (!api_load(&own, library)) {
		fprintf(stderr, "%s cannot be loaded: run make library\n", library);
		return 1;
	}
	free(library);
	char *line = NULL;
	size_t room = 0;
	ssize_t size;
	while ((size = getline(&line, &room, stdin)) >= 0)
		take(json_trim((struct span){line, (size_t)size}));
	lines_end();
	give_up_engine();
	api_unload(&own);
	free(line);
	return 0;
}
