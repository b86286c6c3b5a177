#include <stdlib.h>

#include "answer.h"
#include "cards.h"
#include "check.h"
#include "event.h"
#include "json.h"
#include "tillwise.h"

static void check_operation(const char *event, const char *want)
{
	const char *got = operation_of(span_of(event))->name;
	CHECK(strcmp(got, want) == 0, "%s is about %s, not %s", event, got, want);
}

static void check_call(const char *method, const char *url, const char *want)
{
	char event[300];
	snprintf(event, sizeof event, "{\"exchange\":{\"method\":\"%s\",\"url\":\"%s\"}}", method, url);
	check_operation(event, want);
}

static void operations(void)
{
	check_call("POST", "https://api.example.test/flexiti/pos-api/v2.5/client-id/acme/account/828930/authorization", "authorization");
	check_call("POST", "/v2.5/online/client-id/acme/account/1/AUTHORIZATION/?x=/a/b#c", "authorization");
	check_call("GET", "https://a.test/account/1/authorization/2", "authorization_get");
	check_call("", "https:\\/\\/a.test\\/account\\/1\\/authorization\\/2", "authorization_get");
	check_call("PUT", "https://a.test/account/1/authorization/2", "unknown");
	check_call("POST", "https://a.test/authorizations", "authorization");
	check_call("get", "https://a.test/authorizations", "authorizations");
	check_call("GET", "https://a.test/account/1/authorization", "unknown_read");
	check_call("POST", "authorization/1/capture/2/return", "return");
	check_call("POST", "authorization/1/capture/return", "unknown");
	check_call("POST", "accounts/1/refund", "refund");
	check_call("POST", "customers/1/refund", "refund");
	check_call("POST", "stores/1/refund", "unknown");
	check_call("POST", "pos-apiwidget/init", "widget_init");
	check_call("POST", "oauth/token", "token");
	check_call("POST", "https://oauth/token", "unknown");
	check_call("POST", "https://token", "unknown");
	check_call("POST", "", "unknown");
	check_call("POST", "///", "unknown");
	check_operation("{\"exchange\":{\"operation\":\"capture\",\"url\":\"oauth/token\"}}", "capture");
	check_operation("{\"exchange\":{\"operation\":\"captur\"}}", "unknown");
	check_operation("{\"exchange\":{\"operation\":\"\",\"url\":\"oauth/token\"}}", "token");
	check_operation("{\"exchange\":{}}", "unknown");
	check_operation("{\"exchange\":7,\"action\":\"x\"}", "unknown");
	check_operation("{\"facts\":{\"operation\":\"search\"}}", "search");
	check_operation("{\"facts\":{}}", "unknown");
	check_operation("{\"exchange\":null,\"action\":\"hold_sale\"}", "unknown_read");
	check_operation("{\"decision\":{}}", "unknown_read");
	check_operation("{\"action\":\"\",\"decision\":null}", "unknown");
	check_operation("[]", "unknown");
}

static void check_sale(const char *event, const char *want)
{
	char *answer;
	tillwise_safe(event, strlen(event), NULL, &answer);
	check_at(answer, "sale", want);
	tillwise_free(answer);
}

static void sales(void)
{
	check_sale("{\"at\":5,\"exchange\":{\"operation\":\"refund\"}}", "{\"unanswered\":[{\"operation\":\"refund\",\"at\":5}],\"sale\":{}}");
	check_sale("{\"sale\":null}", "{\"unanswered\":[{\"operation\":\"unknown\",\"at\":0}],\"sale\":{}}");
	check_sale("{\"sale\":{ \"v\" : 2 }}", "{\"unanswered\":[{\"operation\":\"unknown\",\"at\":0}],\"sale\":{ \"v\" : 2 }}");
	check_sale("{\"sale\":\"unreadable\"}", "{\"unanswered\":[{\"operation\":\"unknown\",\"at\":0}],\"sale\":\"unreadable\"}");
	check_sale("{\"at\":7,\"action\":\"x\",\"sale\":{\"unanswered\":[{\"operation\":\"refund\",\"at\":5}],\"sale\":{}}}",
		"{\"unanswered\":[{\"operation\":\"refund\",\"at\":5},{\"operation\":\"unknown_read\",\"at\":7}],\"sale\":{}}");
	check_sale("{\"sale\":{\"unanswered\":[]}}", "{\"unanswered\":[{\"operation\":\"unknown\",\"at\":0}]}");
	check_sale("{\"at\":\"x\",\"sale\":{\"unanswered\":3}}", "{\"unanswered\":[{\"operation\":\"unknown\",\"at\":0}],\"sale\":{\"unanswered\":3}}");
	check_sale("no JSON", "{\"unanswered\":[{\"operation\":\"unknown\",\"at\":0}],\"sale\":{}}");
}

static void words(void)
{
	static const char event[] = "{\"at\":1795530727000,\"locale\":\"FR\",\"customer_locale\":\"en-CA\",\"exchange\":{\"operation\":\"authorization\"},\"sale\":{\"v\":2}}";
	static const char settings[] = "{\"texts\":{\"contacts\":{\"supervisor\":{\"fr-CA\":\"Poste \\u00ab 12 \\u00bb\",\"en-CA\":\"Desk\"}}}}";
	char *answer;
	CHECK(tillwise_safe(event, strlen(event), settings, &answer) == TILLWISE_OK, "the safe card failed");
	check_at(answer, "v", "1");
	check_at(answer, "prompt.locale", "fr-CA");
	check_at(answer, "prompt.headline", "Votre responsable doit voir si le paiement a pass\xc3\xa9");
	check_at(answer, "prompt.customer_display.0", "One moment, please");
	check_at(answer, "prompt.contact", "Poste \xc2\xab 12 \xc2\xbb");
	check_at(answer, "decision.about.since", "1795530727000");
	check_at(answer, "decision.family", "check");
	check_at(answer, "error", NULL);
	check_at(answer, "record", NULL);
	tillwise_free(answer);

	/* Without a time there is none to tell. */
	tillwise_safe("", 0, NULL, &answer);
	check_at(answer, "decision.about.operation", "unknown");
	check_at(answer, "decision.about.since", NULL);
	tillwise_free(answer);
}

/* Whatever an event is, its safe answer is one that can be shown, and offers no payment. */
static void always(void)
{
	for (const struct safe_operation *o = safe_operations; o->name; o++) {
		for (int i = 0; i < 4; i++) {
			char event[200], *answer;
			snprintf(event, sizeof event, "{\"locale\":\"%s\",\"exchange\":{\"operation\":\"%s\"},\"sale\":%s}", i % 2 ? "fr-CA" : "en", o->name, i < 2 ? "{}" : "{\"v\":2}");
			tillwise_safe(event, strlen(event), NULL, &answer);
			struct error e = {TILLWISE_OK, {0}, {0}};
			answer_check(span_of(answer), &e);
			CHECK(e.code == TILLWISE_OK, "%s: %s", event, e.detail.at);
			check_at(answer, "decision.doubt", i >= 2 || o->moves ? "true" : "false");
			error_drop(&e);
			tillwise_free(answer);
		}
	}
}

void test_safe(void)
{
	operations();
	sales();
	words();
	always();
}
