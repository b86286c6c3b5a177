//! What a till relies on, through the public API alone.

use std::thread;
use std::time::{Duration, Instant};
use tillwise::*;

fn engine() -> Engine {
    Engine::open(Options { instances: 2, ..Options::default() }).unwrap()
}

fn lost_purchase() -> Event {
    let exchange =
        Exchange { operation: Some(Operation::Authorization), failure: Some(Failure::Timeout), ..Default::default() };
    Event { at: Some(1795530727000), exchange: Some(exchange), ..Default::default() }
}

fn chosen(action: ActionId) -> Event {
    Event { at: Some(1795530730000), action: Some(action), ..Default::default() }
}

fn offered(answer: &Answer) -> Vec<ActionId> {
    answer.decision.actions.iter().map(|action| action.id).collect()
}

#[track_caller]
fn assert_claims_nothing(answer: &Answer) {
    assert_eq!(answer.decision.money, Money::Unknown);
    assert!(answer.decision.doubt);
    assert!(answer.sale.as_str().starts_with(r#"{"unanswered":["#));
    assert_eq!(answer.decision.actions.len(), answer.prompt.actions.len());
    let paying = [ActionId::OtherPayment, ActionId::TryAgain, ActionId::ResendSame, ActionId::FinishSale];
    assert!(offered(answer).iter().all(|id| !paying.contains(id)), "{:?}", offered(answer));
}

/// A module in the text format, with what the contract asks for; `answer` is the
/// code of `tillwise_answer`.
fn handmade(answer: &str) -> Module {
    let text = format!(
        r#"(module (memory (export "memory") 2) (data (i32.const 16) "{{}}") (global $asked (mut i32) (i32.const 0))
        (func (export "_initialize"))
        (func (export "tillwise_abi") (result i32) (i32.const 1))
        (func (export "tillwise_buffer") (param i32) (result i32) (i32.const 65536))
        (func (export "tillwise_configure") (param i32) (result i64) (i64.const 0x1000000002))
        (func (export "tillwise_answer") (param i32) (result i64) {answer})
        (func (export "tillwise_decide") (param i32) (result i64) (i64.const 0x1000000002))
        (func (export "tillwise_describe") (result i64) (i64.const 0x1000000002)))"#
    );
    let wasm = wat::parse_str(text).unwrap();
    let sha256 = sha256_of(&wasm);
    Module::new(wasm, sha256)
}

fn sha256_of(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn a_sale_is_carried_kept_and_taken_up_again() {
    let engine = engine();
    let mut sale = engine.sale();
    assert_eq!(sale.state(), "{}");
    let lost = sale.answer(&lost_purchase());
    assert_eq!(lost.error, None);
    assert!(lost.decision.doubt);
    assert!(lost.record.is_some());
    assert_eq!(offered(&lost)[0], ActionId::CheckStatus);
    assert_eq!(lost.decision.actions[0].next.as_ref().unwrap().operation, Operation::Authorizations);

    let kept = sale.state().to_string();
    let found = Exchange {
        operation: Some(Operation::Authorizations),
        status: Some(200),
        found: Some(vec![]),
        ..Default::default()
    };
    let after = Event { at: Some(1795530790000), exchange: Some(found), ..Default::default() };
    let here = sale.answer(&after);
    let there = engine.sale_from(&kept).answer(&after);
    assert_eq!(here, there);
    assert_eq!(here.error, None);
}

#[test]
fn a_choice_that_was_not_offered_changes_nothing() {
    let mut sale = engine().sale();
    let lost = sale.answer(&lost_purchase());
    let state = sale.state().to_string();
    let again = sale.answer(&chosen(ActionId::FinishSale));
    assert_eq!(again.error.as_ref().unwrap().kind, ErrorKind::ActionNotOffered);
    assert_eq!((&again.prompt, &again.decision, &again.sale), (&lost.prompt, &lost.decision, &lost.sale));
    assert_eq!(sale.state(), state);
}

#[test]
fn a_damaged_state_is_a_sale_in_doubt() {
    for damaged in ["", "{\"v\":1,", "null and void", "\u{feff}[", "{}}"] {
        let mut sale = engine().sale_from(damaged);
        let exchange = Exchange { operation: Some(Operation::Lookup), status: Some(200), ..Default::default() };
        let answer = sale.answer(&Event { exchange: Some(exchange), ..Default::default() });
        assert_eq!(answer.error, None, "{damaged:?}");
        assert!(answer.decision.doubt, "{damaged:?}");
    }
}

#[test]
fn rubbish_has_a_card() {
    let engine = engine();
    let long = vec![b'['; 1 << 20];
    for rubbish in
        [&b""[..], b"\xff\xfe", b"null", b"[]", b"{}", b"\"", b"{\"exchange\":7}", b"{\"sale\":\"\\ud800\"}", &long]
    {
        let answer = engine.answer_text(rubbish);
        assert!(answer.error.is_some());
        assert_claims_nothing(&answer);
        assert_eq!(engine.answer_json(rubbish).unwrap(), answer.raw.unwrap());
    }
    struct Unwritten;
    impl serde::Serialize for Unwritten {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no"))
        }
    }
    let answer = engine.answer(&Unwritten);
    assert_eq!(answer.error.as_ref().unwrap().kind, ErrorKind::BadEvent);
    assert_claims_nothing(&answer);
    let mut sale = engine.sale();
    assert_claims_nothing(&sale.answer(&Unwritten));
    assert_claims_nothing(&sale.answer("a text and no event"));
    assert!(sale.state().contains("unanswered"));
}

#[test]
fn a_long_body_is_cut() {
    let engine = engine();
    for body in ["é\u{1}".repeat(100_000), "\u{1f600}".repeat(100_000), "x".repeat(65_536), String::new()] {
        let mut event = lost_purchase();
        let exchange = event.exchange.as_mut().unwrap();
        (exchange.status, exchange.failure, exchange.body) = (Some(502), None, Some(body));
        assert_eq!(engine.answer(&event).error, None);
    }
}

#[test]
fn settings_are_taken_or_refused_by_name() {
    let texts = r#"{"texts":{"contacts":{"cashier":{}}}}"#;
    for (settings, kind) in [
        (r#"{"policy":{"methods":"sms"}}"#, ErrorKind::BadPolicy),
        ("{", ErrorKind::BadJson),
        (texts, ErrorKind::BadPolicy),
    ] {
        let error = Engine::open(Options { settings: Some(settings.into()), ..Default::default() }).unwrap_err();
        assert_eq!(error.kind, kind, "{error}");
    }
    let policy = Policy { methods: vec![OfferedMethod::Sms], ..Default::default() };
    let typed = Settings { policy: Some(policy), ..Default::default() };
    assert_eq!(typed.to_json(), r#"{"policy":{"methods":["sms"]}}"#);
    Engine::open(Options { settings: Some(typed.to_json()), ..Default::default() }).unwrap();
}

#[test]
fn a_module_that_was_not_meant_is_not_run() {
    let good = handmade("(i64.const 0)");
    let wrong = |module| {
        let error = Engine::open(Options { module: Some(module), ..Default::default() }).unwrap_err();
        assert_eq!(error.kind, ErrorKind::WrongModule);
        error.to_string()
    };
    assert!(wrong(Module::new(*b"MZ", "00")).contains("SHA-256"));
    assert!(wrong(Module::new(*b"MZ", sha256_of(b"MZ"))).contains("cannot be loaded"));
    let missing = Module::read("no/such/module.wasm", "00").unwrap_err();
    assert_eq!(missing.kind, ErrorKind::WrongModule);
    Engine::open(Options { module: Some(good), ..Default::default() }).unwrap();
}

#[test]
fn a_module_that_never_returns_is_given_up_in_time() {
    let options = Options {
        module: Some(handmade("(loop $on (br $on)) (unreachable)")),
        deadline: Duration::from_millis(100),
        ..Default::default()
    };
    let engine = Engine::open(options).unwrap();
    let began = Instant::now();
    let answer = engine.answer(&lost_purchase());
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(answer.error.as_ref().unwrap().kind, ErrorKind::Deadline);
    assert_eq!(answer.raw, None);
    assert_claims_nothing(&answer);
    assert_eq!(engine.describe().unwrap(), "{}");
}

#[test]
fn an_instance_that_trapped_is_not_asked_again() {
    let once = "(if (i32.eqz (global.get $asked)) (then (global.set $asked (i32.const 1)) (unreachable))) (i64.const 0x1000000002)";
    let engine = Engine::open(Options { module: Some(handmade(once)), instances: 1, ..Default::default() }).unwrap();
    for _ in 0..3 {
        assert_eq!(engine.answer_json(b"{}").unwrap_err().kind, ErrorKind::ModuleFailed);
    }
}

#[test]
fn many_threads_have_their_own_answers() {
    let engine = engine();
    let alone = |n: i64| Event { at: Some(1795530727000 + n), ..lost_purchase() };
    let want: Vec<_> = (0..4).map(|n| engine.answer(&alone(n)).raw.unwrap()).collect();
    thread::scope(|scope| {
        for lane in 0..8 {
            let (engine, want) = (engine.clone(), &want);
            scope.spawn(move || {
                for n in (0..40).map(|n| (n + lane) % 4) {
                    assert_eq!(engine.answer(&alone(n)).raw.as_ref(), Some(&want[n as usize]));
                }
            });
        }
    });
}

#[test]
fn a_closed_engine_has_a_card() {
    let engine = engine();
    let mut sale = engine.sale();
    engine.clone().close();
    engine.close();
    let answer = sale.answer(&lost_purchase());
    let error = answer.error.clone().unwrap();
    assert_eq!(error.kind, ErrorKind::ModuleFailed);
    assert!(error.to_string().contains("the engine is closed"), "{error}");
    assert_claims_nothing(&answer);
    drop(engine);
    assert!(
        sale.answer(&chosen(ActionId::CallSupervisor)).error.is_some(),
        "a sale outlives the engine's other clones"
    );
}

#[test]
fn there_is_a_card_without_an_engine() {
    let settings = r#"{"texts":{"contacts":{"cashier":{"fr-CA":"x"},"supervisor":{"fr-CA":"Poste 4100"}}}}"#;
    let begun = br#"{"at":5,"locale":"FR-ca","customer_locale":"en","exchange":{"method":"POST","url":"https://x/a/capture/9/return"},"sale":{"v":1}}"#;
    let card = safe(begun, Some(settings));
    assert_eq!(card.prompt.locale, Lang::FrCa);
    assert_eq!(card.prompt.contact, "Poste 4100");
    assert_eq!(card.sale.as_str(), r#"{"unanswered":[{"operation":"return","at":5}],"sale":{"v":1}}"#);
    let again =
        safe(format!(r#"{{"at":6,"action":"call_supervisor","sale":{}}}"#, card.sale).as_bytes(), Some("no settings"));
    assert_eq!(
        again.sale.as_str(),
        r#"{"sale":{"v":1},"unanswered":[{"operation":"return","at":5},{"operation":"unknown_read","at":6}]}"#
    );
}
