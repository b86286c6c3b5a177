#include "check.h"
#include "tillwise.h"

static char *ask(tillwise_sale *s, const char *event, tillwise_code want)
{
	char *answer;
	tillwise_code code = tillwise_sale_answer(s, event, strlen(event), &answer);
	CHECK(code == want, "%s: the code is %s, not %s", event, tillwise_kind(code), tillwise_kind(want));
	return answer;
}

static const char timeout[] = "{\"v\":1,\"at\":5,\"exchange\":{\"operation\":\"authorization\",\"status\":0,\"failure\":\"timeout\"}}";

static void going_on(tillwise_engine *e)
{
	tillwise_sale *s;
	CHECK(tillwise_sale_open(e, NULL, &s) == TILLWISE_OK, "no sale");
	check_text("a new sale", tillwise_sale_state(s), "{}");
	char *first = ask(s, timeout, TILLWISE_OK), *state = tillwise_sale_state(s);
	check_at(first, "sale", state);
	check_at(first, "decision.money", "unknown");

	/* An action that the card does not offer: the same card, and the sale stays. */
	char *again = ask(s, "{\"v\":1,\"at\":6,\"action\":\"finish_sale\"}", TILLWISE_ACTION_NOT_OFFERED);
	check_at(again, "error.kind", "action_not_offered");
	check_at(again, "record", NULL);
	char *headline = tillwise_get(first, "prompt.headline");
	check_at(again, "prompt.headline", headline);
	check_text("the sale", tillwise_sale_state(s), state);

	/* The same sale, taken up again from what was kept. */
	tillwise_sale *later;
	tillwise_sale_open(e, state, &later);
	tillwise_free(ask(later, "{\"v\":1,\"at\":6,\"action\":\"finish_sale\"}", TILLWISE_ACTION_NOT_OFFERED));
	check_text("the sale", tillwise_sale_state(later), state);
	char *held = ask(later, "{\"v\":1,\"at\":7,\"action\":\"hold_sale\"}", TILLWISE_OK);
	check_at(held, "decision.doubt", "true");

	tillwise_free(held);
	tillwise_free(headline);
	tillwise_free(again);
	tillwise_free(first);
	tillwise_free(state);
	tillwise_sale_close(later);
	tillwise_sale_close(s);
}

static void unreadable(tillwise_engine *e)
{
	tillwise_sale *s;
	tillwise_sale_open(e, "{\"half", &s);
	check_text("a damaged state", tillwise_sale_state(s), "\"unreadable\"");
	char *answer = ask(s, "{\"v\":1,\"at\":5,\"exchange\":{\"operation\":\"search\",\"method\":\"POST\",\"status\":200,\"body\":\"{}\"}}", TILLWISE_OK);
	check_at(answer, "decision.doubt", "true");
	tillwise_free(answer);
	tillwise_sale_close(s);
}

/* What had no answer stays in the sale, and the module takes it up. */
static void unanswered(tillwise_engine *e)
{
	tillwise_sale *s;
	tillwise_sale_open(NULL, NULL, &s);
	char *answer = ask(s, timeout, TILLWISE_MODULE_FAILED), *state = tillwise_sale_state(s);
	CHECK(strcmp(state, "{\"unanswered\":[{\"operation\":\"authorization\",\"at\":5}],\"sale\":{}}") == 0, "the state is %s", state);
	tillwise_free(state);
	tillwise_free(answer);
	tillwise_free(ask(s, "no JSON", TILLWISE_MODULE_FAILED));
	state = tillwise_sale_state(s);
	CHECK(strstr(state, "\"at\":5},{\"operation\":\"unknown\",\"at\":0}],\"sale\":{}}"), "the state is %s", state);
	tillwise_sale_close(s);

	tillwise_sale_open(e, state, &s);
	tillwise_free(state);
	answer = ask(s, "{\"v\":1,\"at\":6,\"action\":\"call_supervisor\"}", TILLWISE_OK);
	check_at(answer, "decision.doubt", "true");
	tillwise_free(answer);
	tillwise_sale_close(s);
}

/* What the module refuses leaves a sale that began in doubt, never a fresh one. */
static void refused(tillwise_engine *e)
{
	tillwise_sale *s;
	tillwise_sale_open(e, NULL, &s);
	tillwise_free(ask(s, timeout, TILLWISE_OK));
	char *answer = ask(s, "no JSON", TILLWISE_BAD_JSON);
	check_at(answer, "decision.family", "check");
	check_at(answer, "sale.unanswered.0.operation", "unknown");
	char *state = tillwise_sale_state(s);
	check_at(answer, "sale", state);
	tillwise_free(state);
	tillwise_free(answer);
	tillwise_sale_close(s);
}

void test_sale(void)
{
	tillwise_engine *e;
	tillwise_sale *outlives;
	tillwise_open(NULL, 1, &e, NULL);
	going_on(e);
	unreadable(e);
	unanswered(e);
	refused(e);
	tillwise_sale_open(e, NULL, &outlives);
	tillwise_close(e);
	char *answer = ask(outlives, timeout, TILLWISE_MODULE_FAILED);
	check_at(answer, "decision.doubt", "true");
	tillwise_free(answer);
	tillwise_sale_close(outlives);
	tillwise_sale_close(NULL);
	answer = ask(NULL, timeout, TILLWISE_MODULE_FAILED);
	tillwise_free(answer);
	check_text("the state of no sale", tillwise_sale_state(NULL), NULL);
}
