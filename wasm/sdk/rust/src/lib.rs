//! What a cashier should do when a Flexiti call fails, and what has become of
//! the money.
//!
//! ```
//! use tillwise::{Engine, Event, Exchange, Failure, Operation, Options};
//!
//! let engine = Engine::open(Options::default())?; // once, for the whole program
//! let mut sale = engine.sale();
//! let answer = sale.answer(&Event {
//!     at: Some(1795530727000),
//!     exchange: Some(Exchange {
//!         operation: Some(Operation::Authorization),
//!         failure: Some(Failure::Timeout),
//!         ..Default::default()
//!     }),
//!     ..Default::default()
//! });
//! println!("{} {:?}", answer.prompt.headline, answer.error);
//! # Ok::<(), tillwise::Error>(())
//! ```
//!
//! One WebAssembly module decides and speaks. This crate holds it inside, checks
//! it, and runs it within limits of time and memory. It trusts the module with
//! nothing, and **always has a card**: where the module gives no answer, the
//! [`Answer`] is the safe card, which says nothing of money that is not known,
//! with an [`Error`] beside it for the log.

mod answer;
mod engine;
mod event;
mod failure;
mod instance;
mod json;
mod module;
mod options;
mod pool;
mod safe;
mod sale;
#[allow(missing_docs)]
mod types;
mod url;

pub use answer::Answer;
pub use engine::Engine;
pub use failure::Error;
pub use json::Json;
pub use options::{Module, Options};
pub use safe::safe;
pub use sale::Sale;
pub use types::*;
