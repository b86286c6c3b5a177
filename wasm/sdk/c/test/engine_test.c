#include <fenv.h>
#include <pthread.h>
#include <stdlib.h>

#include "check.h"
#include "json.h"
#include "tillwise.h"

static const char timeout[] = "{\"v\":1,\"at\":1795530727000,\"exchange\":{\"operation\":\"authorization\",\"status\":0,\"failure\":\"timeout\"},\"sale\":{}}";

static char *ask(tillwise_engine *e, const char *event, tillwise_code want)
{
	char *answer;
	tillwise_code code = tillwise_answer(e, event, strlen(event), &answer);
	CHECK(code == want, "%s: the code is %s, not %s", event, tillwise_kind(code), tillwise_kind(want));
	return answer;
}

static void answering(void)
{
	tillwise_engine *e;
	char *detail, *answer, *raw;
	CHECK(tillwise_open(NULL, 0, &e, &detail) == TILLWISE_OK, "no engine opened: %s", detail);
	check_text("the detail of no error", detail, NULL);

	answer = ask(e, timeout, TILLWISE_OK);
	check_at(answer, "decision.money", "unknown");
	check_at(answer, "error", NULL);
	CHECK(tillwise_answer_json(e, timeout, strlen(timeout), &raw) == TILLWISE_OK, "the same event has no raw answer");
	check_text("the raw answer", raw, answer);
	tillwise_free(answer);

	answer = ask(e, "{\"v\":2}", TILLWISE_BAD_VERSION);
	check_at(answer, "error.kind", "bad_version");
	check_at(answer, "prompt.banner", "CALL YOUR SUPERVISOR");
	tillwise_free(answer);
	answer = ask(e, "no JSON", TILLWISE_BAD_JSON);
	check_at(answer, "decision.doubt", "true");
	tillwise_free(answer);
	tillwise_free(ask(e, "", TILLWISE_BAD_JSON));

	CHECK(tillwise_answer_json(e, "{}", 2, &raw) == TILLWISE_BAD_EVENT, "an empty event was taken");
	check_at(raw, "error.kind", "bad_event");
	check_at(raw, "prompt", NULL);
	tillwise_free(raw);
	CHECK(tillwise_decide(e, "{}", 2, &raw) >= TILLWISE_BAD_JSON, "an empty input was decided on");
	tillwise_free(raw);
	CHECK(tillwise_describe(e, &raw) == TILLWISE_OK, "the module does not describe itself");
	check_at(raw, "abi", "1");
	tillwise_free(raw);
	tillwise_close(e);
}

static void too_large(void)
{
	size_t size = 262145;
	char *spaces = malloc(size), *answer;
	memset(spaces, ' ', size);
	tillwise_engine *e;
	tillwise_open(NULL, 1, &e, NULL);
	CHECK(tillwise_answer_json(e, spaces, size, &answer) == TILLWISE_TOO_LARGE, "too much was taken");
	check_at(answer, "error.kind", "too_large");
	tillwise_free(answer);
	CHECK(tillwise_answer(e, spaces, size, &answer) == TILLWISE_TOO_LARGE, "too much was answered");
	check_at(answer, "decision.doubt", "true");
	check_at(answer, "error.kind", "too_large");
	tillwise_free(answer);
	CHECK(tillwise_answer_json(e, spaces, size - 1, &answer) == TILLWISE_BAD_JSON, "as much as may be was not looked at");
	tillwise_free(answer);
	free(spaces);
	tillwise_close(e);
}

static void refused_settings(void)
{
	static const char settings[] = "{\"policy\":{\"overide\":true},\"texts\":{\"contacts\":{\"supervisor\":{\"en-CA\":\"Desk 4\"}}}}";
	tillwise_engine *e;
	char *detail;
	CHECK(tillwise_open(settings, 1, &e, &detail) == TILLWISE_BAD_POLICY, "wrong settings were taken");
	CHECK(detail && strstr(detail, "overide"), "the mistake is not named: %s", detail ? detail : "");
	char *answer = ask(e, timeout, TILLWISE_BAD_POLICY);
	check_at(answer, "error.kind", "bad_policy");
	check_at(answer, "error.detail", detail);
	tillwise_free(answer);
	answer = ask(e, "{\"sale\":{\"v\":2}}", TILLWISE_BAD_POLICY);
	check_at(answer, "prompt.contact", "Desk 4");
	tillwise_free(answer);
	tillwise_free(detail);
	tillwise_close(e);
	CHECK(tillwise_open("no JSON", 1, &e, NULL) == TILLWISE_BAD_JSON, "settings that are no JSON were taken");
	tillwise_close(e);
}

static void stopped(void)
{
	tillwise_engine *e;
	tillwise_open("{\"texts\":{}}", 2, &e, NULL);
	tillwise_stop(e);
	tillwise_stop(e);
	char *answer = ask(e, timeout, TILLWISE_MODULE_FAILED), *detail = tillwise_get(answer, "error.detail");
	CHECK(detail && strstr(detail, "the engine is closed"), "it is not said that the engine is closed: %s", detail);
	check_at(answer, "decision.money", "unknown");
	tillwise_free(detail);
	tillwise_free(answer);
	tillwise_close(e);

	answer = ask(NULL, timeout, TILLWISE_MODULE_FAILED);
	check_at(answer, "decision.family", "check");
	tillwise_free(answer);
	CHECK(tillwise_describe(NULL, &answer) == TILLWISE_MODULE_FAILED, "no engine describes itself");
	check_at(answer, "error.kind", "module_failed");
	tillwise_free(answer);
	tillwise_close(NULL);
	tillwise_stop(NULL);
	tillwise_free(NULL);
}

struct asker {
	pthread_t thread;
	tillwise_engine *engine;
	const char *want;
	int wrong;
};

/* Asks many times; after the engine is stopped, safe cards are right as well. */
static void *asking(void *of)
{
	struct asker *a = of;
	for (int i = 0; i < 50; i++) {
		char *answer;
		tillwise_code code = tillwise_answer(a->engine, timeout, strlen(timeout), &answer);
		if (code == TILLWISE_OK ? strcmp(answer, a->want) != 0 : code != TILLWISE_MODULE_FAILED || !strstr(answer, "the engine is closed"))
			a->wrong++;
		tillwise_free(answer);
	}
	return NULL;
}

/* run asks from several threads at once, more than there are instances. */
static void run(int instances, bool stopping)
{
	struct asker askers[4];
	tillwise_engine *e;
	tillwise_open(NULL, instances, &e, NULL);
	char *want = ask(e, timeout, TILLWISE_OK);
	for (int i = 0; i < 4; i++) {
		askers[i] = (struct asker){.engine = e, .want = want};
		pthread_create(&askers[i].thread, NULL, asking, &askers[i]);
	}
	if (stopping)
		tillwise_stop(e);
	for (int i = 0; i < 4; i++) {
		pthread_join(askers[i].thread, NULL);
		CHECK(askers[i].wrong == 0, "with %d instances %d answers were wrong", instances, askers[i].wrong);
	}
	tillwise_free(want);
	tillwise_close(e);
}

/* The module counts its own way, whatever the program has told the processor, and
 * the program finds it as it was: Delphi's have exceptions on. */
static void arithmetic(void)
{
	tillwise_engine *e;
	tillwise_open(NULL, 1, &e, NULL);
	char *want = ask(e, timeout, TILLWISE_OK);
	fesetround(FE_UPWARD);
	for (int i = 0; i < 400; i++) { /* until the module's collector has run, which divides */
		char *answer = ask(e, timeout, TILLWISE_OK);
		CHECK(strcmp(answer, want) == 0, "with another way to round, answer %d is another", i);
		tillwise_free(answer);
	}
	CHECK(fegetround() == FE_UPWARD, "the program's way to round is gone");
	fesetround(FE_TONEAREST);
	tillwise_free(want);
	tillwise_close(e);
}

/* A file of settings in a code page of Windows' still gives a card that can be read. */
static void code_page(void)
{
	const char *settings = "{\"texts\":{\"contacts\":{\"supervisor\":{\"en-CA\":\"Ren\xe9" "e\"}}}}";
	char *answer;
	tillwise_safe("{\"v\":1,\"exchange\":{\"operation\":\"refund\"}}", strlen("{\"v\":1,\"exchange\":{\"operation\":\"refund\"}}"), settings, &answer);
	check_at(answer, "prompt.contact", "Ren\xef\xbf\xbd" "e");
	tillwise_free(answer);
}

static void names(void)
{
	CHECK(strcmp(tillwise_kind(TILLWISE_ACTION_NOT_OFFERED), "action_not_offered") == 0, "a code has not its name");
	CHECK(strcmp(tillwise_kind((tillwise_code)99), "other") == 0, "a code that is none has a name");
	CHECK(strcmp(tillwise_version(), "0.1.0") == 0, "the version is %s", tillwise_version());
	CHECK(strlen(tillwise_module_sha256()) == 64, "the module's hash is %s", tillwise_module_sha256());
}

void test_engine(void)
{
	answering();
	too_large();
	refused_settings();
	stopped();
	run(1, false);
	run(3, false);
	run(3, true);
	arithmetic();
	code_page();
	names();
}
