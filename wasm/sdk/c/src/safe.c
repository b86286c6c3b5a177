/* The safe answer: what a till shows and keeps where the module gave no answer. */
#include <string.h>

#include "cards.h"
#include "event.h"
#include "json.h"

/* The largest integer that every JSON library reads as it is written. */
#define MAX_INTEGER "9007199254740991"

enum { EN, FR };

static int language(struct span locale)
{
	struct text t = {0};
	json_decode(locale, 2, &t);
	int lang = !t.failed && span_is_fold(text_span(&t), "fr") ? FR : EN;
	text_drop(&t);
	return lang;
}

/* time_of gives the event's time as it is written; 0 where it has none that could be one. */
static struct span time_of(struct span event)
{
	struct span at = json_member(event, "at"), none = {"0", 1};
	size_t most = strlen(MAX_INTEGER);
	if (at.size == 0 || at.size > most || (at.size == most && memcmp(at.at, MAX_INTEGER, most) > 0))
		return none;
	for (size_t i = 0; i < at.size; i++)
		if (at.at[i] < '0' || at.at[i] > '9')
			return none;
	return at;
}

/* Another value for a member; none leaves the member out. */
struct other {
	const char *name;
	struct span value;
};

static const struct other *other_of(struct span key, const struct other *others, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (json_is(key, others[i].name))
			return &others[i];
	return NULL;
}

/* copy_with writes an object with other values for some of its members. */
static void copy_with(struct span object, const struct other *others, size_t n, struct text *to)
{
	struct span key, item;
	struct json_walk w = json_begin(object);
	const char *before = "{";
	while (json_next(&w, &key, &item)) {
		const struct other *o = other_of(key, others, n);
		if (o && o->value.size == 0)
			continue;
		text_put(to, before);
		text_add(to, key);
		text_put(to, ":");
		text_add(to, o ? o->value : item);
		before = ",";
	}
	text_put(to, *before == '{' ? "{}" : "}");
}

static void decision(struct span card, struct span at, struct text *to)
{
	struct span about = json_member(card, "about");
	struct text since = {0};
	if (json_is_object(about)) {
		struct other o = {"since", span_is(at, "0") ? (struct span){NULL, 0} : at};
		copy_with(about, &o, 1, &since);
	}
	struct other o = {"about", text_span(&since)};
	copy_with(card, &o, since.size > 0 ? 1 : 0, to);
	to->failed = to->failed || since.failed;
	text_drop(&since);
}

/* contact is whom the store names for those that the card sends for. */
static struct span contact(struct span settings, struct span owner, int lang)
{
	struct span none = {"\"\"", 2}, contacts = json_member(json_member(settings, "texts"), "contacts");
	struct span key, item;
	struct json_walk w = json_begin(contacts);
	while (json_next(&w, &key, &item)) {
		if (key.size != owner.size || memcmp(key.at, owner.at, key.size) != 0)
			continue;
		struct span text = json_member(item, lang == FR ? "fr-CA" : "en-CA");
		if (json_is_string(text))
			return text;
	}
	return none;
}

static void prompt(const struct safe_words *words, struct span event, struct span settings, struct span owner, struct text *to)
{
	struct span locale = json_member(event, "locale"), theirs = json_member(event, "customer_locale");
	int cashier = language(locale);
	int customer = json_is_string(theirs) && theirs.size > 2 ? language(theirs) : cashier;
	struct span mine = span_of(cashier == FR ? words->fr : words->en);
	struct span said = span_of(customer == FR ? words->fr : words->en);
	struct other others[] = {
		{"say", json_member(said, "say")},
		{"if_asked", json_member(said, "if_asked")},
		{"customer_display", json_member(said, "customer_display")},
		{"contact", contact(settings, owner, cashier)},
	};
	copy_with(mine, others, sizeof others / sizeof *others, to);
}

/* sale writes the sale that came in, with the event among those that had no answer. */
static void sale(const char *operation, struct span at, struct span before, struct text *to)
{
	struct span list = json_member(before, "unanswered");
	struct text unanswered = {0};
	if (json_is_array(list)) {
		text_add(&unanswered, (struct span){list.at, list.size - 1});
		if (json_count(list) > 0)
			text_put(&unanswered, ",");
	} else {
		text_put(&unanswered, "[");
	}
	text_put(&unanswered, "{\"operation\":\"");
	text_put(&unanswered, operation);
	text_put(&unanswered, "\",\"at\":");
	text_add(&unanswered, at);
	text_put(&unanswered, "}]");
	if (json_is_array(list)) {
		struct other o = {"unanswered", text_span(&unanswered)};
		copy_with(before, &o, 1, to);
	} else {
		text_put(to, "{\"unanswered\":");
		text_add(to, text_span(&unanswered));
		text_put(to, ",\"sale\":");
		text_add(to, before);
		text_put(to, "}");
	}
	to->failed = to->failed || unanswered.failed;
	text_drop(&unanswered);
}

/* add_utf8 writes a text with U+FFFD for each byte that is no UTF-8: settings and a
 * sale go into the answer as they came, and a program's JSON reader would refuse it. */
static void add_utf8(struct span text, struct text *to)
{
	for (;;) {
		size_t good = utf8_valid_start(text);
		text_add(to, (struct span){text.at, good});
		if (good == text.size)
			return;
		text_put(to, "\xef\xbf\xbd");
		text.at += good + 1;
		text.size -= good + 1;
	}
}

static void compose(struct span text, struct span settings, struct text *to)
{
	struct span event = json_valid(text) ? json_trim(text) : (struct span){NULL, 0};
	struct span store = json_valid(settings) ? json_trim(settings) : (struct span){NULL, 0};
	const struct safe_operation *o = operation_of(event);
	struct span at = time_of(event), before = json_member(event, "sale");
	if (before.size == 0 || json_is_null(before))
		before = span_of("{}");
	bool fresh = json_is_object(before) && json_count(before) == 0;
	const struct safe_card *card = fresh ? &o->fresh : &o->known;
	struct span decided = span_of(card->decision);

	text_put(to, "{\"v\":1,\"prompt\":");
	prompt(&safe_words[card->words], event, store, json_member(decided, "owner"), to);
	text_put(to, ",\"decision\":");
	decision(decided, at, to);
	text_put(to, ",\"sale\":");
	sale(o->name, at, before, to);
}

void safe_answer(struct span text, struct span settings, struct text *to)
{
	struct text made = {0};
	compose(text, settings, &made);
	add_utf8(text_span(&made), to);
	to->failed = to->failed || made.failed;
	text_drop(&made);
}
