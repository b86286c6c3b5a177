// A payment whose answer never came, and how the till gets out of it: in C++17.
// README.md says how to compile this, and what differs on Windows.
#include <tillwise.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

using nlohmann::json;

// Why an engine did not open: the kind is for the program, what() for its log.
struct Refused : std::runtime_error {
	std::string kind;
	Refused(tillwise_code code, const std::string &detail) : runtime_error(detail), kind(tillwise_kind(code)) {}
};

// What the library gives goes back to it, whatever happens.
static std::string take(char *given) {
	std::unique_ptr<char, decltype(&tillwise_free)> text(given, tillwise_free);
	if (!text) throw std::bad_alloc(); // the only case without a card
	return text.get();
}

struct Engine {
	std::unique_ptr<tillwise_engine, decltype(&tillwise_close)> handle{nullptr, tillwise_close};
	explicit Engine(const std::string &settings) {
		tillwise_engine *opened;
		char *detail;
		tillwise_code code = tillwise_open(settings.c_str(), 0, &opened, &detail);
		handle.reset(opened);
		if (code != TILLWISE_OK) throw Refused(code, take(detail));
	}
};

struct Sale {
	std::unique_ptr<tillwise_sale, decltype(&tillwise_sale_close)> handle{nullptr, tillwise_sale_close};
	explicit Sale(const Engine &engine, const std::string &state = "{}") {
		tillwise_sale *opened;
		if (tillwise_sale_open(engine.handle.get(), state.c_str(), &opened) != TILLWISE_OK) throw std::bad_alloc();
		handle.reset(opened);
	}
	// There is a card for any text at all, perhaps with "error" beside it.
	json answer(const std::string &event) {
		char *answer;
		tillwise_sale_answer(handle.get(), event.data(), event.size(), &answer);
		return json::parse(take(answer));
	}
	std::string state() { return take(tillwise_sale_state(handle.get())); }
};

// dump() alone throws at a body that is no UTF-8, just when a payment is open.
static std::string text(const json &event) { return event.dump(-1, ' ', false, json::error_handler_t::replace); }

static void show(const json &answer) {
	auto words = [](const json &of, const char *name) { return of[name].get<std::string>(); };
	const json &p = answer["prompt"];
	std::cout << "[ " << words(p, "banner") << " ]\n";
	for (const char *line : {"headline", "money", "retry", "never"})
		if (p[line] != "") std::cout << words(p, line) << "\n";
	int key = 0;
	for (const json &a : p["actions"]) std::cout << ++key << " " << words(a, "label") << ": " << words(a, "text") << "\n";
	if (p["contact"] != "") std::cout << words(p, "owner") << ": " << words(p, "contact") << "\n";
	std::cout << "> " << words(p, "say") << "\n";
	if (answer.contains("error")) std::cout << words(answer["error"], "kind") << ": " << words(answer["error"], "detail") << "\n";
	std::cout << "\n";
}

int main(int argc, char **argv) {
	json event = {{"v", 1}, {"at", 1795530757000}, {"utc_offset_min", -300}, {"locale", argc > 1 ? argv[1] : "en"}};
	auto with = [&](json members) { members.update(event); return text(members); };
	auto first = [&](const json &shown) { // what key 1 of this card says
		return with({{"action", shown["decision"]["actions"][0]["id"]}, {"ref", shown["prompt"]["ref"]}});
	};
	Engine engine(R"({"texts":{"contacts":{"supervisor":{"en-CA":"Renée, aisle 2","fr-CA":"Renée, allée 2"}}}})");
	Sale sale(engine);
	json lost = sale.answer(with({{"exchange", {{"operation", "authorization"}, {"status", 0}, {"failure", "timeout"},
		{"request", {{"amount", "1249.00"}, {"auto_capture", true}}}}}}));
	show(lost);
	show(sale.answer(first(lost)));
	std::string kept = sale.state(); // onto the disk, before the check is sent

	Sale again(engine, kept); // after a restart
	json captured = {{"state", "captured"}, {"amount", "1249.00"}, {"id", "4700000000000001"}};
	json done = again.answer(with({{"exchange", {{"operation", "authorizations"}, {"status", 200},
		{"body", R"([{"status":"captured"}])"}, {"found", json::array({captured})}}}}));
	show(done);
	show(again.answer(first(done)));

	try {
		Engine misspelt(R"({"policy":{"empty_okay":["refund"]}})");
	} catch (const Refused &e) {
		std::cout << e.kind << ": " << e.what() << "\n\n";
	}
	show(Sale(engine).answer(with({{"exchange", "rubbish"}})));
}
