#include "check.h"

#include "tillwise.h"

int passed, failed;

void check_text(const char *what, char *got, const char *want)
{
	bool same = got && want ? strcmp(got, want) == 0 : got == want;
	CHECK(same, "%s is %s, not %s", what, got ? got : "none", want ? want : "none");
	tillwise_free(got);
}

void check_at(const char *json, const char *path, const char *want) { check_text(path, tillwise_get(json, path), want); }

int main(void)
{
	test_json();
	test_event();
	test_safe();
	test_engine();
	test_sale();
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}
