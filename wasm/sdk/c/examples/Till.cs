// A payment whose answer never came, and how the till gets out of it: in C#.
// README.md says how to compile this, and what differs on Windows.
using System;
using System.Text;
using Newtonsoft.Json.Linq;

static class Till {
	static void Show(JObject answer) {
		var p = answer["prompt"];
		Console.WriteLine("[ {0} ]", p["banner"]);
		foreach (var line in new[] { "headline", "money", "retry", "never" })
			if ((string)p[line] != "") Console.WriteLine(p[line]);
		int key = 0;
		foreach (var a in p["actions"]) Console.WriteLine("{0} {1}: {2}", ++key, a["label"], a["text"]);
		if ((string)p["contact"] != "") Console.WriteLine("{0}: {1}", p["owner"], p["contact"]);
		Console.WriteLine("> {0}", p["say"]);
		if (answer["error"] != null) Console.WriteLine("{0}: {1}", answer["error"]["kind"], answer["error"]["detail"]);
		Console.WriteLine();
	}

	static string locale = "en";

	static JObject Event(string subject, JToken what) {
		return new JObject {
			{ "v", 1 }, { "at", 1795530757000 }, { "utc_offset_min", -300 }, { "locale", locale }, { subject, what },
		};
	}

	static JObject Answer(Sale sale, JObject happened) { return JObject.Parse(sale.Answer(happened.ToString())); }

	// What key 1 of the card that is shown says.
	static JObject First(JObject shown) {
		var e = Event("action", shown["decision"]["actions"][0]["id"]);
		e["ref"] = shown["prompt"]["ref"];
		return e;
	}

	static void Main(string[] args) {
		Console.OutputEncoding = new UTF8Encoding(false);
		if (args.Length > 0) locale = args[0];
		using (var engine = Engine.Open(
			"{\"texts\":{\"contacts\":{\"supervisor\":{\"en-CA\":\"Renée, aisle 2\",\"fr-CA\":\"Renée, allée 2\"}}}}")) {
			string kept;
			using (var sale = Sale.Open(engine)) {
				var lost = Answer(sale, Event("exchange", JObject.Parse(@"{""operation"": ""authorization"", ""status"": 0,
					""failure"": ""timeout"", ""request"": {""amount"": ""1249.00"", ""auto_capture"": true}}")));
				Show(lost);
				Show(Answer(sale, First(lost)));
				kept = sale.State(); // onto the disk, before the check is sent
			}
			using (var sale = Sale.Open(engine, kept)) { // after a restart
				var done = Answer(sale, Event("exchange", new JObject {
					{ "operation", "authorizations" }, { "status", 200 }, { "body", "[{\"status\":\"captured\"}]" },
					{ "found", JArray.Parse(@"[{""state"": ""captured"", ""amount"": ""1249.00"", ""id"": ""4700000000000001""}]") },
				}));
				Show(done);
				Show(Answer(sale, First(done)));
			}
			try {
				Engine.Open("{\"policy\":{\"empty_okay\":[\"refund\"]}}");
			} catch (Refused e) {
				Console.WriteLine("{0}: {1}\n", e.Kind, e.Message);
			}
			using (var sale = Sale.Open(engine)) Show(Answer(sale, Event("exchange", "rubbish")));
		}
	}
}
