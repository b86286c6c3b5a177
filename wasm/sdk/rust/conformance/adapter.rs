//! The conformance kit's way into this crate: a JSON line in, a JSON line out.
//! Lines of different lanes are answered at the same time.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, BufRead, BufWriter, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::{fs, thread, time::Duration};
use tillwise::{Answer, Decision, Engine, Error, ErrorKind, Event, Json, Module, Options, Prompt, Sale, safe};

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "do")]
    verb: String,
    #[serde(default)]
    lane: u64,
    event: Option<Box<RawValue>>,
    events: Option<Vec<Box<RawValue>>>,
    sale: Option<String>,
    state: Option<String>,
    input: Option<Box<RawValue>>,
    settings: Option<Box<RawValue>>,
    module: Option<String>,
    sha256: Option<String>,
    instances: Option<usize>,
    deadline_ms: Option<u64>,
}

/// What is open: an engine, or why there is none.
struct Host {
    engine: Result<Engine, Error>,
    settings: Option<String>,
    sales: Mutex<HashMap<String, Arc<Mutex<Sale>>>>,
}

type Job = Box<dyn FnOnce() -> String + Send>;

fn main() {
    let (printing, printed) = channel::<Receiver<String>>();
    let printer = thread::spawn(move || {
        let mut out = BufWriter::new(io::stdout());
        while let Some(line) = printed.recv().ok().and_then(|reply| reply.recv().ok()) {
            if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
                return;
            }
        }
    });
    let mut host = Arc::new(Host::none(Error { kind: ErrorKind::ModuleFailed, detail: "no engine is open".into() }));
    let mut lanes: HashMap<u64, Sender<(Job, Sender<String>)>> = HashMap::new();
    let mut waiting: Vec<thread::JoinHandle<()>> = Vec::new();
    for line in io::stdin().lock().split(b'\n') {
        let Ok(line) = line else { break };
        let (reply, replied) = channel();
        printing.send(replied).expect("the printer runs to the end");
        let line: Line = match serde_json::from_slice(&line) {
            Ok(line) => line,
            Err(e) => {
                reply.send(bad_line(&e.to_string())).ok();
                continue;
            }
        };
        let turn = matches!(line.verb.as_str(), "answer" | "batch" | "card") || (line.verb == "sale");
        if turn {
            let lane = lanes.entry(line.lane).or_insert_with(|| {
                let (give, take) = channel::<(Job, Sender<String>)>();
                waiting.push(thread::spawn(move || {
                    for (job, reply) in take {
                        reply.send(job()).ok();
                    }
                }));
                give
            });
            let host = host.clone();
            lane.send((Box::new(move || host.turn(line)), reply)).expect("a lane runs to the end");
            continue;
        }
        // What concerns all lanes waits until they have done what came before.
        lanes.clear();
        waiting.drain(..).for_each(|lane| lane.join().expect("a lane does not panic"));
        reply.send(alone(&mut host, line)).ok();
    }
    lanes.clear();
    waiting.into_iter().for_each(|lane| lane.join().expect("a lane does not panic"));
    drop(printing);
    printer.join().expect("the printer does not panic");
}

fn alone(host: &mut Arc<Host>, line: Line) -> String {
    match line.verb.as_str() {
        "open" => {
            let (opened, reply) = Host::open(line);
            *host = Arc::new(opened);
            reply
        }
        "close" => {
            if let Ok(engine) = &host.engine {
                engine.close();
            }
            "true".into()
        }
        "saved" => host.saved(line),
        "describe" => host.text(Engine::describe),
        "decide" => match &line.input {
            Some(input) => host.text(|engine| engine.decide_json(input.get().as_bytes())),
            None => bad_line("decide wants an input"),
        },
        verb => bad_line(&format!("there is no {verb:?}")),
    }
}

impl Host {
    fn none(error: Error) -> Self {
        Self { engine: Err(error), settings: None, sales: Mutex::default() }
    }

    fn open(line: Line) -> (Self, String) {
        let settings = line.settings.as_ref().map(|settings| settings.get().to_string());
        let engine = options(line, settings.clone()).and_then(Engine::open);
        let reply = match &engine {
            Ok(_) => json!({
                "host": concat!("tillwise-rust ", env!("CARGO_PKG_VERSION")), "engine": "wasmi 2",
                "deadline": true, "memory": true, "modules": true, "parallel": true,
            }),
            Err(error) => json!({ "error": error }),
        };
        (Self { engine, settings, sales: Mutex::default() }, reply.to_string())
    }

    fn turn(&self, line: Line) -> String {
        match (line.verb.as_str(), line.event, line.events, line.sale) {
            ("answer", Some(event), ..) => match bytes_of(&event) {
                Some(bytes) => self.text(|engine| engine.answer_json(&bytes)),
                None => {
                    self.text(|engine| raw_of(typed(&event, |event| engine.answer(event), |raw| engine.answer(raw))))
                }
            },
            ("batch", _, Some(events), _) => self.batch(&events),
            ("card", Some(event), ..) => card(self.card(&event)),
            ("sale", Some(event), _, Some(name)) => {
                let Ok(engine) = &self.engine else { return card(self.card(&event)) };
                let sale = self
                    .sales
                    .lock()
                    .unwrap()
                    .entry(name)
                    .or_insert_with(|| Arc::new(Mutex::new(engine.sale())))
                    .clone();
                let mut sale = sale.lock().unwrap();
                let answer = match serde_json::from_str::<Event>(event.get()) {
                    Ok(event) => sale.answer(&event),
                    Err(_) => sale.answer(&event),
                };
                card(answer)
            }
            (verb, ..) => bad_line(&format!("{verb} wants more members")),
        }
    }

    fn card(&self, event: &RawValue) -> Answer {
        match (&self.engine, bytes_of(event)) {
            (Ok(engine), Some(bytes)) => engine.answer_text(&bytes),
            (Ok(engine), None) => typed(event, |event| engine.answer(event), |raw| engine.answer(raw)),
            (Err(error), bytes) => {
                let bytes = bytes.unwrap_or_else(|| event.get().into());
                Answer { error: Some(error.clone()), ..safe(&bytes, self.settings.as_deref()) }
            }
        }
    }

    fn batch(&self, events: &[Box<RawValue>]) -> String {
        let Ok(engine) = &self.engine else { return self.text(|_| Ok(String::new())) };
        let answers: Vec<_> = events
            .iter()
            .map(|event| engine.answer_json(&bytes_of(event).unwrap_or_else(|| event.get().into())))
            .collect();
        let answers: Vec<Value> =
            answers.into_iter().map(|answer| answer.map_or_else(|e| json!({ "error": e }), Value::from)).collect();
        Value::from(answers).to_string()
    }

    fn saved(&self, line: Line) -> String {
        let (Ok(engine), Some(name)) = (&self.engine, line.sale) else {
            return bad_line("saved wants an engine and a sale");
        };
        let mut sales = self.sales.lock().unwrap();
        match line.state {
            Some(state) => {
                sales.insert(name, Arc::new(Mutex::new(engine.sale_from(&state))));
                "true".into()
            }
            None => match sales.get(&name) {
                Some(sale) => Value::from(sale.lock().unwrap().state()).to_string(),
                None => bad_line("there is no such sale"),
            },
        }
    }

    fn text(&self, ask: impl FnOnce(&Engine) -> Result<String, Error>) -> String {
        match self.engine.as_ref().map_err(Error::clone).and_then(ask) {
            Ok(text) => Value::from(text).to_string(),
            Err(error) => json!({ "error": error }).to_string(),
        }
    }
}

fn options(line: Line, settings: Option<String>) -> Result<Options, Error> {
    let mut options = Options { settings, ..Default::default() };
    if let Some(path) = line.module {
        let sha256 = line.sha256.unwrap_or_else(|| sha256_of(&fs::read(&path).unwrap_or_default()));
        options.module = Some(Module::read(path, sha256)?);
    }
    options.instances = line.instances.unwrap_or(options.instances);
    options.deadline = line.deadline_ms.map_or(options.deadline, Duration::from_millis);
    Ok(options)
}

fn sha256_of(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// An event goes in as the crate's own type. What no Rust program could say with
/// that type (a status that is text, half a character) goes in as JSON.
fn typed(event: &RawValue, ask: impl FnOnce(&Event) -> Answer, ask_raw: impl FnOnce(&RawValue) -> Answer) -> Answer {
    match serde_json::from_str::<Event>(event.get()) {
        Ok(event) => ask(&event),
        Err(_) => ask_raw(event),
    }
}

/// What the module wrote, or why it wrote nothing.
fn raw_of(answer: Answer) -> Result<String, Error> {
    match (answer.raw, answer.error) {
        (Some(raw), _) => Ok(raw),
        (None, error) => Err(error.expect("an answer without the module's has an error")),
    }
}

/// The bytes that an event stands for, if it is a string.
fn bytes_of(event: &RawValue) -> Option<Vec<u8>> {
    let text: String = serde_json::from_str(event.get()).ok()?;
    Some(match text.strip_prefix("base64:") {
        Some(coded) => base64(coded),
        None => text.into_bytes(),
    })
}

fn base64(text: &str) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text.bytes().filter_map(|b| digits.iter().position(|d| *d == b));
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for value in values {
        bits = bits << 6 | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

fn card(answer: Answer) -> String {
    #[derive(Serialize)]
    struct Shown {
        prompt: Prompt,
        decision: Decision,
        sale: Json,
    }
    #[derive(Serialize)]
    struct Card {
        answer: Shown,
        error: Option<Error>,
    }
    let Answer { prompt, decision, sale, error, .. } = answer;
    serde_json::to_string(&Card { answer: Shown { prompt, decision, sale }, error }).expect("a card can be written")
}

fn bad_line(detail: &str) -> String {
    json!({ "error": { "kind": "bad_line", "detail": detail } }).to_string()
}
